"""One pass of the knapsack over the members, and the way back to the groups that it found."""

from collections.abc import Sequence
from itertools import accumulate, product

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from communaccord.noyau.partage.stability.plan import Axis, Ints, Plan, check_size

NEVER = -(1 << 61)
FEW = 8
Slots = tuple[tuple[int, int], ...]
Views = tuple[Ints, Ints, Ints]


class Memory:
    """The tables of a pass, kept from one to the next: `rows[i]` before member i, of `lines` lines of totals.

    `views[i]`: the totals that members up to i reach: as they are before it, moved by its weight, and after it. What
    nobody reaches is NEVER (below zero too: a margin, then the end of the line before, which nobody reaches yet), so
    that a pass moves and compares whole lines at once.
    """

    def __init__(self, plan: Plan, lines: int) -> None:
        width, margin = plan.price.shape[-1], max(plan.weights)
        check_size(plan.n, [lines], width)
        self.reaches = [0, *accumulate(plan.weights)]
        whole = np.empty((plan.n + 1, margin + lines * width), np.int64)
        whole[:, :margin] = NEVER
        self.rows: list[Ints] = list(whole[:, margin:])
        self.views: list[Views] = []
        for i, weight in enumerate(plan.weights):
            before, after = (row.reshape(lines, width) for row in self.rows[i : i + 2])
            before[:, self.reaches[i] + 1 if i else 0 :] = NEVER
            end = self.reaches[i + 1] + 1
            moved = as_strided(whole[i, margin - weight :], (lines, end), before.strides, writeable=False)
            self.views.append((before[:, :end], moved, after[:, :end]))
        self.plain = [(before[0], moved[0], after[0]) for before, moved, after in self.views] if lines == 1 else []


class Run:
    """One pass: `rows[i]` holds, by state, the best payment among groups of members before i, on totals met so far.

    `gains`: payment of each member less its own cost. `paths[i]`: (number, mask) of the groups that enter at member i;
    `places`, `values`: state and payment of each, by number. States are flat indices, after the `skipped` first ones.
    """

    def __init__(
        self,
        plan: Plan,
        axes: tuple[Axis, ...],
        memory: Memory,
        paths: Sequence[Slots],
        entries: tuple[list[int], list[int]],
        gains: list[int],
        skipped: int,
    ) -> None:
        self.n, self.weights, self.axes, self.paths, self.gains = plan.n, plan.weights, axes, paths, gains
        self.places, self.values = entries
        self.skipped = skipped
        self.shape = (*(axis.size for axis in axes), plan.price.shape[-1])
        self.rows, self.reaches = memory.rows, memory.reaches
        self.views = memory.views if axes else memory.plain

    def fill(self) -> Ints:
        """Run the pass; the last table, shape (axes..., totals)."""
        places, values, axes = self.places, self.values, self.axes
        steps = zip(self.gains, self.views, self.rows[1:], self.paths, strict=True)
        for i, (gain, (before, moved, after), row, paths) in enumerate(steps):
            if axes:
                self.move_axes(moved, after, i)
            else:
                np.add(moved, gain, out=after)
            np.maximum(after, before, out=after)
            for number, _ in paths:
                if values[number] > row.item(places[number]):
                    row[places[number]] = values[number]
        last: Ints = self.rows[-1].reshape(self.shape)
        return last

    def move_axes(self, moved: Ints, after: Ints, i: int) -> None:
        """Add member i to every group: `after` from `moved`, lines moved along the axes."""
        gain, first = self.gains[i], self.axes[0]
        stride = len(after) // first.size
        turn = first.steps[i] * stride if first.kind == "mod" else 0
        np.add(moved[: len(after) - turn], gain, out=after[turn:])
        np.add(moved[len(after) - turn :], gain, out=after[:turn])
        table = after.reshape(*self.shape[:-1], -1)
        for number, axis in enumerate(self.axes):
            if axis.kind != "mod":
                table[...] = advance(table, number, axis, axis.steps[i])

    def trace(self, states: Sequence[int]) -> int:
        """Return the smallest mask among the best groups of these states, which all pay as much."""
        if len(states) == 1 and not self.axes:
            return self.trace_plain(states[0])
        live, suffix, complete = [state + self.skipped for state in states], 0, []
        for i in range(self.n - 1, -1, -1):
            before, after = self.rows[i], self.rows[i + 1]
            values = [(state, after.item(state)) for state in live]
            for number, mask in self.paths[i]:
                if (self.places[number], self.values[number]) in values:
                    complete.append(suffix | mask)
            live = [state for state, value in values if self.is_met(state, i) and before.item(state) == value]
            if not live:
                suffix |= 1 << i
                live = [
                    origin
                    for state, value in values
                    for origin in self.list_origins(state, i)
                    if self.is_met(origin, i) and before.item(origin) + self.gains[i] == value
                ]
                live = list(dict.fromkeys(live))
            if not live:
                break
        return min(complete)

    def trace_plain(self, state: int) -> int:
        """`trace` for one state of one total."""
        suffix, complete = 0, []
        for i in range(self.n - 1, -1, -1):
            before, value = self.rows[i], self.rows[i + 1].item(state)
            for number, mask in self.paths[i]:
                if self.places[number] == state and self.values[number] == value:
                    complete.append(suffix | mask)
            if state <= self.reaches[i] and before.item(state) == value:
                continue
            suffix |= 1 << i
            state -= self.weights[i]
            if not 0 <= state <= self.reaches[i] or before.item(state) + self.gains[i] != value:
                break
        return min(complete)

    def trace_many(self, states: Sequence[int]) -> list[int]:
        """Return one best group of each state, all followed back together."""
        few = len(states) < FEW and not self.axes
        if few or any(axis.kind == "max" for axis in self.axes):
            return [self.trace([state]) for state in states]
        at = np.array(states) + self.skipped
        places = [part.copy() for part in np.unravel_index(at, self.shape)]
        alive, found = np.ones(len(at), bool), [0] * len(at)
        inside = np.zeros((self.n, len(at)), bool)
        for i in range(self.n - 1, -1, -1):
            value = self.rows[i + 1][at]
            for number, mask in self.paths[i]:
                enters = (at == self.places[number]) & (value == self.values[number]) & alive
                if enters.any():
                    for which in np.flatnonzero(enters):
                        found[which] = mask
                    alive &= ~enters
            goes = alive & ((places[-1] > self.reaches[i]) | (self.rows[i][at] != value))
            inside[i] = goes
            at = self.go_back_together(places, goes, i)
        packed = np.packbits(inside, axis=0, bitorder="little")
        return [mask | int.from_bytes(packed[:, which].tobytes(), "little") for which, mask in enumerate(found)]

    def go_back_together(self, places: list[NDArray[np.intp]], goes: NDArray[np.bool_], i: int) -> NDArray[np.intp]:
        """Move back, in place, the states where member i is in the group; their flat indices."""
        places[-1] -= self.weights[i] * goes
        flat = places[-1]
        stride = self.shape[-1]
        for number in range(len(self.axes) - 1, -1, -1):
            axis = self.axes[number]
            places[number] -= axis.steps[i] * goes
            if axis.kind == "mod":
                places[number] %= axis.size
            flat = flat + places[number] * stride
            stride *= axis.size
        return flat

    def is_met(self, state: int, i: int) -> bool:
        """Is this state within the totals written before member i?"""
        total: int = state % self.shape[-1]
        return total <= self.reaches[i]

    def list_origins(self, state: int, i: int) -> list[int]:
        """States from which member i leads to this one."""
        *others, total = (int(part) for part in np.unravel_index(state, self.shape))
        total -= self.weights[i]
        choices = [go_back(axis, axis.steps[i], at) for axis, at in zip(self.axes, others, strict=True)]
        if total < 0:
            return []
        return [int(np.ravel_multi_index((*before, total), self.shape)) for before in product(*choices)]


def advance(table: Ints, number: int, axis: Axis, step: int) -> Ints:
    """Move a table along a "sum" or "max" axis, for a member of this step."""
    turned = np.moveaxis(table, number, 0)
    moved = np.full_like(turned, NEVER)
    if axis.kind == "sum":
        moved[step:] = turned[: axis.size - step]
    else:
        moved[step] = turned[: step + 1].max(axis=0)
        moved[step + 1 :] = turned[step + 1 :]
    return np.moveaxis(moved, 0, number)


def go_back(axis: Axis, step: int, at: int) -> list[int]:
    """Values of an aggregate that become `at` by a step."""
    if axis.kind == "mod":
        return [(at - step) % axis.size]
    if axis.kind == "sum":
        return [at - step] if at >= step else []
    if at > step:
        return [at]
    return list(range(step + 1)) if at == step else []


def locate(plan: Plan, members: Ints) -> Ints:
    """Flat index of the state of each non-empty group, one line of zeros and ones a group."""
    places = np.zeros(len(members), np.int64)
    for axis in plan.axes:
        steps = members * np.array(axis.steps, np.int64)
        places = places * axis.size + (steps.sum(axis=1) if axis.kind == "sum" else steps.max(axis=1, initial=0))
    located: Ints = places * plan.price.shape[-1] + members @ np.array(plan.weights, np.int64)
    return located


def list_paths(plan: Plan) -> list[Slots]:
    """By member: the groups of members up to it that leave there the last of the excluded groups, numbered."""
    layers, count = [], 0
    for i in range(plan.n):
        low = (1 << i) - 1
        before = {mask & low for mask in plan.excluded}
        after = {mask & (low << 1 | 1) for mask in plan.excluded}
        left = sorted({prefix | bit << i for prefix in before for bit in (0, 1)} - after)
        layers.append(tuple(enumerate(left, count)))
        count += len(left)
    return layers
