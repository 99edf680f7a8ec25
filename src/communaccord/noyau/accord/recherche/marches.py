"""The cost of a group as rows of a programme: affine terms, regular stairs (one whole column), any other table."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor

import numpy as np

from communaccord.noyau.accord.recherche.menu import Option
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, Term
from communaccord.noyau.preuves.borne import Exact, Row
from communaccord.noyau.solver import INFINITY, Program

MAX_SEGMENTS = 500
DOUBT = 1e-7


class Modele:
    """Columns and rows of a maximisation, exact. `units[c]`: how much of column c is 1 for the solver.

    `scale`: how much of the objective is 1 for the solver, whose tolerances are lost on populations.
    """

    def __init__(self) -> None:
        self.objective: list[int] = []
        self.boxes: list[tuple[int, int]] = []
        self.units: list[int] = []
        self.rows: list[Row] = []

    def add(self, objective: int = 0, low: int = 0, high: int = 1, *, unit: int = 1) -> int:
        """Add a column, whole when its unit is 1; its number."""
        self.objective.append(objective)
        self.boxes.append((low, high))
        self.units.append(unit)
        return len(self.units) - 1

    @property
    def scale(self) -> int:
        return max(map(abs, self.objective), default=0) or 1

    def read_bound(self, bound: float) -> int:
        """Return a bound of the solver as a whole objective, its doubt added."""
        return floor(self.scale * (bound + DOUBT * (1 + abs(bound))))

    def row(self, low: Exact | None, values: Mapping[int, Exact], high: Exact | None) -> None:
        """Add a row; one without any column is left out (its sides are 0 wherever this module calls it)."""
        kept = {column: value for column, value in values.items() if value}
        if kept:
            self.rows.append(Row(low, kept, high))

    def build(
        self,
        *,
        whole: bool,
        nodes: int | None = None,
        gap: float = 0,
        seed: int = 0,
        nested: bool = True,
        should_stop: Callable[[], bool] | None = None,
    ) -> tuple[Program, list[float]]:
        """Return the programme for the solver, objective and rows scaled to about 1, and the scale of each row."""
        integer = [column for column, unit in enumerate(self.units) if unit == 1] if whole else []
        low, high = zip(*self.boxes, strict=True)
        units = np.array(self.units, dtype=float)
        program = Program(
            np.array(self.objective) / self.scale * units, np.array(low) / units, np.array(high) / units,
            maximize=True, integer=integer, nodes=nodes, gap=gap, seed=seed, nested=nested, should_stop=should_stop,
            presolve=True,
        )  # fmt: skip
        return program, [self.add_scaled(program, row) for row in self.rows]

    def add_scaled(self, program: Program, row: Row) -> float:
        """Give one row to the solver, divided by its largest coefficient; that coefficient."""
        columns = list(row.values)
        values = np.array([float(row.values[column]) * self.units[column] for column in columns])
        scale = float(np.abs(values).max())
        low = -INFINITY if row.low is None else float(row.low) / scale
        high = INFINITY if row.high is None else float(row.high) / scale
        program.add_row(low, columns, values / scale, high)
        return scale


def add_cost(modele: Modele, option: Option, columns: Mapping[int, int], opened: int) -> dict[int, Exact]:
    """Add what an option costs; cents by column, so that their sum is the cost of whoever joins (0 when closed).

    `columns`: commune -> column. Errors: DonneeInvalide for a game that has no formula while the perimeter is free.
    O(communes x terms + segments).
    """
    game = option.game
    if option.required == set(columns):
        return {opened: game.cost(option.required)}
    if not isinstance(game, ServiceGame) or game.exceptions or option.fewest < 2:
        raise DonneeInvalide(
            f"Option « {option.nom} » : son coût (sans formule, avec exception) demande un périmètre fixé.",
            "Nommez les communes exigées, et excluez les autres.",
        )
    cost: dict[int, Exact] = {column: game.own[i] for i, column in columns.items()}
    for term in game.terms:
        weights = {column: 1 if term.kind == "count" else term.weights[i] for i, column in columns.items()}
        add = add_highest if term.kind == "max" else add_total
        for column, value in add(modele, term, weights, opened).items():
            cost[column] = cost.get(column, 0) + value
    return cost


def add_highest(modele: Modele, term: Term, weights: Mapping[int, int], opened: int) -> dict[int, Exact]:
    """A term of the highest weight: one column a level, 1 when somebody reaches it."""
    levels = sorted(set(weights.values()))
    cost: dict[int, Exact] = {opened: term.table[levels[0]]}
    for below, level in pairwise(levels):
        reached = modele.add()
        over = [column for column, weight in weights.items() if weight >= level]
        for column in over:
            modele.row(None, {column: 1, reached: -1}, 0)
        modele.row(0, dict.fromkeys(over, 1) | {reached: -1}, None)
        cost[reached] = term.table[level] - term.table[below]
    return cost


def add_total(modele: Modele, term: Term, weights: Mapping[int, int], opened: int) -> dict[int, Exact]:
    """A term of a total: affine, regular stairs, or one column a segment where the table is constant."""
    table = term.table[: sum(weights.values()) + 1]
    jumps = [
        (place, table[place] - table[place - 1]) for place in range(1, len(table)) if table[place] != table[place - 1]
    ]
    if not jumps:
        return {opened: table[0]}
    places, rises = [place for place, _ in jumps], {rise for _, rise in jumps}
    if len(rises) == 1 and len(jumps) == len(table) - 1:
        return {opened: table[0], **{column: jumps[0][1] * weight for column, weight in weights.items()}}
    widths = {after - before for before, after in pairwise(places)}
    if len(rises) == 1 and jumps[0][1] > 0 and len(widths) <= 1:
        steps = modele.add(0, 0, len(jumps))
        modele.row(None, {**weights, opened: 1 - places[0], steps: -min(widths, default=len(table) - places[0])}, 0)
        modele.row(None, {steps: 1, opened: -len(jumps)}, 0)
        return {opened: table[0], steps: jumps[0][1]}
    return add_segments(modele, table, places, weights, opened)


def add_segments(
    modele: Modele, table: Sequence[int], places: Sequence[int], weights: Mapping[int, int], opened: int
) -> dict[int, Exact]:
    """Any table: exactly one segment when the option is open, and the total lies within it."""
    if len(places) >= MAX_SEGMENTS:
        raise DonneeInvalide(
            f"Un coût change {len(places)} fois selon le total : c'est trop pour une recherche.",
            "Comptez par marches plus larges.",
        )
    starts = [0, *places]
    ends = [*(place - 1 for place in places), len(table) - 1]
    columns = [modele.add() for _ in starts]
    modele.row(0, dict.fromkeys(columns, 1) | {opened: -1}, 0)
    modele.row(0, {**weights, **{c: -start for c, start in zip(columns, starts, strict=True)}}, None)
    modele.row(None, {**weights, **{c: -end for c, end in zip(columns, ends, strict=True)}}, 0)
    return {column: Fraction(table[start]) for column, start in zip(columns, starts, strict=True)}
