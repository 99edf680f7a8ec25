"""For each member, the group around it that leaves it least to pay: min over S containing i of c(S) - prices(S).

A group is built member by member; all that matters of it is its aggregates (workload, head-count, highest level).
Forward, the least of own costs minus prices that reaches each state; backward, the least that completes it. Meeting at
member i, forced in, gives all n answers in two passes. Groups listed at more than their formula are followed apart:
while a group agrees with one of them so far, it is not yet merged with the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game.modele import Group, ServiceGame, TableGame, Term
from communaccord.noyau.partage.game.several import merge_terms
from communaccord.noyau.partage.game.transform import count_in_largest_unit
from communaccord.noyau.partage.values.linear import list_corrections

Ints = NDArray[np.int64]
Place = tuple[int, ...]
NEVER = 1 << 61
MAX_CENTS = 1 << 59
MAX_STATES = 25_000_000


@dataclass(frozen=True, slots=True)
class Axis:
    """One aggregate. `steps[k]`: what the k-th member walked adds to a sum, or its rank among levels (max)."""

    kind: Literal["sum", "max"]
    steps: tuple[int, ...]
    table: tuple[int, ...]

    def move(self, state: int, place: int) -> int:
        """The state once the member at `place` has joined."""
        return state + self.steps[place] if self.kind == "sum" else max(state, self.steps[place])

    def list_sizes(self) -> list[int]:
        """How many states there are before each member, and at the end."""
        if self.kind == "max":
            return [len(self.table)] * (len(self.steps) + 1)
        sizes = [1]
        for step in self.steps:
            sizes.append(sizes[-1] + step)
        return sizes


@dataclass(frozen=True, slots=True)
class Walk:
    """The members in the order walked, and the aggregates that make a state.

    `members[k]`: number of the k-th. `own[k]`: cents it adds to any group, less its price. `listed`: the groups listed
    above their formula, by places in the walk, with what completes their own costs to their listed cost.
    """

    members: tuple[int, ...]
    axes: tuple[Axis, ...]
    own: tuple[int, ...]
    fixed: int
    listed: dict[Group, int]

    @property
    def shapes(self) -> list[Place]:
        """The shape of the states before each member, and at the end."""
        return list(zip(*(axis.list_sizes() for axis in self.axes), strict=True))

    def move(self, state: Place, place: int) -> Place:
        """The state once the member at `place` has joined."""
        return tuple(axis.move(at, place) for axis, at in zip(self.axes, state, strict=True))

    def is_path(self, prefix: Group, place: int) -> bool:
        """Does some listed group have exactly these members before `place`?"""
        return any({k for k in group if k < place} == prefix for group in self.listed)


def list_gaps(game: ServiceGame, prices: Sequence[int]) -> list[int]:
    """Return, for each member, the least of c(S) - prices(S) over the groups S that contain it, cents, exact.

    Errors: DonneeInvalide when the states are too many (several workloads, or a head-count term that is not straight,
    in a large game) or the amounts too large. O(n x states) time and memory, states = product of the aggregates.
    """
    corrections = list_corrections(game)
    walk = build_walk(game, prices, {group for group, gap in corrections.items() if gap > 0})
    found = walk_backward(walk, *walk_forward(walk))
    gaps = [0] * game.n
    for place, member in enumerate(walk.members):
        gaps[member] = found[place]
    for group, gap in corrections.items():
        if gap < 0:
            value = game.cost(group) - sum(prices[member] for member in group)
            for member in group:
                gaps[member] = min(gaps[member], value)
    return gaps


def list_table_gaps(game: TableGame, prices: Sequence[int]) -> list[int]:
    """The same for an explicit game, by enumeration. O(2^n n)."""
    gaps = [NEVER] * game.n
    for size in range(1, game.n + 1):
        for group in combinations(range(game.n), size):
            value = game.cost(group) - sum(prices[member] for member in group)
            for member in group:
                gaps[member] = min(gaps[member], value)
    return gaps


def build_walk(game: ServiceGame, prices: Sequence[int], above: set[Group]) -> Walk:
    """Read the states of a game: straight terms join own costs, head-counts are sums of ones. O(size)."""
    n = game.n
    own = [cents - price for cents, price in zip(game.own, prices, strict=True)]
    fixed, curved = 0, []
    for term in map(count_in_largest_unit, merge_terms([as_sum(term, n) for term in game.terms], n)):
        slope = read_slope(term)
        if slope is None:
            curved.append(term)
            continue
        fixed += term.table[-1] - slope * (len(term.table) - 1)
        own = [cents + slope * weight for cents, weight in zip(own, term.weights, strict=True)]
    order = sorted(range(n), key=lambda member: (*(term.weights[member] for term in curved), member))
    axes = tuple(build_axis(term, order) for term in curved) or (Axis("max", (0,) * n, (0,)),)
    place = {member: k for k, member in enumerate(order)}
    listed = {
        frozenset(place[member] for member in group): game.cost(group)
        - sum(prices[member] + own[member] for member in group)
        for group in above
    }
    walk = Walk(tuple(order), axes, tuple(own[member] for member in order), fixed, listed)
    check_walk(walk)
    return walk


def as_sum(term: Term, n: int) -> Term:
    """A head-count is a sum of ones."""
    return Term("sum", (1,) * n, term.table) if term.kind == "count" else term


def read_slope(term: Term) -> int | None:
    """The slope of a term whose table is straight where groups can read it; None for the others. O(table)."""
    if term.kind == "max":
        return None
    slopes = {after - before for before, after in pairwise(term.table[min(term.weights) :])}
    if len(slopes) > 1:
        return None
    return slopes.pop() if slopes else 0


def build_axis(term: Term, order: Sequence[int]) -> Axis:
    """The axis of a term; levels are replaced by their ranks. O(n log n)."""
    steps = tuple(term.weights[member] for member in order)
    if term.kind == "sum":
        return Axis("sum", steps, term.table)
    levels = sorted(set(steps))
    ranks = {level: rank for rank, level in enumerate(levels)}
    return Axis("max", tuple(ranks[level] for level in steps), tuple(term.table[level] for level in levels))


def check_walk(walk: Walk) -> None:
    """Errors: DonneeInvalide when the states do not fit in memory, or the amounts in 64 bits. O(n axes)."""
    if sum(prod(shape) for shape in walk.shapes) > MAX_STATES:
        raise DonneeInvalide(
            "Ce jeu croise trop de grandeurs (charges, effectifs, niveaux) pour comparer tous les groupes.",
            "Comptez la charge en unités plus grosses, ou décrivez le coût avec moins de termes.",
        )
    amounts = sum(map(abs, walk.own)) + abs(walk.fixed) + sum(max(map(abs, axis.table)) for axis in walk.axes)
    if amounts + sum(map(abs, walk.listed.values())) > MAX_CENTS:
        raise DonneeInvalide("Les montants sont trop grands pour ce calcul.", "Vérifiez qu'ils sont en centimes.")


Paths = dict[Group, tuple[Place, int]]


def walk_forward(walk: Walk) -> tuple[list[Ints], list[Paths]]:
    """For each place, the least of own costs that reaches each state before it; the paths of listed groups apart."""
    shapes = walk.shapes
    start = (0,) * len(walk.axes)
    state = np.full(shapes[0], NEVER, dtype=np.int64)
    paths: Paths = {frozenset(): (start, 0)} if walk.listed else {}
    if not walk.listed:
        state[start] = 0
    states, followed = [], []
    for place, own in enumerate(walk.own):
        states.append(state)
        followed.append(paths)
        after = np.full(shapes[place + 1], NEVER, dtype=np.int64)
        after[tuple(slice(size) for size in state.shape)] = state
        joined = after[list_targets(walk, place, state.shape)]
        np.minimum(joined, raise_levels(walk, place, state) + own, out=joined)
        paths = follow_paths(walk, place, paths, after)
        state = after
    followed.append(paths)
    return states, followed


def follow_paths(walk: Walk, place: int, paths: Paths, after: Ints) -> Paths:
    """Lead each path with and without the member at `place`; those that leave the listed groups join the states."""
    kept: Paths = {}
    for prefix, (state, value) in paths.items():
        options = ((prefix, state, value), (prefix | {place}, walk.move(state, place), value + walk.own[place]))
        for members, moved, paid in options:
            if walk.is_path(members, place + 1):
                kept[members] = (moved, paid)
            else:
                after[moved] = min(int(after[moved]), paid)
    return kept


def walk_backward(walk: Walk, states: list[Ints], followed: list[Paths]) -> list[int]:
    """The least total of a group through each place, its member forced in."""
    shapes = walk.shapes
    rest = build_final(walk)
    ends = {group: walk.listed[group] for group in followed[-1]}
    found = [NEVER] * len(walk.members)
    for place in reversed(range(len(walk.members))):
        own = walk.own[place]
        joined = lower_levels(walk, place, rest[list_targets(walk, place, shapes[place])])
        joined = joined + own
        found[place] = int((states[place] + joined).min())
        ends_before = {}
        for prefix, (state, value) in followed[place].items():
            taken = prefix | {place}
            with_it = own + (ends[taken] if taken in ends else int(rest[walk.move(state, place)]))
            found[place] = min(found[place], value + with_it)
            ends_before[prefix] = min(with_it, ends[prefix] if prefix in ends else int(rest[state]))
        rest = np.minimum(rest[tuple(slice(size) for size in shapes[place])], joined)
        ends = ends_before
    return found


def build_final(walk: Walk) -> Ints:
    """The cost of each final state, own costs aside."""
    final = np.full(walk.shapes[-1], walk.fixed, dtype=np.int64)
    for rank, axis in enumerate(walk.axes):
        shape = [1] * len(walk.axes)
        shape[rank] = len(axis.table)
        final = final + np.array(axis.table, dtype=np.int64).reshape(shape)
    return final


def list_targets(walk: Walk, place: int, shape: Place) -> tuple[slice, ...]:
    """Where the states of that shape go along the sums when the member at `place` joins; levels stay whole."""
    return tuple(
        slice(axis.steps[place], axis.steps[place] + size) if axis.kind == "sum" else slice(None)
        for axis, size in zip(walk.axes, shape, strict=True)
    )


def raise_levels(walk: Walk, place: int, state: Ints) -> Ints:
    """States once the member at `place` has joined, along the levels: those below its own come up to it."""
    for number, axis in enumerate(walk.axes):
        if axis.kind == "max":
            rank = axis.steps[place]
            state = np.moveaxis(state, number, -1).copy()
            state[..., rank] = state[..., : rank + 1].min(axis=-1)
            state[..., :rank] = NEVER
            state = np.moveaxis(state, -1, number)
    return state


def lower_levels(walk: Walk, place: int, rest: Ints) -> Ints:
    """What completes each state, along the levels: below the rank of the member at `place`, what completes its rank."""
    for number, axis in enumerate(walk.axes):
        if axis.kind == "max":
            reads = np.maximum(np.arange(len(axis.table)), axis.steps[place])
            rest = rest.take(reads, axis=number)
    return rest
