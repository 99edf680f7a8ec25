"""Subsets counted by the sum of their weights: the one table that every index of a weighted vote reads.

A count is a whole number of any size. Counts by number of members are packed in one whole number, one field of `shift`
bits a size (Kronecker substitution): adding a member is a shift and an addition. Counts of subsets of n members are
below 2^n, so that a field of n + 1 bits never spills into the next.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import comb, prod
from typing import NoReturn

from communaccord.noyau.exact import DonneeInvalide
from communaccord.noyau.pouvoir.enumeration import MAX_MEMBERS

# Each bounds a count to some seconds: bits of a table, sums that it holds, additions of one number to another.
MAX_BITS = 1 << 30
MAX_DENSE = 1 << 28
MAX_SUMS = 1 << 20
MAX_ADDITIONS = 1 << 24
# Below so many sums a table of them is quicker than all groups.
FEW_SUMS = 1 << 12

Counts = dict[int, int]


@dataclass(frozen=True, slots=True)
class WeightedVote:
    """A vote checked: members of weight zero apart (they never change an index), equal weights together.

    `classes`: how many members hold each weight above zero, lightest first. `n`: members of weight above zero.
    `limit`: a group that sums to `limit` at most does not decide, for the shorter of the two sides (those who accept,
    those who refuse): both give the same swings.
    """

    classes: Mapping[int, int]
    n: int
    zeros: int
    quota: int
    limit: int

    def list_weights(self) -> list[int]:
        """Weights above zero, one a member, lightest first."""
        return [weight for weight, multiplicity in self.classes.items() for _ in range(multiplicity)]

    @property
    def is_enumerated(self) -> bool:
        """Whether members are so few, and their weights so various, that every group is read rather than every sum."""
        sums = prod(multiplicity + 1 for multiplicity in self.classes.values())
        return self.n <= MAX_MEMBERS and min(sums, self.limit + 1) > FEW_SUMS


def read_vote(weights: Sequence[int], quota: int) -> WeightedVote:
    """Check weights and quota. O(n log n).

    Errors: DonneeInvalide for no member, a weight that is negative or no whole number, a quota that nobody or
    everybody reaches.
    """
    if not weights:
        raise DonneeInvalide("Aucun membre : il n'y a pas de vote.", "Donnez au moins un poids.")
    if any(not isinstance(weight, int) or isinstance(weight, bool) or weight < 0 for weight in weights):
        raise DonneeInvalide("Un poids n'est pas un nombre entier positif ou nul.", "Donnez des voix entières.")
    total = sum(weights)
    if not isinstance(quota, int) or not 1 <= quota <= total:
        raise DonneeInvalide(
            f"Le quota {quota} ne convient pas : les membres ont {total} voix en tout.",
            f"Donnez un quota entier de 1 à {total}.",
        )
    classes = Counter(weight for weight in weights if weight)
    n = classes.total()
    limit = min(quota - 1, total - quota)
    return WeightedVote(dict(sorted(classes.items())), n, len(weights) - n, quota, limit)


def count_by_sum(classes: Mapping[int, int], limit: int, shift: int) -> Counts:
    """Count the subsets of each sum up to `limit`, packed by size (`shift` 0: sizes together).

    `classes`: multiplicity of each weight above zero. Errors: DonneeInvalide when the table is too large.
    Complexity: O(n x distinct sums) additions of whole numbers of n x shift bits.
    """
    counts: Counts = {0: 1}
    n = sum(classes.values())
    size = n * max(shift, 1)
    for rank, (weight, multiplicity) in enumerate(classes.items()):
        if not rank:
            counts = {j * weight: comb(multiplicity, j) << (j * shift)
                      for j in range(min(multiplicity, limit // weight) + 1)}  # fmt: skip
            continue
        for _ in range(multiplicity):
            insert_weight(counts, weight, limit, shift)
            check_size(counts, size)
            if len(counts) * n > MAX_ADDITIONS:
                refuse_sums()
    return counts


def check_size(counts: Counts, bits: int) -> None:
    """Errors: DonneeInvalide when a table of numbers of `bits` bits passes MAX_BITS, or MAX_SUMS sums. O(1)."""
    if len(counts) > MAX_SUMS or len(counts) * bits > MAX_BITS:
        refuse_sums()


def refuse_sums() -> NoReturn:
    """Errors: DonneeInvalide, always."""
    raise DonneeInvalide(
        "Trop de totaux de voix différents pour un calcul exact.",
        "Comptez les voix en unités plus grandes.",
    )


def insert_weight(counts: Counts, weight: int, limit: int, shift: int) -> None:
    """Add one member to the subsets counted, in place. O(distinct sums)."""
    for total in sorted(counts, reverse=True):
        if total + weight <= limit:
            counts[total + weight] = counts.get(total + weight, 0) + (counts[total] << shift)


def remove_weight(counts: Counts, weight: int, shift: int) -> Counts:
    """Return the counts without one member of `weight`: D[y] = C[y] - D[y - weight], exact. O(distinct sums)."""
    without: Counts = {}
    for total in sorted(counts):
        count = counts[total] - (without.get(total - weight, 0) << shift)
        if count:
            without[total] = count
    return without


def unpack(packed: int, fields: int, shift: int) -> list[int]:
    """Return the `fields` numbers packed at `shift` bits each, first field first. O(fields x bits)."""
    mask = (1 << shift) - 1
    return [packed >> (field * shift) & mask for field in range(fields)]


def cumulate_dense(classes: Mapping[int, int], limit: int) -> list[int]:
    """Count the subsets of sum 0, at most 1, ... at most `limit`, all sizes together.

    One whole number holds the table, a field a sum. Complexity: O(n) additions of numbers of limit x n bits.
    """
    width = (sum(classes.values()) + 8) // 8
    packed = 1
    mask = (1 << (8 * width * (limit + 1))) - 1
    for weight, multiplicity in classes.items():
        for _ in range(multiplicity):
            packed = (packed + (packed << (8 * width * weight))) & mask if weight <= limit else packed
    octets = packed.to_bytes(width * (limit + 1), "little")
    starts = range(0, len(octets), width)
    return list(accumulate(int.from_bytes(octets[start : start + width], "little") for start in starts))
