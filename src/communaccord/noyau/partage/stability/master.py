"""The linear programme that grows: shares as columns, groups and comparisons of members as rows.

Amounts are divided by a mean share, or a mean cost alone, before the solver. What comes out is a candidate: the callers
take bounds from exact integers only.
"""

from collections.abc import Iterable

import numpy as np

from communaccord.noyau.partage.game import CostGame
from communaccord.noyau.partage.stability.oracle import Oracle
from communaccord.noyau.partage.stability.ordering import Ordering, Pair
from communaccord.noyau.partage.stability.plan import to_group, to_vector
from communaccord.noyau.solver import INFINITY, Floats, Program, Solution

TOLERANCE = 1 / 10**8
Row = int | Pair


class Master:
    """Maximise the least slack of an exact share (`slack`), or else the total that can be asked.

    `rows`: after the first (the total), the mask of a group, or a pair (i, j) of the order. `scale`: parts of a cent
    in the integers given to the search for groups. `devex`: see `Program`.
    """

    def __init__(self, game: CostGame, oracle: Oracle, *, slack: bool, devex: bool = True) -> None:
        self.game, self.n, self.oracle = game, game.n, oracle
        self.whole = game.cost(range(self.n))
        alone = sum(abs(game.cost({member})) for member in range(self.n))
        self.unit = max(1, abs(self.whole) // self.n, alone // self.n)
        self.scale = oracle.choose_scale(abs(self.whole))
        objective = np.full(self.n + 1, 0 if slack else 1)
        objective[-1] = 1 if slack else 0
        ends = np.full(self.n + 1, INFINITY)
        self.program = Program(objective, -ends, ends, maximize=True, devex=devex)
        if not slack:
            self.program.change_bounds(self.n, 0, 0)
        total = self.whole / self.unit
        self.program.add_row(total if slack else -INFINITY, np.arange(self.n), np.ones(self.n), total)
        self.rows: list[Row | None] = [None]
        self.known: dict[Row, int] = {}
        self.ordering = Ordering(game)
        self.add_pairs()
        everybody = (1 << self.n) - 1
        single = [1 << member for member in range(self.n)]
        self.add_groups([*single, *(everybody ^ mask for mask in single)])

    def add_groups(self, masks: Iterable[int]) -> int:
        """Add the rows x(S) + slack <= cost(S) that are new; how many."""
        new = [mask for mask in dict.fromkeys(masks) if mask and mask not in self.known]
        if new:
            matrix = np.ones((len(new), self.n + 1))
            matrix[:, : self.n] = [to_vector(mask, self.n) for mask in new]
            costs = np.array([self.game.cost(to_group(mask)) / self.unit for mask in new])
            self.program.add_rows(np.full(len(new), -INFINITY), matrix, costs)
            self.record(new)
        return len(new)

    def add_pairs(self) -> None:
        pairs = self.ordering.pairs
        matrix = np.zeros((len(pairs), self.n + 1))
        for at, (i, j) in enumerate(pairs):
            matrix[at, i], matrix[at, j] = -1, 1
        lows = np.array([self.ordering.get_difference(pair) / self.unit for pair in pairs])
        if pairs:
            self.program.add_rows(lows, matrix, np.full(len(pairs), INFINITY))
            self.record(pairs)

    def record(self, new: Iterable[Row]) -> None:
        for row in new:
            self.known[row] = len(self.rows)
            self.rows.append(row)

    def solve(self) -> Solution:
        return self.program.solve()

    def round_shares(self, x: Floats, *, total: bool) -> list[int]:
        """Shares in 1/`scale` cent; with `total`, they sum to the cost of all exactly."""
        scaled = [round(value * self.unit * self.scale) for value in x[: self.n].tolist()]
        if total:
            scaled[0] += self.whole * self.scale - sum(scaled)
        return scaled

    def to_slack(self, level: float) -> int:
        """A level of the solver, in the unit of the search."""
        return round(level * self.unit * self.scale)

    def read_duals(self, solution: Solution) -> tuple[dict[int, float], dict[Pair, float]]:
        """Multipliers, all >= 0, of the groups and of the pairs (rows added since have none)."""
        groups: dict[int, float] = {}
        pairs: dict[Pair, float] = {}
        for row, dual in zip(self.rows, np.abs(solution.duals).tolist(), strict=False):
            if dual <= 0 or row is None:
                continue
            if isinstance(row, int):
                groups[row] = dual
            else:
                pairs[row] = dual
        return groups, pairs
