"""French typography: numbers, amounts, dates and spaces as a French reader expects them. Pure functions.

Spaces: U+202F (narrow, no break) between thousands and before ; : ! ? % and inside « »; U+00A0 before €
and between a number and its noun. The minus is U+2212, so that signs have the width of digits.
"""

import re
from collections.abc import Iterable
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

FINE = "\u202f"
INSECABLE = "\u00a0"
MOINS = "\u2212"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

Nombre = int | Fraction | Decimal | float

ESPACES = rf"[ {INSECABLE}{FINE}]"
# A space already written before a double sign, or after an opening guillemet.
AVANT_SIGNE = re.compile(rf"{ESPACES}+(?=[;:!?%»](?:[\s{INSECABLE}{FINE}).,…»<\"]|$))")
APRES_GUILLEMET = re.compile(rf"«{ESPACES}*")
AVANT_EURO = re.compile(rf"(?<=\S){ESPACES}+(?=€)")
# A sign stuck to its word and closing it: "oui?" but neither "12:30" nor "?page=2".
SIGNE_COLLE = re.compile(rf"(?<=[\w)\]’'])(?=[;:!?%»](?:[\s{INSECABLE}{FINE}.,)»]|$))")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
# What one of the rules above looks for: without any, a text is left alone.
A_COMPOSER = re.compile(r"[;:!?%»«€']")


def _round_half_away(value: Nombre, decimales: int) -> int:
    """Nearest integer of value x 10^decimales, halves away from zero; exact for every number but float."""
    if isinstance(value, int):
        return value * 10**decimales
    exact = value if isinstance(value, Fraction) else Fraction(value)
    scaled, denominator = abs(exact.numerator) * 10**decimales, exact.denominator
    rounded = (2 * scaled + denominator) // (2 * denominator)
    return -rounded if exact < 0 else rounded


def _group_thousands(digits: str) -> str:
    return f"{int(digits):,}".replace(",", FINE)


def nombre(valeur: Nombre, decimales: int = 0) -> str:
    """`1 234,5`: grouped by three, comma, true minus; halves away from zero; never a negative zero.

    Raises ValueError on infinity or NaN.
    """
    if isinstance(valeur, int) and not decimales:
        return (MOINS if valeur < 0 else "") + f"{abs(valeur):,}".replace(",", FINE)
    try:
        rounded = _round_half_away(valeur, decimales)
    except OverflowError as error:
        raise ValueError("Un nombre infini ne peut pas être écrit.") from error
    digits = str(abs(rounded)).rjust(decimales + 1, "0")
    whole, part = (digits[:-decimales], digits[-decimales:]) if decimales else (digits, "")
    text = _group_thousands(whole) + ("," + part if part else "")
    return MOINS + text if rounded < 0 else text


def signe(valeur: Nombre, decimales: int = 0) -> str:
    """`nombre` with its sign always written, but for zero: `+3`, `−3`, `0`."""
    text = nombre(valeur, decimales)
    return "+" + text if _round_half_away(valeur, decimales) > 0 else text


def montant(centimes: int | Fraction, precision: str = "centime") -> str:
    """Cents to `1 234,50 €` (precision "centime"), `1 235 €` ("euro") or `1 200 €` ("centaine")."""
    if precision == "centime":
        text = nombre(Fraction(centimes) / 100, 2)
    elif precision == "euro":
        text = nombre(Fraction(centimes) / 100)
    elif precision == "centaine":
        text = nombre(100 * _round_half_away(Fraction(centimes) / 10_000, 0))
    else:
        raise ValueError(f"Précision inconnue : {precision}.")
    return text + INSECABLE + "€"


def estimation(centimes: int | Fraction) -> str:
    """An estimate never shows cents: `environ 1 200 €`; below fifty euros, `moins de 100 €`."""
    rounded = 100 * _round_half_away(Fraction(centimes) / 10_000, 0)
    if rounded == 0 and centimes != 0:
        return f"moins de 100{INSECABLE}€"
    return "environ " + montant(centimes, "centaine")


def ecart(centimes: int | Fraction, precision: str = "euro") -> str:
    """A signed amount: `+1 235 €`, `−1 235 €`, `0 €`."""
    text = montant(centimes, precision)
    is_positive = centimes > 0 and any(chiffre in text for chiffre in "123456789")
    return "+" + text if is_positive else text


def pourcentage(part: Nombre, decimales: int = 0) -> str:
    """A part of one to `12,5 %`."""
    return nombre(Fraction(part) * 100, decimales) + FINE + "%"


def date(jour: Date, *, semaine: bool = False, annee: bool = True) -> str:
    """`17 décembre 2026`, `1er mars 2027`; with the day of the week: `jeudi 17 décembre 2026`."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    parts = [quantieme + INSECABLE + MOIS[jour.month - 1]]
    if semaine:
        parts.insert(0, JOURS[jour.weekday()])
    if annee:
        parts.append(str(jour.year))
    return " ".join(parts)


def moment(instant: datetime, fuseau: str, *, semaine: bool = False, annee: bool = True) -> str:
    """`4 décembre 2026 à 18 h`, `à 9 h 05`: a day and an hour where the people of the territory live."""
    local = instant.astimezone(ZoneInfo(fuseau))
    minutes = f"{FINE}{local.minute:02d}" if local.minute else ""
    return f"{date(local, semaine=semaine, annee=annee)} à{INSECABLE}{local.hour}{FINE}h{minutes}"


def mois(jour: Date) -> str:
    """`décembre 2026`."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def accord(quantite: Nombre, singulier: str, pluriel: str | None = None) -> str:
    """The word alone, plural from two on: French says « 1,5 jour », « 0 commune »."""
    return singulier if abs(quantite) < 2 else (pluriel or singulier + "s")


def pluriel(quantite: Nombre, singulier: str, au_pluriel: str | None = None, decimales: int = 0) -> str:
    """`0 commune`, `1 commune`, `26 communes`, `2 chevaux`: the number and its noun, not separated."""
    return nombre(quantite, decimales) + INSECABLE + accord(quantite, singulier, au_pluriel)


def duree(minutes: int) -> str:
    """`45 min`, `1 h`, `1 h 05`."""
    heures, reste = divmod(minutes, 60)
    if heures == 0:
        return f"{reste}{INSECABLE}min"
    return f"{nombre(heures)}{INSECABLE}h" + (f"{INSECABLE}{reste:02d}" if reste else "")


def enumeration(elements: Iterable[str], conjonction: str = "et") -> str:
    """`a`, `a et b`, `a, b et c`."""
    items = list(elements)
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + f" {conjonction} " + items[-1]


def set_espaces(texte: str) -> str:
    """Replace spaces already written by the right no-break ones; adds none, so it is safe on HTML."""
    texte = AVANT_SIGNE.sub(FINE, texte)
    texte = re.sub(rf"«{ESPACES}+", "«" + FINE, texte)
    return AVANT_EURO.sub(INSECABLE, texte)


def insecables(texte: str) -> str:
    """Plain text with U+202F before ; : ! ? % » and after «, U+00A0 before €; changes nothing twice.

    A sign stuck to its word gets its space when it ends the word: times (12:30) and addresses are left alone.
    """
    texte = SIGNE_COLLE.sub(FINE, texte)
    texte = APRES_GUILLEMET.sub("«" + FINE, texte)
    return set_espaces(texte)


def set_apostrophes(texte: str) -> str:
    """`l'eau` to `l’eau`: only between two letters, where it cannot be a quotation mark of code."""
    return APOSTROPHE.sub("’", texte)


def prose(texte: str) -> str:
    """A sentence that comes from Python, given the spaces and the apostrophes of the templates' own words."""
    return set_apostrophes(insecables(texte)) if A_COMPOSER.search(texte) else str(texte)
