"""Small games, group by group: Shapley by its definition, in whole numbers."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

from communaccord.noyau.partage.game.modele import TableGame


def list_table_shares(game: TableGame) -> list[Fraction]:
    """Shapley value of an explicit game, by the definition: sums of costs by size, with and without the member.

    Python integers: no amount overflows. O(2^n n).
    """
    n = game.n
    sums = sum_by_size(game)
    orders = [factorial(size) * factorial(n - 1 - size) for size in range(n)]
    shares = []
    for member in range(n):
        adds = sum(orders[size] * (sums[member][size + 1] - (sums[n][size] - sums[member][size])) for size in range(n))
        shares.append(Fraction(adds, factorial(n)))
    return shares


def sum_by_size(game: TableGame) -> Sequence[Sequence[int]]:
    """For each member, and at last for everybody: the total cost of the groups it is in, by size 0..n. O(2^n n)."""
    sums = [[0] * (game.n + 1) for _ in range(game.n + 1)]
    for size in range(1, game.n + 1):
        for group in combinations(range(game.n), size):
            cost = game.costs[sum(1 << member for member in group)]
            sums[game.n][size] += cost
            for member in group:
                sums[member][size] += cost
    return sums
