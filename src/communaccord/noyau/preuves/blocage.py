"""Proof that a group gains by leaving: its members, its own cost, what it pays."""

from collections.abc import Callable, Collection, Sequence

Cost = Callable[[Collection[int]], int]


def check_blocage(cost: Cost, shares: Sequence[int], group: Collection[int], gain: int) -> bool:
    """True when the group, neither empty nor whole, pays `gain` cents more than its own cost, and `gain` is positive.

    Shapes: `cost` of any group of member numbers, cents; `shares`, cents a member. O(cost + |group|). Source:
    definition of the core (Gillies 1959), for costs.
    """
    members = frozenset(group)
    if not members or not members < frozenset(range(len(shares))):
        return False
    return gain > 0 and sum(shares[member] for member in members) - cost(members) == gain
