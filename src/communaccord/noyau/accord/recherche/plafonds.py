"""The most that one gain can reach whatever the transfers: keys alone choose, each transfer is at its best for it."""

from collections.abc import Mapping
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
        low, high = (bounds[: self.keys] for bounds in espace.bounds)
        self.program = Program(np.zeros(self.keys), low, high, maximize=True)
        services = len(espace.paquet.services)
        self.rows = [*range(services), *range(espace.fixes, premier)]
        highs = np.where(np.array(self.rows) < services, bornes[self.rows], INFINITY)
        self.program.add_rows(self.floors[self.rows], self.matrix[self.rows], highs)

    def hold(self, levels: Mapping[int, float]) -> None:
        """Fix gains: each keeps its level at least; those that are held already stay as they are."""
        rows = sorted({self.premier + k for k in levels} - set(self.rows))
        if rows:
            floors = np.array([self.floors[row] + levels[row - self.premier] for row in rows])
            self.program.add_rows(floors, self.matrix[rows], np.full(len(rows), INFINITY))
            self.rows += rows

    def measure(self, x: Floats) -> Floats:
        """Return what each gain would reach at the keys of these columns, transfers at their best."""
        levels: Floats = self.matrix[self.premier :] @ x[: self.keys] - self.floors[self.premier :]
        return levels

    def find(self, k: int) -> Plafond | None:
        """Return the ceiling of gain k; None when the solver gives none. One small linear programme."""
        row = self.premier + k
        self.program.change_costs(self.matrix[row])
        solution = self.program.solve()
        if solution.status is not Status.OPTIMAL:
            return None
        duals = np.zeros(len(self.matrix))
        duals[self.rows] = -solution.duals
        duals[row] += 1.0
        return Plafond(solution.objective - float(self.floors[row]), duals)
