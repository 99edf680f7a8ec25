"""Chance that each commune decides, the others answering as they are likely to.

With F the chances of what was answered before a member, and B the chance to pass from each state after it, the member
decides with chance sum F (B(it accepts) - B(it refuses)). F moves forward, B backward; F is kept at a few places only
(bisection), so that neither division nor large memory is needed.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import fsum, prod

import numpy as np

from communaccord.noyau.exact import Exact
from communaccord.noyau.pouvoir.echelle import Interval, choose_scale
from communaccord.noyau.pouvoir.majorite import Majority, Staircase, build_staircase
from communaccord.noyau.pouvoir.probabilites import (
    MAX_CELLS,
    Chances,
    Floats,
    Opinions,
    Shock,
    answer_all,
    bound,
    count_operations,
    mix,
    prepare,
)

# Products of a walk: some twenty seconds of a small machine.
MAX_WORK = 8_000_000_000


def pivotal_probabilities(
    populations: Sequence[int],
    probabilities: Sequence[Exact],
    majority: Majority,
    shocks: Sequence[Shock] = (),
    *,
    cells: int = MAX_CELLS,
    work: int = MAX_WORK,
) -> tuple[Interval, ...]:
    """Return, for each member, the chance that the vote passes if it accepts and fails if it refuses.

    Its own probability does not count; with shocks, it is the mean over them. With every chance at one half it is the
    absolute Banzhaf index. Shapes, errors: those of :func:`pass_probability`. Bounds: proven, as there. `work`: bound
    of the products made; beyond it too, inhabitants are counted by packets and the bounds say what it costs.
    Complexity: O(log n) times that of :func:`pass_probability`, in time and in memory, and O(work). Source: derivative
    of the multilinear extension, Owen, "Multilinear extensions of games", Management Science 18, 1972 (from memory);
    bisection: Griewank, "Achieving logarithmic growth of temporal and spatial complexity in reverse automatic
    differentiation", 1992 (from memory).
    """
    staircase = build_staircase(populations, majority)
    needed, turns = sum(cap + 1 for cap in staircase.caps), count_turns(len(staircase.free), len(shocks))
    # Packets are read twice, for what surely and for what possibly passes, and leave half of the bound to copies.
    affordable = cells if needed * turns <= work else min(cells, max(1, work // (4 * turns)))
    scale = choose_scale(staircase.free, needed, affordable)
    lows, highs = [Fraction(0)] * len(populations), [Fraction(0)] * len(populations)
    for weight, moved in mix(probabilities, shocks, len(populations)):
        opinions = prepare(populations, moved, staircase, scale, refusing_apart=False)
        for member, chance in decide(populations, moved, staircase, opinions).items():
            lows[member] += weight * chance.low
            highs[member] += weight * chance.high
    return tuple(Interval(low, min(Fraction(1), high)) for low, high in zip(lows, highs, strict=True))


def count_turns(n: int, shocks: int) -> int:
    """Return how many times a walk may read every cell: log n passes of n members, once a shock. O(1)."""
    return max(1, n * n.bit_length() * max(1, shocks))


def decide(
    populations: Sequence[int], probabilities: Sequence[Fraction], staircase: Staircase, opinions: Opinions
) -> dict[int, Interval]:
    """Return each member's chance to decide, within one shock."""
    found = {
        opinions.members[rank]: Interval(opinions.common * chance.low, opinions.common * chance.high)
        for rank, chance in decide_undecided(opinions).items()
    }
    read = cumulate_answers(opinions)
    passing = read(0, 0)
    for member in staircase.vetoers:
        others = prod((probabilities[v] for v in staircase.vetoers if v != member), start=Fraction(1))
        found[member] = Interval(others * passing.low, others * passing.high)
    for member in set(range(len(populations))) - set(found):
        # It surely accepts, and stands in no row of the table.
        refused = read(1, populations[member])
        low, high = max(Fraction(0), passing.low - refused.high), max(Fraction(0), passing.high - refused.low)
        found[member] = Interval(opinions.common * low, opinions.common * high)
    return found


def cumulate_answers(opinions: Opinions) -> Callable[[int, int], Interval]:
    """Return what reads the chance to pass once so many more refuse, who hold so many inhabitants."""
    rows = [np.cumsum(row) for row in answer_all(opinions).rows]
    caps, scale = opinions.caps, opinions.scale

    def read(refusals: int, people: int) -> Interval:
        ends = []
        for floor in (scale.floor_surely, scale.floor_possibly):
            thresholds = [floor(cap - people, size) for size, cap in enumerate(caps[refusals:])]
            kept = [rows[size][at] for size, at in enumerate(thresholds) if at >= 0]
            ends.append(bound(fsum(kept), count_operations(opinions)))
        return Interval(ends[0].low, ends[1].high)

    return read


def decide_undecided(opinions: Opinions) -> dict[int, Interval]:
    """Return the chance to decide of each member of the table, by rank, all vetoers accepting."""
    scale = opinions.scale
    floors = (scale.floor_surely, scale.floor_possibly) if scale.unit > 1 else (scale.floor_surely,)
    ends = [build_end(opinions, floor) for floor in floors]
    found: dict[int, Interval] = {}
    if opinions.members:
        walk(Chances(opinions), 0, len(opinions.members), ends, found)
    return found


def build_end(opinions: Opinions, floor: Callable[[int, int], int]) -> list[Floats]:
    """Return 1 in each state that passes once everybody has answered, 0 elsewhere."""
    rows = []
    for size, (cap, width) in enumerate(zip(opinions.caps, opinions.widths, strict=True)):
        row = np.zeros(max(0, width))
        row[: max(0, floor(cap, size) + 1)] = 1
        rows.append(row)
    return rows


def walk(chances: Chances, first: int, last: int, ends: list[list[Floats]], found: dict[int, Interval]) -> None:
    """Go back over members first..last - 1: `chances` stands before them, `ends` after them and is moved before."""
    if last - first == 1:
        found[first] = compare(chances, first, ends)
        for rows in ends:
            pull(chances, first, rows)
        return
    middle = (first + last) // 2
    ahead = chances.copy()
    for rank in range(first, middle):
        ahead.enter(rank)
    walk(ahead, middle, last, ends, found)
    del ahead
    walk(chances, first, middle, ends, found)


def compare(chances: Chances, rank: int, ends: list[list[Floats]]) -> Interval:
    """Return the chance that the member `rank` decides: it passes if it accepts, not if it refuses."""
    weight = chances.opinions.weights[rank]
    operations = count_operations(chances.opinions)
    accepted, refused = [], []
    for rows in ends:
        before, after = [], []
        for size, length in enumerate(chances.lengths):
            row = chances.rows[size]
            before.append(np.dot(row[:length], rows[size][:length]))
            moved = rows[size + 1][weight : weight + length] if size + 1 < len(rows) else row[:0]
            after.append(np.dot(row[: len(moved)], moved))
        accepted.append(bound(fsum(before), operations))
        refused.append(bound(fsum(after), operations))
    low = accepted[0].low - refused[-1].high
    return Interval(max(Fraction(0), low), max(Fraction(0), accepted[-1].high - refused[0].low))


def pull(chances: Chances, rank: int, rows: list[Floats]) -> None:
    """Move the chance to pass from after the member `rank` to before it, where the chances stand. In place."""
    opinions = chances.opinions
    weight, accept, refuse = opinions.weights[rank], opinions.accept[rank], opinions.refuse[rank]
    for size, length in enumerate(chances.lengths):
        row = rows[size]
        row[:length] *= accept
        if size + 1 < len(rows):
            moved = rows[size + 1][weight : weight + length]
            row[: len(moved)] += refuse * moved
