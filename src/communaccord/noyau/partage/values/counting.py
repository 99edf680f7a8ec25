"""Shapley value of a workload term, exactly: how many groups of each size weigh how much, in whole numbers.

The share of a member of weight w is the sum over sizes s and weights x of N(s, x) s! (n-1-s)! / n! (f(x+w) - f(x)),
where N counts the groups of the others. All counts of one weight x are held in one Python integer, one field a size
(Kronecker substitution): adding a member is a shift and an addition, leaving one out a shift and a subtraction. Counts
reach 2^n: never a machine integer. A group and its complement carry the same coefficient, so only the weights up to
half the total are walked, against F(x) = f(x) - f(W-x).
"""

from collections.abc import Sequence
from fractions import Fraction
from math import factorial


def fold_table(table: Sequence[int], total: int) -> list[int]:
    """The table minus its mirror: F(x) = f(x) - f(total - x), for x from 0 to `total`. O(total)."""
    return [table[x] - table[total - x] for x in range(total + 1)]


def measure_counting(weights: Sequence[int]) -> int:
    """About how many bytes `count_shares` walks: 1e9 is some half a second. O(n)."""
    n = len(weights)
    return (n + len(set(weights))) * (sum(weights) // 2 + 1) * (n + 1) * (n // 8 + 6)


def count_shares(weights: Sequence[int], table: Sequence[int]) -> list[Fraction]:
    """Exact Shapley value of S -> table[w(S)] - table[0], cents; members of weight 0 receive 0.

    Shapes: n weights >= 0, a table that covers 0..w(N). O((n + distinct weights) w(N) n^2 / 128) word operations,
    O(w(N) n^2 / 128) words. Source: generating functions of Mann and Shapley (1962); Illés, "Linearly representable
    games and pseudo-polynomial calculation of the Shapley value", arXiv 2205.12324, for the class.
    """
    present = sorted(weight for weight in weights if weight)
    n, total = len(present), sum(present)
    folded = fold_table(table, total)
    highest = max(map(abs, folded), default=0)
    # A field holds a count (below 2^n) times a rise (below 4 highest), whole bytes.
    width = (n + (4 * highest).bit_length()) // 8 + 1
    rows = count_groups(present, total // 2, 8 * width)
    by_size = [factorial(size) * factorial(n - 1 - size) for size in range(n)]
    shares = {0: Fraction(0)}
    for weight in set(present):
        above, below = sum_rises(rows, folded, weight, total, 8 * width)
        rises = zip(read_fields(above, n, width), read_fields(below, n, width), by_size, strict=True)
        # Each rise was counted twice, at x and at its mirror.
        shares[weight] = Fraction(sum((up - down) * orders for up, down, orders in rises), 2 * factorial(n))
    return [shares[weight] for weight in weights]


def count_groups(weights: Sequence[int], half: int, bits: int) -> list[int]:
    """For each weight 0..half, the groups of exactly that weight: field s counts those of s members. O(n half)."""
    rows = [1] + [0] * half
    reached = 0
    for weight in weights:
        reached = min(reached + weight, half)
        for x in range(reached, weight - 1, -1):
            if lower := rows[x - weight]:
                rows[x] += lower << bits
    return rows


def sum_rises(rows: Sequence[int], folded: Sequence[int], weight: int, total: int, bits: int) -> tuple[int, int]:
    """Twice the sum of N(s, x) (f(x+w) - f(x)) by size, rises and falls apart, a member of `weight` left out. O(half).

    The groups without that member follow from N = N_without + (shifted) N_without at x - w.
    """
    without: list[int] = []
    by_rise: dict[int, int] = {}
    for x in range((total - weight) // 2 + 1):
        row = rows[x] - (without[x - weight] << bits) if x >= weight else rows[x]
        without.append(row)
        rise = folded[x + weight] - folded[x]
        if rise and row:
            rise = rise if 2 * x == total - weight else 2 * rise
            by_rise[rise] = by_rise.get(rise, 0) + row
    above = sum(rise * count for rise, count in by_rise.items() if rise > 0)
    below = sum(-rise * count for rise, count in by_rise.items() if rise < 0)
    return above, below


def read_fields(packed: int, count: int, width: int) -> list[int]:
    """The first `count` fields of `width` bytes. O(count width)."""
    raw = packed.to_bytes(max(count * width, (packed.bit_length() + 7) // 8), "little")
    return [int.from_bytes(raw[start : start + width], "little") for start in range(0, count * width, width)]
