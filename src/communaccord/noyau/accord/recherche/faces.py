"""What a leximin leaves open after each stage: the optimal face, and what is constant on it."""

from collections.abc import Sequence

import numpy as np

from communaccord.noyau.solver import Floats

TINY, NONE = 1e-7, 1e-9


class Face:
    """The optimal face of the stages so far, by what is tight on all of it.

    Tight: the equalities, rows of non-zero dual, columns at a bound of non-zero reduced cost. Kept as an orthonormal
    basis of their span, and what remains of the weight of each key once its part in the span is taken off. Shapes:
    `matrix`: fixed rows, lines, then gains from `premier`; its `keys` first columns are weights of keys.
    """

    def __init__(self, matrix: Floats, equalities: int, premier: int, keys: int) -> None:
        self.matrix, self.premier, self.keys = matrix, premier, keys
        self.scale = 1.0 + np.abs(matrix[premier:]).max(axis=1, initial=0.0)
        self.own = matrix[premier:, keys:] != 0.0
        self.tight, self.stuck = np.zeros(len(matrix), bool), np.zeros(matrix.shape[1], bool)
        self.new_rows, self.new_columns = np.arange(len(matrix)) < equalities, self.stuck.copy()
        self.basis = np.zeros((0, matrix.shape[1]))
        self.rest = np.eye(keys, matrix.shape[1])
        self.set = np.zeros(len(matrix) - premier, bool)

    def tighten(self, duals: Floats, fixes: Sequence[int]) -> None:
        """Take in a stage: its duals, the gains that it fixes. O(rows x columns)."""
        tight, stuck = np.abs(duals) > TINY, np.abs(self.matrix.T @ duals) > TINY
        tight[[self.premier + k for k in fixes]] = True
        self.new_rows |= tight & ~self.tight
        self.new_columns |= stuck & ~self.stuck
        self.tight |= tight
        self.stuck |= stuck

    def find_set(self, actifs: Sequence[int]) -> list[int]:
        """Return those of the gains that only their own transfers still move: keys say the same on all the face.

        O(columns x (rank + keys)) a new tight row or column, O(gains x keys x columns).
        """
        gains = np.array(actifs, int)
        if not self.set[gains].all() and (self.new_rows.any() or self.new_columns.any()):
            units = np.eye(len(self.stuck))[self.new_columns]
            self.take(np.vstack([units, self.matrix[self.new_rows]]))
            self.new_rows[:], self.new_columns[:] = False, False
            rest = np.einsum("gk,kc->gc", self.matrix[self.premier :, : self.keys], self.rest)
            self.set |= np.abs(rest).max(axis=1, initial=0.0) < NONE * self.scale
        found: list[int] = gains[self.set[gains]].tolist()
        return found

    def find_constant(self, actifs: Sequence[int]) -> list[int]:
        """Return those of the gains that nothing moves any more: keys say the same, own transfers are stuck."""
        free = (self.own & ~self.stuck[self.keys :]).any(axis=1)
        return [k for k in self.find_set(actifs) if not free[k]]

    def take(self, rows: Floats) -> None:
        """Add rows to the span (Gram-Schmidt, twice for accuracy). O(columns x (rank + keys)) a row."""
        for row in rows:
            row = row / max(float(np.linalg.norm(row)), TINY)
            for _ in range(2):
                row = row - (self.basis @ row) @ self.basis
            left = float(np.linalg.norm(row))
            if left > NONE:
                row = row / left
                self.basis = np.vstack([self.basis, row])
                self.rest -= np.outer(self.rest @ row, row)
