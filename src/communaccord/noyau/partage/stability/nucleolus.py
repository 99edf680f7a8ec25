"""The nucleolus: the share that leaves the least to complain of, then the least to the next, and so on.

Nested linear programmes over groups met as they are needed. At each level the groups (and comparisons of members) with
a multiplier are at the level in every answer: they are fixed, and what they decide is left out of the next searches.
The shares are then solved in exact fractions from the fixed groups, the weights of each level too, and the whole is
read again by `noyau.preuves.kohlberg`: what does not pass is told as FAILED, never as an answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from communaccord.noyau.exact import share_remainder
from communaccord.noyau.partage.game import CostGame
from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.stability.climb import Stop, climb
from communaccord.noyau.partage.stability.least_core import check_members
from communaccord.noyau.partage.stability.master import TOLERANCE, Master, Row
from communaccord.noyau.partage.stability.oracle import Keep
from communaccord.noyau.partage.stability.plan import Ints, to_group, to_vector
from communaccord.noyau.partage.stability.rational import Span, solve_exact
from communaccord.noyau.preuves.kohlberg import Palier, Vector, find_defauts, list_questions
from communaccord.noyau.solver import INFINITY, Solution, Status

ITERATIONS = 4_000
LEAST_DUAL = 1 / 10**9
MOST_CUTS, MIXTURES = 30, 4


@dataclass(frozen=True, slots=True)
class Nucleolus:
    """Shares that are the nucleolus when `status` is OPTIMAL, and then only.

    `shares`: exact fractions of a cent. `allocation`: the same in whole cents. `levels`: the proof by levels, which
    `preuves.kohlberg.find_defauts` reads. `precision`: 0 when every group was compared exactly; else the cents within
    which (fractions too long for the search). `rational`: no member pays more than alone; when False some member does,
    and the share compared all shares of the cost (pre-nucleolus). LIMIT: stopped first, `shares` are then only shares
    whose least slack is the best met, `levels` is empty. FAILED: the proof does not pass, same shares.
    """

    shares: tuple[Fraction, ...]
    allocation: Allocation
    levels: tuple[Palier, ...]
    precision: Fraction
    rational: bool
    status: Status


def nucleolus(game: CostGame, *, iterations: int = ITERATIONS, should_stop: Stop | None = None) -> Nucleolus:
    """Return the nucleolus of a cost game, with its levels and their proof.

    Units: cents, exact fractions, then whole cents by the largest remainders. Compared: all shares of the cost (the
    pre-nucleolus, which exists even when no share leaves everyone at most its cost alone). Errors, budgets: those of
    `least_core`. Complexity: cutting planes (`iterations` in all), then one pass of `separate`, with remainders modulo
    2, 3..., for each direction left free at each level. Source: Schmeidler, The nucleolus of a characteristic function
    game, 1969 (imputations only: the same answer when `rational`); Sobolev 1975 (pre-nucleolus, from memory);
    Maschler, Peleg and Shapley 1979 (nested programmes); Kohlberg 1971 (the proof).
    """
    if game.n == 1:
        return build_nucleolus(game, (Fraction(game.cost({0})),), Status.OPTIMAL)
    check_members(game)
    for thorough in (False, True):
        end = climb(game, slack=True, iterations=iterations, should_stop=should_stop)
        nest = Nest(end.master, end.solution, thorough)
        status = nest.run(iterations, should_stop) if end.status is Status.OPTIMAL else end.status
        proved = prove(game, nest) if status is Status.OPTIMAL else None
        if proved is not None:
            return proved
        if status is not Status.OPTIMAL:
            break
    fallback = tuple(Fraction(share, end.master.scale) for share in end.shares)
    return build_nucleolus(game, fallback, Status.FAILED if status is Status.OPTIMAL else status)


def build_nucleolus(
    game: CostGame,
    shares: tuple[Fraction, ...],
    status: Status,
    levels: tuple[Palier, ...] = (),
    precision: Fraction = Fraction(0),
) -> Nucleolus:
    rounded = share_remainder({f"{member:06d}": share for member, share in enumerate(shares)})
    cents = tuple(rounded.parts[code] for code in sorted(rounded.parts))
    done = status is Status.OPTIMAL
    caveat = "" if done else "Le calcul n'est pas allé à son terme : ces parts ne sont pas établies comme le nucléole."
    rational = all(share <= game.cost({member}) for member, share in enumerate(shares))
    allocation = Allocation(cents, "nucleolus", shares, tie=rounded.egalite, certain=done, caveat=caveat)
    return Nucleolus(shares, allocation, levels, precision, rational, status)


@dataclass(frozen=True, slots=True)
class Stage:
    """A level before it is proved: the rows fixed there, and the directions that were left to decide."""

    rows: tuple[Row, ...]
    normals: tuple[Vector, ...]


class Nest:
    """The nested programmes, from the first level already solved.

    `thorough`: search every direction at every level, rather than mixtures of them: then no group is forgotten. The
    proof searches them all in any case; it fails when a mixture missed one, and the thorough way is then taken.
    """

    def __init__(self, master: Master, solution: Solution, thorough: bool) -> None:
        self.thorough = thorough
        self.master, self.solution, self.n = master, solution, master.n
        self.span = Span(master.n)
        self.span.add([1] * master.n)
        self.normals = tuple(self.span.find_orthogonal() or ())
        self.stages: list[Stage] = []
        self.done = {0}
        self.draws = np.random.default_rng(0)

    def run(self, iterations: int, should_stop: Stop | None) -> Status:
        """Go down the levels until every direction is decided."""
        while self.fix():
            if self.span.rank == self.n:
                return Status.OPTIMAL
            found = self.span.find_orthogonal()
            if found is None:
                return Status.FAILED
            self.normals = tuple(found)
            self.release()
            while True:
                self.solution, iterations = self.master.solve(), iterations - 1
                if self.solution.status is not Status.OPTIMAL:
                    return Status.FAILED
                if not self.add_forgotten():
                    break
                if iterations <= 0 or (should_stop is not None and should_stop()):
                    return Status.LIMIT
        return Status.FAILED

    def fix(self) -> bool:
        """Fix the rows that have a multiplier; False when there is none."""
        duals, program, level = np.abs(self.solution.duals), self.master.program, self.solution.x[-1]
        fixed = [int(at) for at in np.flatnonzero(duals > LEAST_DUAL) if int(at) not in self.done]
        rows = []
        for number in fixed:
            row = self.master.rows[number]
            assert row is not None
            rows.append(row)
            if isinstance(row, int):
                value = self.master.game.cost(to_group(row)) / self.master.unit - level
                program.change_coefficient(number, self.n, 0)
            else:
                value = self.master.ordering.get_difference(row) / self.master.unit
            program.change_row(number, value, value)
            self.span.add(to_carried(row, self.n))
        self.done.update(fixed)
        self.stages.append(Stage(tuple(rows), self.normals))
        return bool(rows)

    def release(self) -> None:
        """Free the rows of groups that are decided without being fixed."""
        numbers = [at for at, row in enumerate(self.master.rows) if isinstance(row, int) and at not in self.done]
        vectors = np.array([to_carried(self.master.rows[at], self.n) for at in numbers]).reshape(-1, self.n)
        free = (vectors @ np.array(self.normals).T).any(axis=1)
        for at, is_free in zip(numbers, free.tolist(), strict=True):
            if not is_free:
                self.done.add(at)
                self.master.program.change_row(at, -INFINITY, INFINITY)

    def add_forgotten(self) -> bool:
        """Add groups not decided that are below the level; False when none is found."""
        shares = self.master.round_shares(self.solution.x, total=True)
        oracle, scale = self.master.oracle, self.master.scale
        below = self.master.to_slack(self.solution.x[-1] - TOLERANCE)
        for keep in self.list_searches():
            found = oracle.find_many(shares, MOST_CUTS, scale=scale, keep=keep, below=below)
            if self.master.add_groups(mask for _, mask in found):
                return True
        return False

    def list_searches(self) -> Iterator[Keep]:
        """Mixtures of the normals, each of which misses a group one time in five; then, if thorough, every normal."""
        normals = np.array(self.normals)
        for _ in range(MIXTURES):
            steps = self.draws.integers(0, 5, len(normals)) @ normals % 5
            yield Keep(tuple(steps.tolist()), 5)
        for normal, prime in list_questions(self.normals) if self.thorough else ():
            yield Keep(normal, prime)


def to_carried(row: Row | None, n: int) -> Ints:
    """The vector of a row: the members of a group; for a pair (i, j), i less j."""
    if isinstance(row, int):
        return to_vector(row, n)
    vector = np.zeros(n, np.int64)
    if row is not None:
        vector[row[0]], vector[row[1]] = 1, -1
    return vector


def prove(game: CostGame, nest: Nest) -> Nucleolus | None:
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
        carried = list(zip(stage.rows, weights, strict=True))
        groups = tuple((to_group(row), weight) for row, weight in carried if isinstance(row, int))
        pairs = tuple((row, weight) for row, weight in carried if not isinstance(row, int))
        levels.append(Palier(slack, groups, pairs, stage.normals))
    floor = Floors(nest.master, shares)
    difference = nest.master.ordering.find_difference
    if find_defauts(game.cost, shares, levels, floor, difference, floor.precision):
        return None
    return build_nucleolus(game, tuple(shares), Status.OPTIMAL, tuple(levels), floor.precision)


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
                rhs.append(-master.ordering.get_difference(row))
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
    """Least slack at exact shares, over the groups kept by a normal and a prime.

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

    def __call__(self, normal: Vector | None, prime: int) -> Fraction | None:
        keep = None if normal is None else Keep(normal, prime)
        least = self.oracle.measure(self.shares, scale=self.scale, keep=keep)
        return None if least is None else Fraction(least, self.scale)
