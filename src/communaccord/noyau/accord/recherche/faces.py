"""What a leximin leaves open after each stage: the optimal face, and the gains that are constant on it."""

from collections.abc import Sequence

import numpy as np

from communaccord.noyau.solver import Floats

TINY = 1e-7


class Face:
    """The optimal face of the stages so far, by what is tight on all of it.

    Tight: the equalities, rows of non-zero dual, columns at a bound of non-zero reduced cost. Kept as an orthonormal
    basis of their span, and what remains of each gain once its part in the span is taken off.
    """

    def __init__(self, matrix: Floats, equalities: int, premier: int) -> None:
        self.matrix, self.premier = matrix, premier
        self.tight = np.zeros(len(matrix), bool)
        self.stuck = np.zeros(matrix.shape[1], bool)
        self.waiting = list(range(equalities))
        self.rest = matrix[premier:].copy()
        self.scale = 1.0 + np.abs(self.rest).max(axis=1, initial=0.0)
        self.basis = np.zeros((0, matrix.shape[1]))

    def tighten(self, duals: Floats, fixes: Sequence[int], actifs: Sequence[int]) -> list[int]:
        """Take in a stage; return those of the gains still in the race that are constant on the face.

        A gain is constant when its row is a combination of what is tight. O(columns x (rank + gains)) a new tight row.
        """
        tight = np.abs(duals) > TINY
        tight[[self.premier + k for k in fixes]] = True
        stuck = np.abs(self.matrix.T @ duals) > TINY
        if len(self.basis) == 0:
            # Columns stuck at the first stage, many of them, are simply left out.
            self.rest[:, stuck] = 0.0
            self.open = ~stuck
        else:
            for column in np.flatnonzero(stuck & ~self.stuck):
                self.take(np.eye(1, len(stuck), int(column))[0])
        for row in (*self.waiting, *np.flatnonzero(tight & ~self.tight)):
            self.take(self.matrix[row] * self.open)
        self.waiting = []
        self.tight |= tight
        self.stuck |= stuck
        rest = np.abs(self.rest).max(axis=1, initial=0.0) / self.scale
        return [k for k in actifs if rest[k] < 1e-9]

    def take(self, row: Floats) -> None:
        """Add a row to the span (Gram-Schmidt, twice for accuracy). O(columns x (rank + gains))."""
        size = float(np.linalg.norm(row))
        if size == 0.0:
            return
        row = row / size
        for _ in range(2):
            row = row - (self.basis @ row) @ self.basis
        left = float(np.linalg.norm(row))
        if left > 1e-9:
            row = row / left
            self.basis = np.vstack([self.basis, row])
            self.rest -= np.outer(self.rest @ row, row)
