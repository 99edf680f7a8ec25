"""A bound that anyone can redo: relaxations of parts of the choices, each with the multipliers that prove it.

Columns are held at 0 or at 1, options first. In each part the relaxation is solved in floats; its multipliers are kept
as exact numbers; whatever they are, they prove a bound (`preuves.borne`). The part of largest bound is cut in two until
the target is reached or the budget ends. Without the cuts of the solver this closes slowly: the bound is often above
that of the branch and bound.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from communaccord.noyau.accord.recherche.marches import Modele
from communaccord.noyau.preuves.borne import Exact, Leaf, compute_dual_bound, hold
from communaccord.noyau.solver import Floats, Status

NEAR = Fraction(1, 10**6)


@dataclass(frozen=True, slots=True)
class Certificate:
    """`leaves`: the parts and their multipliers; `bound`: what they prove together (`borne.compute_tree_bound`)."""

    modele: Modele
    leaves: tuple[Leaf, ...]
    bound: Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """A part, its exact bound, and the column to cut it by (None: nothing left to cut)."""

    leaf: Leaf
    bound: Fraction
    cut: int | None


class Prover:
    """One relaxation, its columns held and freed in turn. `x`: the last one solved to the end, by column."""

    def __init__(self, modele: Modele, first: Collection[int]) -> None:
        self.modele, self.first = modele, first
        self.program, self.scales = modele.build(whole=False)
        self.held: Mapping[int, int] = {}
        self.x: Floats | None = None

    def prove(self, held: Mapping[int, int]) -> Part | None:
        """Return a part with the bound that its multipliers prove; None when the solver gives none."""
        boxes = hold(self.modele.boxes, held)
        for column in self.held.keys() | held.keys():
            low, high = boxes[column]
            self.program.change_bounds(column, float(low), float(high))
        self.held = held
        solution = self.program.solve()
        values = solution.duals if solution.status is Status.OPTIMAL else solution.ray
        if values is None or len(values) != len(self.scales):
            return None
        if solution.status is Status.OPTIMAL:
            self.x = solution.x
            multipliers = self.read_multipliers([self.modele.scale * float(value) for value in values])
        else:
            multipliers = self.stretch_ray([float(value) for value in values], boxes)
        bound = compute_dual_bound(self.modele.objective, boxes, self.modele.rows, multipliers)
        cut = self.find_cut(solution.x) if solution.status is Status.OPTIMAL else None
        return Part(Leaf(dict(held), multipliers), bound, cut)

    def find_cut(self, x: Floats) -> int | None:
        """Return the column furthest from 0 and 1: among the options, else what counts most."""
        gaps = {
            column: min(float(value), 1 - float(value))
            for column, (value, box) in enumerate(zip(x, self.modele.boxes, strict=True))
            if box == (0, 1) and self.modele.units[column] == 1 and NEAR < value < 1 - NEAR
        }
        options = [column for column in self.first if column in gaps]
        return max(options or gaps, key=lambda c: (gaps[c] * (1 + self.modele.objective[c]), -c), default=None)

    def stretch_ray(self, ray: Sequence[float], boxes: Sequence[tuple[Exact, Exact]]) -> tuple[Fraction, ...]:
        """Return multipliers that prove a part empty: a ray of negative bound, so long that no objective is left."""
        nothing = [0] * len(boxes)
        for sign in (1, -1):
            multipliers = self.read_multipliers([sign * value for value in ray])
            bound = compute_dual_bound(nothing, boxes, self.modele.rows, multipliers)
            if bound < 0:
                times = 1 + sum(map(abs, self.modele.objective)) / -bound
                return tuple(times * multiplier for multiplier in multipliers)
        return (Fraction(0),) * len(ray)

    def read_multipliers(self, values: Sequence[float]) -> tuple[Fraction, ...]:
        """Return the multipliers of the exact rows; one that reads a side that its row has not is put to zero."""
        multipliers = []
        for row, value, scale in zip(self.modele.rows, values, self.scales, strict=True):
            side = row.high if value > 0 else row.low
            multipliers.append(Fraction(value) / Fraction(scale) if side is not None else Fraction(0))
        return tuple(multipliers)


def prove_bound(
    prover: Prover,
    root: Part,
    *,
    target: int,
    leaves: int,
    should_stop: Callable[[], bool] | None = None,
) -> Certificate:
    """Return a certificate, cut again while it proves more than `target` and has fewer than `leaves` parts.

    `root`: what `prover` proves of the whole. Deterministic when `should_stop` is.
    At most 2 x `leaves` relaxations. Source: branch and bound (Land and Doig 1960, from memory).
    """
    parts = [root]
    while len(parts) < leaves and not (should_stop is not None and should_stop()):
        place = max(range(len(parts)), key=lambda k: parts[k].bound)
        worst = parts[place]
        if floor(worst.bound) <= target or worst.cut is None:
            break
        halves = [prover.prove({**worst.leaf.held, worst.cut: value}) for value in (0, 1)]
        kept = [half for half in halves if half is not None]
        if len(kept) < len(halves):
            break
        parts[place : place + 1] = kept
    return Certificate(prover.modele, tuple(part.leaf for part in parts), max(part.bound for part in parts))
