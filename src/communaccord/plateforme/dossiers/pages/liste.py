"""The list of dossiers: what each is about and where it stands."""

from collections.abc import Sequence
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.enums import EtatDossier, Lecture
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.dossiers.rules import get_lecture
from communaccord.plateforme.socle.typographie import enumeration, prose

ORDRE = [EtatDossier.PRESENTE, EtatDossier.BROUILLON, EtatDossier.CONCLU, EtatDossier.RETIRE]
SENS = {
    EtatDossier.PRESENTE: "oui",
    EtatDossier.BROUILLON: "attente",
    EtatDossier.CONCLU: "neutre",
    EtatDossier.RETIRE: "non",
}


def build_lignes(acteur: Acteur, dossiers: Sequence[Dossier]) -> list[dict[str, Any]]:
    """Presented first; those only open to the collecte lead to the figures."""
    ordered = sorted(dossiers, key=lambda dossier: (ORDRE.index(EtatDossier(dossier.etat)), dossier.titre, dossier.pk))
    return [
        {
            "dossier": dossier,
            "collecte": get_lecture(acteur, dossier) is Lecture.COLLECTE,
            "sens": SENS[EtatDossier(dossier.etat)],
        }
        for dossier in ordered
    ]


def write_phrase(dossiers: Sequence[Dossier]) -> str:
    """``Deux dossiers sont présentés, un est en préparation.``"""
    if not dossiers:
        return "Aucun dossier n'est ouvert à votre lecture pour l'instant."
    counts = [(etat, sum(dossier.etat == etat for dossier in dossiers)) for etat in ORDRE]
    parts = [write_compte(etat, nombre) for etat, nombre in counts if nombre]
    first = parts[0].split(" ", 1)
    parts[0] = f"{first[0]} dossier{'s' if not parts[0].startswith('1 ') else ''} {first[1]}"
    return prose(f"{enumeration(parts)}.")


def write_compte(etat: EtatDossier, nombre: int) -> str:
    verbe = "sont" if nombre > 1 else "est"
    accord = "s" if nombre > 1 and etat is not EtatDossier.BROUILLON else ""
    return f"{nombre} {verbe} {etat.label}{accord}"
