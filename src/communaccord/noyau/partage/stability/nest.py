"""The nested programmes of the nucleolus: at each level, the rows that every answer reaches are fixed.

What they decide is left out of the next searches. Floats: what comes out is a candidate, proved elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from communaccord.noyau.partage.stability.climb import Stop
from communaccord.noyau.partage.stability.master import TOLERANCE, Master, Row
from communaccord.noyau.partage.stability.oracle import Keep
from communaccord.noyau.partage.stability.ordering import Pair
from communaccord.noyau.partage.stability.plan import Ints, to_group, to_vector
from communaccord.noyau.partage.stability.rational import Span
from communaccord.noyau.partage.stability.undecided import list_questions
from communaccord.noyau.preuves.kohlberg import Vector
from communaccord.noyau.solver import INFINITY, Solution, Status

LEAST_DUAL = 1 / 10**9
MOST_CUTS, MIXTURES = 30, 4
# The second of a pair that stands for nobody: the first then pays no more than alone.
NOBODY = -1


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

    def __init__(self, master: Master, solution: Solution | None, thorough: bool) -> None:
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
        self.left, self.should_stop = iterations, should_stop
        status = self.settle() if self.solution is None else Status.OPTIMAL
        while status is Status.OPTIMAL and self.fix():
            if self.span.rank == self.n:
                return Status.OPTIMAL
            found = self.span.find_orthogonal()
            if found is None:
                return Status.FAILED
            self.normals = tuple(found)
            self.release()
            status = self.settle()
        return Status.FAILED if status is Status.OPTIMAL else status

    def settle(self) -> Status:
        """Solve the level, and again with the groups that the answer forgets, until there is none."""
        while True:
            self.solution, self.left = self.master.solve(), self.left - 1
            if self.solution.status is not Status.OPTIMAL:
                return Status.FAILED
            if not self.add_forgotten(self.solution):
                return Status.OPTIMAL
            if self.left <= 0 or (self.should_stop is not None and self.should_stop()):
                return Status.LIMIT

    def fix(self) -> bool:
        """Fix the rows that have a multiplier; False when there is none."""
        assert self.solution is not None
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
                value = get_difference(self.master, row) / self.master.unit
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

    def add_forgotten(self, solution: Solution) -> bool:
        """Add groups not decided that are below the level; False when none is found."""
        shares = self.master.round_shares(solution.x, total=True)
        oracle, scale = self.master.oracle, self.master.scale
        below = self.master.to_slack(solution.x[-1] - TOLERANCE)
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
        vector[row[0]] = 1
        if row[1] != NOBODY:
            vector[row[1]] = -1
    return vector


def add_limits(master: Master) -> None:
    """Add the rows by which no member pays more than alone: comparisons with nobody, who pays nothing."""
    pairs = [(member, NOBODY) for member in range(master.n)]
    lows = np.array([get_difference(master, pair) / master.unit for pair in pairs])
    matrix = np.hstack([-np.eye(master.n), np.zeros((master.n, 1))])
    master.program.add_rows(lows, matrix, np.full(master.n, INFINITY))
    master.record(pairs)


def get_difference(master: Master, pair: Pair) -> int:
    """Cents that the second pays at least beyond the first."""
    member, other = pair
    return -master.game.cost({member}) if other == NOBODY else master.ordering.get_difference(pair)
