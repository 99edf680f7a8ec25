"""What the sharing room says: its refusals (those of `noyau.exact`), amounts and percentages in French."""

from decimal import Decimal
from fractions import Fraction

from communaccord.noyau.exact import FINE, DonneeInvalide, Impossible, round_exact

__all__ = ["FINE", "DonneeInvalide", "Impossible", "format_euros", "format_pourcent"]


def format_euros(cents: int) -> str:
    """Return an amount in French: "1 234,50 €", with no-break spaces. O(1)."""
    entier, reste = divmod(abs(cents), 100)
    signe = "-" if cents < 0 else ""
    return f"{signe}{entier:,}".replace(",", FINE) + f",{reste:02d}\u00a0€"


def format_pourcent(valeur: Fraction) -> str:
    """Return a ratio as a French percentage, two decimals at most: "33,33 %". O(1)."""
    texte = f"{round_exact(valeur * 10000) / Decimal(100):.2f}".rstrip("0").rstrip(".")
    return texte.replace(".", ",") + f"{FINE}%"
