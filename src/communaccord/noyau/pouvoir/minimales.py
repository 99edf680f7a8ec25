"""Minimal winning groups of a weighted vote: groups that win, and lose as soon as any one member leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from communaccord.noyau.pouvoir.enumeration import count_minimal
from communaccord.noyau.pouvoir.sommes import (
    Counts,
    WeightedVote,
    check_size,
    count_by_sum,
    insert_weight,
    read_vote,
    refuse_sums,
    remove_weight,
    unpack,
)

MAX_STEPS = 1 << 25


@dataclass(frozen=True, slots=True)
class MinimalWinning:
    """How many minimal winning groups there are in all, and by size those that hold a given member of each weight.

    `with_weight[w][s]`: groups of s members that hold one given member of weight w. Weights of zero are in none.
    """

    total: int
    with_weight: dict[int, list[int]]


def count_minimal_winning(weights: Sequence[int], quota: int) -> MinimalWinning:
    """Count the minimal winning groups, by their lightest weight: the rest of the group is heavier or as light.

    A group whose lightest weight is w is minimal when its sum is in [quota, quota + w[; the j members of that weight
    are therefore known from the sum of the heavier ones. Shapes: one weight a member, votes. Errors: DonneeInvalide for
    a vote that is none, or whose sums are too many for its distinct weights (known within seconds).
    Complexity: O(d^2 x quota) operations on numbers of n^2 bits, for d distinct weights; with few members of large
    weights, O(n 2^n). Source: the definition of Deegan and Packel 1978; the counting by lightest class is ours.
    """
    vote = read_vote(weights, quota)
    if vote.is_enumerated:
        ascending = vote.list_weights()
        counts = count_minimal(ascending, quota)
        return MinimalWinning(sum(counts.all), dict(zip(ascending, counts.with_member, strict=True)))
    if len(vote.classes) ** 2 * len(count_by_sum(vote.classes, quota - 1, 0)) > MAX_STEPS:
        refuse_sums()
    shift = vote.n + 1
    heavier: Counts = {0: 1}
    total = 0
    packed = dict.fromkeys(vote.classes, 0)
    met: list[int] = []
    for weight in sorted(vote.classes, reverse=True):
        multiplicity = vote.classes[weight]
        total += complete(vote, heavier, weight, multiplicity, 0)
        packed[weight] += complete(vote, heavier, weight, multiplicity, 1)
        for other in met:
            rest = remove_weight(heavier, other, shift)
            moved = {at + other: count << shift for at, count in rest.items() if at + other < quota}
            packed[other] += complete(vote, moved, weight, multiplicity, 0)
        for _ in range(multiplicity):
            insert_weight(heavier, weight, quota - 1, shift)
            check_size(heavier, vote.n * shift)
        met.append(weight)
    by_size = {weight: unpack(value, vote.n + 1, shift) for weight, value in packed.items()}
    return MinimalWinning(sum(unpack(total, vote.n + 1, shift)), by_size)


def complete(vote: WeightedVote, heavier: Counts, weight: int, multiplicity: int, held: int) -> int:
    """Count the minimal groups made of `heavier` sums and members of `weight`, of which `held` are already chosen."""
    shift = vote.n + 1
    packed = 0
    for at, count in heavier.items():
        needed = -((at - vote.quota) // weight)
        if held <= needed <= multiplicity:
            packed += count * comb(multiplicity - held, needed - held) << (needed * shift)
    return packed
