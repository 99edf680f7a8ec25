"""The page of the précadrage: its sentence, its fields, its versions, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.projet.actions.cadre import list_manques
from communaccord.plateforme.projet.catalogue import CATALOGUE, FAMILLES
from communaccord.plateforme.projet.enums.cadre import EtatCadre, FormeEcartee
from communaccord.plateforme.projet.lecture.cadre import ChampLu, read_champs, write_annees
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.projet.rules.cadre import may_validate, may_write
from communaccord.plateforme.socle.typographie import accord, enumeration, pluriel, prose
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.territoires.models import CommuneMembre

FAITS = {
    "cadre_ouvert": "Version ouverte : écrivez-la, puis proposez-la.",
    "cadre_modifie": "Précadrage enregistré.",
    "cadre_propose": "Précadrage proposé : les élus et les élues le lisent, une instance peut le valider.",
    "cadre_repris": "Précadrage repris : il est de nouveau en préparation.",
    "cadre_valide": "Validation notée : cette version ne change plus.",
}
SENS = {EtatCadre.BROUILLON: "neutre", EtatCadre.PROPOSE: "attente", EtatCadre.VALIDE: "oui"}


@dataclass(frozen=True, slots=True)
class PageCadre:
    """One version as a reader sees it."""

    cadre: Cadre
    sens: str
    phrase: str
    champs: tuple[ChampLu, ...]
    versions: list[Cadre]
    precedente: Cadre | None
    ecrit: bool
    valide: bool
    peut_ouvrir: bool
    conduit: bool
    manques: list[str]


def build_page(acteur: Acteur, cadre: Cadre, versions: Sequence[Cadre], communes: Sequence[CommuneMembre]) -> PageCadre:
    """``versions``: those that the actor reads, the last first."""
    writes = bool(may_write(acteur, cadre.demarche_id))
    may_open = writes and all(other.est_valide for other in versions)
    return PageCadre(
        cadre=cadre,
        sens=SENS[EtatCadre(cadre.etat)],
        phrase=prose(write_phrase(cadre, len(communes))),
        champs=tuple(champ for champ in read_champs(cadre, communes) if not champ.est_vide),
        versions=list(versions),
        precedente=next((other for other in versions if other.numero < cadre.numero), None),
        ecrit=writes,
        valide=bool(may_validate(acteur, cadre.demarche_id)),
        peut_ouvrir=may_open,
        conduit=may_open or (writes and not cadre.est_valide),
        manques=list_manques(cadre) if cadre.etat == EtatCadre.BROUILLON else [],
    )


def write_phrase(cadre: Cadre, communes: int) -> str:
    """The version in one or two sentences."""
    if cadre.etat == EtatCadre.BROUILLON:
        manques = list_manques(cadre)
        suite = f"il reste à écrire : {enumeration(manques)}." if manques else "il peut être proposé."
        return f"Ce précadrage est en préparation ; {suite}"
    resume = write_resume(cadre, communes)
    if cadre.etat == EtatCadre.PROPOSE:
        return f"Ce précadrage est proposé et attend d'être validé par une instance : {resume}."
    return f"Validé le {write_date(cadre.valide_le)} ({cadre.instance}) : {resume}."


def write_resume(cadre: Cadre, communes: int) -> str:
    """How many services are studied and excluded, for whom, when."""
    inclus, exclus = len(cadre.services_inclus), len(cadre.services_exclus)
    parts = [f"{pluriel(inclus, 'service')} à l'étude" if inclus else "tous les services peuvent être étudiés"]
    if exclus:
        parts.append(f"{pluriel(exclus, 'service')} {accord(exclus, 'exclu')}")
    if not cadre.toutes_communes:
        parts.append(f"{len(cadre.codes_communes)} communes sur {communes}")
    parts.extend(filter(None, (write_annees(cadre),)))
    return ", ".join(parts)


def build_services() -> list[dict[str, Any]]:
    """The catalogue by family, for the form."""
    return [
        {"titre": titre, "services": [service for service in CATALOGUE if service.famille == famille]}
        for famille, titre in FAMILLES.items()
    ]


def build_options(communes: Sequence[CommuneMembre]) -> dict[str, list[dict[str, str]]]:
    """The boxes of the form: communes and legal forms."""
    return {
        "communes": [{"valeur": commune.code, "libelle": commune.nom} for commune in communes],
        "formes": [{"valeur": forme.value, "libelle": forme.label} for forme in FormeEcartee],
    }
