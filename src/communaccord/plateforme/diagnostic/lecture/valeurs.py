"""A cell of an official file as an exact number: what is unknown is counted, what is no figure is told by its cell."""

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from communaccord.plateforme.diagnostic.lecture.archive import Ligne
from communaccord.plateforme.diagnostic.lecture.types import Lues
from communaccord.reference import normalize_nom
from communaccord.simulateur.nombres import NombreInvalide, parse_nombre, quote

LONGUEUR, GRANDEUR = 40, 15
ANNEE = re.compile(r"(?:19|20)\d\d", re.ASCII)
# Words that change from year to year, or say nothing.
VIDES = frozenset(
    {"n", "annee", "de", "du", "des", "d", "l", "la", "le", "les", "final", "finale", "notifie", "notifiee"}
)
LUS_DE_TRAVERS = 30


def clean_titre(texte: str) -> str:
    """Key of a title whatever the year: its last part, without year, article nor « final »."""
    dernier = texte.replace("\n", " ").split(" - ")[-1]
    return " ".join(mot for mot in normalize_nom(dernier).split() if mot not in VIDES and not ANNEE.fullmatch(mot))


def list_annees(texte: str) -> list[int]:
    return [int(annee) for annee in ANNEE.findall(texte)]


def read_valeur(lues: Lues, ligne: Ligne, colonne: int | None, *, point: bool = False) -> Fraction | None:
    """The number of a cell, None when it is empty or unknown. ``point``: texts are written with a decimal dot."""
    brut = ligne.get(colonne).strip()
    if not brut or colonne is None:
        return None
    try:
        valeur = parse_point(brut) if point or colonne in ligne.nombres else parse_nombre(brut)
    except NombreInvalide as erreur:
        if len(lues.illisibles) < LUS_DE_TRAVERS:
            lues.illisibles.append(f"Cellule {ligne.locate(colonne)} : {erreur.message}")
        return None
    if valeur is None:
        lues.inconnues += 1
    return valeur


def parse_point(brut: str) -> Fraction | None:
    """A number as machines write it (``345661120.86``, ``1.2E7``). Errors: NombreInvalide."""
    try:
        decimal = Decimal(brut) if len(brut) <= LONGUEUR else None
    except InvalidOperation:
        decimal = None
    if decimal is None or not decimal.is_finite():
        return parse_nombre(brut)
    if decimal.adjusted() >= GRANDEUR or decimal.adjusted() < -LONGUEUR:
        raise NombreInvalide(f"{quote(brut)} est démesuré.", "Vérifiez le fichier.")
    return Fraction(decimal)
