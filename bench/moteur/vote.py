"""The weight of votes: real seats, real populations, and how each answer is read again without the tables."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from bench.instances import Instance
from bench.moteur.page import format_petit
from bench.moteur.taches import Lecture, Tache
from bench.pairs.dehors import Demande

from communaccord.noyau.droit.majorites import MAJORITE_QUALIFIEE
from communaccord.noyau.pouvoir import (
    MajorityPower,
    PowerBracket,
    banzhaf_index,
    banzhaf_swings,
    bracket_power,
    build_majority,
    deegan_packel_index,
    majority_power,
    shapley_shubik_index,
)
from communaccord.noyau.pouvoir.majorite import Staircase, build_staircase
from communaccord.noyau.preuves.bascules import check_banzhaf, check_shapley_shubik, recount_swings

INDICE, TOLERANCE = "part de l'indice", 1e-9
# Beyond, counting the pairs (members, inhabitants) again in pure Python takes minutes.
RECOMPTE_MAX = 24


def list_vote(instance: Instance) -> Iterator[Tache]:
    """Indices of the seats at a majority, then the double majority of the populations."""
    seats, quota = instance.sieges, sum(instance.sieges) // 2 + 1
    yield Tache(
        "Banzhaf, sièges", lambda: banzhaf_index(seats, quota), lambda a: read_banzhaf(seats, quota, a),
        {24: 0.1, 158: 1}, lambda a: ask_seats(instance, "banzhaf", a),
    )  # fmt: skip
    yield Tache(
        "Shapley-Shubik, sièges", lambda: shapley_shubik_index(seats, quota), lambda a: read_pivots(seats, quota, a),
        {24: 0.3, 158: 50}, lambda a: ask_seats(instance, "shapley_shubik", a),
    )  # fmt: skip
    yield Tache(
        "Deegan-Packel, sièges", lambda: deegan_packel_index(seats, quota),
        lambda a: Lecture({"somme exacte": sum(a) == 1}), {}, lambda a: ask_deegan_packel(instance, a),
    )  # fmt: skip
    majority = build_majority(MAJORITE_QUALIFIEE)
    populations = instance.populations
    stairs = build_staircase(populations, majority)
    yield Tache(
        "double majorité, deux indices", lambda: majority_power(populations, majority),
        lambda a: read_double(populations, stairs, a), {24: 5, 158: 1_500}, lambda a: ask_double(instance, stairs, a),
    )  # fmt: skip
    yield Tache("double majorité encadrée", lambda: bracket_power(populations, majority), read_bracket)


def ask_seats(instance: Instance, fonction: str, answer: Sequence[Fraction]) -> list[Demande]:
    data = {"poids": instance.sieges, "quota": sum(instance.sieges) // 2 + 1}
    expected = [float(part) for part in answer]
    names = ("powerindex", "power_bdd", "tucoopy")
    return [Demande(name, fonction, data, expected, TOLERANCE, INDICE) for name in names]


def ask_deegan_packel(instance: Instance, answer: Sequence[Fraction]) -> list[Demande]:
    data = {"poids": instance.sieges, "quota": sum(instance.sieges) // 2 + 1}
    return [Demande("coopgame", "deegan_packel", data, [float(part) for part in answer], TOLERANCE, INDICE, ecrit=True)]


def ask_double(instance: Instance, stairs: Staircase, answer: MajorityPower) -> list[Demande]:
    data = {"populations": instance.populations, "besoins": stairs.needs, "veto": sorted(stairs.vetoers)}
    expected = [float(part) for part in (*answer.banzhaf, *answer.shapley_shubik)]
    return [Demande("power_bdd", "double", data, expected, TOLERANCE, INDICE)]


def list_extremes(weights: Sequence[int]) -> set[int]:
    """The lightest and the heaviest, whose swings are counted again."""
    return {min(range(len(weights)), key=weights.__getitem__), max(range(len(weights)), key=weights.__getitem__)}


def read_banzhaf(seats: Sequence[int], quota: int, answer: Sequence[Fraction]) -> Lecture:
    """Parts of all swings; those of two members counted again."""
    swings = banzhaf_swings(seats, quota)
    recounted = {i: sum(recount_swings(seats, [(0, quota)], frozenset(), i)) for i in list_extremes(seats)}
    same = all(swings[i] == count for i, count in recounted.items())
    return Lecture({"parts des bascules": check_banzhaf(swings, answer), "bascules recomptées": same})


def read_pivots(seats: Sequence[int], quota: int, answer: Sequence[Fraction]) -> Lecture:
    """Two members: their swings by size, counted again, give their part."""
    same = all(
        check_shapley_shubik(recount_swings(seats, [(0, quota)], frozenset(), i), answer[i])
        for i in list_extremes(seats)
    )
    return Lecture({"somme exacte": sum(answer) == 1, "bascules recomptées": same})


def read_double(populations: Sequence[int], stairs: Staircase, answer: MajorityPower) -> Lecture:
    """Parts of the swings and sum at every size; swings counted again while there are few communes."""
    faits = {
        "parts des bascules": check_banzhaf(answer.swings, answer.banzhaf),
        "somme exacte": sum(answer.shapley_shubik) == 1,
    }
    if len(populations) <= RECOMPTE_MAX:
        member = max(range(len(populations)), key=populations.__getitem__)
        by_size = recount_swings(populations, stairs.needs, stairs.vetoers, member)
        again = sum(by_size) == answer.swings[member]
        faits["bascules recomptées"] = again and check_shapley_shubik(by_size, answer.shapley_shubik[member])
    return Lecture(faits, f"adoptée {100 * float(answer.passing):.1f} fois sur 100".replace(".", ","))


def read_bracket(answer: PowerBracket) -> Lecture:
    """Bounds in order; how wide the widest is."""
    both = (*answer.banzhaf, *answer.shapley_shubik)
    widest = max(float(interval.high - interval.low) for interval in both)
    return Lecture({"bornes ordonnées": all(i.low <= i.high for i in both)}, f"à {format_petit(widest)} près")
