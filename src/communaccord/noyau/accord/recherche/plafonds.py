"""The most that one gain can reach whatever the transfers: keys alone choose, each transfer is at its best for it."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from communaccord.noyau.accord.recherche.programme import Espace
from communaccord.noyau.solver import INFINITY, Floats, Program, Status


class Plafond(NamedTuple):
    """A level (scaled) that a gain does not pass, and the multipliers of the rows that say so (its own row: 1)."""

    level: float
    duals: Floats


class Plafonds:
    """A small programme on the keys: every row keeps its part on them, and the most that transfers can bring to it.

    Its multipliers are multipliers of the whole programme. Gains count once fixed (`hold`). Shapes: `matrix`, `bornes`:
    fixed rows, lines, then one row a gain, from `premier`, without the level.
    """

    def __init__(self, espace: Espace, matrix: Floats, bornes: Floats, premier: int) -> None:
        self.premier, self.keys = premier, len(espace.cles)
        # Each transfer is between zero and its limit.
        self.floors = bornes - np.maximum(matrix[:, self.keys :], 0.0) @ espace.bounds[1][self.keys :]
        self.matrix = matrix[:, : self.keys]
        self.low, self.high = (bounds[: self.keys] for bounds in espace.bounds)
        self.services = len(espace.paquet.services)
        self.rows = [*range(self.services), *range(espace.fixes, premier)]
        self.levels = np.zeros(len(matrix))

    @cached_property
    def program(self) -> Program:
        """The programme, without a row yet."""
        return Program(np.zeros(self.keys), self.low, self.high, maximize=True)

    def hold(self, gains: Sequence[int], level: float) -> None:
        """Fix gains: each keeps `level` at least."""
        rows = [self.premier + k for k in gains]
        self.levels[rows] = level
        self.rows += rows

    def measure(self, x: Floats) -> Floats:
        """Return what each gain would reach at the keys of these columns, transfers at their best."""
        levels: Floats = self.matrix[self.premier :] @ x[: self.keys] - self.floors[self.premier :]
        return levels

    def find(self, k: int) -> Plafond | None:
        """Return the ceiling of gain k; None when the solver gives none. One small linear programme."""
        row, new = self.premier + k, self.rows[self.program.rows :]
        if new:
            lows = self.floors[new] + self.levels[new]
            self.program.add_rows(lows, self.matrix[new], np.where(np.array(new) < self.services, lows, INFINITY))
        self.program.change_costs(self.matrix[row])
        solution = self.program.solve()
        if solution.status is not Status.OPTIMAL:
            return None
        duals = np.zeros(len(self.matrix))
        duals[self.rows] = -solution.duals
        duals[row] += 1.0
        return Plafond(solution.objective - float(self.floors[row]), duals)
