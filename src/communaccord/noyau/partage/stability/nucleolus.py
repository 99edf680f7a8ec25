"""The nucleolus: the share that leaves the least to complain of, then the least to the next, and so on.

Nested linear programmes over groups met as they are needed. At each level the groups (and comparisons of members) with
a multiplier are at the level in every answer: they are fixed, and what they decide is left out of the next searches.
The shares are then solved in exact fractions from the fixed groups, the weights of each level too, and the whole is
read again by `noyau.preuves.kohlberg`: what does not pass is told as FAILED, never as an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import lcm

import numpy as np

from communaccord.noyau.exact import share_remainder
from communaccord.noyau.partage.game import CostGame
from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.stability.climb import Stop, climb
from communaccord.noyau.partage.stability.least_core import check_members
from communaccord.noyau.partage.stability.master import Master
from communaccord.noyau.partage.stability.nest import NOBODY, Nest, Stage, add_limits, get_difference, to_carried
from communaccord.noyau.partage.stability.oracle import build_oracle
from communaccord.noyau.partage.stability.ordering import Ordering
from communaccord.noyau.partage.stability.plan import to_group
from communaccord.noyau.partage.stability.rational import solve_exact
from communaccord.noyau.partage.stability.undecided import measure_undecided
from communaccord.noyau.preuves.kohlberg import Palier, Vector, find_defauts
from communaccord.noyau.solver import Status

ITERATIONS = 4_000


@dataclass(frozen=True, slots=True)
class Nucleolus:
    """Shares that are the nucleolus when `status` is OPTIMAL, and then only.

    `shares`: exact fractions of a cent. `allocation`: the same in whole cents. `levels`: the proof by levels, which
    `preuves.kohlberg` reads. `precision`: 0 when every group was compared exactly; else the cents within which
    (fractions too long for the search). `imputations`: compared with all shares in which no member pays more than alone
    (Schmeidler); False: with all shares of the cost (pre-nucleolus). `rational`: no member pays more than alone.
    `pre_nucleolus`: the pre-nucleolus, when it was found and is another share. LIMIT: stopped first, `shares` are then
    only shares of a good least slack, `levels` is empty. FAILED: the proof does not pass, same shares.
    """

    shares: tuple[Fraction, ...]
    allocation: Allocation
    levels: tuple[Palier, ...]
    precision: Fraction
    imputations: bool
    rational: bool
    status: Status
    pre_nucleolus: "Nucleolus | None" = None


def nucleolus(game: CostGame, *, iterations: int = ITERATIONS, should_stop: Stop | None = None) -> Nucleolus:
    """Return the nucleolus of a cost game, with its levels and their proof.

    Units: cents, exact fractions, then whole cents by the largest remainders. Compared: all shares of the cost in which
    no member pays more than alone (imputations); when there is none (the costs alone sum to less than the cost of all),
    all shares: the pre-nucleolus, told by `imputations`. The pre-nucleolus is searched first: when no member pays more
    than alone it is the answer; else a second search follows, with that limit on each member. Errors, budgets: those of
    `least_core`, for each search. Complexity: cutting planes, then one pass of the knapsack, sometimes more (see
    `undecided`), for each level. Source: Schmeidler, The nucleolus of a characteristic function game, 1969; Maschler,
    Peleg and Shapley 1979 (nested programmes); Kohlberg 1971 (the proof); from memory.
    """
    free, met = search_free(game, iterations, should_stop)
    if free.status is not Status.OPTIMAL:
        return free
    if free.rational:
        return replace(free, imputations=True)
    if sum(game.cost({member}) for member in range(game.n)) < game.cost(range(game.n)):
        return free
    return replace(search_limited(game, free, met, iterations, should_stop), pre_nucleolus=free)


def pre_nucleolus(game: CostGame, *, iterations: int = ITERATIONS, should_stop: Stop | None = None) -> Nucleolus:
    """Return the pre-nucleolus, for which all shares of the cost are compared: a member may pay more than alone.

    It always exists, and is the nucleolus when the core is not empty, or when `rational`. Units, errors, budgets,
    complexity: those of `nucleolus`, one search. Source: Sobolev 1975 (from memory); see `nucleolus`.
    """
    return search_free(game, iterations, should_stop)[0]


def search_free(game: CostGame, iterations: int, should_stop: Stop | None) -> tuple[Nucleolus, list[int]]:
    """The pre-nucleolus, and the groups met (masks)."""
    if game.n == 1:
        return build_nucleolus(game, (Fraction(game.cost({0})),), Status.OPTIMAL), []
    check_members(game)
    for thorough in (False, True):
        end = climb(game, slack=True, iterations=iterations, should_stop=should_stop)
        nest = Nest(end.master, end.solution, thorough)
        status = nest.run(iterations, should_stop) if end.status is Status.OPTIMAL else end.status
        proved = prove(game, nest, imputations=False) if status is Status.OPTIMAL else None
        if proved is not None:
            return proved, [row for row in end.master.rows if isinstance(row, int)]
        if status is not Status.OPTIMAL:
            break
    fallback = tuple(Fraction(share, end.master.scale) for share in end.shares)
    return build_nucleolus(game, fallback, Status.FAILED if status is Status.OPTIMAL else status), []


def search_limited(
    game: CostGame, free: Nucleolus, met: Sequence[int], iterations: int, should_stop: Stop | None
) -> Nucleolus:
    """The nucleolus among imputations; the programme starts from the groups `met`."""
    for thorough in (False, True):
        master = Master(game, build_oracle(game), slack=True)
        master.add_groups(met)
        add_limits(master)
        nest = Nest(master, None, thorough)
        status = nest.run(iterations, should_stop)
        proved = prove(game, nest, imputations=True) if status is Status.OPTIMAL else None
        if proved is not None:
            return proved
        if status is not Status.OPTIMAL:
            break
    return build_nucleolus(game, free.shares, Status.FAILED if status is Status.OPTIMAL else status)


def build_nucleolus(
    game: CostGame,
    shares: tuple[Fraction, ...],
    status: Status,
    levels: tuple[Palier, ...] = (),
    precision: Fraction = Fraction(0),
    *,
    imputations: bool = False,
) -> Nucleolus:
    rounded = share_remainder({f"{member:06d}": share for member, share in enumerate(shares)})
    cents = tuple(rounded.parts[code] for code in sorted(rounded.parts))
    done = status is Status.OPTIMAL
    caveat = "" if done else "Le calcul n'est pas allé à son terme : ces parts ne sont pas établies comme le nucléole."
    rational = all(share <= game.cost({member}) for member, share in enumerate(shares))
    allocation = Allocation(cents, "nucleolus", shares, tie=rounded.egalite, certain=done, caveat=caveat)
    return Nucleolus(shares, allocation, levels, precision, imputations, rational, status)


def prove(game: CostGame, nest: Nest, *, imputations: bool) -> Nucleolus | None:
    """Solve the shares and the weights in fractions, then read the proof; None when it does not pass."""
    solved = solve_shares(nest)
    if solved is None:
        return None
    shares, slacks = solved
    levels = []
    for stage, slack in zip(nest.stages, slacks, strict=True):
        weights = weigh(stage, nest.n)
        if weights is None:
            return None
        levels.append(build_palier(stage, slack, weights))
    floor, dearer = Floors(nest.master, shares), partial(is_dearer, nest.master.ordering)
    faults = find_defauts(game.cost, shares, levels, floor, dearer, imputations=imputations, precision=floor.precision)
    if faults:
        return None
    told = tuple(levels), floor.precision
    return build_nucleolus(game, tuple(shares), Status.OPTIMAL, *told, imputations=imputations)


def is_dearer(ordering: Ordering, i: int, j: int, difference: Fraction) -> bool:
    """True when j is known to cost any group at least `difference` cents more than i."""
    known = ordering.find_difference(i, j)
    return known is not None and difference <= known


def build_palier(stage: Stage, slack: Fraction, weights: Sequence[int]) -> Palier:
    carried = list(zip(stage.rows, weights, strict=True))
    groups = tuple((to_group(row), weight) for row, weight in carried if isinstance(row, int))
    pairs = tuple((row, weight) for row, weight in carried if not isinstance(row, int) and row[1] != NOBODY)
    limits = tuple((row[0], weight) for row, weight in carried if not isinstance(row, int) and row[1] == NOBODY)
    return Palier(slack, groups, pairs, stage.normals, limits)


def solve_shares(nest: Nest) -> tuple[list[Fraction], list[Fraction]] | None:
    """The shares, and the slack of each level, that the fixed rows decide, exactly."""
    master, n, count = nest.master, nest.n, len(nest.stages)
    matrix, rhs = [[1] * n + [0] * count], [master.whole]
    for number, stage in enumerate(nest.stages):
        for row in stage.rows:
            line = [*to_carried(row, n).tolist(), *[0] * count]
            if isinstance(row, int):
                line[n + number] = 1
                rhs.append(master.game.cost(to_group(row)))
            else:
                rhs.append(-get_difference(master, row))
            matrix.append(line)
    found = solve_exact(np.array(matrix, np.int64), rhs)
    return None if found is None else (found[:n], found[n:])


def weigh(stage: Stage, n: int) -> list[int] | None:
    """Weights, whole and positive, that make the sum of the rows decided by the levels before; None when none do."""
    carried = np.array([to_carried(row, n) for row in stage.rows])
    matrix = np.vstack([np.array(stage.normals) @ carried.T, np.ones(len(carried), np.int64)])
    found = solve_exact(matrix, [0] * len(stage.normals) + [1])
    if found is None or min(found) <= 0:
        return None
    unit = lcm(*(weight.denominator for weight in found))
    return [int(weight * unit) for weight in found]


class Floors:
    """Least slack at exact shares, over the groups that some normal does not sum to 0 on.

    When the common denominator of the shares is too long for 64-bit integers they are rounded up, which only lowers
    the slacks, by less than `precision` cents.
    """

    def __init__(self, master: Master, shares: Sequence[Fraction]) -> None:
        self.oracle = master.oracle
        unit = lcm(*(share.denominator for share in shares))
        exact = master.oracle.fits(unit, sum(abs(share) for share in shares))
        self.scale = unit if exact else master.scale
        self.shares = [-(-share.numerator * self.scale // share.denominator) for share in shares]
        self.precision = Fraction(0) if exact else Fraction(master.n, self.scale)

    def __call__(self, normals: Sequence[Vector]) -> Fraction | None:
        least = measure_undecided(self.oracle, self.shares, self.scale, normals)
        return None if least is None else Fraction(least, self.scale)
