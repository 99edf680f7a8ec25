"""Duals of the solver made exact: a bound that holds whatever their error, by `preuves.farkas`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from communaccord.noyau.accord.recherche.programme import Espace, Rang
from communaccord.noyau.preuves.farkas import Box, Exact, Row, compute_bound
from communaccord.noyau.solver import Floats

PRECISION = 10**12


@dataclass(frozen=True, slots=True)
class Certificat:
    """Multipliers on exact rows, to be read again by `preuves.farkas.compute_bound`.

    `rows` and `equalities`: each row with its multiplier; `lignes`: the number of the line of each of the first rows
    (-1: not a line; the totals of the vehicles come last and have none). `objective`: exact coefficients by column.
    Multipliers are whole numbers, `scale` times what they stand for: so is their bound.
    """

    boxes: tuple[Box, ...]
    rows: tuple[tuple[Row, Exact], ...]
    equalities: tuple[tuple[Row, Exact], ...]
    lignes: tuple[int, ...]
    scale: int = 1
    objective: Mapping[int, Exact] | None = None

    def compute_bound(self) -> Fraction:
        """Return the proven bound of the objective (no objective: negative proves that nothing is feasible)."""
        objective = {c: self.scale * value for c, value in (self.objective or {}).items()}
        return compute_bound(self.boxes, self.rows, self.equalities, objective) / self.scale


def round_duals(duals: Floats | Sequence[float]) -> list[int]:
    """Return whole multipliers near `PRECISION` times the given ones, none negative. O(rows)."""
    return [y if y > 0 else 0 for y in round_fixed(duals)]


def round_fixed(duals: Floats | Sequence[float]) -> list[int]:
    """Return whole multipliers near `PRECISION` times the given ones, of any sign. O(rows)."""
    values = (np.asarray(duals, float) * PRECISION).round()
    return [int(value) if value else 0 for value in values.tolist()]


def build_certificat(
    espace: Espace,
    rangs: Sequence[Rang],
    multipliers: Sequence[Exact],
    fixed: Sequence[Exact],
    *,
    scale: int = PRECISION,
    objective: Mapping[int, Exact] | None = None,
) -> Certificat:
    """Return the certificate of multipliers of rows; those of the fixed rows of the programme complete it.

    Shapes: all are `scale` times what they stand for; `fixed` one a row of `Espace.build_program` (equalities then
    totals, where a negative one is read as zero). The certificate has them multiplied by one more whole number.
    The multiplier of the sum of a key is recomputed exactly as the best one. O(multipliers x criteria).
    """
    unit = espace.commun
    kept = [(rang, y * unit) for rang, y in zip(rangs, multipliers, strict=True) if y]
    rows = [(espace.build_row(rang), y) for rang, y in kept]
    totals = [(row, max(y, 0) * unit) for row, y in zip(espace.totals, fixed[len(espace.equalities) :], strict=True)]
    slopes: dict[int, Exact] = {c: scale * unit * value for c, value in (objective or {}).items()}
    for row, y in rows:
        for column, value in row.coefficients.items():
            if column < len(espace.cles):
                slopes[column] = slopes.get(column, 0) + y * value
    services = len(espace.paquet.services)
    equalities: list[tuple[Row, Exact]] = [
        (row, find_multiplier(espace, slopes, row)) for row in espace.equalities[:services]
    ]
    if espace.flux:
        equalities.append((espace.equalities[services], fixed[services] * unit))
    lignes = tuple(rang.ligne for rang, _ in kept)
    used = [(row, y) for row, y in totals if y]
    return Certificat(tuple(espace.boxes), (*rows, *used), tuple(equalities), lignes, scale * unit, objective)


def find_multiplier(espace: Espace, slopes: Mapping[int, Exact], row: Row) -> Exact:
    """Return the multiplier of the sum of a key that gives the least bound, the other rows adding up to `slopes`.

    The bound is convex and piecewise linear in it, with its corners where the slope of a column vanishes: they are
    walked upwards until the bound rises. Whole when the slopes are multiples of `Espace.commun`. O(columns log
    columns).
    """
    corners = sorted((divide(-slopes.get(column, 0), total), column) for column, total in row.coefficients.items())
    # Below every corner each weight sits at its low end; each corner passed moves one to its high end.
    whole, weights = espace.weights
    reach = sum(weights[column][0] for _, column in corners)
    for corner, column in corners:
        low, high = weights[column]
        reach += high - low
        if reach >= whole:
            return corner
    return corners[-1][0]


def divide(value: Exact, by: Exact) -> Exact:
    """Return an exact quotient, whole when it can be. O(1)."""
    whole, rest = divmod(value, by)
    return Fraction(value) / by if rest else int(whole)
