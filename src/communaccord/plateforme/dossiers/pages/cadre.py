"""What leaves the validated précadrage, told on the page of a dossier and of its scenarios: nothing is prevented."""

from collections.abc import Iterable

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.models import Dossier, EffetCommune, Scenario
from communaccord.plateforme.dossiers.queries import list_communes
from communaccord.plateforme.projet.catalogue import CATALOGUE
from communaccord.plateforme.projet.lecture import list_ecarts
from communaccord.plateforme.projet.lecture.ecarts import Ecarts, build_ecarts
from communaccord.plateforme.projet.queries import find_cadre

# A kind of service of the simulator is a service of the catalogue; "libre" is none of them.
SERVICES = {service.domaine: service.cle for service in CATALOGUE if service.domaine}


def get_service(dossier: Dossier) -> str:
    """The key of the catalogue that this dossier tells of; empty when its domain names none."""
    return SERVICES.get(dossier.domaine, "")


def read_ecarts(acteur: Acteur, dossier: Dossier) -> Ecarts:
    """What the dossier does outside of the frame; one query."""
    cadre = find_cadre(dossier.demarche)
    return build_ecarts(acteur, cadre, list_ecarts(cadre, service=get_service(dossier)))


def read_ecarts_fige(acteur: Acteur, dossier: Dossier, scenario: Scenario, effets: Iterable[EffetCommune]) -> Ecarts:
    """What a frozen scenario does outside of the frame, as far as this reader sees its communes; one query."""
    cadre = find_cadre(dossier.demarche)
    found = list_ecarts(
        cadre,
        service=get_service(dossier),
        annee=scenario.gel.annee_debut,
        communes=[effet.commune for effet in effets if effet.participe],
        forme=scenario.forme,
    )
    return build_ecarts(acteur, cadre, found)


def read_ecarts_brouillon(acteur: Acteur, dossier: Dossier, scenario: Scenario) -> Ecarts:
    """What a draft does outside of the frame: told to those who prepare it, before it is frozen."""
    cadre = find_cadre(dossier.demarche)
    if cadre is None:
        return Ecarts()
    codes = set(scenario.leviers.get("perimetre") or ())
    communes = [] if cadre.toutes_communes else list_communes(acteur)
    found = list_ecarts(
        cadre,
        service=get_service(dossier),
        annee=read_annee(scenario),
        communes=[commune for commune in communes if not codes or commune.code in codes],
        forme=scenario.forme,
    )
    return build_ecarts(acteur, cadre, found)


def read_annee(scenario: Scenario) -> int | None:
    """The first year of a draft, None while it is not a year."""
    texte = str(scenario.leviers.get("annees", {}).get("premiere", "")).strip()
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) == 4 else None
