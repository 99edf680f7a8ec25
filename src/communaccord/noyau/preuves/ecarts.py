"""The least slack of the groups of a game, read again from its plain data: every group, whole numbers, no solver.

The slack of a group is its cost less what it pays. Some groups are *decided*: they pay the same in all that is still
compared; `normals` are vectors such that a group is decided exactly when each of them sums to 0 over it. The question
is the least slack of the others. One number a member, its *mark*, stands for all normals: a group is decided exactly
when its marks sum to 0.

A service is read member by member. Groups that have the same aggregates cost the same whoever they are, so that of all
of them the two that pay most and have different marks are kept: whoever joins later, one of the two at least is not
decided, and no other group of that kind can do better.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm
from typing import NamedTuple

Group = frozenset[int]
Vector = Sequence[int]
# Kept of a kind of groups: (slack before the price, mark), the least first, marks all different.
Best = tuple[tuple[int, int], ...]


class PlainTerm(NamedTuple):
    """A part of a cost: `table` read at the sum ("sum") or the highest ("max") of the weights, or the head-count."""

    kind: str
    weights: tuple[int, ...]
    table: tuple[int, ...]


class PlainFormula(NamedTuple):
    """A service, in cents: terms, what each member adds, costs alone (None: the formula), costs of listed groups.

    A member alone costs the lesser of `alone` and of the formula; a listed group what is listed.
    """

    n: int
    terms: tuple[PlainTerm, ...]
    own: tuple[int, ...]
    alone: tuple[int, ...] | None
    listed: Mapping[Group, int]


class PlainTable(NamedTuple):
    """Every group of a game: `costs[mask]` cents, bit i of the mask for member i."""

    n: int
    costs: tuple[int, ...]


Plain = PlainFormula | PlainTable


def compute_cost(game: Plain, group: Collection[int]) -> int:
    """Return the cost of a group, cents; 0 for nobody. O(members x terms). Source: the definitions above."""
    members = frozenset(group)
    if isinstance(game, PlainTable):
        return game.costs[sum(1 << member for member in members)]
    if not members or members in game.listed:
        return game.listed[members] if members else 0
    formula = compute_formula(game, members)
    return min(formula, game.alone[min(members)]) if len(members) == 1 and game.alone is not None else formula


def compute_formula(game: PlainFormula, members: Collection[int]) -> int:
    """Return what a group costs by the terms and what its members add, cents. O(members x terms)."""
    total = sum(game.own[member] for member in members)
    for kind, weights, table in game.terms:
        brought = [1] * len(members) if kind == "count" else [weights[member] for member in members]
        total += table[max(brought) if kind == "max" else sum(brought)]
    return total


def find_least(game: Plain, shares: Sequence[Fraction], normals: Sequence[Vector]) -> Fraction | None:
    """Return the least slack, cents, over the groups that some of `normals` does not sum to 0 on; None: no such group.

    Shapes: exact shares, one a member; whole vectors, one number a member. Exact. Complexity: O(2^n) for a table; for a
    service O(n x states), a state being the values that its terms read (seconds for 158 members and 2,700 units of
    workload). Source: knapsack over the aggregates (moteur of this project, 1); keeping two different marks is ours.
    """
    unit = lcm(*(share.denominator for share in shares))
    paid = [int(share * unit) for share in shares]
    marks = compute_marks(normals, game.n)
    if isinstance(game, PlainTable):
        least = min(read_table(game, unit, paid, marks), default=None)
    else:
        least = min(read_service(game, unit, paid, marks), default=None)
    return None if least is None else Fraction(least, unit)


def compute_marks(normals: Sequence[Vector], n: int) -> list[int]:
    """Return one number a member, which sums to 0 over a group exactly when every normal does.

    Normals are the digits of the number in a base larger than twice what any of them can sum to. O(n x normals).
    """
    reach = max((sum(map(abs, normal)) for normal in normals), default=0)
    base, marks = 2 * reach + 1, [0] * n
    for normal in normals:
        marks = [mark * base + entry for mark, entry in zip(marks, normal, strict=True)]
    return marks


def read_table(game: PlainTable, unit: int, paid: Sequence[int], marks: Sequence[int]) -> Iterator[int]:
    """Yield the slacks of the groups that are not decided, in 1/`unit` cent."""
    payments, sums = [0], [0]
    for share, mark in zip(paid, marks, strict=True):
        payments += [payment + share for payment in payments]
        sums += [total + mark for total in sums]
    for cost, payment, total in zip(game.costs, payments, sums, strict=True):
        if total:
            yield unit * cost - payment


def read_service(game: PlainFormula, unit: int, paid: Sequence[int], marks: Sequence[int]) -> Iterator[int]:
    """Yield, in 1/`unit` cent, the slacks of listed groups and the least one of each state, of those not decided."""
    apart = dict(game.listed)
    if game.alone is not None:
        singles = [frozenset({member}) for member in range(game.n)]
        apart = {single: compute_cost(game, single) for single in singles} | apart
    for group, cost in apart.items():
        if sum(marks[member] for member in group):
            yield unit * cost - sum(paid[member] for member in group)
    own, terms = fold_affine(game)
    for state, best in list_states(game.n, terms, [unit * own[m] - paid[m] for m in range(game.n)], marks, [*apart]):
        price = unit * sum(term.table[value] for term, value in zip(terms, state, strict=True))
        yield from (price + slack for slack, mark in best if mark)


def fold_affine(game: PlainFormula) -> tuple[list[int], list[PlainTerm]]:
    """Return what members add, and the terms left: a table that rises by the same step everywhere is a price a unit.

    Tables are cut to what groups can read, and added together when they read the same. What does not depend on the
    group is left as a term that reads nothing. O(tables).
    """
    own, constant = list(game.own), 0
    tables: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    for kind, weights, table in game.terms:
        brought = (1,) * game.n if kind == "count" else weights
        read = table[min(brought) : (max if kind == "max" else sum)(brought) + 1]
        steps = {after - before for before, after in pairwise(read)} or {0}
        if steps == {0} or (len(steps) == 1 and kind != "max"):
            slope = steps.pop()
            own = [cents + slope * weight for cents, weight in zip(own, brought, strict=True)]
            constant += read[0] - slope * min(brought)
            continue
        key, values = reduce_max(weights, table) if kind == "max" else reduce_sum(brought, table)
        known = tables.get(key, [0] * len(values))
        tables[key] = [before + more for before, more in zip(known, values, strict=True)]
    terms = [PlainTerm(kind, weights, tuple(values)) for (kind, weights), values in tables.items()]
    return own, [*terms, PlainTerm("max", (0,) * game.n, (constant,))]


def reduce_sum(weights: tuple[int, ...], table: Sequence[int]) -> tuple[tuple[str, tuple[int, ...]], Sequence[int]]:
    """Weights over their common divisor, and the table at its multiples: what stands between is read by no group."""
    unit = gcd(*weights) or 1
    return ("sum", tuple(weight // unit for weight in weights)), table[: sum(weights) + 1 : unit]


def reduce_max(weights: tuple[int, ...], table: Sequence[int]) -> tuple[tuple[str, tuple[int, ...]], Sequence[int]]:
    """Ranks of the weights, and the table at the weights that some member has."""
    levels = sorted(set(weights))
    return ("max", tuple(levels.index(weight) for weight in weights)), [table[level] for level in levels]


def list_states(
    n: int, terms: Sequence[PlainTerm], steps: Sequence[int], marks: Sequence[int], apart: Sequence[Group]
) -> Iterator[tuple[tuple[int, ...], Best]]:
    """Yield every state with the two least sums of `steps`, of different marks, of the groups not set `apart`.

    With its state, a group under way carries those of the groups set apart that it may still become.
    """
    everyone = (1 << len(apart)) - 1
    inside = [sum(1 << at for at, group in enumerate(apart) if member in group) for member in range(n)]
    states: dict[tuple[tuple[int, ...], int], Best] = {((0,) * len(terms), everyone): ((0, 0),)}
    lightest = sorted(range(n), key=lambda member: [term.weights[member] for term in terms])
    for member in lightest:
        moved: dict[tuple[tuple[int, ...], int], Best] = {}
        for (state, alike), best in states.items():
            keep(moved, (state, alike & ~inside[member]), best)
            values = [
                max(value, term.weights[member]) if term.kind == "max" else value + term.weights[member]
                for term, value in zip(terms, state, strict=True)
            ]
            joined = tuple((slack + steps[member], mark + marks[member]) for slack, mark in best)
            keep(moved, (tuple(values), alike & inside[member]), joined)
        states = moved
    yield from ((state, best) for (state, alike), best in states.items() if not alike)


def keep(states: dict[tuple[tuple[int, ...], int], Best], key: tuple[tuple[int, ...], int], best: Best) -> None:
    """Keep the two least of different marks of those known at `key` and of `best`. O(1)."""
    known = states.get(key)
    if known is None:
        states[key] = best
        return
    least, *others = sorted(known + best)
    second = next((other for other in others if other[1] != least[1]), None)
    states[key] = (least,) if second is None else (least, second)


def is_no_dearer(game: Plain, i: int, j: int, difference: Fraction) -> bool:
    """Return whether j costs any group at least `difference` cents more than i: c(S + j) - c(S + i) >= difference.

    S: any group without the two, nobody included. True is a proof; False for a service may be a lack of proof, when the
    two are ordered neither way by some term, or a listed group has only one of them. O(2^n) for a table, else O(n x
    terms + tables). Source: desirability, Maschler and Peleg 1966 (from memory).
    """
    if isinstance(game, PlainTable):
        both = 1 << i | 1 << j
        without = (mask for mask in range(len(game.costs)) if not mask & both)
        return all(game.costs[mask | 1 << j] - game.costs[mask | 1 << i] >= difference for mask in without)
    own, terms = fold_affine(game)
    if own[j] - own[i] < difference or compute_cost(game, {j}) - compute_cost(game, {i}) < difference:
        return False
    if any((i in group) != (j in group) for group in game.listed if len(group) > 1):
        return False
    return all(term.weights[i] == term.weights[j] or is_risen(term, i, j) for term in terms)


def is_risen(term: PlainTerm, i: int, j: int) -> bool:
    """Return whether j brings more than i to a table that never falls, where groups read it."""
    first, last = min(term.weights), (max if term.kind == "max" else sum)(term.weights)
    read = term.table[first : last + 1]
    return term.weights[i] <= term.weights[j] and all(a <= b for a, b in pairwise(read))
