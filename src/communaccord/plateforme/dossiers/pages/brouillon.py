"""A draft as those who prepare it see it: its computed preview, or what still prevents it from being frozen."""

from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.bridge.apercu import compute_apercu
from communaccord.plateforme.dossiers.bridge.gel import SansReponse
from communaccord.plateforme.dossiers.bridge.simulation import is_chiffres, parse_leviers
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.dossiers.pages.dossier import list_engagements, write_hausse
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.postes import write_ecart_postes
from communaccord.plateforme.dossiers.pages.scenario import build_apercu
from communaccord.plateforme.dossiers.queries import list_communes, list_effectifs, list_valeurs
from communaccord.plateforme.socle.saisie import majuscule
from communaccord.plateforme.socle.typographie import prose
from communaccord.simulateur import Anomalie, Simulation


def read_brouillon(acteur: Acteur, dossier: Dossier, scenario: Scenario, plume: Plume) -> dict[str, Any]:
    """The preview, or the reasons why there is none."""
    lue = parse_leviers(
        dossier, list_communes(acteur), list_valeurs(acteur, dossier), scenario.leviers, scenario.libelle
    )
    context: dict[str, Any] = {
        "plume": plume,
        "engagements": list_engagements(scenario),
        "hausse_max": write_hausse(scenario),
        "apercu": None,
        "empechements": [],
    }
    if not isinstance(lue, Simulation):
        return {**context, "empechements": [write_empechement(anomalie) for anomalie in lue]}
    try:
        apercu = compute_apercu(lue)
        postes = write_ecart_postes(acteur, apercu.etp, list_effectifs(acteur, [scenario.pk]))
        return {**context, "apercu": build_apercu(apercu, plume), "postes": postes}
    except SansReponse as sans:
        return {**context, "empechements": [{"texte": prose(str(sans)), "chiffres": False}]}


def write_empechement(anomalie: Anomalie) -> dict[str, Any]:
    """The sentence, and whether it is mended on the page of the figures."""
    texte = f"{anomalie.libelle} : {anomalie.message} {majuscule(anomalie.que_faire)}"
    return {"texte": prose(texte.strip()), "chiffres": is_chiffres(anomalie)}
