"""Duals of the solver made exact: a bound that holds whatever their error, by `preuves.farkas`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.accord.recherche.programme import Espace, Rang
from communaccord.noyau.preuves.farkas import Box, Exact, Row, compute_bound
from communaccord.noyau.solver import Floats

PRECISION = 10**12


@dataclass(frozen=True, slots=True)
class Certificat:
    """Multipliers on exact rows, to be read again by `preuves.farkas.compute_bound`.

    `rows` and `equalities`: each row with its multiplier; `lignes`: the number of the line of each of the first rows
    (-1: not a line; the totals of the vehicles come last and have none). `objective`: exact coefficients by column.
    """

    boxes: tuple[Box, ...]
    rows: tuple[tuple[Row, Fraction], ...]
    equalities: tuple[tuple[Row, Exact], ...]
    lignes: tuple[int, ...]
    objective: Mapping[int, Exact] | None = None

    def compute_bound(self) -> Fraction:
        """Return the proven bound of the objective (no objective: negative proves that nothing is feasible)."""
        return compute_bound(self.boxes, self.rows, self.equalities, self.objective)


def round_duals(duals: Floats | Sequence[float]) -> list[Fraction]:
    """Return exact multipliers near the given ones, none negative. O(rows)."""
    return [Fraction(max(0, round(float(value) * PRECISION)), PRECISION) for value in duals]


def build_certificat(
    espace: Espace,
    rangs: Sequence[Rang],
    multipliers: Sequence[Fraction],
    fixed: Floats | Sequence[float],
    objective: Mapping[int, Exact] | None = None,
) -> Certificat:
    """Return the certificate of multipliers of rows; those of the fixed rows of the programme complete it.

    Shapes: `fixed` one float a row of `Espace.build_program` (equalities then totals), with the sign of `multipliers`.
    The multiplier of the sum of a key is recomputed exactly as the best one. O(multipliers x criteria).
    """
    kept = [(rang, y) for rang, y in zip(rangs, multipliers, strict=True) if y]
    rows = [(espace.build_row(rang), y) for rang, y in kept]
    totals = [(row, y) for row, y in zip(espace.totals, round_duals(fixed[len(espace.equalities) :]), strict=True) if y]
    slopes: dict[int, Exact] = dict(objective or {})
    for row, y in rows:
        for column, value in row.coefficients.items():
            slopes[column] = slopes.get(column, 0) + y * value
    services = len(espace.paquet.services)
    equalities: list[tuple[Row, Exact]] = [
        (row, find_multiplier(espace.boxes, [(c, slopes.get(c, 0)) for c in row.coefficients]))
        for row in espace.equalities[:services]
    ]
    if espace.flux:
        solde = Fraction(round(float(fixed[services]) * PRECISION), PRECISION)
        equalities.append((espace.equalities[services], solde))
    lignes = tuple(rang.ligne for rang, _ in kept)
    return Certificat(tuple(espace.boxes), (*rows, *totals), tuple(equalities), lignes, objective)


def find_multiplier(boxes: Sequence[Box], slopes: Sequence[tuple[int, Exact]]) -> Exact:
    """Return the multiplier of "these columns sum to one" that gives the least bound. O(columns^2).

    The bound is convex and piecewise linear in it, with its corners at the opposite of the slopes.
    """

    def bound(e: Exact) -> Exact:
        return sum(max((s + e) * boxes[c][0], (s + e) * boxes[c][1]) for c, s in slopes) - e

    return min((-s for _, s in slopes), key=lambda e: (bound(e), e))
