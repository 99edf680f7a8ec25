"""French writing of exact numbers, for messages, sentences and workbooks (U+202F inside numbers, U+00A0 before €)."""

from collections.abc import Sequence
from fractions import Fraction

from communaccord.noyau.exact import round_exact

FINE = "\u202f"
INSECABLE = "\u00a0"


def format_nombre(valeur: int | Fraction, decimales: int = 2) -> str:
    """Write a number in French with at most ``decimales`` decimals, half away from zero, no useless zero."""
    echelle: int = 10**decimales
    arrondi = abs(round_exact(Fraction(valeur) * echelle))
    entier, reste = divmod(arrondi, echelle)
    texte = group_milliers(entier)
    if reste:
        texte += "," + f"{reste:0{decimales}d}".rstrip("0")
    return f"−{texte}" if valeur < 0 and arrondi else texte


def group_milliers(entier: int) -> str:
    """Group the digits of a natural number by three with a narrow no-break space."""
    return f"{entier:,}".replace(",", FINE)


def format_montant(centimes: int | Fraction, *, centimes_visibles: bool = True) -> str:
    """Write an amount of cents: ``1 234,50 €``; without cents, rounded to the euro."""
    if not centimes_visibles:
        return f"{format_nombre(Fraction(centimes) / 100, 0)}{INSECABLE}€"
    total = abs(round_exact(centimes))
    euros, reste = divmod(total, 100)
    signe = "−" if centimes < 0 and total else ""
    return f"{signe}{group_milliers(euros)},{reste:02d}{INSECABLE}€"


def format_estimation(centimes: int | Fraction) -> str:
    """Write an estimated amount rounded to 100 €: ``environ 1 200 €``."""
    return f"environ {format_montant(round_estimation(centimes), centimes_visibles=False)}"


def round_estimation(centimes: int | Fraction) -> int:
    """Round cents to the nearest 100 euros, half away from zero."""
    return round_exact(Fraction(centimes) / 10_000) * 10_000


def round_par_habitant(centimes: int | Fraction) -> int:
    """Round an estimated amount by inhabitant: to 10 cents below 10 euros, to the euro above."""
    exact = Fraction(centimes)
    pas = 10 if abs(exact) < 1000 else 100
    return round_exact(exact / pas) * pas


def format_pourcentage(taux: Fraction, decimales: int = 2) -> str:
    """Write a rate in percent: 1/50 is ``2 %``."""
    return f"{format_nombre(taux * 100, decimales)}{FINE}%"


def format_exact(valeur: int | Fraction) -> str:
    """Write a number without losing anything: a decimal when it has one (``0,125``), a fraction otherwise (``1/3``)."""
    fraction = Fraction(valeur)
    denominateur = fraction.denominator
    for premier in (2, 5):
        while denominateur % premier == 0:
            denominateur //= premier
    if denominateur != 1:
        return f"{fraction.numerator}/{fraction.denominator}"
    decimales = 0
    while (fraction * 10**decimales).denominator != 1:
        decimales += 1
    chiffres = str(abs(int(fraction * 10**decimales))).rjust(decimales + 1, "0")
    texte = chiffres if not decimales else f"{chiffres[:-decimales]},{chiffres[-decimales:]}"
    return f"-{texte}" if fraction < 0 else texte


def join_mots(mots: Sequence[str], liaison: str = "et") -> str:
    """Join words in French: ``a, b et c``."""
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} {liaison} {mots[-1]}"


def pluralize(nombre: int, singulier: str, pluriel: str | None = None) -> str:
    """Write a count and its noun: ``1 commune``, ``3 communes``."""
    mot = singulier if abs(nombre) < 2 else (pluriel or f"{singulier}s")
    return f"{format_nombre(nombre, 0)} {mot}"
