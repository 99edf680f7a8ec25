"""Populations counted by a unit larger than one inhabitant, with what it loses told and bounded.

A table of a million rows holds no metropolis: its inhabitants are counted by packets, and each question is answered
twice, for the groups that surely hold so many inhabitants or fewer, and for those that possibly do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

MAX_UNITS = 1_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A number known to lie from `low` to `high`, both proven."""

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        """The number halfway: no further from the truth than half of `high - low`."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Scale:
    """Populations counted by `unit`: p = unit x weight + remainder, the remainder of either sign.

    `above[m]`, `below[m]`: the most that the remainders of m members can add to, or take from, their sum.
    """

    unit: int
    weights: tuple[int, ...]
    above: tuple[int, ...]
    below: tuple[int, ...]

    def weigh(self, population: int) -> int:
        """Return the population in units, to the nearest."""
        return (2 * population + self.unit) // (2 * self.unit)

    def floor_surely(self, cap: int, size: int) -> int:
        """Largest sum of weights at which `size` members surely hold `cap` inhabitants or fewer."""
        return (cap - self.above[size]) // self.unit

    def floor_possibly(self, cap: int, size: int) -> int:
        """Largest sum of weights at which `size` members possibly hold `cap` inhabitants or fewer."""
        return (cap + self.below[size]) // self.unit


def build_scale(populations: Sequence[int], unit: int) -> Scale:
    """Count populations by `unit`, to the nearest. O(n log n)."""
    weights = tuple(Scale(unit, (), (), ()).weigh(population) for population in populations)
    remainders = [population - unit * weight for population, weight in zip(populations, weights, strict=True)]
    above = accumulate(sorted((max(remainder, 0) for remainder in remainders), reverse=True), initial=0)
    below = accumulate(sorted((max(-remainder, 0) for remainder in remainders), reverse=True), initial=0)
    return Scale(unit, weights, tuple(above), tuple(below))


def choose_scale(populations: Sequence[int], needed: int, words: int) -> Scale:
    """Return the unit that brings a table of `needed` words within `words` and leaves the smallest remainders.

    Units up to a quarter larger than the least are tried, MAX_UNITS at most. O(units x n log n).
    """
    first = max(1, -(-needed // max(1, words)))
    if first == 1:
        return build_scale(populations, 1)
    scales = [build_scale(populations, unit) for unit in range(first, first + min(first // 4, MAX_UNITS) + 2)]
    return min(scales, key=lambda scale: (scale.above[-1] + scale.below[-1], scale.unit))


def compute_widths(caps: Sequence[int], scale: Scale) -> list[int]:
    """Return how many sums of weights each row must hold so that no group that may pass is left out. O(rows)."""
    widest = [scale.floor_possibly(cap, size) + 1 for size, cap in enumerate(caps)]
    return list(accumulate(reversed(widest), max))[::-1]
