"""Shares and their solidity: what is measured, and how each answer is read again without the solver."""

from collections.abc import Iterator, Sequence
from typing import Any

from bench.instances import Instance
from bench.moteur.taches import Lecture, Tache, limit_time
from bench.pairs.dehors import Demande

from communaccord.noyau.partage.game import Allocation, ServiceGame, to_plain
from communaccord.noyau.partage.stability import (
    CostOfStability,
    Exit,
    LeastCore,
    Nucleolus,
    Separator,
    cost_of_stability,
    least_core,
    nucleolus,
    separate,
)
from communaccord.noyau.partage.values import proportional, shapley_value, tau_value
from communaccord.noyau.preuves.blocage import check_blocage
from communaccord.noyau.preuves.equilibre import bound_least_core, bound_payable
from communaccord.noyau.preuves.kohlberg import find_defauts_nucleole
from communaccord.noyau.solver import Status

CENT, CENTIMES = 1.0, "centime"


def format_euros(cents: float) -> str:
    return f"{float(cents) / 100:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def list_partage(instance: Instance) -> Iterator[Tache]:
    """Each function on the game of an EPCI."""
    game = instance.game
    key = proportional(game, instance.populations).cents
    separator = Separator(game)
    yield Tache(
        "Shapley, flottant borné", lambda: shapley_value(game), lambda a: read_shapley(game, a),
        {24: 3, 158: 60}, lambda a: ask_each(instance, "shapley", read_exact(a)),
    )  # fmt: skip
    yield Tache(
        "Shapley, fractions exactes", lambda: shapley_value(game, audit=True), lambda a: read_audit(game, a),
        {24: 5, 158: 5_000},
    )  # fmt: skip
    yield Tache(
        "tau", lambda: tau_value(game), lambda a: read_sum(game, a),
        demander=lambda a: ask_each(instance, "tau", read_exact(a)),
    )  # fmt: skip
    yield Tache(
        "sortie, jeu préparé", lambda: separator.find(key), lambda e: read_exit(game, key, e), {24: 0.2, 158: 1}
    )
    yield Tache("sortie, première fois", lambda: separate(game, key), lambda e: read_exit(game, key, e))
    yield from list_solidite(instance)


def list_solidite(instance: Instance) -> Iterator[Tache]:
    """The functions that search, stopped at the budget."""
    game = instance.game
    yield Tache(
        "moindre cœur", lambda: least_core(game, should_stop=limit_time()), lambda a: read_least_core(game, a),
        {24: 40, 158: 10_000}, lambda a: ask_each(instance, "moindre_coeur", [float(a.low)]),
    )  # fmt: skip
    yield Tache(
        "coût de la stabilité", lambda: cost_of_stability(game, should_stop=limit_time(10)),
        lambda a: read_stability(game, a), {24: 60, 158: 10_500},
    )  # fmt: skip
    yield Tache(
        "nucléole", lambda: nucleolus(game, should_stop=limit_time()), lambda a: read_nucleolus(game, a),
        {24: 60, 158: 9_000}, lambda a: ask_nucleolus(instance, a),
    )  # fmt: skip


def build_data(instance: Instance) -> dict[str, Any]:
    game = instance.game
    return {"charge": instance.charge, "own": game.own, "alone": game.alone, "table": game.terms[0].table}


def ask_each(instance: Instance, fonction: str, expected: Sequence[float]) -> list[Demande]:
    """The same question to the two libraries of explicit games."""
    data = build_data(instance)
    names = ("coopgame", "tucoopy")
    return [Demande(name, fonction, data, expected, CENT, CENTIMES, ecrit=True) for name in names]


def ask_nucleolus(instance: Instance, answer: Nucleolus) -> list[Demande]:
    """Only a proved nucleolus is compared; the peers are asked for the pre-nucleolus, which always exists."""
    free = answer.pre_nucleolus or answer
    done = answer.status is Status.OPTIMAL
    return ask_each(instance, "nucleolus", [float(share) for share in free.shares]) if done else []


def read_exact(allocation: Allocation) -> list[float]:
    """Shares before rounding, cents."""
    return [float(share) for share in allocation.exact or allocation.approximate or allocation.cents]


def read_sum(game: ServiceGame, allocation: Allocation) -> Lecture:
    whole = sum(allocation.cents) == game.cost(range(game.n))
    return Lecture({"somme au centime": whole}, "hors de son domaine, dit" if allocation.caveat else "")


def read_audit(game: ServiceGame, allocation: Allocation) -> Lecture:
    exact = allocation.exact is not None and sum(allocation.exact) == game.cost(range(game.n))
    return Lecture({"somme exacte des fractions": exact, **read_sum(game, allocation).faits})


def read_shapley(game: ServiceGame, allocation: Allocation) -> Lecture:
    """The floats are compared with the exact fractions: none may be further than its proven bound."""
    audit = shapley_value(game, audit=True)
    faits = {"centimes de la valeur exacte": allocation.certain and allocation.cents == audit.cents}
    if allocation.approximate is not None and audit.exact is not None:
        gaps = [abs(a - b) for a, b in zip(allocation.approximate, audit.exact, strict=True)]
        faits["borne tenue"] = max(gaps) <= allocation.bound
    return Lecture(faits, f"borne {float(allocation.bound):.0e} centime" if allocation.bound else "exact")


def read_exit(game: ServiceGame, shares: Sequence[int], found: Exit) -> Lecture:
    """A group that gains is its own proof; that none gains is not proved here."""
    if found.slack < 0:
        proof = check_blocage(game.cost, shares, found.group, -found.slack)
        return Lecture({"groupe qui y gagne": proof}, f"{len(found.group)} communes, {format_euros(-found.slack)}")
    return Lecture({"écart recompté": game.cost(found.group) - found.paid == found.slack}, "stable")


def read_least_core(game: ServiceGame, answer: LeastCore) -> Lecture:
    """Above: balanced weights. Below: no exit from the shares, in cents, does worse than it (rounding aside)."""
    high = bound_least_core(game.cost, game.n, answer.weights) == answer.high
    low = separate(game, answer.shares).slack >= answer.low - game.n
    return Lecture({"poids équilibrés": high, "aucun groupe plus bas": low}, tell_interval(answer))


def read_stability(game: ServiceGame, answer: CostOfStability) -> Lecture:
    """Above: shares that nobody gains to leave. Below: balanced weights."""
    held = separate(game, answer.shares).slack >= 0
    faits = {"aucun groupe n'y gagne": held}
    if answer.balanced and answer.low > 0:
        payable = bound_payable(game.cost, game.n, answer.balanced)
        faits["poids équilibrés"] = payable is not None and game.cost(range(game.n)) - payable == answer.low
    return Lecture(faits, tell_interval(answer))


def read_nucleolus(game: ServiceGame, answer: Nucleolus) -> Lecture:
    """The levels are read again from the plain data of the game: every slack, by another search than the engine's."""
    done = answer.status is Status.OPTIMAL
    faults = find_defauts_nucleole(to_plain(game), answer.shares, answer.levels, imputations=answer.imputations)
    faits = {"paliers de Kohlberg": done and not faults, **read_sum(game, answer.allocation).faits}
    return Lecture(faits, f"{len(answer.levels)} paliers" if done else f"arrêté : {answer.status.value}")


def tell_interval(answer: LeastCore | CostOfStability) -> str:
    gap = float(answer.high - answer.low)
    if gap < 1:
        return format_euros(float(answer.low))
    part = f" ({100 * gap / abs(float(answer.high)):.2f} %)" if answer.high else ""
    return f"de {format_euros(float(answer.low))} à {format_euros(float(answer.high))}{part}"
