"""Swing counts and indices read again: each member's swings counted without it from the start, never by a removal.

Groups are described by plain numbers: those who accept, how many they are, what they weigh. Whole numbers only.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

Wins = Callable[[frozenset[int]], bool]
# A route: fewest members, and least weight, that pass together.
Needs = Sequence[tuple[int, int]]


def enumerate_swings(n: int, wins: Wins, member: int) -> list[int]:
    """Return, by size, how many groups of the others lose without `member` and win with it. O(2^n calls).

    Source: definition of a swing (Banzhaf 1965, from memory).
    """
    others = [other for other in range(n) if other != member]
    counts = []
    for size in range(n):
        groups = map(frozenset, combinations(others, size))
        counts.append(sum(not wins(group) and wins(group | {member}) for group in groups))
    return counts


def recount_swings(weights: Sequence[int], needs: Needs, compulsory: frozenset[int], member: int) -> list[int]:
    """Return, by size, the swings of `member`: a group passes when it meets one need and holds all of `compulsory`.

    A weighted vote is one need, (0, quota), and nobody compulsory. Shapes: whole weights, zero or more; member numbers
    from 0. Complexity: O(n x distinct pairs of size and weight), pure Python: seconds for 40 communes of some thousand
    inhabitants, or 158 numbers of seats.
    """

    def passes(size: int, weight: int) -> bool:
        return any(size >= fewest and weight >= least for fewest, least in needs)

    groups = {(len(compulsory - {member}), sum(weights[other] for other in compulsory - {member})): 1}
    for other, weight in enumerate(weights):
        if other != member and other not in compulsory:
            for (size, total), count in list(groups.items()):
                key = (size + 1, total + weight)
                groups[key] = groups.get(key, 0) + count
    swings = [0] * len(weights)
    for (size, total), count in groups.items():
        is_needed = member in compulsory or not passes(size, total)
        if is_needed and passes(size + 1, total + weights[member]):
            swings[size] += count
    return swings


def check_banzhaf(swings: Sequence[int], index: Sequence[Fraction]) -> bool:
    """Return whether each part is the member's swings over all swings. O(n). Source: Banzhaf 1965 (from memory)."""
    total = sum(swings)
    return len(swings) == len(index) and all(part * total == swing for part, swing in zip(index, swings, strict=True))


def check_shapley_shubik(by_size: Sequence[int], part: Fraction) -> bool:
    """Return whether a member's part is its swings, each size s of n - 1 others being as likely as another. O(n).

    Source: Shapley and Shubik 1954 (from memory): in a random order, each number of members before is as likely.
    """
    n = len(by_size)
    return part == sum((Fraction(count, n * comb(n - 1, size)) for size, count in enumerate(by_size)), Fraction(0))
