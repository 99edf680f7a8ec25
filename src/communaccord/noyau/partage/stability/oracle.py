"""The search for a group: the least of cost - payment over every group of a game, exact, in integers.

For a service game the groups of the same state (see `plan`) have the same price, so that the best of them is the one
that pays most: one pass of a knapsack over the members gives it for every state at once, O(n x states) for 2^n groups.
Groups that must not be read (nobody, everybody, groups listed at a higher cost) are followed apart, as the paths of a
small tree: a group enters the table at the member where it leaves the last of these paths. A table game is enumerated.

Ties are broken by the smallest mask (bit i: member i): of two groups, the one that lacks the highest-numbered member
in which they differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import CostGame, ServiceGame, TableGame, build_table
from communaccord.noyau.partage.stability.knapsack import Memory, Run, list_paths, locate
from communaccord.noyau.partage.stability.plan import SAFE, Axis, Ints, Plan, build_plan, to_vector

NEVER_MET = 1 << 61
Found = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep only the groups whose sum of `steps` is not a multiple of `modulus`."""

    steps: tuple[int, ...]
    modulus: int

    def holds(self, mask: int) -> bool:
        return sum(step for i, step in enumerate(self.steps) if mask >> i & 1) % self.modulus != 0


class Oracle(Protocol):
    """Answers over every group but nobody and everybody. `shares` and slacks count in 1/`scale` cent."""

    n: int
    highest: int

    def choose_scale(self, whole: int) -> int:
        """Parts of a cent that can be counted for shares of `whole` cents, a power of ten up to a million."""

    def fits(self, scale: int, paid: Fraction | int) -> bool:
        """True when shares whose sizes sum to `paid` cents can be counted in 1/`scale` cent."""

    def find(self, shares: Sequence[int], *, scale: int = 1, keep: Keep | None = None) -> Found | None:
        """Return (least slack, smallest mask that has it); None when no group is kept."""

    def measure(self, shares: Sequence[int], *, scale: int = 1, keep: Keep | None = None) -> int | None:
        """Return the least slack only."""

    def find_many(
        self, shares: Sequence[int], most: int, *, scale: int = 1, keep: Keep | None = None, below: int | None = None
    ) -> list[Found]:
        """Return the best group of each level of cost, `most` at most, best first; under `below` only, if given."""


def build_oracle(game: CostGame) -> "Oracle":
    """The search that fits a game. Errors: DonneeInvalide when it is no service and too large to be written out."""
    if isinstance(game, ServiceGame):
        return ServiceOracle(build_plan(game))
    return TableOracle(game if isinstance(game, TableGame) else build_table(game))


class Scaled:
    """What an oracle can count: `highest` is above any cost of a group, cents."""

    highest: int

    def choose_scale(self, whole: int) -> int:
        return find_scale(self.highest, whole)

    def fits(self, scale: int, paid: Fraction | int) -> bool:
        return (self.highest + paid + 1) * scale < SAFE


class TableOracle(Scaled):
    """Every group of an explicit game. O(2^n) a search."""

    def __init__(self, table: TableGame) -> None:
        self.n = table.n
        self.highest = max(map(abs, table.costs))
        if self.highest >= SAFE:
            raise DonneeInvalide("Un montant dépasse ce que le calcul peut porter.", "Comptez en centimes d'euro.")
        self.costs = np.array(table.costs, np.int64)

    def compute_slacks(self, shares: Sequence[int], scale: int, keep: Keep | None) -> tuple[Ints, Ints]:
        """Slacks of the groups kept, and their masks in ascending order."""
        check_scale(self.highest, shares, scale)
        kept = np.ones(1 << self.n, bool)
        if keep is not None:
            kept = sum_members([step % keep.modulus for step in keep.steps]) % keep.modulus != 0
        kept[[0, -1]] = False
        masks = np.flatnonzero(kept)
        return (self.costs * scale - sum_members(shares))[masks], masks

    def find(self, shares: Sequence[int], *, scale: int = 1, keep: Keep | None = None) -> Found | None:
        slacks, masks = self.compute_slacks(shares, scale, keep)
        if not len(masks):
            return None
        best = int(slacks.argmin())
        return int(slacks[best]), int(masks[best])

    def measure(self, shares: Sequence[int], *, scale: int = 1, keep: Keep | None = None) -> int | None:
        slacks, _ = self.compute_slacks(shares, scale, keep)
        return int(slacks.min()) if len(slacks) else None

    def find_many(
        self, shares: Sequence[int], most: int, *, scale: int = 1, keep: Keep | None = None, below: int | None = None
    ) -> list[Found]:
        slacks, masks = self.compute_slacks(shares, scale, keep)
        if below is not None:
            masks, slacks = masks[slacks < below], slacks[slacks < below]
        chosen = np.argpartition(slacks, most)[:most] if most < len(masks) else np.arange(len(masks))
        return sorted((int(slacks[at]), int(masks[at])) for at in chosen)


def sum_members(values: Sequence[int]) -> Ints:
    """Sum of the values of the members of each mask. O(2^n)."""
    sums = np.zeros(1, np.int64)
    for value in values:
        sums = np.concatenate([sums, sums + value])
    return sums


def find_scale(highest: int, whole: int) -> int:
    """The largest power of ten, up to a million, that leaves room for shares of any sign around `whole`."""
    scale = 10**6
    while scale > 1 and (highest + 64 * (abs(whole) + highest)) * scale >= SAFE:
        scale //= 10
    return scale


def check_scale(highest: int, shares: Sequence[int], scale: int) -> None:
    """Errors: DonneeInvalide when 64-bit integers could overflow."""
    if highest * scale + sum(map(abs, shares)) >= SAFE:
        raise DonneeInvalide("Un montant dépasse ce que le calcul peut porter.", "Donnez des montants en centimes.")


class ServiceOracle(Scaled):
    """The knapsack over the states of a service game. O(n x states) time and memory a search."""

    def __init__(self, plan: Plan) -> None:
        self.n, self.plan = plan.n, plan
        prices = [int(np.abs(plan.price).max()), *map(abs, plan.listed.values())]
        self.highest = max(prices) + sum(map(abs, plan.own))
        self.own = np.array(plan.own, np.int64)
        self.paths = list_paths(plan)
        masks = [mask for layer in self.paths for _, mask in layer]
        self.members = np.array([to_vector(mask, self.n) for mask in masks], np.int64).reshape(-1, self.n)
        self.places = locate(plan, self.members)
        self.masks = sorted(plan.listed)
        self.costs = np.array([plan.listed[mask] for mask in self.masks], np.int64)
        self.inside = np.array([to_vector(mask, self.n) for mask in self.masks], np.int64).reshape(-1, self.n)
        alone = all(mask & (mask - 1) == 0 for mask in self.masks)
        self.only = np.array([mask.bit_length() - 1 for mask in self.masks], int) if alone else None
        self.order, self.starts = sort_levels(plan.price)
        self.memories: dict[int, Memory] = {}

    def find(self, shares: Sequence[int], *, scale: int = 1, keep: Keep | None = None) -> Found | None:
        slacks, run = self.search(shares, scale, keep)
        listed = self.find_listed(shares, scale, keep)
        least = int(slacks.min())
        if least > SAFE:
            return listed
        if listed is not None and listed[0] < least:
            return listed
        found = (least, run.trace([int(at) for at in np.flatnonzero(slacks.ravel() == least)]))
        return found if listed is None else min(found, listed)

    def measure(self, shares: Sequence[int], *, scale: int = 1, keep: Keep | None = None) -> int | None:
        slacks, _ = self.search(shares, scale, keep)
        listed = self.find_listed(shares, scale, keep)
        least = min(int(slacks.min()), NEVER_MET if listed is None else listed[0])
        return least if least < SAFE else None

    def find_many(
        self, shares: Sequence[int], most: int, *, scale: int = 1, keep: Keep | None = None, below: int | None = None
    ) -> list[Found]:
        slacks, run = self.search(shares, scale, keep)
        limit = SAFE if below is None else below
        flat = slacks.reshape(-1, self.plan.price.size)
        best = flat.min(axis=0)
        found: list[Found | None] = [self.find_listed(shares, scale, keep)]
        least = np.minimum.reduceat(best[self.order], self.starts)
        levels = [int(level) for level in np.argsort(least, kind="stable")[:most] if least[level] < limit]
        states = []
        for level in levels:
            ends = self.starts[level + 1] if level + 1 < len(self.starts) else len(self.order)
            inside = self.order[self.starts[level] : ends]
            at = int(inside[best[inside].argmin()])
            states.append(int(flat[:, at].argmin()) * flat.shape[1] + at)
        found += zip(least[levels].tolist(), run.trace_many(states) if states else [], strict=True)
        return sorted(entry for entry in found if entry is not None and entry[0] < limit)[:most]

    def search(self, shares: Sequence[int], scale: int, keep: Keep | None) -> tuple[Ints, "Run"]:
        """Slacks by state (unreached states above SAFE), with a filter: by (kept remainder, state)."""
        check_scale(self.highest, shares, scale)
        axes, places = self.plan.axes, self.places
        if keep is not None:
            steps = [step % keep.modulus for step in keep.steps]
            axes = (Axis("mod", tuple(steps), keep.modulus), *axes)
            places = places + self.members @ np.array(steps, np.int64) % keep.modulus * self.plan.price.size
        gains = np.array(shares, np.int64) - scale * self.own
        skipped = 0 if keep is None else self.plan.price.size
        entries = places.tolist(), (self.members @ gains).tolist()
        memory = self.get_memory(self.plan.price.size // self.plan.price.shape[-1] * (keep.modulus if keep else 1))
        run = Run(self.plan, axes, memory, self.paths, entries, gains.tolist(), skipped)
        last = run.fill()
        return self.plan.price * scale - (last if keep is None else last[1:]), run

    def find_listed(self, shares: Sequence[int], scale: int, keep: Keep | None) -> Found | None:
        """The best of the groups named one by one."""
        if not len(self.costs):
            return None
        paid = np.array(shares, np.int64)
        slacks = self.costs * scale - (paid[self.only] if self.only is not None else self.inside @ paid)
        if keep is not None:
            steps = np.array([step % keep.modulus for step in keep.steps], np.int64)
            slacks[self.inside @ steps % keep.modulus == 0] = NEVER_MET
        at = int(slacks.argmin())
        return (int(slacks[at]), self.masks[at]) if slacks[at] < NEVER_MET else None

    def get_memory(self, lines: int) -> Memory:
        """Memory for tables of `lines` lines, kept from one search to the next."""
        if lines not in self.memories:
            self.memories[lines] = Memory(self.plan, lines)
        return self.memories[lines]


def sort_levels(price: Ints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Order of the states by price, and where each price begins."""
    order = np.argsort(price, axis=None, kind="stable")
    ordered = price.reshape(-1)[order]
    return order, np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
