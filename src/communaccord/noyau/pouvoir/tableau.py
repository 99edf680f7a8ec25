"""Exact table of the groups of refusals: how many of each size hold at most so many inhabitants.

Counts pass 2^150: each is held in limbs of LIMB bits, one int64 array a limb, and carried before any can spill. Members
enter from the least populated, so that most of the work is done on short rows.
"""

from collections.abc import Sequence
from itertools import accumulate
from math import comb

import numpy as np
from numpy.typing import NDArray

from communaccord.noyau.exact import DonneeInvalide

Ints = NDArray[np.int64]

LIMB = 52
# The highest limb is never carried: its values stay below 2^TOP, and 2^7 of them still add up in an int64.
TOP = 55
# Each insertion at most doubles a row: a limb of 52 bits may be doubled ten times in 62.
DOUBLINGS = 10
# So many numbers below 2^LIMB still add up in an int64.
BLOCK = 1 << 10
MAX_ROWS = 128


def count_limbs(n: int, size: int) -> int:
    """Return how many limbs hold any count of groups of `size` among `n` members. O(n)."""
    bits = comb(n, size).bit_length()
    return 1 if bits <= TOP else 1 - (TOP - bits) // LIMB


def count_words(n: int, widths: Sequence[int]) -> int:
    """Return the size of the table, in words of eight octets, before it is built. O(n x rows)."""
    return sum(count_limbs(n, size) * width for size, width in enumerate(widths))


def build_table(weights: Sequence[int], widths: Sequence[int]) -> list[Ints]:
    """Count the groups of members of each size m below len(widths), up to widths[m] - 1 inhabitants.

    `weights`: whole inhabitants, in any order. The answer's row m is made of limbs, lowest first: `rows[m][:, y]` is
    the number of groups of m members that hold y inhabitants or fewer.

    Errors: DonneeInvalide above MAX_ROWS refusals. Complexity: O(n x cells) additions at most, each row being as short
    as the lightest members allow; `count_words` of memory.
    """
    if len(widths) > MAX_ROWS:
        raise DonneeInvalide("Trop de communes pour un calcul exact.", f"Il faut moins de {2 * MAX_ROWS} communes.")
    if not widths:
        return []
    ascending = sorted(weights)
    rows = [np.zeros((count_limbs(len(weights), m), width), dtype=np.int64) for m, width in enumerate(widths)]
    rows[0][0, 0] = 1
    totals = [0, *accumulate(ascending)]
    for rank, weight in enumerate(ascending):
        insert_member(rows, totals, rank, weight)
        # Before LIMB members no count can need a second limb.
        if rank >= LIMB and (rank - LIMB) % DOUBLINGS == 0:
            for size, row in enumerate(rows):
                carry(row[:, totals[size] : totals[rank + 1] - totals[rank + 1 - size] + 1])
    for size, row in enumerate(rows):
        cumulate(row[:, totals[size] :] if size < len(totals) else row)
    return rows


def insert_member(rows: list[Ints], totals: Sequence[int], rank: int, weight: int) -> None:
    """Add one member to the `rank` lightest ones, in place: row m takes row m - 1 moved by its population."""
    for size in range(min(rank + 1, len(rows) - 1), 0, -1):
        source, target = rows[size - 1], rows[size]
        low = totals[size - 1]
        high = min(totals[rank] - totals[rank - size + 1] + 1, target.shape[1] - weight)
        if low < high:
            target[: source.shape[0], low + weight : high + weight] += source[:, low:high]


def carry(row: Ints) -> None:
    """Bring every limb but the highest below 2^LIMB, in place."""
    for limb in range(row.shape[0] - 1):
        row[limb + 1] += row[limb] >> LIMB
        row[limb] &= (1 << LIMB) - 1


def cumulate(row: Ints) -> None:
    """Turn counts by exact population into counts up to it, in place, a block at a time."""
    limbs, width = row.shape
    block = max(1, width) if limbs == 1 else BLOCK
    for start in range(0, width, block):
        part = row[:, start : start + block]
        carry(part)
        if start:
            part[:, 0] += row[:, start - 1]
        np.add.accumulate(part, axis=1, out=part)
        carry(part)


def count_up_to(row: Ints, threshold: int) -> int:
    """Read a count of the table: groups that hold `threshold` or less (none below zero). O(limbs)."""
    return join_limbs(row[:, threshold : threshold + 1])[0] if threshold >= 0 else 0


def count_without(rows: list[Ints], weights: Ints, size: int, threshold: int) -> list[int]:
    """Count, for each member, the groups of `size` *others* that hold `threshold` or less (none below zero).

    `weights`: one a member asked, ascending. With C the table and D the answer, C[m, y] = D[m, y] + D[m - 1, y - w],
    hence D[m, y] = C[m, y] - C[m - 1, y - w] + C[m - 2, y - 2w] ...: whole numbers, no loss. Complexity: O(size)
    readings a member.
    """
    result = np.zeros((rows[size].shape[0], len(weights)), dtype=np.int64)
    for removed in range(size + 1 if threshold >= 0 else 0):
        kept = weights[: np.searchsorted(weights, threshold // removed, side="right")] if removed else weights
        if not kept.size:
            break
        row = rows[size - removed]
        read = row.take(threshold - removed * kept, axis=1)
        target = result[: row.shape[0], : kept.size]
        np.add(target, -read if removed % 2 else read, out=target)
    return join_limbs(result)


def join_limbs(limbs: Ints) -> list[int]:
    """Return the whole numbers whose limbs are the columns, lowest limb first, of either sign."""
    lists = limbs.tolist()
    joined = lists[-1]
    for lower in reversed(lists[:-1]):
        joined = [(high << LIMB) + low for high, low in zip(joined, lower, strict=True)]
    return [int(value) for value in joined]
