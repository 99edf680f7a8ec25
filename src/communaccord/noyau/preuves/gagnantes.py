"""Winning sets read again: that they pass, that nobody in them is superfluous, that no set costs less.

The proof of a least cost is a tree of choices. Its ends are prices, one of a missing member and one of a missing
inhabitant: a set that answers as the choices say costs at least what is missing at these prices, less what each free
member brings above its own cost (Lagrangian bound). Whole numbers only; prices in units of 2^-PRICE_BITS.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

PRICE_BITS = 40

# ("prices", of a member, of an inhabitant) | ("choice", member, tree if it supports, tree if it does not)
Tree: TypeAlias = tuple[str, int, int] | tuple[str, int, "Tree", "Tree"]
Wins = Callable[[frozenset[int]], bool]


def check_minimal(wins: Wins, held: Collection[int], added: Collection[int]) -> bool:
    """Return whether `held` and `added` pass together, and fail without any one of `added`. O(|added|) calls.

    Source: definition of a minimal winning set.
    """
    group = frozenset(held) | frozenset(added)
    return wins(group) and not any(wins(group - {member}) for member in added)


def check_least_cost(
    populations: Sequence[int],
    costs: Sequence[int],
    needs: Sequence[tuple[int, int]],
    held: Collection[int],
    candidates: Collection[int],
    low: int,
    trees: Sequence[Tree],
) -> bool:
    """Return whether the trees, one a route, prove that no set of `candidates` costs less than `low`.

    `needs`: fewest members and inhabitants of each route, `held` included. Errors: ValueError for a negative price, or
    a choice about a member already decided. Complexity: O(ends x n). Source: Lagrangian bound, Geoffrion 1974 (from
    memory).
    """
    if len(trees) != len(needs):
        return False
    people = sum(populations[member] for member in held)
    return all(
        prove(populations, costs, (members - len(held), inhabitants - people), frozenset(candidates), 0, tree) >= low
        for (members, inhabitants), tree in zip(needs, trees, strict=True)
    )


def prove(
    populations: Sequence[int],
    costs: Sequence[int],
    missing: tuple[int, int],
    free: frozenset[int],
    spent: int,
    tree: Tree,
) -> int:
    """Return the least cost the tree proves: the least of its ends, each rounded up to a whole cost.

    `missing`: members and inhabitants still needed; `free`: not decided; `spent`: cost of those chosen.
    """
    if len(tree) == 3:
        _, member_price, inhabitant_price = tree
        if min(member_price, inhabitant_price) < 0:
            raise ValueError("A price is negative: it proves nothing.")
        worth = [(costs[m] << PRICE_BITS) - member_price - inhabitant_price * populations[m] for m in free]
        least = member_price * missing[0] + inhabitant_price * missing[1] + sum(min(0, gain) for gain in worth)
        return spent - (-least >> PRICE_BITS)
    _, member, with_it, without = tree
    rest = free - {member}
    if rest == free:
        raise ValueError("A choice is about a member already decided.")
    fewer = (missing[0] - 1, missing[1] - populations[member])
    return min(
        prove(populations, costs, fewer, rest, spent + costs[member], with_it),
        prove(populations, costs, missing, rest, spent, without),
    )
