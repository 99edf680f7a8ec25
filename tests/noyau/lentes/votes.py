"""Votes by their definitions, every group enumerated: slow, and written without a look at the product."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import factorial

Wins = Callable[[frozenset[int]], bool]


def list_groups(n: int):
    for size in range(n + 1):
        yield from map(frozenset, combinations(range(n), size))


def swings(n: int, wins: Wins) -> list[list[int]]:
    """By member, then by number of those who accept before it."""
    found = [[0] * n for _ in range(n)]
    winning = {group: wins(group) for group in list_groups(n)}
    for group, is_winning in winning.items():
        for member in range(n):
            if member not in group and not is_winning and winning[group | {member}]:
                found[member][len(group)] += 1
    return found


def shapley_shubik(n: int, wins: Wins) -> list[Fraction]:
    orders = [Fraction(factorial(before) * factorial(n - 1 - before), factorial(n)) for before in range(n)]
    return [sum(map(Fraction.__mul__, map(Fraction, sizes), orders)) for sizes in swings(n, wins)]


def banzhaf(n: int, wins: Wins) -> list[Fraction]:
    counts = [sum(sizes) for sizes in swings(n, wins)]
    return [Fraction(count, sum(counts) or 1) for count in counts]


def minimal_winning(n: int, wins: Wins) -> list[frozenset[int]]:
    return [
        group for group in list_groups(n) if wins(group) and not any(wins(group - {member}) for member in group)
    ]  # fmt: skip


def deegan_packel(n: int, wins: Wins) -> list[Fraction]:
    groups = minimal_winning(n, wins)
    shares = [sum((Fraction(1, len(group)) for group in groups if member in group), Fraction(0)) for member in range(n)]
    return [share / len(groups) for share in shares]


def pass_probability(n: int, wins: Wins, probabilities) -> Fraction:
    total = Fraction(0)
    for group in list_groups(n):
        if wins(group):
            chance = Fraction(1)
            for member, probability in enumerate(probabilities):
                chance *= probability if member in group else 1 - probability
            total += chance
    return total


def cheapest(n: int, wins: Wins, yes, never, cost) -> int | None:
    """Least cost of further supporters, None when nothing can pass."""
    found = [
        sum(cost[member] for member in group)
        for group in list_groups(n)
        if not group & (set(yes) | set(never)) and wins(group | frozenset(yes))
    ]
    return min(found, default=None)
