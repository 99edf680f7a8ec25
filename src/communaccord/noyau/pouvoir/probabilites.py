"""Chance that a double majority passes, and that each commune decides, from unequal and correlated opinions.

The table holds, after each commune, the chance that so many have refused who hold so many inhabitants. Only sums and
products of numbers from 0 to 1 are made, never a difference: each float keeps a relative error below
(operations) x 2^-53, and what is told is an interval that holds the true number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, prod

import numpy as np
from numpy.typing import NDArray

from communaccord.noyau.exact import DonneeInvalide, Exact
from communaccord.noyau.pouvoir.echelle import Interval, Scale, choose_scale, compute_widths
from communaccord.noyau.pouvoir.majorite import Majority, Staircase, build_staircase

Floats = NDArray[np.float64]
MAX_CELLS = 13_000_000
# Half of the distance from 1 to the next double, and more than every underflow of a table together.
ROUNDING = Fraction(1, 1 << 53)
UNDERFLOW = Fraction(1, 1 << 900)


@dataclass(frozen=True, slots=True)
class Shock:
    """A shared turn of opinion: with chance `weight`, every probability moves by `shift` (then held within 0 to 1).

    `shift`: one for all, or one a member. A campaign, a news, a valley that votes together: within a shock opinions are
    independent, over several shocks they are correlated.
    """

    weight: Fraction
    shift: Exact | tuple[Exact, ...]


@dataclass(frozen=True, slots=True)
class Opinions:
    """One question to the table, in the order in which members enter it (lightest first).

    `members`: their numbers; `weights`: populations in units; `accept`, `refuse`: floats nearest to their chances.
    `start`: refusals and units of those who surely refuse. `common`: chance that every member without whom nothing
    passes accepts. `caps`: see `Staircase`.
    """

    members: tuple[int, ...]
    weights: tuple[int, ...]
    accept: tuple[float, ...]
    refuse: tuple[float, ...]
    start: tuple[int, int]
    common: Fraction
    caps: tuple[int, ...]
    widths: list[int]
    scale: Scale


def pass_probability(
    populations: Sequence[int],
    probabilities: Sequence[Exact],
    majority: Majority,
    shocks: Sequence[Shock] = (),
    *,
    cells: int = MAX_CELLS,
) -> Interval:
    """Return the chance that the majority is met, between proven bounds (about 1e-10 apart).

    Shapes: whole inhabitants and the chance that each accepts (whole or Fraction, from 0 to 1), one a member, opinions
    independent but for `shocks` (weights that sum to 1; none: no shock). `cells`: bound of memory, in words; beyond it
    inhabitants are counted by packets and the bounds say what it costs. Errors: DonneeInvalide. Complexity: O(shocks x
    undecided members x refusals x inhabitants). Source: recursion of the Poisson binomial law, on two sums; error of
    floats: Higham, Accuracy and Stability of Numerical Algorithms, 2002, lemma 3.1 (from memory).
    """
    staircase = build_staircase(populations, majority)
    scale = choose_scale(staircase.free, sum(cap + 1 for cap in staircase.caps), cells)
    low = high = Fraction(0)
    for weight, moved in mix(probabilities, shocks, len(populations)):
        chance = sum_passing(prepare(populations, moved, staircase, scale, refusing_apart=True))
        low, high = low + weight * chance.low, high + weight * chance.high
    return Interval(low, min(Fraction(1), high))


def mix(probabilities: Sequence[Exact], shocks: Sequence[Shock], n: int) -> list[tuple[Fraction, tuple[Fraction, ...]]]:
    """Return the weight and the probabilities of each shock. O(n x shocks).

    Errors: DonneeInvalide for a probability outside 0 to 1 or that is no exact number, another number of them than of
    members, weights that do not sum to 1.
    """
    if len(probabilities) != n or any(len(s.shift) != n for s in shocks if isinstance(s.shift, tuple)):
        raise DonneeInvalide("Il n'y a pas une probabilité par commune.", f"Donnez {n} probabilités.")
    if not all(isinstance(p, int | Fraction) and 0 <= p <= 1 for p in probabilities):
        raise DonneeInvalide("Une probabilité n'est pas un nombre exact de 0 à 1.", "Donnez par exemple 3/4.")
    known = tuple(map(Fraction, probabilities))
    if not shocks:
        return [(Fraction(1), known)]
    if sum(shock.weight for shock in shocks) != 1 or min(shock.weight for shock in shocks) < 0:
        raise DonneeInvalide("Les chances des chocs ne font pas 1.", "Donnez des poids positifs dont la somme est 1.")
    moved = []
    for shock in shocks:
        shifts = shock.shift if isinstance(shock.shift, tuple) else (shock.shift,) * n
        held = tuple(min(Fraction(1), max(Fraction(0), p + by)) for p, by in zip(known, shifts, strict=True))
        moved.append((shock.weight, held))
    return moved


def prepare(
    populations: Sequence[int],
    probabilities: Sequence[Fraction],
    staircase: Staircase,
    scale: Scale,
    *,
    refusing_apart: bool,
) -> Opinions:
    """Set members in order, those who surely accept left out (and those who surely refuse, when `refusing_apart`)."""
    free = [member for member in range(len(populations)) if member not in staircase.vetoers]
    apart = [member for member in free if refusing_apart and probabilities[member] == 0]
    entering = [m for m in free if probabilities[m] < 1 and (probabilities[m] or not refusing_apart)]
    entering.sort(key=lambda member: (populations[member], member))
    chances = [probabilities[member] for member in entering]
    return Opinions(
        tuple(entering),
        tuple(scale.weigh(populations[member]) for member in entering),
        tuple(chance.numerator / chance.denominator for chance in chances),
        tuple((1 - chance).numerator / chance.denominator for chance in chances),
        (len(apart), sum(scale.weigh(populations[member]) for member in apart)),
        prod((probabilities[member] for member in staircase.vetoers), start=Fraction(1)),
        staircase.caps,
        compute_widths(staircase.caps, scale),
        scale,
    )


class Chances:
    """The table: `rows[m][y]`, chance that m members refuse who hold y units; zero from `lengths[m]` on."""

    def __init__(self, opinions: Opinions) -> None:
        self.opinions = opinions
        self.rows: list[Floats] = [np.zeros(max(0, width)) for width in opinions.widths]
        self.lengths = [0] * len(self.rows)
        refusals, units = opinions.start
        if refusals < len(self.rows) and units < len(self.rows[refusals]):
            self.rows[refusals][units] = 1
            self.lengths[refusals] = units + 1

    def copy(self) -> "Chances":
        """Return a table that may move on alone. O(what is not zero)."""
        other = Chances(self.opinions)
        for mine, theirs, length in zip(self.rows, other.rows, self.lengths, strict=True):
            theirs[:length] = mine[:length]
        other.lengths = list(self.lengths)
        return other

    def enter(self, rank: int) -> None:
        """Let one more member answer. O(what is not zero)."""
        weight, accept = self.opinions.weights[rank], self.opinions.accept[rank]
        refuse = self.opinions.refuse[rank]
        for size in range(len(self.rows) - 1, -1, -1):
            row, length = self.rows[size], self.lengths[size]
            row[:length] *= accept
            before = self.lengths[size - 1] if size else 0
            moved = min(before, len(row) - weight)
            if moved > 0:
                row[weight : weight + moved] += refuse * self.rows[size - 1][:moved]
                self.lengths[size] = max(length, weight + moved)


def bound(value: float, operations: int) -> Interval:
    """Return what a sum of products of chances, found as `value` in so many operations a term, can truly be."""
    found, part = Fraction(value), operations * ROUNDING
    return Interval(max(Fraction(0), found * (1 - part) - UNDERFLOW), found / (1 - part) + UNDERFLOW)


def count_operations(opinions: Opinions) -> int:
    """Return how many roundings a term can meet: three a member and conversion, and every addition of a row."""
    return 4 * len(opinions.members) + max(opinions.widths, default=0) + 4


def sum_passing(opinions: Opinions) -> Interval:
    """Return the chance to pass, between what surely and what possibly passes."""
    rows = answer_all(opinions).rows
    ends = []
    for floor in (opinions.scale.floor_surely, opinions.scale.floor_possibly):
        kept = [row[: max(0, floor(opinions.caps[size], size) + 1)] for size, row in enumerate(rows)]
        ends.append(bound(fsum(map(np.sum, kept)), count_operations(opinions)))
    return Interval(opinions.common * ends[0].low, opinions.common * ends[1].high)


def answer_all(opinions: Opinions) -> Chances:
    """Return the table once every member has answered."""
    chances = Chances(opinions)
    for rank in range(len(opinions.members)):
        chances.enter(rank)
    return chances
