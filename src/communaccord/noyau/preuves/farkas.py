"""Multipliers read again: what no point of a polytope can do, in exact arithmetic.

A point has one exact number a column, each within its box. Rows bound sums of columns from below, equalities fix them.
Whatever the multipliers (any sign on an equality, zero or more on a row), every point that satisfies all of them has

    objective(point) <= max over the boxes of [objective + sum of multipliers x (row - bound)],

and the right side is read column by column: no solver, no tolerance. Source: Lagrangian bound of a linear programme;
with a zero objective it is the lemma of Farkas (1902).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

Exact = int | Fraction


class Row(NamedTuple):
    """sum of `coefficients[column] x column` >= `bound`, or == `bound` in a list of equalities."""

    coefficients: Mapping[int, Exact]
    bound: Exact


Box = tuple[Exact, Exact]


def compute_bound(
    boxes: Sequence[Box],
    rows: Sequence[tuple[Row, Exact]],
    equalities: Sequence[tuple[Row, Exact]],
    objective: Mapping[int, Exact] | None = None,
) -> Fraction:
    """Return a number that the objective (None: zero) exceeds at no point that satisfies `rows` and `equalities`.

    Shapes: `boxes` (low, high) one a column; each row comes with its multiplier. Errors: ValueError for a negative
    multiplier of a row. Complexity: O(coefficients). Source: see the module.
    """
    if any(multiplier < 0 for _, multiplier in rows):
        raise ValueError("Le multiplicateur d'une ligne ne peut pas être négatif.")
    slopes: dict[int, Exact] = dict(objective or {})
    constant: Exact = 0
    for row, multiplier in (*rows, *equalities):
        if multiplier:
            constant -= multiplier * row.bound
            for column, value in row.coefficients.items():
                slopes[column] = slopes.get(column, 0) + multiplier * value
    ends = [max(slope * boxes[column][0], slope * boxes[column][1]) for column, slope in slopes.items()]
    # Whole numbers are added apart: the sum is the same, and much faster.
    whole = sum(end for end in ends if isinstance(end, int))
    return Fraction(constant) + whole + sum(end for end in ends if not isinstance(end, int))


def is_impossible(
    boxes: Sequence[Box], rows: Sequence[tuple[Row, Exact]], equalities: Sequence[tuple[Row, Exact]]
) -> bool:
    """Return whether the multipliers prove that no point satisfies `rows` and `equalities` together.

    Shapes, errors, complexity: those of `compute_bound`. Source: lemma of Farkas: zero would be at most a negative
    number.
    """
    return compute_bound(boxes, rows, equalities) < 0
