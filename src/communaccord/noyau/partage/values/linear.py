"""The parts of the Shapley value that have a closed form: own costs, head-count, highest level, listed groups.

The Shapley value is linear: a service game is the sum of its terms, of its own costs, and of games that differ from
zero at one listed group. Each part here is exact, in Fractions. Only the terms in the workload need an algorithm.
"""

from fractions import Fraction
from itertools import pairwise
from math import comb

from communaccord.noyau.partage.game.modele import Group, ServiceGame, Term


def list_corrections(game: ServiceGame) -> dict[Group, int]:
    """What the listed groups and the members alone cost more (or less) than the formula, cents; zeros left out.

    O((n + exceptions) x terms). The cost of a group is its formula plus its correction, whatever the group.
    """
    groups = set(game.exceptions)
    if game.alone is not None:
        groups |= {frozenset((member,)) for member in range(game.n)}
    gaps = {group: game.cost(group) - game.compute_formula(group) for group in groups}
    return {group: gap for group, gap in gaps.items() if gap}


def share_corrections(n: int, corrections: dict[Group, int]) -> list[Fraction]:
    """Shapley value of the game that is `corrections[group]` at each listed group and 0 elsewhere.

    A member of a group of s receives 1/(s C(n, s)) of it, another member gives back 1/((n - s) C(n, s)). Groups of one
    are done together. O(n x groups of two or more). Source: the definition of Shapley (1953), one group at a time.
    """
    alone = [0] * n
    shares = [Fraction(0)] * n
    for group, gap in corrections.items():
        size = len(group)
        if size == 1:
            alone[min(group)] += gap
            continue
        inside = Fraction(gap, size * comb(n, size))
        outside = Fraction(gap, (n - size) * comb(n, size)) if size < n else Fraction(0)
        for member in range(n):
            shares[member] += inside if member in group else -outside
    if n == 1:
        return [Fraction(alone[0])]
    total = sum(alone)
    return [share + Fraction(n * gap - total, n * (n - 1)) for share, gap in zip(shares, alone, strict=True)]


def share_max(term: Term, n: int) -> list[Fraction]:
    """Shapley value of a term in the highest level: each rise is shared equally by those who reach it.

    Exact for any table, even one that goes down. O(n log n). Source: Littlechild and Owen, "A simple expression for
    the Shapley value in a special case", Management Science 20, 1973 (the airport game).
    """
    levels = sorted(set(term.weights))
    reach = dict.fromkeys(levels, 0)
    for level in term.weights:
        reach[level] += 1
    users = n
    paid = Fraction(term.table[levels[0]], n)
    share = {levels[0]: paid}
    for below, level in pairwise(levels):
        users -= reach[below]
        paid += Fraction(term.table[level] - term.table[below], users)
        share[level] = paid
    return [share[level] for level in term.weights]


def share_closed_forms(game: ServiceGame) -> list[Fraction]:
    """Shapley value of everything but what the workload terms add above `table[0]`. O(n log n x parts).

    A sum or count term is worth 0 for nobody and `table[0]` as soon as somebody is there: that step is shared equally.
    """
    n = game.n
    equal = sum(term.table[n] if term.kind == "count" else term.table[0] for term in game.terms if term.kind != "max")
    gaps = share_corrections(n, list_corrections(game))
    shares = [Fraction(equal, n) + own + gap for own, gap in zip(game.own, gaps, strict=True)]
    for term in game.terms:
        if term.kind == "max":
            shares = [share + more for share, more in zip(shares, share_max(term, n), strict=True)]
    return shares
