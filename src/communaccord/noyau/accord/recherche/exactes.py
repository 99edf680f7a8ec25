"""A vertex solved again in exact arithmetic, from the basis that the solver stopped at."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from communaccord.noyau.preuves.farkas import Box, Exact, Row

Basis = tuple[Sequence[int], Sequence[int]]


def solve_vertex(rows: Sequence[Row], boxes: Sequence[Box | None], basis: Basis) -> list[Fraction] | None:
    """Return the exact values of the columns at a basis; None when the basis is singular in exact arithmetic.

    Every row out of the basis is tight at its bound, every column out of the basis at the end of its box that the basis
    names (None: a free column). The caller checks the result: nothing here says that it is feasible. Complexity:
    O(size^3) fractions at worst, far less when sparse. Source: basic solution of a linear programme.
    """
    places, tight = basis
    values: list[Exact] = [0] * len(boxes)
    for column, (place, box) in enumerate(zip(places, boxes, strict=True)):
        if place and box is not None:
            values[column] = box[1] if place == 1 else box[0]
    unknown = {column for column, place in enumerate(places) if not place}
    system = []
    for row, place in zip(rows, tight, strict=True):
        if place:
            known = sum(v * values[c] for c, v in row.coefficients.items() if c not in unknown)
            system.append(({c: Fraction(v) for c, v in row.coefficients.items() if c in unknown}, row.bound - known))
    found = solve_system(system, len(unknown))
    if found is None:
        return None
    return [found.get(column, Fraction(value)) for column, value in enumerate(values)]


def solve_multipliers(rows: Sequence[Row], objective: Mapping[int, Exact], basis: Basis) -> list[Fraction] | None:
    """Return the multipliers of the rows at a basis: objective + sum of multiplier x row is zero on basic columns.

    Rows in the basis have multiplier zero. None when the basis is singular. Complexity: that of `solve_vertex`.
    """
    places, tight = basis
    numbers = [r for r, place in enumerate(tight) if place]
    columns = [column for column, place in enumerate(places) if not place]
    system = []
    for column in columns:
        entries = {r: Fraction(rows[r].coefficients[column]) for r in numbers if column in rows[r].coefficients}
        system.append((entries, Fraction(-objective.get(column, 0))))
    found = solve_system(system, len(numbers))
    return None if found is None else [found.get(r, Fraction(0)) for r in range(len(rows))]


def solve_system(system: Sequence[tuple[dict[int, Fraction], Exact]], size: int) -> dict[int, Fraction] | None:
    """Solve a square sparse system by elimination, the lightest equation first; None when it is singular."""
    equations = [(dict(entries), Fraction(bound)) for entries, bound in system]
    order: list[tuple[int, dict[int, Fraction], Fraction]] = []
    while equations:
        entries, bound = equations.pop(min(range(len(equations)), key=lambda e: len(equations[e][0])))
        if not entries:
            return None
        count = {c: sum(c in other for other, _ in equations) for c in entries}
        pivot = min(entries, key=lambda c: (count[c], c))
        order.append((pivot, entries, bound))
        for k, (other, right) in enumerate(equations):
            if pivot in other:
                equations[k] = (other, eliminate(other, right, entries, bound, pivot))
    if len(order) != size:
        return None
    found: dict[int, Fraction] = {}
    for pivot, entries, bound in reversed(order):
        rest = sum((value * found[c] for c, value in entries.items() if c != pivot), Fraction(0))
        found[pivot] = (bound - rest) / entries[pivot]
    return found


def eliminate(
    other: dict[int, Fraction], right: Fraction, entries: Mapping[int, Fraction], bound: Fraction, pivot: int
) -> Fraction:
    """Take the pivot out of an equation, in place; its new right side. O(entries)."""
    factor = other[pivot] / entries[pivot]
    for column, value in entries.items():
        left = other.get(column, Fraction(0)) - factor * value
        if left:
            other[column] = left
        else:
            other.pop(column, None)
    return right - factor * bound
