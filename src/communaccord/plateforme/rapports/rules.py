"""Who prepares, signs and reads the rapport; what the law says of it, dated: pure, without any query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from communaccord.plateforme.comptes.enums import EQUIPE, TABLE, Role
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus

PREPARENT = EQUIPE
# The article gives the rapport to the president: whoever prepares it does not validate it.
VALIDENT = frozenset({Role.PRESIDENT})
LISENT = TABLE
# Once validated it goes to every council and is read by all: councillors, staff and their representatives included.
# Nothing in it is told to some only (pages/contenu/effectifs).
LISENT_VALIDE = frozenset(Role)

AUTRE_DEMARCHE = "Ce rapport est celui d'une autre démarche."
SANS_PREPARER = "L'équipe projet prépare le rapport ; vous pouvez lui dire ce qui manque ou ce qui est à revoir."
SANS_VALIDER = "Le rapport est celui de la présidence de l'intercommunalité : elle seule valide une version."
SANS_LIRE = "Le rapport se lit avec un mandat dans la démarche."
SANS_LIRE_BROUILLON = (
    "Le rapport est encore en préparation : vous le lirez ici quand la présidence en aura validé une version."
)


@dataclass(frozen=True, slots=True)
class RegleRapport:
    """What the law says of the rapport. ``fiabilite``: V, text read."""

    article: str
    fiabilite: str
    verifie_le: date
    mois_avis: int
    texte: str


LOI = RegleRapport(
    article="CGCT L5211-39-1",
    fiabilite="V",
    verifie_le=date(2026, 11, 23),
    mois_avis=3,
    texte=(
        "Dans l'année qui suit chaque renouvellement général des conseils municipaux, le président peut établir un "
        "rapport relatif aux mutualisations de services, qui comporte un projet de schéma. Ce rapport est facultatif."
    ),
)


def check_demarche(acteur: Any, demarche_id: int) -> Decision:
    return PERMIS if acteur.demarche_id == demarche_id else Refus(AUTRE_DEMARCHE)


def may_prepare(acteur: Any) -> Decision:
    """Write the parts, choose the scenarios, freeze a version."""
    return PERMIS if acteur.role in PREPARENT else Refus(SANS_PREPARER)


def may_validate(acteur: Any) -> Decision:
    """Say that a version is the rapport that goes to the councils."""
    return PERMIS if acteur.role in VALIDENT else Refus(SANS_VALIDER, LOI.article)


def may_read(acteur: Any) -> Decision:
    """Read the draft and every frozen version."""
    if acteur.role in LISENT:
        return PERMIS
    return Refus(SANS_LIRE_BROUILLON, "CRPA L311-2")


def may_read_valide(acteur: Any) -> Decision:
    """Enter the room, and read a validated version."""
    return PERMIS if acteur.role in LISENT_VALIDE else Refus(SANS_LIRE)


def may_read_papiers(acteur: Any, commune_id: int) -> Decision:
    """The letter and the model of délibération of a commune: those who prepare, the presidency, that commune."""
    if acteur.role in PREPARENT | VALIDENT or acteur.commune_id == commune_id:
        return may_read_valide(acteur)
    return Refus("La lettre et le modèle de délibération d'une commune lui sont remis, et à qui prépare le rapport.")


def may_make(acteur: Any, genre: str) -> Decision:
    """Ask for a file: the letters of all the communes are for those who send them."""
    if genre == "courriers":
        return PERMIS if acteur.role in PREPARENT | VALIDENT else Refus(SANS_PREPARER)
    return may_read(acteur)
