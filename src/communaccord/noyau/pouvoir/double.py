"""Power of each commune in a double majority of councils and population: exact, or bracketed when too large.

Everything is counted on the side of those who refuse (see `majorite`): a commune swings a set of refusals when the vote
passes with these refusals and fails with one more, its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np

from communaccord.noyau.exact import DonneeInvalide
from communaccord.noyau.pouvoir.echelle import Interval, Scale, build_scale, choose_scale, compute_widths
from communaccord.noyau.pouvoir.enumeration import MAX_MEMBERS, count_swings_apart
from communaccord.noyau.pouvoir.majorite import Majority, Staircase, build_staircase
from communaccord.noyau.pouvoir.tableau import Ints, build_table, count_up_to, count_without, count_words

MAX_WORDS = 40_000_000
# Units above any total that a table holds: what weighs more is in none of its groups.
BEYOND = 1 << 62

Sizes = list[int]


@dataclass(frozen=True, slots=True)
class MajorityPower:
    """Exact power of each member, in the order given.

    `swings`: groups of the others that it turns from losing to winning. `banzhaf`: its part of all swings.
    `shapley_shubik`: chance to be the pivot when they accept one by one in any order. `passing`: part of the 2^n
    answers that pass. The two indices sum to 1 (all zero when nothing can pass).
    """

    swings: tuple[int, ...]
    banzhaf: tuple[Fraction, ...]
    shapley_shubik: tuple[Fraction, ...]
    passing: Fraction

    @property
    def banzhaf_absolute(self) -> tuple[Fraction, ...]:
        """Chance that each member decides when every other flips a coin (Penrose 1946, from memory)."""
        half = 1 << (len(self.swings) - 1)
        return tuple(Fraction(swing, half) for swing in self.swings)


@dataclass(frozen=True, slots=True)
class PowerBracket:
    """Power known between bounds, populations having been counted by `unit` inhabitants (1: the bounds meet).

    Shapes and meaning: those of `MajorityPower`, `banzhaf_absolute` included.
    """

    unit: int
    banzhaf: tuple[Interval, ...]
    shapley_shubik: tuple[Interval, ...]
    passing: Interval
    banzhaf_absolute: tuple[Interval, ...]


def majority_power(populations: Sequence[int], majority: Majority, *, words: int = MAX_WORDS) -> MajorityPower:
    """Return the exact power of each member in a double majority.

    Shapes: whole inhabitants, one a member; `words`: bound of memory, in words of eight octets. Errors: DonneeInvalide
    for populations that cannot be, or a table larger than `words` when members are too many for every group to be read
    (then :func:`bracket_power`). Complexity: O(n x refusals x inhabitants) additions at worst, a quarter of the full
    table: those who refuse are fewer than those who accept; O(n 2^n) when that is less, for 22 members at most. Source:
    counting as Brams and Affuso 1976 and Cantor (see `indices`), on two sums at once; the members without whom nothing
    passes are set to accept.
    """
    staircase = build_staircase(populations, majority)
    needed, few = count_table_words(staircase), len(staircase.free) <= MAX_MEMBERS
    if few and 1 << len(staircase.free) < needed:
        counts = enumerate_swings(populations, staircase)
    elif needed > words:
        raise DonneeInvalide(
            "Les populations sont trop grandes pour un calcul exact.",
            "Demandez un encadrement, qui compte les habitants par paquets.",
        )
    else:
        counts, _ = count_swings(populations, staircase, build_scale(staircase.free, 1))
    swings = tuple(sum(sizes) for sizes in counts.by_member)
    everything = max(1, sum(swings))
    return MajorityPower(
        swings,
        tuple(Fraction(swing, everything) for swing in swings),
        tuple(weigh_orders(sizes, len(populations)) for sizes in counts.by_member),
        Fraction(sum(counts.passing), 1 << len(populations)),
    )


def bracket_power(populations: Sequence[int], majority: Majority, *, words: int = MAX_WORDS) -> PowerBracket:
    """Return proven bounds of the power of each member, with a table of `words` at most.

    Populations are counted by a unit large enough for the table; each group is counted among those that surely pass and
    among those that possibly pass, according to the sign of what the unit leaves. Shapes, errors: those of
    :func:`majority_power`, never for size. Complexity: that of the table, O(n x words). Source: that of
    :func:`majority_power`; the bounds by the sign of what a unit leaves are ours.
    """
    staircase = build_staircase(populations, majority)
    scale = choose_scale(staircase.free, count_table_words(staircase), words)
    low, high = count_swings(populations, staircase, scale)
    lows, highs = [sum(sizes) for sizes in low.by_member], [sum(sizes) for sizes in high.by_member]
    n = len(populations)
    return PowerBracket(
        scale.unit,
        tuple(bracket_part(at, lows, highs) for at in range(n)),
        tuple(
            Interval(weigh_orders(least, n), min(Fraction(1), weigh_orders(most, n)))
            for least, most in zip(low.by_member, high.by_member, strict=True)
        ),
        Interval(Fraction(sum(low.passing), 1 << n), Fraction(sum(high.passing), 1 << n)),
        tuple(
            Interval(Fraction(least, 1 << (n - 1)), min(Fraction(1), Fraction(most, 1 << (n - 1))))
            for least, most in zip(lows, highs, strict=True)
        ),
    )


def count_table_words(staircase: Staircase) -> int:
    """Return the memory of the exact table, in words of eight octets. O(n x refusals)."""
    return count_words(len(staircase.free), [cap + 1 for cap in staircase.caps])


def bracket_part(at: int, lows: Sequence[int], highs: Sequence[int]) -> Interval:
    """Bound a member's part of all swings: its least against the others' most, and the reverse. O(n)."""
    least = lows[at] + sum(highs) - highs[at]
    most = highs[at] + sum(lows) - lows[at]
    return Interval(Fraction(lows[at], max(1, least)), Fraction(highs[at], max(1, most)))


def weigh_orders(sizes: Sizes, n: int) -> Fraction:
    """Return the chance to be the pivot, from the swings by number of refusals before: m! (n - 1 - m)! / n!. O(n)."""
    orders = sum(swing * factorial(m) * factorial(n - 1 - m) for m, swing in enumerate(sizes) if swing)
    return Fraction(orders, factorial(n))


@dataclass(frozen=True, slots=True)
class SwingCounts:
    """By number of refusals: swings of each member, and sets of refusals that pass."""

    by_member: list[Sizes]
    passing: Sizes


@dataclass(frozen=True, slots=True)
class Passing:
    """Sets of refusals that pass, by size: all of them, and those without a given member of each population."""

    all: Sizes
    without: dict[int, Sizes]

    def subtract(self, still: "Passing", population: int) -> Sizes:
        """Return, by size, sets without a member of `population` less those that `still` counts with it besides."""
        counts = list(self.without[population])
        following = zip(still.all[1:], still.without[population][1:], strict=True)
        for size, (everything, others) in enumerate(following):
            counts[size] = max(0, counts[size] - (everything - others))
        return counts


def count_swings(populations: Sequence[int], staircase: Staircase, scale: Scale) -> tuple[SwingCounts, SwingCounts]:
    """Return the least and the most that the counts can be (the same when the unit is 1).

    A member swings the sets that pass without it and fail once it refuses too; one without whom nothing passes swings
    every set that passes. O(n x cells).
    """
    caps = staircase.caps
    rows = build_table(scale.weights, compute_widths(caps, scale))
    distinct = sorted(set(staircase.free))
    surely = possibly = count_passing(rows, distinct, scale, [scale.floor_surely(cap, m) for m, cap in enumerate(caps)])
    if scale.unit > 1:
        thresholds = [scale.floor_possibly(cap, size) for size, cap in enumerate(caps)]
        possibly = count_passing(rows, distinct, scale, thresholds)
    answers = []
    for pass_, still in ((surely, possibly), (possibly, surely)):
        by_population = {population: pass_.subtract(still, population) for population in distinct}
        by_member = [
            pass_.all if member in staircase.vetoers else by_population[population]
            for member, population in enumerate(populations)
        ]
        answers.append(SwingCounts(by_member, pass_.all))
    return answers[0], answers[1]


def enumerate_swings(populations: Sequence[int], staircase: Staircase) -> SwingCounts:
    """Return what `count_swings` returns for the unit 1, every group being read. O(n 2^n)."""
    by_member, passing = count_swings_apart(staircase.free, staircase.caps)
    swings = iter(by_member)
    return SwingCounts(
        [passing if member in staircase.vetoers else next(swings) for member in range(len(populations))], passing
    )


def count_passing(rows: list[Ints], distinct: Sequence[int], scale: Scale, thresholds: Sequence[int]) -> Passing:
    """Count the sets of m refusals that hold thresholds[m] units or less. `distinct`: populations, ascending."""
    weights = np.array([min(scale.weigh(population), BEYOND) for population in distinct], dtype=np.int64)
    without = [count_without(rows, weights, size, threshold) for size, threshold in enumerate(thresholds)]
    return Passing(
        [count_up_to(rows[size], threshold) for size, threshold in enumerate(thresholds)],
        {population: [counts[rank] for counts in without] for rank, population in enumerate(distinct)},
    )
