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
    """Write an estimated amount: ``environ 1 200 €``; zero is exact and says so."""
    ecrit = format_montant(round_estimation(centimes), centimes_visibles=False)
    return f"environ {ecrit}" if centimes else ecrit


def round_estimation(centimes: int | Fraction) -> int:
    """Round an estimate, half away from zero: to 100 euros from 1,000 euros, to 10 below, to the euro below 10."""
    grandeur = abs(centimes.numerator) // centimes.denominator
    return _round_pas(centimes, 10_000 if grandeur >= 100_000 else 1000 if grandeur >= 1000 else 100)


def round_montant(centimes: int, *, estime: bool) -> int:
    """Round an amount as the pages show it: as an estimate, or to the euro."""
    return round_estimation(centimes) if estime else _round_pas(centimes, 100)


def _round_pas(centimes: int | Fraction, pas: int) -> int:
    haut, bas = abs(centimes.numerator), centimes.denominator
    arrondi = (2 * haut + pas * bas) // (2 * pas * bas) * pas
    return -arrondi if centimes < 0 else arrondi


def round_par_habitant(centimes: int | Fraction, *, estime: bool = True) -> int:
    """Round an amount by inhabitant to the cent; an estimate to 10 cents from 1 euro, to the euro from 10.

    What is not nothing is never written as nothing: one cent at least.
    """
    grandeur = abs(centimes.numerator) // centimes.denominator
    pas = 1 if not estime or grandeur < 100 else 10 if grandeur < 1000 else 100
    return _round_pas(centimes, pas) or int(centimes > 0)


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
