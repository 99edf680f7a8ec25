"""Reading of numbers as people type them in French, or as a spreadsheet or a JSON file gives them.

Exact: a decimal is taken digit for digit and becomes a Fraction. A blank, "n.c." or "je ne sais pas" is unknown (None)
and never zero. What cannot be read raises :class:`NombreInvalide`: its two sentences say what is wrong, what to do.
"""

import math
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

MAX_CHIFFRES = 15
MAX_DECIMALES = 20

_INCONNUS = frozenset(
    {
        "",
        "-",
        "?",
        "nc",
        "nd",
        "ns",
        "na",
        "n/a",
        "n/c",
        "n/d",
        "non connu",
        "non communique",
        "non disponible",
        "non renseigne",
        "inconnu",
        "inconnue",
        "je ne sais pas",
        "ne sait pas",
        "nsp",
        "a completer",
        "à completer",
    }
)
_UNITES = re.compile(
    r"(?:€|eur(?:os?)?|k€|%|hab(?:itants?)?\.?|h|heures?|etp|ans?|actes?|bulletins?|postes?|marches?)"
    r"(?:\s*/\s*(?:an|hab|etp))?\.?$"
)
_ESPACES = re.compile(r"\s+")
_FRACTION = re.compile(r"([+-]?\d{1,15})/(\d{1,15})", re.ASCII)
_SIMPLE = re.compile(r"[+-]?\d+(?:,\d+)?", re.ASCII)
_MILLIERS_ESPACE = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?", re.ASCII)
_MILLIERS_POINT = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII)
_MILLIERS_VIRGULE = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_POINT = re.compile(r"[+-]?\d+\.\d+", re.ASCII)
_AMBIGU = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)


class NombreInvalide(ValueError):
    """A text that cannot be read as a number: ``message`` says what is wrong, ``que_faire`` what to write."""

    def __init__(self, message: str, que_faire: str) -> None:
        super().__init__(f"{message} {que_faire}")
        self.message = message
        self.que_faire = que_faire


def parse_nombre(valeur: object) -> Fraction | None:
    """Return the exact number that ``valeur`` writes, or None when it says "unknown".

    Accepts text ("1 234,50", "1 200 €", "12 %", "−3", "1/3"), int, Decimal, Fraction and finite float (read by its
    shortest decimal writing). A percent sign is a unit: "12 %" gives 12. Errors: NombreInvalide. Complexity: O(digits).
    """
    if valeur is None:
        return None
    if isinstance(valeur, bool):
        raise NombreInvalide("un nombre est attendu, pas « vrai » ou « faux ».", "Écrivez le nombre en chiffres.")
    if isinstance(valeur, int | Fraction):
        return _check_taille(Fraction(valeur))
    if isinstance(valeur, float):
        if not math.isfinite(valeur):
            raise NombreInvalide("ce nombre est infini ou n'existe pas.", "Écrivez un nombre ordinaire.")
        return _parse_decimal(Decimal(repr(valeur)))
    if isinstance(valeur, Decimal):
        return _parse_decimal(valeur)
    if isinstance(valeur, str):
        return _parse_texte(valeur)
    raise NombreInvalide("un nombre est attendu ici.", "Écrivez un seul nombre, par exemple 1 234,50.")


def is_inconnu(texte: str) -> bool:
    """Whether ``texte`` says in words that the figure is unknown (blank, "n.c.", "je ne sais pas"…)."""
    sans_accent = "".join(c for c in unicodedata.normalize("NFKD", texte.casefold()) if not unicodedata.combining(c))
    mots = _ESPACES.sub(" ", sans_accent).strip()
    return mots in _INCONNUS or mots.replace(".", "").replace(" ", "") in _INCONNUS


def quote(valeur: object, longueur: int = 40) -> str:
    """Quote what was typed in a French sentence, cut short and without control characters."""
    texte = "".join(c if c.isprintable() else " " for c in str(valeur)[: longueur * 4]).strip()
    if len(texte) > longueur:
        texte = texte[: longueur - 1] + "…"
    return f"«\u202f{texte}\u202f»"


def _parse_decimal(valeur: Decimal) -> Fraction:
    if not valeur.is_finite():
        raise NombreInvalide("ce nombre est infini ou n'existe pas.", "Écrivez un nombre ordinaire.")
    exposant = valeur.as_tuple().exponent
    if not isinstance(exposant, int) or exposant < -30 or valeur.adjusted() >= MAX_CHIFFRES:
        raise _trop_grand()
    return _check_taille(Fraction(valeur))


def _parse_texte(texte: str) -> Fraction | None:
    if len(texte) > 200:
        raise NombreInvalide(f"{quote(texte)} est trop long pour être un nombre.", "Écrivez un seul nombre.")
    if is_inconnu(texte):
        return None
    if any(unicodedata.category(c) == "No" for c in texte):
        raise NombreInvalide(f"{quote(texte)} contient un exposant ou une fraction toute faite.", "Écrivez 1/2 ou 0,5.")
    propre = _ESPACES.sub(" ", unicodedata.normalize("NFKC", texte)).strip().casefold()
    propre = propre.replace("−", "-").replace("–", "-").replace("’", " ").replace("'", " ")
    if propre.startswith("="):
        raise NombreInvalide(f"{quote(texte)} est une formule, pas un nombre.", "Écrivez la valeur en chiffres.")
    propre = _UNITES.sub("", propre).strip()
    if propre[:2] in ("- ", "+ "):
        propre = propre[0] + propre[2:]
    return _check_taille(_read(propre, texte))


def _read(propre: str, texte: str) -> Fraction:
    """Read a cleaned text by the first writing that fits entirely."""
    trouve = _FRACTION.fullmatch(propre)
    if trouve:
        if int(trouve[2]) == 0:
            raise NombreInvalide(f"{quote(texte)} divise par zéro.", "Écrivez un nombre, par exemple 1/2 ou 0,5.")
        return Fraction(int(trouve[1]), int(trouve[2]))
    if _AMBIGU.fullmatch(propre):
        entier = propre.replace(".", "\u202f")
        decimal = propre.replace(".", ",")
        raise NombreInvalide(f"{quote(texte)} peut se lire de deux façons.", f"Écrivez {entier} ou bien {decimal}.")
    if _MILLIERS_POINT.fullmatch(propre):
        return _to_fraction(propre.replace(".", ""), texte)
    if _MILLIERS_VIRGULE.fullmatch(propre):
        return _to_fraction(propre.replace(",", ""), texte)
    if _MILLIERS_ESPACE.fullmatch(propre):
        return _to_fraction(propre.replace(" ", ""), texte)
    if _SIMPLE.fullmatch(propre) or _POINT.fullmatch(propre):
        return _to_fraction(propre, texte)
    raise NombreInvalide(f"{quote(texte)} n'est pas un nombre.", "Écrivez par exemple 1\u202f234,50, ou laissez vide.")


def _to_fraction(chiffres: str, texte: str) -> Fraction:
    entier, _, decimales = chiffres.replace(",", ".").partition(".")
    if len(entier.lstrip("+-")) > 2 * MAX_CHIFFRES:
        raise _trop_grand()
    if len(decimales) > MAX_DECIMALES:
        raise NombreInvalide(f"{quote(texte)} a trop de décimales.", f"Gardez au plus {MAX_DECIMALES} décimales.")
    return Fraction(f"{entier}.{decimales}" if decimales else entier)


def _check_taille(valeur: Fraction) -> Fraction:
    if abs(valeur) >= 10**MAX_CHIFFRES or valeur.denominator >= 10**31:
        raise _trop_grand()
    return valeur


def _trop_grand() -> NombreInvalide:
    return NombreInvalide(
        "ce nombre est démesuré.", "Vérifiez le nombre de zéros et l'unité (des euros, pas des centimes)."
    )
