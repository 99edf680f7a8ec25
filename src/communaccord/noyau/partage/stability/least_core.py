"""How far from the core, and what it costs to hold all together: two bounds always valid, closed when they meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from communaccord.noyau.exact import share_remainder
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import CostGame, Group
from communaccord.noyau.partage.stability.climb import Climb, Stop, climb
from communaccord.noyau.partage.stability.master import Master
from communaccord.noyau.partage.stability.plan import to_group, to_vector
from communaccord.noyau.partage.stability.separation import Exit, build_exit
from communaccord.noyau.preuves.equilibre import bound_least_core, bound_payable
from communaccord.noyau.solver import Status

ITERATIONS = 2_000
Weights = tuple[tuple[Group, int], ...]


@dataclass(frozen=True, slots=True)
class LeastCore:
    """The least slack of the best share lies between `low` and `high`, cents; negative: the core is empty.

    `exact`: a share of the cost whose least slack is `low`, exactly. `shares`: the same in whole cents. `tight`: groups
    met whose slack is within a cent of `low`, the closest first. `weights`: balanced weights that prove `high`
    (`preuves.equilibre.bound_least_core`). `status`: OPTIMAL when the bounds are less than a cent apart, LIMIT when the
    search was stopped first, FAILED when the solver gave up; the bounds hold in every case.
    """

    low: Fraction
    high: Fraction
    exact: tuple[Fraction, ...]
    shares: tuple[int, ...]
    tight: tuple[Exit, ...]
    weights: Weights
    status: Status


@dataclass(frozen=True, slots=True)
class CostOfStability:
    """The least subsidy that makes every exit unprofitable is between `low` and `high`, cents; 0: the core has a share.

    `exact`: what the members then pay, no group more than its own cost, `high` less than the cost of all. `shares`: the
    same cut to whole cents, still stable. `balanced`: weights that prove `low` (`preuves.equilibre.bound_payable`).
    `status`: as in `LeastCore`.
    """

    low: Fraction
    high: Fraction
    exact: tuple[Fraction, ...]
    shares: tuple[int, ...]
    balanced: Weights
    status: Status


def least_core(game: CostGame, *, iterations: int = ITERATIONS, should_stop: Stop | None = None) -> LeastCore:
    """Return the shares whose least slack, min over groups of cost(S) - x(S), is greatest, with a proven interval.

    Units: cents. `iterations`: budget of cuts; `should_stop` is asked at each. Errors: DonneeInvalide for one member
    only, and those of `separate`. Complexity: cutting planes, each one pass of `separate` and one linear programme.
    Source: Maschler, Peleg and Shapley, Geometric properties of the kernel, nucleolus, and related solution concepts,
    1979 (least core; from memory).
    """
    check_members(game)
    end = climb(game, slack=True, iterations=iterations, should_stop=should_stop, devex=False)
    master = end.master
    exact = tuple(Fraction(share, master.scale) for share in end.shares)
    low = Fraction(end.slack, master.scale)
    better = snap(end, total=True)
    if better is not None and better[1] > low:
        exact, low = better
    weights = to_groups(end.weights)
    high = bound_least_core(game.cost, game.n, weights)
    if high is None:
        high = bound_by_alone(game)
    status = close(end.status, high - low)
    return LeastCore(low, high, exact, round_shares(exact), find_tight(master, exact, low), weights, status)


def cost_of_stability(
    game: CostGame, *, iterations: int = ITERATIONS, should_stop: Stop | None = None
) -> CostOfStability:
    """Return what must be found elsewhere so that shares exist that no group gains to leave, with a proven interval.

    Units: cents. Budgets, errors, complexity: those of `least_core`. Source: Bachrach, Elkind, Meir, Pasechnik,
    Zuckerman, Rothe and Rosenschein, The cost of stability in coalitional games, 2009.
    """
    check_members(game)
    end = climb(game, slack=False, iterations=iterations, should_stop=should_stop, devex=False)
    master, whole = end.master, game.cost(range(game.n))
    scaled = lower_shares(master, end.shares)
    exact = tuple(Fraction(share, master.scale) for share in scaled)
    better = snap(end, total=False)
    if better is not None and better[1] >= 0 and sum(better[0]) > sum(exact):
        exact = better[0]
    weights = to_groups(end.weights)
    payable = bound_payable(game.cost, game.n, weights)
    low = max(Fraction(0), whole - payable) if payable is not None else Fraction(0)
    high = whole - sum(exact, Fraction(0))
    cents = tuple(share.numerator // share.denominator for share in exact)
    return CostOfStability(low, high, exact, cents, weights, close(end.status, high - low))


def check_members(game: CostGame) -> None:
    if game.n < 2:
        raise DonneeInvalide("Un seul membre : aucun groupe ne peut partir.", "Ajoutez au moins un membre.")


def close(status: Status, gap: Fraction) -> Status:
    """OPTIMAL only when the two proofs meet within a cent."""
    if gap < 1:
        return Status.OPTIMAL
    return Status.FAILED if status is Status.OPTIMAL else status


def bound_by_alone(game: CostGame) -> Fraction:
    """The bound proved by the members alone, equal weights."""
    alone = sum(game.cost({member}) for member in range(game.n))
    return Fraction(alone - game.cost(range(game.n)), game.n)


def snap(end: Climb, *, total: bool) -> tuple[tuple[Fraction, ...], Fraction] | None:
    """The same shares as fractions of small denominators, and their exact least slack; None when they are not."""
    master = end.master
    for unit in (1, 2, 3, 4, 6, 12, 60, 420, 2520):
        if unit > master.scale:
            break
        scaled = [round(Fraction(share * unit, master.scale)) for share in end.shares]
        near = max(
            abs(Fraction(new, unit) - Fraction(old, master.scale)) for new, old in zip(scaled, end.shares, strict=True)
        )
        if near * 10**4 > 1 or (total and sum(scaled) != master.whole * unit) or sum(scaled) > master.whole * unit:
            continue
        found = master.oracle.find(scaled, scale=unit)
        if found is not None:
            return tuple(Fraction(share, unit) for share in scaled), Fraction(found[0], unit)
    return None


def lower_shares(master: Master, shares: Sequence[int]) -> list[int]:
    """Lower every share alike, as little as needed, until no group pays more than its own cost.

    Each pass meets the group that asks most; the amount only rises, so it ends (Dinkelbach, 1967). What rounding had
    put above the cost of all is taken from the first member.
    """
    lowered = list(shares)
    lowered[0] -= max(0, sum(lowered) - master.whole * master.scale)
    while True:
        slack, mask = master.oracle.find(lowered, scale=master.scale) or (0, 0)
        if slack >= 0:
            return lowered
        cut = -(slack // mask.bit_count())
        lowered = [share - cut for share in lowered]


def find_tight(master: Master, exact: Sequence[Fraction], low: Fraction) -> tuple[Exit, ...]:
    """Groups of the programme whose slack is within a cent of the least."""
    unit = lcm(*(share.denominator for share in exact))
    scaled = np.array([int(share * unit) for share in exact], np.int64)
    slacks = {}
    for mask in master.rows:
        if isinstance(mask, int):
            slack = master.game.cost(to_group(mask)) * unit - int(to_vector(mask, master.n) @ scaled)
            if slack <= (low + 1) * unit:
                slacks[mask] = slack
    cents = round_shares(exact)
    return tuple(build_exit(master.game, cents, mask) for mask in sorted(slacks, key=lambda mask: (slacks[mask], mask)))


def round_shares(exact: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole cents of the same sum: the largest remainders, then the largest shares, then the first numbers."""
    parts = share_remainder({f"{member:06d}": share for member, share in enumerate(exact)}).parts
    return tuple(parts[code] for code in sorted(parts))


def to_groups(weights: Sequence[tuple[int, int]]) -> Weights:
    return tuple((to_group(mask), weight) for mask, weight in weights)
