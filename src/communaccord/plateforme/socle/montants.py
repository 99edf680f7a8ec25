"""Whole cents written in French by integers alone: a table of 158 communes writes a thousand amounts.

Same texts as ``socle.typographie.montant`` and ``ecart``, which accept any number and are ten times slower (a test
holds the two equal).
"""

from communaccord.plateforme.socle.typographie import FINE, INSECABLE, MOINS

# Cents in one unit shown, digits after the comma.
PRECISIONS = {"centime": 1, "euro": 100, "centaine": 10_000}


def write_montant(centimes: int, precision: str = "euro") -> str:
    """``1 234,50 €`` (centime), ``1 235 €`` (euro), ``1 200 €`` (centaine); halves away from zero."""
    pas = PRECISIONS[precision]
    arrondi = (2 * abs(centimes) + pas) // (2 * pas) * pas
    euros, reste = divmod(arrondi, 100)
    texte = f"{euros:,}".replace(",", FINE)
    if precision == "centime":
        texte += f",{reste:02d}"
    signe = MOINS if centimes < 0 and arrondi else ""
    return f"{signe}{texte}{INSECABLE}€"


def write_ecart(centimes: int, precision: str = "euro") -> str:
    """The same, its sign always written but for zero."""
    texte = write_montant(centimes, precision)
    return f"+{texte}" if centimes > 0 and 2 * centimes >= PRECISIONS[precision] else texte
