"""What leaves the validated précadrage, told on the page of a campaign: nothing is prevented."""

from collections.abc import Iterable

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.models import Ligne
from communaccord.plateforme.projet.lecture import list_ecarts_services
from communaccord.plateforme.projet.lecture.ecarts import Ecarts, build_ecarts
from communaccord.plateforme.projet.queries import find_cadre


def read_ecarts(acteur: Acteur, lignes: Iterable[Ligne]) -> Ecarts:
    """Services that the frame excludes and that the questionnaire asks of; one query."""
    cadre = find_cadre(acteur.demarche)
    return build_ecarts(acteur, cadre, list_ecarts_services(cadre, {ligne.service for ligne in lignes}))
