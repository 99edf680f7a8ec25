"""The least slack over the groups that some vector does not sum to 0 on: what each level of the nucleolus asks.

For a service whose states are totals of one workload: one pass of the knapsack for as many vectors as one 64-bit number
can hold as its digits. A state keeps its two best payments of different numbers: whatever joins later, one of the two
at least does not sum to 0, and nothing else in that state pays more. Otherwise: a pass for each vector and each of a
few primes, of which it cannot sum to a common multiple but 0; a table is enumerated.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from communaccord.noyau.partage.stability.oracle import (
    Keep,
    Oracle,
    ServiceOracle,
    TableOracle,
    check_scale,
    sum_members,
)
from communaccord.noyau.partage.stability.plan import SAFE, Ints, Plan
from communaccord.noyau.preuves.kohlberg import Vector

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97)
NEVER, LARGEST = -(1 << 61), 1 << 61


def measure_undecided(oracle: Oracle, shares: Sequence[int], scale: int, normals: Sequence[Vector]) -> int | None:
    """Return the least slack, in 1/`scale` cent, of the groups that some normal does not sum to 0 on; None: no group.

    `normals`: independent, orthogonal to (1, ..., 1). O(passes x n x states) for a service, O(2^n x n) for a table.
    """
    if len(normals) == oracle.n - 1:
        return oracle.measure(shares, scale=scale)
    packs = pack(normals) if isinstance(oracle, ServiceOracle) and is_plain(oracle.plan) else None
    found: list[int | None]
    if isinstance(oracle, TableOracle):
        found = [measure_table(oracle, shares, scale, normals)]
    elif isinstance(oracle, ServiceOracle) and packs is not None:
        found = [measure_marked(oracle, shares, scale, marks) for marks in packs]
    else:
        keeps = (Keep(normal, prime) for normal, prime in list_questions(normals))
        found = [oracle.measure(shares, scale=scale, keep=keep) for keep in keeps]
    return min((slack for slack in found if slack is not None), default=None)


def list_questions(normals: Sequence[Vector]) -> Iterator[tuple[Vector, int]]:
    """Yield (normal, prime) such that a group sums to 0 on all normals exactly when each sums to a multiple of its own.

    The primes of a normal have a product above anything that it can sum to. Errors: ValueError when they do not.
    """
    for normal in normals:
        reach = max(sum(entry for entry in normal if entry > 0), -sum(entry for entry in normal if entry < 0))
        product = 1
        for prime in PRIMES:
            if product > reach:
                break
            product *= prime
            yield normal, prime
        if product <= reach:
            raise ValueError("a normal is too large to be read through small primes")


def measure_table(oracle: TableOracle, shares: Sequence[int], scale: int, normals: Sequence[Vector]) -> int | None:
    """`measure_undecided` over every group of a table."""
    slacks, masks = oracle.compute_slacks(shares, scale, None)
    undecided = np.zeros(1 << oracle.n, bool)
    for normal in normals:
        undecided |= sum_members(normal) != 0
    kept = slacks[undecided[masks]]
    return int(kept.min()) if len(kept) else None


def is_plain(plan: Plan) -> bool:
    """One total for a state, and no group but nobody and everybody (never undecided) that the states must not read."""
    return not plan.axes and len(plan.excluded) == 2


def pack(normals: Sequence[Vector]) -> list[Ints] | None:
    """Numbers, one a member, whose digits are normals: each sums to 0 over a group when all its digits do.

    None when a normal alone passes 64 bits. O(n x normals).
    """
    packs, marks, room = [], np.zeros(len(normals[0]), np.int64), LARGEST
    for normal in normals:
        base = 2 * sum(map(abs, normal)) + 1
        if base > LARGEST:
            return None
        if base > room:
            packs.append(marks)
            marks, room = np.zeros_like(marks), LARGEST
        marks = marks * base + np.array(normal, np.int64)
        room //= base
    return [*packs, marks]


def measure_marked(oracle: ServiceOracle, shares: Sequence[int], scale: int, marks: Ints) -> int | None:
    """The least slack of the groups whose marks do not sum to 0, in one pass."""
    check_scale(oracle.highest, shares, scale)
    plan = oracle.plan
    gains = (np.array(shares, np.int64) - scale * oracle.own).tolist()
    table = Marked(plan.price.size)
    reach = 0
    for weight, gain, mark in zip(plan.weights, gains, marks.tolist(), strict=True):
        table.join(weight, reach + 1, gain, mark)
        reach += weight
    slacks = [int((scale * plan.price - table.read()).min())]
    if len(oracle.costs):
        listed = scale * oracle.costs - oracle.inside @ np.array(shares, np.int64)
        slacks += listed[oracle.inside @ marks != 0].tolist()
    least = min(slacks)
    return least if least < SAFE else None


class Marked:
    """By total: the best payment and its number, then the best of another number. Nobody is at 0, with number 0."""

    def __init__(self, size: int) -> None:
        self.best, self.second = np.full(size, NEVER), np.full(size, NEVER)
        self.mark, self.other = np.zeros(size, np.int64), np.zeros(size, np.int64)
        self.best[0] = 0

    def join(self, weight: int, length: int, gain: int, mark: int) -> None:
        """Let one more member join the groups known, whose totals are below `length`. In place, O(length)."""
        into = slice(weight, weight + length)
        best, marks = self.best[:length] + gain, self.mark[:length] + mark
        second, others = self.second[:length] + gain, self.other[:length] + mark
        stay, stay_mark = self.best[into], self.mark[into]
        moves = best > stay
        lost, lost_mark = np.where(moves, stay, best), np.where(moves, stay_mark, marks)
        won_mark = np.where(moves, marks, stay_mark)
        # Of the side whose best is beaten: its best, or its second when its best has the number of the winner.
        alike = lost_mark == won_mark
        lost = np.where(alike, np.where(moves, self.second[into], second), lost)
        lost_mark = np.where(alike, np.where(moves, self.other[into], others), lost_mark)
        next_, next_mark = np.where(moves, second, self.second[into]), np.where(moves, others, self.other[into])
        self.best[into], self.mark[into] = np.where(moves, best, stay), won_mark
        self.second[into], self.other[into] = np.maximum(next_, lost), np.where(next_ > lost, next_mark, lost_mark)

    def read(self) -> Ints:
        """The best payment by total, of a number that is not 0; below any payment where there is none."""
        found: Ints = np.where(self.mark != 0, self.best, self.second)
        return found
