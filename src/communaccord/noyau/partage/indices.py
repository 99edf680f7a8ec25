"""Factors that carry an amount to each year, and its rounding to the cent, in integers only."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from communaccord.noyau.exact import Exact


class Indices(NamedTuple):
    """Multiplier of each year, exact, and the same as pairs (numerator, denominator); `fixes`: all are 1."""

    facteurs: tuple[Exact, ...]
    paires: tuple[tuple[int, int], ...]
    fixes: bool

    def round_cents(self, montant: Exact) -> tuple[int, ...]:
        """Return `montant` (zero or more) x multiplier of each year, to the nearest cent, half up. O(years)."""
        haut, bas = 2 * montant.numerator, montant.denominator
        if bas == 1 and self.fixes:
            return (haut // 2,) * len(self.paires)
        return tuple([(haut * n + bas * d) // (2 * bas * d) for n, d in self.paires])

    def floor_cents(self, montant: Exact) -> tuple[int, ...]:
        """Return `montant` x multiplier of each year, cut to the cent below. O(years)."""
        haut, bas = montant.numerator, montant.denominator
        return tuple([haut * n // (bas * d) for n, d in self.paires])

    def ceil_cents(self, montant: Exact) -> tuple[int, ...]:
        """Return `montant` x multiplier of each year, raised to the cent above. O(years)."""
        return tuple([-cents for cents in self.floor_cents(-montant)])


def build_indices(facteurs: Sequence[Exact]) -> Indices:
    """Return the multipliers given, one a year. O(years)."""
    paires = tuple((facteur.numerator, facteur.denominator) for facteur in facteurs)
    return Indices(tuple(facteurs), paires, all(paire == (1, 1) for paire in paires))


def compute_indices(taux: Fraction, annee_base: int, annees: Sequence[int]) -> Indices:
    """Return the multipliers (1 + rate) ** (year - base year). O(years)."""
    return build_indices([(1 + taux) ** (annee - annee_base) for annee in annees])
