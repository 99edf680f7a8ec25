"""Few members, weights of any size: every group is read, one number an array cell.

A table by total weight is long when weights are large; 2^n groups are not, for some twenty members. Bit i of a cell's
number says whether member i is in the group.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_MEMBERS = 22
# Sums that stay below it are read in machine integers; else in whole numbers of any size.
SAFE = 1 << 62

Sizes = list[int]
# Of machine integers, or of whole numbers of any size.
Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """Groups kept, by number of members: all of them, and those that hold each member."""

    all: Sizes
    with_member: list[Sizes]


def count_refusals(weights: Sequence[int], caps: Sequence[int]) -> GroupCounts:
    """Count the groups of m members that hold `caps[m]` or less, for each m below len(caps); no larger group is kept.

    Shapes: whole weights, zero or more, at most MAX_MEMBERS of them. O(n 2^n).
    """
    total = sum(weights)
    limits = [*(min(cap, total) for cap in caps), *(-1 for _ in range(len(weights) + 1 - len(caps)))]
    sums, sizes = sum_groups(weights)
    return count_kept(sums <= np.array(limits, sums.dtype)[sizes], sizes, len(weights))


def count_swings_apart(weights: Sequence[int], caps: Sequence[int]) -> tuple[list[Sizes], Sizes]:
    """Return, by size of the group of refusals, the swings of each member, and the groups that pass.

    A group of refusals passes as in `count_refusals`, with `caps` that never rise: when it passes with a member, it
    passes without, so that the swings are the groups without it, less those, one larger, with it.
    """
    counts = count_refusals(weights, caps)
    swings = [
        [
            everything - inside - following
            for everything, inside, following in zip(counts.all, own, own[1:], strict=False)
        ]
        for own in counts.with_member
    ]
    return swings, counts.all


def count_minimal(weights: Sequence[int], quota: int) -> GroupCounts:
    """Count the groups that reach `quota`, and no more without their lightest member. Weights above zero. O(n 2^n)."""
    sums, sizes = sum_groups(weights)
    lightest = np.full(1, sum(weights) + 1, sums.dtype)
    for weight in weights:
        lightest = np.concatenate([lightest, np.minimum(lightest, weight)])
    return count_kept((sums >= quota) & (sums - lightest < quota), sizes, len(weights))


def sum_groups(weights: Sequence[int]) -> tuple[Numbers, NDArray[np.uint8]]:
    """Weight and number of members of each group."""
    sums: Numbers = np.zeros(1, np.int64 if sum(weights) < SAFE else object)
    sizes = np.zeros(1, np.uint8)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
        sizes = np.concatenate([sizes, sizes + 1])
    return sums, sizes


def count_kept(kept: NDArray[np.bool_], sizes: NDArray[np.uint8], n: int) -> GroupCounts:
    """Count the groups kept, by size, in all and by member. O(n 2^n)."""
    keys = np.where(kept, sizes, np.uint8(n + 1))
    found = [keys, *(keys.reshape(-1, 2, 1 << member)[:, 1].ravel() for member in range(n))]
    counts = [np.bincount(part, minlength=n + 2)[: n + 1].tolist() for part in found]
    return GroupCounts(counts[0], counts[1:])
