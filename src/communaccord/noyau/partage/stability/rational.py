"""Linear algebra that proves: ranks modulo a prime, and systems of small integers solved in exact fractions."""

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt, lcm

import numpy as np
from numpy.typing import NDArray

PRIME = (1 << 31) - 1
MOST_DIGITS, SMALL = 400, 1_000
Ints = NDArray[np.int64]


class Span:
    """The space spanned by integer vectors, read modulo a prime: its rank never passes the true one."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.rows = np.zeros((0, n), np.int64)
        self.pivots: list[int] = []

    @property
    def rank(self) -> int:
        return len(self.pivots)

    def reduce(self, vector: Sequence[int] | Ints) -> Ints:
        """What remains of a vector once its part in the span is taken away, modulo the prime. O(n x rank)."""
        rest = np.asarray(vector, np.int64) % PRIME
        for row, pivot in zip(self.rows, self.pivots, strict=True):
            if rest[pivot]:
                rest = (rest - rest[pivot] * row) % PRIME
        return rest

    def holds(self, vector: Sequence[int] | Ints) -> bool:
        return not self.reduce(vector).any()

    def add(self, vector: Sequence[int] | Ints) -> bool:
        """Add a vector; False when it was in the span. O(n x rank)."""
        rest = self.reduce(vector)
        places = np.flatnonzero(rest)
        if not len(places):
            return False
        pivot = int(places[0])
        rest = rest * pow(int(rest[pivot]), -1, PRIME) % PRIME
        self.rows = np.vstack([(self.rows - self.rows[:, [pivot]] * rest) % PRIME, rest])
        self.pivots.append(pivot)
        return True

    def find_orthogonal(self) -> list[tuple[int, ...]] | None:
        """Integer vectors orthogonal to the span, as many as it lacks dimensions; None when they are too large.

        They are read from fractions modulo the prime: the caller checks that they are orthogonal. O(n^2).
        """
        found = []
        for free in range(self.n):
            if free in self.pivots:
                continue
            vector: list[Fraction | int] = [0] * self.n
            vector[free] = 1
            for residue, pivot in zip((-self.rows[:, free] % PRIME).tolist(), self.pivots, strict=True):
                entry = read_small(residue)
                if entry is None:
                    return None
                vector[pivot] = entry
            unit = lcm(*(entry.denominator for entry in vector))
            found.append(tuple(int(entry * unit) for entry in vector))
        return found


def read_small(residue: int) -> Fraction | int | None:
    """`read_fraction` modulo the prime, at once for small whole numbers."""
    if residue < SMALL:
        return residue
    return residue - PRIME if PRIME - residue < SMALL else read_fraction(residue, PRIME)


def read_fraction(residue: int, modulus: int) -> Fraction | None:
    """The fraction, small against the modulus, that has this residue; None when there is none. O(log^2 modulus).

    Source: Wang, A p-adic algorithm for univariate partial fractions, 1981.
    """
    limit = isqrt(modulus // 2)
    previous, current, before, now = modulus, residue % modulus, 0, 1
    while current > limit:
        quotient = previous // current
        previous, current = current, previous - quotient * current
        before, now = now, before - quotient * now
    return Fraction(current, now) if 0 < abs(now) <= limit else None


def solve_exact(matrix: Ints, rhs: Sequence[int]) -> list[Fraction] | None:
    """Solve matrix @ x = rhs exactly; None when there is no solution, more than one, or it could not be found.

    Shapes: small integers (m, n), m >= n; `rhs`: m integers. Method: lifting modulo the powers of a prime from one
    inverse, then fractions read back and checked on every row, so that what is returned is exact. O(n^3) once, then
    O(n^2) a digit. Source: Dixon, Exact solution of linear equations using p-adic expansions, 1982.
    """
    rows, inverse = invert_modular(matrix)
    if inverse is None:
        return None
    square, target = matrix[rows], [rhs[row] for row in rows]
    rest = np.array(target, dtype=object)
    digits, power, check_at = np.zeros(matrix.shape[1], dtype=object), 1, 4
    for count in range(1, MOST_DIGITS + 1):
        step = multiply_modular(inverse, np.array(rest % PRIME, np.int64))
        digits, power = digits + step.astype(object) * power, power * PRIME
        rest = (rest - (square @ step).astype(object)) // PRIME
        if count == check_at:
            found = read_solution(matrix, rhs, digits, power)
            if found is not None:
                return found
            check_at = count + max(4, count // 2)
    return None


def read_solution(matrix: Ints, rhs: Sequence[int], digits: NDArray[np.object_], power: int) -> list[Fraction] | None:
    found, unit = [], 1
    for digit in digits:
        # The denominators met so far are likely to be common: read the fraction times them.
        entry = read_fraction(int(digit) * unit % power, power)
        if entry is None:
            return None
        found.append(entry / unit)
        unit = lcm(unit, found[-1].denominator)
    scaled = [int(entry * unit) for entry in found]
    for row, value in zip(matrix, rhs, strict=True):
        if sum(int(row[at]) * scaled[at] for at in np.flatnonzero(row)) != value * unit:
            return None
    return found


def multiply_modular(matrix: Ints, vector: Ints) -> Ints:
    """matrix @ vector modulo the prime: each product below 2^62, each sum of remainders too."""
    product: Ints = (matrix * vector % PRIME).sum(axis=1) % PRIME
    return product


def invert_modular(matrix: Ints) -> tuple[list[int], Ints | None]:
    """Rows of the matrix that are independent modulo the prime, and the inverse of their square matrix.

    The inverse is None when the columns are not independent. O(m n^2).
    """
    size = matrix.shape[1]
    rows, span = [], Span(size)
    for number, row in enumerate(matrix):
        if span.rank < size and span.add(row):
            rows.append(number)
    if span.rank < size:
        return rows, None
    work = np.hstack([matrix[rows] % PRIME, np.eye(size, dtype=np.int64)])
    for column in range(size):
        pivot = column + int(np.flatnonzero(work[column:, column])[0])
        work[[column, pivot]] = work[[pivot, column]]
        work[column] = work[column] * pow(int(work[column, column]), -1, PRIME) % PRIME
        factors = work[:, column].copy()
        factors[column] = 0
        touched = np.flatnonzero(factors)
        work[touched] = (work[touched] - factors[touched, None] * work[column]) % PRIME
    return rows, work[:, size:]
