"""Power indices of a weighted vote (seats and quota), as exact fractions.

A group wins when its weights sum to the quota or more. A member *swings* when a group wins with it and not without.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import factorial

from communaccord.noyau.pouvoir.enumeration import count_swings_apart
from communaccord.noyau.pouvoir.minimales import count_minimal_winning
from communaccord.noyau.pouvoir.sommes import (
    MAX_DENSE,
    WeightedVote,
    count_by_sum,
    cumulate_dense,
    read_vote,
    remove_weight,
    unpack,
)


def banzhaf_swings(weights: Sequence[int], quota: int) -> tuple[int, ...]:
    """Return how many groups of the others each member turns from losing to winning: whole numbers, below 2^(n-1).

    Shapes: one weight a member (whole, zero or more, votes), `quota` from 1 to their sum; the answer in their order.
    Errors: DonneeInvalide for a vote that is none, or too large. Complexity: O(n) additions of numbers of quota x n
    bits, then O(quota) a distinct weight; with few members of large weights, O(n 2^n) or less. Source: Banzhaf,
    "Weighted voting doesn't work", Rutgers Law Review 19, 1965; generating functions: Brams and Affuso, "Power and
    size", Theory and Decision 7, 1976 (both from memory).
    """
    vote = read_vote(weights, quota)
    if vote.limit < 1 << min(vote.n, 40) and vote.limit * (vote.n + 8) < MAX_DENSE:
        by_weight = swing_densely(vote)
    elif vote.is_enumerated:
        by_weight = {weight: sum(sizes) for weight, sizes in enumerate_swings(vote).items()}
    else:
        by_weight = swing_sparsely(vote)
    by_weight[0] = 0
    return tuple(by_weight[weight] << vote.zeros for weight in weights)


def swing_densely(vote: WeightedVote) -> dict[int, int]:
    """Swings by weight, reading W[y] - 2 D[y - w] with D the alternating sum of the table every 2w. O(limit) each."""
    cumulated = cumulate_dense(vote.classes, vote.limit)
    by_weight = {}
    for weight in vote.classes:
        at, below = vote.limit - weight, vote.limit - 2 * weight
        without = sum(cumulated[at :: -2 * weight]) if at >= 0 else 0
        without -= sum(cumulated[below :: -2 * weight]) if below >= 0 else 0
        by_weight[weight] = cumulated[vote.limit] - 2 * without
    return by_weight


def swing_sparsely(vote: WeightedVote) -> dict[int, int]:
    """Swings by weight when few sums are reached among many (few members, large weights)."""
    counts = count_by_sum(vote.classes, vote.limit, 0)
    return {weight: pack_swings(vote, counts, weight, 0) for weight in vote.classes}


def enumerate_swings(vote: WeightedVote) -> dict[int, list[int]]:
    """Swings by weight, then by size of the group before, every group being read. O(n 2^n)."""
    weights = vote.list_weights()
    swings, _ = count_swings_apart(weights, [vote.limit] * (vote.n + 1))
    return dict(zip(weights, swings, strict=True))


def pack_swings(vote: WeightedVote, counts: dict[int, int], weight: int, shift: int) -> int:
    """Count the groups without one member of `weight` that it makes decide, packed by size. O(distinct sums)."""
    without = remove_weight(counts, weight, shift)
    return sum(count for total, count in without.items() if total > vote.limit - weight)


def banzhaf_index(weights: Sequence[int], quota: int) -> tuple[Fraction, ...]:
    """Return each member's part of all swings (normalised Banzhaf index); the parts sum to 1.

    Shapes, errors, complexity, source: those of :func:`banzhaf_swings`.
    """
    swings = banzhaf_swings(weights, quota)
    total = sum(swings)
    parts = {swing: Fraction(swing, total) for swing in set(swings)}
    return tuple(parts[swing] for swing in swings)


def banzhaf_absolute(weights: Sequence[int], quota: int) -> tuple[Fraction, ...]:
    """Return the chance that each member decides when every other flips a coin: its swings over 2^(n-1).

    Shapes, errors, complexity: those of :func:`banzhaf_swings`. Source: Penrose, "The elementary statistics of
    majority voting", Journal of the Royal Statistical Society 109, 1946 (from memory).
    """
    half = 1 << (len(weights) - 1)
    return tuple(Fraction(swing, half) for swing in banzhaf_swings(weights, quota))


def shapley_shubik_index(weights: Sequence[int], quota: int) -> tuple[Fraction, ...]:
    """Return the chance that each member is the pivot when they join one by one in any order; sums to 1.

    Shapes, errors: those of :func:`banzhaf_swings`. Complexity: O(n x quota) additions of numbers of n^2 bits, then
    O(quota) of them a distinct weight. Source: Shapley and Shubik, "A method for evaluating the distribution of power
    in a committee system", American Political Science Review 48, 1954; generating function: Cantor, told in Mann and
    Shapley, RAND RM-3158, 1962 (both from memory).
    """
    vote = read_vote(weights, quota)
    n, shift = vote.n, vote.n + 1
    orders = [factorial(size) * factorial(n - 1 - size) for size in range(n)]
    if vote.is_enumerated:
        by_weight = enumerate_swings(vote)
    else:
        counts = count_by_sum(vote.classes, vote.limit, shift)
        by_weight = {weight: unpack(pack_swings(vote, counts, weight, shift), n, shift) for weight in vote.classes}
    parts = {
        weight: Fraction(sum(map(int.__mul__, by_size, orders)), factorial(n)) for weight, by_size in by_weight.items()
    }
    parts[0] = Fraction(0)
    return tuple(parts[weight] for weight in weights)


def deegan_packel_index(weights: Sequence[int], quota: int) -> tuple[Fraction, ...]:
    """Return each member's part when every minimal winning group is as likely and shares equally; sums to 1.

    Shapes, errors: those of :func:`banzhaf_swings`. Complexity: O(d^2 x quota) operations on numbers of n^2 bits, for d
    distinct weights. Source: Deegan and Packel, "A new index of power for simple n-person games", International Journal
    of Game Theory 7, 1978 (from memory).
    """
    minimal = count_minimal_winning(weights, quota)
    parts = {
        weight: sum((Fraction(count, size) for size, count in enumerate(sizes) if count), Fraction(0)) / minimal.total
        for weight, sizes in minimal.with_weight.items()
    }
    return tuple(parts.get(weight, Fraction(0)) for weight in weights)


def holler_index(weights: Sequence[int], quota: int) -> tuple[Fraction, ...]:
    """Return each member's part of the places in minimal winning groups (public good index); sums to 1.

    Shapes, errors, complexity: those of :func:`deegan_packel_index`. Source: Holler and Packel, "Power, luck and the
    right index", Zeitschrift für Nationalökonomie 43, 1983 (from memory).
    """
    minimal = count_minimal_winning(weights, quota)
    places = [sum(minimal.with_weight.get(weight, ())) for weight in weights]
    return tuple(Fraction(place, sum(places)) for place in places)
