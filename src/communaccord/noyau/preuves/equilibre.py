"""Proofs by balanced weights: a bound that no share of the cost can pass, because of what its groups cost.

Weights are whole numbers, one a group; they are balanced when every member is covered by the same total. Shares x of
the cost of all, whatever they are, then meet sum of w(S) x(S) = t x(all), where t is that total: so what the groups
cost bounds what x can do.
"""

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction

Cost = Callable[[Collection[int]], int]
Weights = Sequence[tuple[Collection[int], int]]


def find_couverture(n: int, weights: Weights) -> int | None:
    """Return the total that covers every one of `n` members; None when the weights are not balanced.

    None too for a weight that is not positive, a group that is empty, whole or names a stranger, or no group. O(n x
    groups).
    """
    everybody, covered = frozenset(range(n)), [0] * n
    for group, weight in weights:
        members = frozenset(group)
        if weight <= 0 or not members or not members < everybody:
            return None
        for member in members:
            covered[member] += weight
    return covered[0] if weights and len(set(covered)) == 1 else None


def bound_least_core(cost: Cost, n: int, weights: Weights) -> Fraction | None:
    """Return what the least slack of any share cannot pass, cents; None when the weights are not balanced.

    The slacks of the groups, weighted, sum to sum w(S) cost(S) - t cost(all), so the least is at most that over sum w.
    When the bound is negative the core is empty. O(n x groups). Source: Bondareva 1963; Shapley, On balanced sets and
    cores, 1967.
    """
    total = find_couverture(n, weights)
    if total is None:
        return None
    slack = sum(weight * cost(group) for group, weight in weights) - total * cost(range(n))
    return Fraction(slack, sum(weight for _, weight in weights))


def bound_payable(cost: Cost, n: int, weights: Weights) -> Fraction | None:
    """Return the most that can be asked of all members together when no group pays more than its own cost, cents.

    Balanced weights ask x(all) = sum w(S) x(S) / t <= sum w(S) cost(S) / t. None when they are not balanced. O(n x
    groups). Source: Bachrach et al., The cost of stability in coalitional games, 2009.
    """
    total = find_couverture(n, weights)
    if total is None:
        return None
    return Fraction(sum(weight * cost(group) for group, weight in weights), total)


def check_noyau_vide(cost: Cost, n: int, weights: Weights) -> bool:
    """True when the weights prove that every share leaves some group with a gain to leave.

    Shapes, complexity, source: those of `bound_least_core`.
    """
    bound = bound_least_core(cost, n, weights)
    return bound is not None and bound < 0
