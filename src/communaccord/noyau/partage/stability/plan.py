"""What the search for a group reads of a service game: few aggregates, and a price for each of their values.

A group is met by its *state*: the values of the aggregates that its cost reads. Terms that are affine in their
aggregate become own costs; terms that read proportional weights become one. What stays is one principal sum (the
widest) and, when there are others, further axes: a second sum, a head-count whose table is not affine, a highest
level. Groups whose cost is not the price of their state (`listed`) are named one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd, prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import Group, ServiceGame, Term

Ints = NDArray[np.int64]
MAX_CELLS = 60_000_000
Objects = NDArray[np.object_]
SAFE = 1 << 59


@dataclass(frozen=True, slots=True)
class Axis:
    """An aggregate: "sum" adds the steps of the members, "max" takes the highest, "mod" adds modulo `size`."""

    kind: Literal["sum", "max", "mod"]
    steps: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A service game read for the search.

    `own`: cents by member, affine terms included. `weights`: steps of the principal sum. `axes`: the others.
    `price`: cents of each state, shape (sizes of `axes`..., total weight + 1). `listed`: mask -> true cost, of groups
    whose cost may differ from the price of their state. `excluded`: masks that the search by states must not read (no
    group at all, the whole territory, groups that cost more than the formula).
    """

    n: int
    own: tuple[int, ...]
    weights: tuple[int, ...]
    axes: tuple[Axis, ...]
    price: Ints
    listed: Mapping[int, int]
    excluded: tuple[int, ...]


def to_mask(group: Group | Sequence[int]) -> int:
    return sum(1 << member for member in group)


def to_group(mask: int) -> Group:
    return frozenset(member for member in range(mask.bit_length()) if mask >> member & 1)


def to_vector(mask: int, n: int) -> Ints:
    """Members of a mask as zeros and ones."""
    raw = np.frombuffer(mask.to_bytes((n + 7) // 8, "little"), np.uint8)
    return np.unpackbits(raw, bitorder="little")[:n].astype(np.int64)


def build_plan(game: ServiceGame) -> Plan:
    """Return the plan of a game.

    Errors: DonneeInvalide when the game reads too many aggregates for an exact search (n x states above 60 million)
    or when amounts are too large for 64-bit integers. O(n x terms + states).
    """
    own, constant = list(game.own), 0
    sums: dict[tuple[int, ...], Objects] = {}
    others: list[tuple[Axis, Objects]] = []
    for term in game.terms:
        slope, start = find_affine(term, game.n)
        if slope is not None:
            constant += start
            own = [cents + slope * weight for cents, weight in zip(own, get_weights(term, game.n), strict=True)]
        elif term.kind == "max":
            others.append(read_max(term))
        else:
            weights, prices = reduce_sum(get_weights(term, game.n), term.table)
            sums[weights] = sums.get(weights, np.zeros(len(prices), dtype=object)) + np.array(prices, dtype=object)
    ordered = sorted(sums.items(), key=lambda item: -len(item[1]))
    main, main_table = ordered[0] if ordered else ((0,) * game.n, np.zeros(1, dtype=object))
    others += [(Axis("sum", weights, len(table)), table) for weights, table in ordered[1:]]
    check_size(game.n, [axis.size for axis, _ in others], len(main_table))
    price = main_table + constant
    for axis, table in reversed(others):
        price = price[None, ...] + table.reshape((axis.size,) + (1,) * price.ndim)
    listed, excluded = list_groups(game)
    check_amounts([abs(price.max()), abs(price.min()), *map(abs, listed.values())], own)
    axes = tuple(axis for axis, _ in others)
    return Plan(game.n, tuple(own), main, axes, price.astype(np.int64), listed, excluded)


def get_weights(term: Term, n: int) -> tuple[int, ...]:
    return (1,) * n if term.kind == "count" else term.weights


def find_affine(term: Term, n: int) -> tuple[int | None, int]:
    """Slope and start of a table that is affine on every aggregate of a non-empty group; slope None when it is not."""
    if term.kind == "max":
        reached = {term.table[weight] for weight in range(min(term.weights), max(term.weights) + 1)}
        return (0, reached.pop()) if len(reached) == 1 else (None, 0)
    weights = get_weights(term, n)
    first, last = min(weights), sum(weights)
    slope = term.table[first + 1] - term.table[first] if last > first else 0
    start = term.table[first] - slope * first
    fits = all(term.table[total] == start + slope * total for total in range(first, last + 1))
    return (slope if fits else None), start


def read_max(term: Term) -> tuple[Axis, Objects]:
    levels = sorted(set(term.weights))
    ranks = {level: rank for rank, level in enumerate(levels)}
    steps = tuple(ranks[weight] for weight in term.weights)
    return Axis("max", steps, len(levels)), np.array([term.table[level] for level in levels], dtype=object)


def reduce_sum(weights: tuple[int, ...], table: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Divide the weights by their common divisor, and read the table at what a group can reach."""
    unit = gcd(*weights) or 1
    return tuple(weight // unit for weight in weights), table[: sum(weights) + 1 : unit]


def check_size(n: int, sizes: Sequence[int], width: int) -> None:
    if (n + 1) * prod(sizes) * width > MAX_CELLS:
        raise DonneeInvalide(
            "Ce coût lit trop de totaux à la fois pour que tous les groupes soient examinés.",
            "Comptez la charge dans une unité plus grande, ou réunissez des termes qui lisent la même charge.",
        )


def check_amounts(prices: Sequence[int], own: Sequence[int]) -> None:
    if max(prices) + sum(map(abs, own)) >= SAFE:
        raise DonneeInvalide("Un montant dépasse ce que le calcul peut porter.", "Comptez en centimes d'euro.")


def list_groups(game: ServiceGame) -> tuple[dict[int, int], tuple[int, ...]]:
    """Groups to be named one by one, with their true cost, and those that the search by states must not read."""
    whole = (1 << game.n) - 1
    named = [frozenset({member}) for member in range(game.n)] if game.alone is not None else []
    listed = {to_mask(group): game.cost(group) for group in [*named, *game.exceptions]}
    listed.pop(whole, None)
    dear = [mask for mask, cost in listed.items() if cost > game.compute_formula(to_group(mask))]
    return listed, (0, whole, *dear)
