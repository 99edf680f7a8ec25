"""From the multipliers of the solver to balanced weights in whole numbers: the plain proof of a bound.

The multiplier of a comparison (i before j) is an exchange: weight moves from groups with j and without i to the same
groups with i instead of j, which cost no more, own costs apart. What rounding leaves is topped up with members alone.
The weights that come out are balanced by construction; `noyau.preuves.equilibre` reads the bound that they prove.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from communaccord.noyau.partage.stability.ordering import Pair

PARTS = 10**10
MOST_DENOMINATOR = 2_000


def balance(n: int, groups: Mapping[int, float], pairs: Mapping[Pair, float]) -> list[tuple[int, int]]:
    """Return (mask, weight) with weights in whole numbers, balanced. O(exchanges x groups)."""
    unit = max([*groups.values(), *pairs.values()], default=1)
    scaled = round_fractions([*groups.values(), *pairs.values()]) or [
        round(value / unit * PARTS) for value in [*groups.values(), *pairs.values()]
    ]
    weights = {mask: weight for mask, weight in zip(groups, scaled, strict=False) if weight > 0}
    flows = {pair: weight for pair, weight in zip(pairs, scaled[len(groups) :], strict=True) if weight > 0}
    for donor, receiver, weight in list_exchanges(n, flows):
        exchange(weights, donor, receiver, weight)
    top_up(n, weights)
    return sorted(weights.items())


def round_fractions(values: Sequence[float]) -> list[int] | None:
    """The values times a common denominator when all are, very nearly, fractions of small denominators; else None."""
    found = [Fraction(value).limit_denominator(MOST_DENOMINATOR) for value in values]
    if any(abs(fraction - Fraction(value)) > Fraction(1, 10**9) for fraction, value in zip(found, values, strict=True)):
        return None
    unit = lcm(*(fraction.denominator for fraction in found))
    return [int(fraction * unit) for fraction in found] if unit <= PARTS else None


def list_exchanges(n: int, flows: dict[Pair, int]) -> list[tuple[int, int, int]]:
    """Cut the flows along chains of comparisons into exchanges (from j, to i, weight), each from end to end."""
    rest = dict(flows)
    excess = [0] * n
    for (i, j), weight in flows.items():
        excess[j] += weight
        excess[i] -= weight
    below: list[list[int]] = [[] for _ in range(n)]
    for i, j in flows:
        below[j].append(i)
    exchanges = []
    for donor in range(n):
        while excess[donor] > 0:
            chain = [donor]
            while excess[chain[-1]] >= 0:
                chain.append(next(i for i in below[chain[-1]] if rest[i, chain[-1]] > 0))
            links = list(zip(chain[1:], chain, strict=False))
            weight = min(excess[donor], -excess[chain[-1]], *(rest[link] for link in links))
            for link in links:
                rest[link] -= weight
            excess[donor] -= weight
            excess[chain[-1]] += weight
            exchanges.append((donor, chain[-1], weight))
    return exchanges


def exchange(weights: dict[int, int], donor: int, receiver: int, weight: int) -> None:
    """Move weight from groups with the donor and without the receiver, as much as there is."""
    for mask in list(weights):
        if weight <= 0:
            return
        if mask >> donor & 1 and not mask >> receiver & 1:
            moved = min(weight, weights[mask])
            weights[mask] -= moved
            if not weights[mask]:
                del weights[mask]
            other = mask ^ (1 << donor) ^ (1 << receiver)
            weights[other] = weights.get(other, 0) + moved
            weight -= moved


def top_up(n: int, weights: dict[int, int]) -> None:
    """Add members alone until all are covered alike."""
    covered = [0] * n
    for mask, weight in weights.items():
        for member in range(n):
            if mask >> member & 1:
                covered[member] += weight
    highest = max(covered)
    for member, total in enumerate(covered):
        if total < highest:
            weights[1 << member] = weights.get(1 << member, 0) + highest - total
