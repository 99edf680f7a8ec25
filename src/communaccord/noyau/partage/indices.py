"""Factors that carry an amount to each year, and its rounding to the cent, in integers only."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from communaccord.noyau.exact import Exact


class Indices(NamedTuple):
    """Multiplier of each year, exact. `paires`: the same as (numerator, denominator), once for all years
    (`repetitions`) when they are equal, so that an amount without indexation is rounded once.
    """

    facteurs: tuple[Exact, ...]
    paires: tuple[tuple[int, int], ...]
    repetitions: int

    def round_cents(self, montant: Exact) -> tuple[int, ...]:
        """Return `montant` (zero or more) x multiplier of each year, to the nearest cent, half up. O(years)."""
        haut, bas = 2 * montant.numerator, montant.denominator
        return tuple([(haut * n + bas * d) // (2 * bas * d) for n, d in self.paires]) * self.repetitions

    def floor_cents(self, montant: Exact) -> tuple[int, ...]:
        """Return `montant` x multiplier of each year, cut to the cent below. O(years)."""
        haut, bas = montant.numerator, montant.denominator
        return tuple([haut * n // (bas * d) for n, d in self.paires]) * self.repetitions

    def ceil_cents(self, montant: Exact) -> tuple[int, ...]:
        """Return `montant` x multiplier of each year, raised to the cent above. O(years)."""
        haut, bas = montant.numerator, montant.denominator
        return tuple([-(-haut * n // (bas * d)) for n, d in self.paires]) * self.repetitions

    def scale(self, montant: Exact) -> "Indices":
        """Return the multipliers of what is counted in units of `montant` cents. O(years)."""
        return build_indices([facteur * montant for facteur in self.facteurs])


def build_indices(facteurs: Sequence[Exact]) -> Indices:
    """Return the multipliers given, one a year. O(years)."""
    paires = tuple((facteur.numerator, facteur.denominator) for facteur in facteurs)
    if len(set(paires)) == 1:
        return Indices(tuple(facteurs), paires[:1], len(paires))
    return Indices(tuple(facteurs), paires, 1)


def compute_indices(taux: Fraction, annee_base: int, annees: Sequence[int]) -> Indices:
    """Return the multipliers (1 + rate) ** (year - base year). O(years)."""
    return build_indices([(1 + taux) ** (annee - annee_base) for annee in annees])
