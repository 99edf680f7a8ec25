"""Refusals of the sharing room: always a reason and what to do, in French."""

import re
from decimal import Decimal
from fractions import Fraction

from communaccord.noyau.exact import round_exact

FINE = "\u202f"


def _set_espaces(texte: str) -> str:
    """Put the narrow no-break spaces of French typography where the source has plain ones."""
    return re.sub(r" (?=[:;!?%»])|(?<=«) ", FINE, texte)


class Impossible(ValueError):
    """The sharing asked for has no answer.

    `motif` says what is wrong and where, `remede` what to do; both are French sentences meant to be printed as they
    are.
    """

    def __init__(self, motif: str, remede: str) -> None:
        self.motif = _set_espaces(motif)
        self.remede = _set_espaces(remede)
        super().__init__(f"{self.motif} {self.remede}")


class DonneeInvalide(Impossible):
    """A figure given cannot be what it claims to be (negative population, weights that do not sum to 1...)."""


def format_euros(cents: int) -> str:
    """Return an amount in French: "1 234,50 €", with no-break spaces. O(1)."""
    entier, reste = divmod(abs(cents), 100)
    signe = "-" if cents < 0 else ""
    return f"{signe}{entier:,}".replace(",", FINE) + f",{reste:02d}\u00a0€"


def format_pourcent(valeur: Fraction) -> str:
    """Return a ratio as a French percentage, two decimals at most: "33,33 %". O(1)."""
    texte = f"{round_exact(valeur * 10000) / Decimal(100):.2f}".rstrip("0").rstrip(".")
    return texte.replace(".", ",") + f"{FINE}%"
