"""The follow-up of the sheets for the équipe projet: one row a commune, in neutral words, sorted as one asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from communaccord.plateforme.diagnostic.enums import EtatFiche
from communaccord.plateforme.diagnostic.models import Campagne, Fiche
from communaccord.plateforme.socle.typographie import moment, pluriel, prose

ENTRE_DEUX_RELANCES = timedelta(days=7)
ORDRE_ETATS = {EtatFiche.A_REMPLIR: 0, EtatFiche.EN_COURS: 1, EtatFiche.VALIDEE: 2}
COLONNES = (
    ("commune", "Commune", False),
    ("etat", "Fiche", False),
    ("remplies", "Lignes remplies", True),
    ("questions", "Questions en attente", True),
)


@dataclass(frozen=True, slots=True)
class Tri:
    """A column and its direction, as the address says them."""

    cle: str = "commune"
    inverse: bool = False


def read_tri(texte: str) -> Tri:
    """``etat``, or ``-etat`` backwards; by commune when it says nothing known."""
    cle = texte.removeprefix("-")
    known = {nom for nom, _, _ in COLONNES}
    return Tri(cle, texte.startswith("-")) if cle in known else Tri()


def sort_fiches(fiches: Sequence[Fiche], tri: Tri) -> list[Fiche]:
    """Stable: equal rows stay in the order of the names of the communes, whichever the direction."""
    values = {
        "commune": lambda fiche: get_nom(fiche),
        "etat": lambda fiche: ORDRE_ETATS[EtatFiche(fiche.etat)],
        "remplies": lambda fiche: fiche.remplies,
        "questions": lambda fiche: fiche.en_attente,
    }
    named = sorted(fiches, key=get_nom)
    return sorted(named, key=values[tri.cle], reverse=tri.inverse)


def get_nom(fiche: Fiche) -> tuple[int, str, str]:
    """The intercommunalité first, then by name."""
    return (0, "", "") if fiche.commune is None else (1, fiche.commune.cle_tri, fiche.commune.code)


def build_colonnes(adresse: str, tri: Tri) -> list[dict[str, Any]]:
    """Headings that sort; a second click turns the order round."""
    colonnes = []
    for cle, titre, num in COLONNES:
        current = tri.cle == cle
        inverse = "-" if current and not tri.inverse else ""
        sens = ("desc" if tri.inverse else "asc") if current else ""
        colonnes.append({"cle": cle, "titre": titre, "num": num, "sens": sens, "tri": f"{adresse}?tri={inverse}{cle}"})
    return colonnes


def build_lignes(fiches: Sequence[Fiche], totaux: Mapping[bool, int]) -> list[dict[str, Any]]:
    """One row a sheet; ``totaux``: number of lines asked, by whether the sheet is a commune's."""
    return [
        {
            "fiche": fiche,
            "filtre": fiche.commune.nom if fiche.commune else fiche.campagne.demarche.nom_epci,
            "nom": fiche.commune.nom if fiche.commune else fiche.campagne.demarche.nom_epci,
            "etat": fiche.get_etat_display(),
            "remplies": f"{fiche.remplies} sur {totaux[fiche.commune is not None]}",
            "questions": fiche.en_attente or "",
            "validee": fiche.validee_par,
        }
        for fiche in fiches
    ]


def write_phrase(fiches: Sequence[Fiche]) -> str:
    communes = [fiche for fiche in fiches if fiche.commune is not None]
    validees = sum(fiche.etat == EtatFiche.VALIDEE for fiche in communes)
    commencees = sum(fiche.etat == EtatFiche.EN_COURS for fiche in communes)
    questions = sum(fiche.en_attente for fiche in fiches)
    phrase = f"{pluriel(validees, 'fiche validée', 'fiches validées')}, {commencees} en cours, sur {len(communes)}."
    if questions:
        phrase += f" {pluriel(questions, 'question attend', 'questions attendent')} une réponse."
    return prose(phrase)


def write_relance(campagne: Campagne, instant: datetime) -> str:
    """Why a reminder cannot leave now; empty when it can."""
    if campagne.etat != "ouverte":
        return prose("Un rappel part quand l'état des lieux est ouvert.")
    if campagne.relancee_le and campagne.relancee_le > instant - ENTRE_DEUX_RELANCES:
        quand = moment(campagne.relancee_le, campagne.demarche.fuseau)
        return prose(f"Un rappel est parti le {quand} : un par semaine au plus.")
    return ""
