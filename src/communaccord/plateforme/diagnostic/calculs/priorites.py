"""From the ballots of the communes to an order of the options: majority judgment and Borda, side by side.

Both are computed by votelib. It elects winners and does not order what follows them: majority judgment is asked option
against option, and what it cannot part is a tie, kept as such. Its Borda count gives one score to options put level
by a ballot, whatever their number: each ballot is therefore read twice, its level options in one order and in the
reverse one, which gives each of them the mean of the places they share (Black, 1976).

Sources: Balinski and Laraki, "A theory of measuring, electing and ranking", PNAS 104(21), 2007; Borda, "Mémoire sur les
élections au scrutin", 1781 (1784); Black, "Partial justification of the Borda count", Public Choice 28, 1976.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key

from votelib.component.rankscore import Borda
from votelib.convert import RankedToPositionalVotes
from votelib.evaluate.cardinal import MajorityJudgment
from votelib.evaluate.core import Tie, VotingSystemError

# A ballot: the grade that it gives to each option, the higher the better. Every ballot grades every option.
Bulletin = Mapping[int, int]
# Options from the first rank to the last; those of one group are tied. Inside a group, no order means anything.
Classement = tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Mesure:
    """What the ballots say of one option. ``repartition``: number of ballots by grade, the lowest first.

    ``mediane``: its majority grade; ``ont_la_mediane``: ballots that give it; ``bas`` and ``haut``: the lower and upper
    quartiles, between which the middle half of the ballots stands; ``borda``: its points of Borda, doubled.
    """

    repartition: tuple[int, ...]
    mediane: int
    ont_la_mediane: int
    bas: int
    haut: int
    borda: int


@dataclass(frozen=True, slots=True)
class Agregation:
    """What the ballots say together. ``memes``: pairs of options that both methods put in the same order (ties
    included), out of ``paires``."""

    bulletins: int
    mesures: Mapping[int, Mesure]
    majoritaire: Classement
    borda: Classement
    memes: int
    paires: int


def aggregate(bulletins: Sequence[Bulletin], grades: int) -> Agregation:
    """Both orders, and how far they and the communes agree.

    ``grades``: number of grades of the scale, from 0. Errors: ValueError when there is no ballot, no option, when a
    ballot does not grade every option or leaves the scale. Complexity: O(o log o) elections of two options, O(b o) each
    for Borda, where o options are graded by b ballots.
    """
    options = check_bulletins(bulletins, grades)
    counts = {option: Counter(bulletin[option] for bulletin in bulletins) for option in options}
    points = count_borda(bulletins, options)
    majoritaire, borda = rank_majoritaire(counts), rank_points(points)
    memes, paires = compare_classements(majoritaire, borda)
    mesures = {option: build_mesure(counts[option], grades, points[option]) for option in options}
    return Agregation(len(bulletins), mesures, majoritaire, borda, memes, paires)


def check_bulletins(bulletins: Sequence[Bulletin], grades: int) -> list[int]:
    """The options. Errors: ValueError."""
    if not bulletins or not bulletins[0]:
        raise ValueError("no ballot, or no option")
    options = sorted(bulletins[0])
    for bulletin in bulletins:
        if sorted(bulletin) != options or not all(0 <= grade < grades for grade in bulletin.values()):
            raise ValueError("a ballot grades every option, within the scale")
    return options


def build_mesure(counts: Counter[int], grades: int, borda: int) -> Mesure:
    mediane = find_quantile(counts, 2)
    return Mesure(
        repartition=tuple(counts[grade] for grade in range(grades)),
        mediane=mediane,
        ont_la_mediane=counts[mediane],
        bas=find_quantile(counts, 1),
        haut=-find_quantile(Counter({-grade: nombre for grade, nombre in counts.items()}), 1),
        borda=borda,
    )


def find_quantile(counts: Counter[int], quart: int) -> int:
    """The lowest grade that at least ``quart`` quarters of the ballots do not exceed: two quarters, the median."""
    total, cumul = counts.total(), 0
    for grade in sorted(counts):
        cumul += counts[grade]
        if 4 * cumul >= quart * total:
            return grade
    raise ValueError("no ballot")


def rank_majoritaire(counts: Mapping[int, Counter[int]]) -> Classement:
    """Majority judgment: options ordered by their majority values, each pair being parted by votelib."""
    key = cmp_to_key(lambda a, b: compare_majoritaire(counts[a], counts[b]))
    ordered = sorted(counts, key=key)
    groups: list[set[int]] = []
    for option in ordered:
        if groups and compare_majoritaire(counts[next(iter(groups[-1]))], counts[option]) == 0:
            groups[-1].add(option)
        else:
            groups.append({option})
    return tuple(frozenset(group) for group in groups)


def compare_majoritaire(premier: Counter[int], second: Counter[int]) -> int:
    """-1 when the first option is put before the second by majority judgment, 1 after, 0 when nothing parts them.

    The grades are given to votelib as as many ballots on two options as there are voters: how the grades of the two
    options meet in a ballot plays no part in the method.
    """
    if premier == second:
        return 0
    votes = Counter(
        frozenset({("a", a), ("b", b)})
        for a, b in zip(sorted(premier.elements()), sorted(second.elements()), strict=True)
    )
    try:
        elected = MajorityJudgment().evaluate(votes, 1)[0]
    except VotingSystemError:
        return 0
    if isinstance(elected, Tie):
        return 0
    return -1 if elected == "a" else 1


def count_borda(bulletins: Sequence[Bulletin], options: Sequence[int]) -> dict[int, int]:
    """For each option, twice its points of Borda: two for each option put after it by a ballot, one for each level."""
    votes: Counter[tuple[int, ...]] = Counter()
    for bulletin in bulletins:
        votes[tuple(sorted(options, key=lambda o: (-bulletin[o], o)))] += 1
        votes[tuple(sorted(options, key=lambda o: (-bulletin[o], -o)))] += 1
    points = RankedToPositionalVotes(Borda(base=0)).convert(votes)
    return {option: int(points[option]) for option in options}


def rank_points(points: Mapping[int, int]) -> Classement:
    """From most points to fewest; equal points are a tie."""
    return tuple(
        frozenset(option for option in points if points[option] == total)
        for total in sorted(set(points.values()), reverse=True)
    )


def map_rangs(classement: Classement) -> dict[int, int]:
    """The rank of each option: two that are first together are first, the next is third."""
    rangs, rang = {}, 1
    for group in classement:
        rangs |= dict.fromkeys(group, rang)
        rang += len(group)
    return rangs


def compare_classements(premier: Classement, second: Classement) -> tuple[int, int]:
    """(pairs of options in the same order in both, ties included; all pairs)."""
    one, two = map_rangs(premier), map_rangs(second)
    options = sorted(one)
    pairs = [(a, b) for rang, a in enumerate(options) for b in options[rang + 1 :]]
    return sum(sign(one[a] - one[b]) == sign(two[a] - two[b]) for a, b in pairs), len(pairs)


def sign(entier: int) -> int:
    return (entier > 0) - (entier < 0)
