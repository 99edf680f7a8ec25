"""What a line accepts: one figure read from a text, kept in hundredths or in words, written back as it is typed.

Shared by the page, the workbooks and the papers, so that the same answer is kept the same whichever way it came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from communaccord.plateforme.diagnostic.enums import NON, OUI, Besoin, Colonne, Maturite, Qualite, TypeLigne
from communaccord.plateforme.socle.typographie import nombre
from communaccord.simulateur import NombreInvalide, parse_nombre
from communaccord.simulateur.nombres import is_inconnu

ANNEES = (2000, 2100)
ANNEE_ILLISIBLE = "Écrivez l'année sur quatre chiffres, à partir de 2000 : par exemple 2025."
TEXTE_MAX, SOURCE_MAX = 2_000, 200
# In hundredths: a million people, a hundred thousand million euros or units.
AGENTS_MAX, NOMBRE_MAX = 100_000_000, 10_000_000_000_000
ENTIERES = frozenset({Colonne.AGENTS, Colonne.DEPARTS})
EN_EUROS = frozenset({Colonne.MASSE_SALARIALE, Colonne.AUTRES_COUTS})
DE_GENS = frozenset({Colonne.AGENTS, Colonne.ETP, Colonne.DEPARTS})
MOTS = {TypeLigne.OUI_NON: (OUI, NON), TypeLigne.BESOIN: tuple(Besoin.values)}
NIVEAUX = tuple(str(niveau) for niveau in Maturite.values)

IGNORE_ET_REPOND = "Vous dites « je ne sais pas » et donnez une réponse : gardez l'un des deux."

Valeur = int | str


class ValeurRefusee(ValueError):
    """What was given for one figure cannot be kept: a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class ReponseSaisie:
    """An answer to one line, its values typed already: {colonne: hundredths (int) or text}; a missing key is unknown.

    ``inconnu``: "je ne sais pas" was said of the whole line. ``annee``, ``source``, ``qualite`` are kept for the lines
    of figures only.
    """

    valeurs: Mapping[str, Valeur] = field(default_factory=dict)
    inconnu: bool = False
    annee: int | None = None
    source: str = ""
    qualite: str = Qualite.ESTIME
    commentaire: str = ""


def list_choix(ligne: Any) -> list[tuple[str, str]]:
    """(value kept, words shown) of a line answered by a choice; empty for the others."""
    if ligne.type == TypeLigne.OUI_NON:
        return [(OUI, "oui"), (NON, "non")]
    if ligne.type == TypeLigne.BESOIN:
        return [(value, label) for value, label in Besoin.choices]
    if ligne.type == TypeLigne.MATURITE:
        return [(str(value), f"{value} – {label}") for value, label in Maturite.choices]
    return [(choix, choix) for choix in ligne.choix] if ligne.type == TypeLigne.CHOIX else []


def is_nombre(ligne: Any, colonne: str) -> bool:
    """Whether this figure is kept in hundredths."""
    if ligne.type == TypeLigne.EFFECTIFS:
        return colonne != Colonne.TITULAIRE_UNIQUE
    return ligne.type in (TypeLigne.NOMBRE, TypeLigne.MONTANT)


def parse_valeur(ligne: Any, colonne: str, texte: str) -> Valeur | None:
    """One figure of a line read from a text as a person writes it; None: nothing, or unknown in words.

    Errors: ValeurRefusee.
    """
    texte = texte.strip()
    if not texte or (ligne.type != TypeLigne.TEXTE and is_inconnu(texte)):
        return None
    if not is_nombre(ligne, colonne):
        return find_mot(ligne, colonne, texte)
    try:
        exact = parse_nombre(texte)
    except NombreInvalide as invalide:
        raise ValeurRefusee(str(invalide)) from invalide
    return None if exact is None else check_nombre(colonne, exact * 100)


def check_nombre(colonne: str, centiemes: Fraction | int) -> int:
    """The hundredths to keep. Errors: ValeurRefusee."""
    if centiemes < 0:
        raise ValeurRefusee("Ce nombre ne peut pas être négatif.")
    if Fraction(centiemes).denominator != 1:
        raise ValeurRefusee("Gardez deux chiffres au plus après la virgule.")
    if colonne in ENTIERES and centiemes % 100:
        raise ValeurRefusee("Comptez des personnes : un nombre entier. Le temps partiel se dit en équivalents.")
    if centiemes > (AGENTS_MAX if colonne in DE_GENS else NOMBRE_MAX):
        raise ValeurRefusee("Ce nombre est démesuré : vérifiez l'unité.")
    return int(centiemes)


def find_mot(ligne: Any, colonne: str, texte: str) -> str:
    """The word to keep: one of those proposed, whatever its capitals. Errors: ValeurRefusee."""
    if ligne.type == TypeLigne.TEXTE:
        if len(texte) > TEXTE_MAX:
            raise ValeurRefusee(f"Ce texte compte {len(texte)} caractères : gardez-en {TEXTE_MAX} au plus.")
        return texte
    choix = [(OUI, OUI), (NON, NON)] if colonne == Colonne.TITULAIRE_UNIQUE else list_choix(ligne)
    for valeur, mot in choix:
        if texte.casefold() in (valeur.casefold(), mot.casefold()):
            return valeur
    raise ValeurRefusee(f"« {texte[:40]} » n'est pas un choix proposé : {', '.join(mot for _, mot in choix)}.")


def check_reponse(ligne: Any, reponse: ReponseSaisie, cette_annee: int = ANNEES[1]) -> dict[str, str]:
    """What cannot be kept, by column (or ``annee``, ``source``, ``qualite``, ``commentaire``); empty: all is well.

    ``cette_annee``: no figure is of a later year.
    """
    fautes: dict[str, str] = {}
    for colonne, valeur in reponse.valeurs.items():
        if message := check_valeur(ligne, colonne, valeur):
            fautes[colonne] = message
    agents, departs = (reponse.valeurs.get(colonne) for colonne in (Colonne.AGENTS, Colonne.DEPARTS))
    if isinstance(agents, int) and isinstance(departs, int) and departs > agents and not fautes:
        fautes[Colonne.DEPARTS] = "Les départs prévus sont parmi les agents : il y en a plus que d'agents."
    if reponse.inconnu and reponse.valeurs:
        fautes[next(iter(reponse.valeurs))] = IGNORE_ET_REPOND
    if reponse.annee is not None and not ANNEES[0] <= reponse.annee <= ANNEES[1]:
        fautes["annee"] = ANNEE_ILLISIBLE
    elif reponse.annee is not None and reponse.annee > cette_annee:
        fautes["annee"] = f"{reponse.annee} n'est pas encore venue : dites de quelle année est ce chiffre."
    if len(reponse.source) > SOURCE_MAX:
        fautes["source"] = f"Gardez {SOURCE_MAX} caractères au plus."
    if len(reponse.commentaire) > TEXTE_MAX:
        fautes["commentaire"] = f"Gardez {TEXTE_MAX} caractères au plus."
    if reponse.qualite not in Qualite.values:
        fautes["qualite"] = "Dites si ce chiffre est estimé ou établi."
    return fautes


def check_valeur(ligne: Any, colonne: str, valeur: Any) -> str:
    """Why this typed value cannot be kept; empty when it can."""
    if colonne not in ligne.colonnes:
        return "Cette ligne ne demande pas ce chiffre."
    is_number = is_nombre(ligne, colonne)
    if not isinstance(valeur, int if is_number else str) or isinstance(valeur, bool):
        return "Un nombre est attendu ici." if is_number else "Des mots sont attendus ici."
    try:
        check_nombre(colonne, valeur) if is_number else find_mot(ligne, colonne, valeur)
    except ValeurRefusee as refusee:
        return str(refusee)
    return "" if valeur != "" else "Laissez vide ce que vous ne savez pas."


def write_valeur(ligne: Any, colonne: str, valeur: Valeur | None) -> str:
    """A value as it is typed again in its field: ``12,5``; words as they are kept."""
    if valeur is None:
        return ""
    return write_centiemes(valeur) if is_nombre(ligne, colonne) and isinstance(valeur, int) else str(valeur)


def write_centiemes(centiemes: int) -> str:
    """``1 234``, ``1 234,5``: no idle zero."""
    if centiemes % 100 == 0:
        return nombre(centiemes // 100)
    return nombre(Fraction(centiemes, 100), 1 if centiemes % 10 == 0 else 2)


def to_decimal(centiemes: int) -> int | Decimal:
    """The number that a spreadsheet keeps: whole, or with its decimals."""
    return centiemes // 100 if centiemes % 100 == 0 else (Decimal(centiemes) / 100).normalize()


def show_valeur(ligne: Any, colonne: str, valeur: Valeur | None) -> str:
    """A value as it is read: amounts with their euro sign, choices in their words; empty when it is unknown."""
    if valeur is None:
        return ""
    if not is_nombre(ligne, colonne):
        return dict(list_choix(ligne)).get(str(valeur), str(valeur))
    texte = write_valeur(ligne, colonne, valeur)
    return f"{texte}\u00a0€" if ligne.type == TypeLigne.MONTANT or colonne in EN_EUROS else texte
