"""A package of services read again from plain data, exactly: objective, budgets, bills, transfers; and its bound.

The bound: whatever the multipliers, `sum of multiplier x side of the row + best of what is left in the boxes` is never
below the objective of a point that satisfies rows and boxes (weak duality). Good multipliers or not, it is a bound.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

Exact = int | Fraction


class Choice(NamedTuple):
    """A service of the package: cost of a group, cents; who is in, who must and may not be, at least how many.

    `posted`: most that each commune accepted to be billed, whole cents; `payments`: what it is billed.
    """

    cost: Callable[[frozenset[int]], int]
    members: frozenset[int]
    required: frozenset[int]
    barred: frozenset[int]
    fewest: int
    posted: Sequence[int]
    payments: Sequence[int]


class Vehicle(NamedTuple):
    """Most that each commune may give and receive, most that may change hands, what it receives (negative: gives)."""

    give: Sequence[int]
    receive: Sequence[int]
    total: int
    received: Sequence[int]


class Row(NamedTuple):
    """`low <= sum of values x columns <= high`; None: no side."""

    low: Exact | None
    values: Mapping[int, Exact]
    high: Exact | None


class Leaf(NamedTuple):
    """A part of the choices: columns held at 0 or at 1, and multipliers of the rows for that part."""

    held: Mapping[int, int]
    multipliers: tuple[Exact, ...]


def find_package_faults(
    weights: Sequence[int],
    consenting: frozenset[int],
    value: int,
    choices: Sequence[Choice],
    vehicles: Sequence[Vehicle],
) -> tuple[str, ...]:
    """Return what is wrong with a package, one word a fault; empty: objective, budgets and transfers hold, exactly.

    `weights`: what each commune counts; `value`: the objective claimed. The lines are read by
    `faisable.find_faults`. O(communes x (services + vehicles)) and one cost a service. Source: definition.
    """
    faults = []
    if sum(weights[i] for i in consenting) != value:
        faults.append("objective")
    if frozenset().union(*(choice.members for choice in choices)) != consenting:
        faults.append("consenting")
    faults += [f"service {j}" for j, choice in enumerate(choices) if not is_choice(choice)]
    faults += [f"vehicle {v}" for v, vehicle in enumerate(vehicles) if not is_vehicle(vehicle, consenting)]
    if sum(sum(vehicle.received) for vehicle in vehicles):
        faults.append("balance")
    return tuple(faults)


def is_choice(choice: Choice) -> bool:
    """Return whether a service has an allowed perimeter whose bills pay its cost, none above what was posted."""
    members = choice.members
    allowed = choice.required <= members and not members & choice.barred and len(members) >= choice.fewest
    billed = all(
        0 <= paid <= most if i in members else paid == 0
        for i, (paid, most) in enumerate(zip(choice.payments, choice.posted, strict=True))
    )
    return allowed and billed and sum(choice.payments) == choice.cost(members)


def is_vehicle(vehicle: Vehicle, consenting: frozenset[int]) -> bool:
    """Return whether a vehicle keeps within its amounts, and moves money between consenting communes only."""
    each = zip(vehicle.give, vehicle.receive, vehicle.received, strict=True)
    within = all(-give <= t <= receive and (i in consenting or not t) for i, (give, receive, t) in enumerate(each))
    given, taken = (-sum(t for t in vehicle.received if t < 0), sum(t for t in vehicle.received if t > 0))
    return within and max(given, taken) <= vehicle.total


def compute_dual_bound(
    objective: Sequence[Exact],
    boxes: Sequence[tuple[Exact, Exact]],
    rows: Sequence[Row],
    multipliers: Sequence[Exact],
) -> Fraction:
    """Return a number that no point of rows and boxes passes, when `objective . x` is maximised. Exact.

    A multiplier > 0 reads the high side of its row, < 0 its low side. Errors: ValueError when that side is missing.
    O(non-zeros). Source: weak duality of linear programming.
    """
    bound, left = Fraction(0), [Fraction(value) for value in objective]
    for row, multiplier in zip(rows, multipliers, strict=True):
        if not multiplier:
            continue
        side = row.high if multiplier > 0 else row.low
        if side is None:
            raise ValueError("Un multiplicateur lit un côté que sa ligne n'a pas.")
        bound += multiplier * side
        for column, value in row.values.items():
            left[column] -= multiplier * value
    return bound + sum(
        (max(rest * low, rest * high) for rest, (low, high) in zip(left, boxes, strict=True)), Fraction(0)
    )


def compute_tree_bound(
    objective: Sequence[Exact], boxes: Sequence[tuple[Exact, Exact]], rows: Sequence[Row], leaves: Sequence[Leaf]
) -> Fraction:
    """Return a number that no point of rows and boxes passes, when the columns that the leaves hold are 0 or 1.

    Errors: ValueError when the leaves do not cover every choice, or a multiplier reads a missing side.
    O(leaves x non-zeros). Source: a partition, and weak duality in each part.
    """
    if not covers([leaf.held for leaf in leaves]):
        raise ValueError("Les parties ne couvrent pas tous les choix.")
    return max(compute_dual_bound(objective, hold(boxes, leaf.held), rows, leaf.multipliers) for leaf in leaves)


def hold(boxes: Sequence[tuple[Exact, Exact]], held: Mapping[int, int]) -> list[tuple[Exact, Exact]]:
    """Return the boxes of a part. O(columns)."""
    return [(held[column], held[column]) if column in held else box for column, box in enumerate(boxes)]


def covers(parts: Sequence[Mapping[int, int]]) -> bool:
    """Return whether every choice of 0 or 1 is in one of the parts: one that all hold is cut in two. O(parts^2)."""
    if any(not part for part in parts):
        return True
    shared = set.intersection(*(set(part) for part in parts)) if parts else set()
    if not shared:
        return False
    first = min(shared)
    return all(
        covers([{c: v for c, v in part.items() if c != first} for part in parts if part[first] == value])
        for value in (0, 1)
    )


def compute_gap(value: int, bound: Exact) -> Fraction:
    """Return the gap, as a part of the bound: 0 proves the value the best. Errors: ValueError for a bound below it."""
    if bound < value:
        raise ValueError("La borne est sous la valeur : l'une des deux est fausse.")
    return Fraction(0) if bound == value else 1 - Fraction(value) / bound
