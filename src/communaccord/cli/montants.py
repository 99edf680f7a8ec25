"""Amounts of the JSON files: text in euros with two decimals, whole cents inside; never a float."""

import re
from fractions import Fraction

FORME = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
LONGUE, PRECISE = 10**60, 10**12


def read_montant(texte: str) -> int:
    """Return "1250.05" as 125005 cents. Errors: ValueError for any other form (a line break at the end included)."""
    if not FORME.fullmatch(texte):
        raise ValueError(texte)
    entier, decimales = texte.split(".")
    return 100 * int(entier) + int(decimales)


def write_montant(centimes: int) -> str:
    """Return whole cents, of either sign, as text in euros: -43 gives "-0.43"."""
    entier, decimales = divmod(abs(centimes), 100)
    return f"{'-' if centimes < 0 else ''}{entier}.{decimales:02d}"


def write_bas(centimes: Fraction) -> str:
    """Return the highest amount in whole cents that is not above."""
    return write_montant(centimes.numerator // centimes.denominator)


def write_haut(centimes: Fraction) -> str:
    """Return the lowest amount in whole cents that is not below."""
    return write_montant(-(-centimes.numerator // centimes.denominator))


def write_fraction(valeur: Fraction, *, haut: bool) -> str:
    """Return a number as a fraction, exact; with twelve decimals, cut upwards or downwards, when it is longer to write.

    A bound cut to its own side is still a bound.
    """
    if max(abs(valeur.numerator), valeur.denominator) < LONGUE:
        return str(valeur)
    signe, coupe = (-1, -valeur) if haut else (1, valeur)
    entier = signe * (coupe.numerator * PRECISE // coupe.denominator)
    unites, reste = divmod(abs(entier), PRECISE)
    return f"{'-' if entier < 0 else ''}{unites}.{reste:012d}"
