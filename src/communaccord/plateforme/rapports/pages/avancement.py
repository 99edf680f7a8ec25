"""How far the making of a file is, in one sentence."""

from typing import Any

from communaccord.plateforme.rapports.enums import EN_ATTENTE, EtatFabrication, Genre
from communaccord.plateforme.rapports.models import Fabrication, VersionRapport
from communaccord.plateforme.socle.typographie import FINE, INSECABLE, nombre, prose

SENS = {
    EtatFabrication.DEMANDEE: "attente",
    EtatFabrication.EN_COURS: "attente",
    EtatFabrication.PRETE: "oui",
    EtatFabrication.ECHEC: "non",
}


def write_phrase(fabrication: Fabrication) -> str:
    """``Le document est en cours : 45 %, commune 70 sur 158.``"""
    if fabrication.etat == EtatFabrication.PRETE:
        return prose(f"Le document est prêt : {write_taille(fabrication.taille)}.")
    if fabrication.etat == EtatFabrication.ECHEC:
        return prose(f"Le document n'a pas été fait. {fabrication.erreur}")
    if fabrication.etat == EtatFabrication.DEMANDEE:
        return prose("Le document attend son tour. Vous pouvez quitter cette page et y revenir.")
    suite = f", {fabrication.etape}" if fabrication.etape else ""
    return prose(f"Le document est en cours : {fabrication.avancement}{FINE}%{suite}. Vous pouvez quitter cette page.")


def write_taille(octets: int) -> str:
    """``1,2 Mo``, ``340 ko``."""
    if octets >= 1_000_000:
        return f"{nombre(octets / 1_000_000, 1)}{INSECABLE}Mo"
    return f"{nombre(max(1, octets // 1000))}{INSECABLE}ko"


def is_en_attente(fabrication: Fabrication) -> bool:
    return fabrication.etat in EN_ATTENTE


def is_a_demander(fabrication: Fabrication) -> bool:
    """Whether asking again makes something else: a draft moves, a failure may pass, a validation changes the pages."""
    if is_en_attente(fabrication):
        return False
    return fabrication.version is None or fabrication.etat == EtatFabrication.ECHEC or fabrication.est_perimee


def name_document(fabrication: Fabrication) -> str:
    """``Rapport (PDF), version 2``."""
    suite = f"version {fabrication.version.numero}" if fabrication.version else "brouillon"
    return f"{Genre(fabrication.genre).label}, {suite}"


def name_fichier(fabrication: Fabrication, *, fictif: bool) -> str:
    """``rapport-mutualisations-v2-projet-fictif.pdf``."""
    version = fabrication.version
    quoi = "courriers-mutualisations" if fabrication.genre == Genre.COURRIERS else "rapport-mutualisations"
    suite = f"-v{version.numero}" if version else "-brouillon"
    suite += "-projet" if fabrication.projet else ""
    return f"{quoi}{suite}{'-fictif' if fictif else ''}.{fabrication.nom_interne.rpartition('.')[2]}"


def build_documents(
    fabrications: dict[str, Fabrication], version: VersionRapport | None, cles: dict[str, str]
) -> list[dict[str, Any]]:
    """One line a kind of file: its name, and where its making stands when it was asked. ``cles``: by kind."""
    kinds = [kind for kind in Genre if version is not None or kind != Genre.COURRIERS]
    lignes = []
    for kind in kinds:
        fabrication = fabrications.get(cles[kind])
        lignes.append(
            {
                "genre": kind.value,
                "libelle": kind.label,
                "fabrication": fabrication,
                "sens": SENS[EtatFabrication(fabrication.etat)] if fabrication else "",
                "perimee": fabrication is not None and fabrication.est_perimee,
                "a_demander": fabrication is None or is_a_demander(fabrication),
            }
        )
    return lignes
