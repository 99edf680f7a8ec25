"""A deal read again from its plain data, exactly: keys, transfers, and what each commune asked for."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

Exact = int | Fraction


class PlainService(NamedTuple):
    """Cents a year; numbers of the members; per criterion its values, lowest and highest weight; cost of each alone."""

    cost: int
    members: frozenset[int]
    criteria: tuple[tuple[tuple[int, ...], Exact, Exact], ...]
    alone: tuple[int, ...]


class PlainVehicle(NamedTuple):
    """Most that each commune may give and receive, most that may change hands, cents a year."""

    give: tuple[int, ...]
    receive: tuple[int, ...]
    total: int


class Limit(NamedTuple):
    """What `member` asks. `years[j]`: how much of service j counts; `transfer`: how much of what it receives counts.

    A gain (`is_gain`) is at least `amount`, a contribution is at most `amount`.
    """

    member: int
    years: Mapping[int, Exact]
    transfer: Exact
    amount: Exact
    is_gain: bool


def compute_paid(service: PlainService, key: Sequence[Exact]) -> Mapping[int, Fraction]:
    """Return what each member pays for a service at full regime, exact cents. O(criteria n)."""
    prices = []
    for (values, _, _), weight in zip(service.criteria, key, strict=True):
        total = sum(values[i] for i in service.members)
        prices.append((values, Fraction(weight) * service.cost / total if weight else Fraction(0)))
    common = lcm(*(price.denominator for _, price in prices))
    whole = [(values, price.numerator * (common // price.denominator)) for values, price in prices]
    return {i: Fraction(sum(price * values[i] for values, price in whole), common) for i in service.members}


def find_faults(
    services: Sequence[PlainService],
    vehicles: Sequence[PlainVehicle],
    limits: Sequence[Limit],
    keys: Sequence[Sequence[Exact]],
    transfers: Sequence[Sequence[Exact]],
) -> tuple[str, ...]:
    """Return what is wrong with a deal, one word and number a fault; empty: it is feasible, exactly.

    "choice k": a key (numbered first) or the transfers of a vehicle; "balance"; "limit k".
    Shapes: `keys[j][c]`, `transfers[v][i]`. Errors: ValueError when shapes differ. Complexity: O((limits + n x
    criteria) x services). Source: definition.
    """
    allowed = [is_key(service, key) for service, key in zip(services, keys, strict=True)]
    allowed += [is_allowed(vehicle, table) for vehicle, table in zip(vehicles, transfers, strict=True)]
    faults = [f"choice {k}" for k, right in enumerate(allowed) if not right]
    if sum(sum(table) for table in transfers):
        faults.append("balance")
    paid = [compute_paid(service, key) for service, key in zip(services, keys, strict=True)]
    for k, limit in enumerate(limits):
        i = limit.member
        received = limit.transfer * sum((Fraction(table[i]) for table in transfers), Fraction(0))
        value = -received
        for j, part in limit.years.items():
            if i in services[j].members:
                value += part * (paid[j][i] - (services[j].alone[i] if limit.is_gain else 0))
        if -value < limit.amount if limit.is_gain else value > limit.amount:
            faults.append(f"limit {k}")
    return tuple(faults)


def is_key(service: PlainService, key: Sequence[Exact]) -> bool:
    """Return whether weights lie within their bounds and sum to one. O(criteria)."""
    inside = all(low <= weight <= high for (_, low, high), weight in zip(service.criteria, key, strict=True))
    return inside and sum(key) == 1


def is_allowed(vehicle: PlainVehicle, received: Sequence[Exact]) -> bool:
    """Return whether what communes receive (negative: give) keeps within the vehicle. O(n)."""
    each = all(-g <= t <= r for g, r, t in zip(vehicle.give, vehicle.receive, received, strict=True))
    return each and max(sum(t for t in received if t > 0), -sum(t for t in received if t < 0)) <= vehicle.total
