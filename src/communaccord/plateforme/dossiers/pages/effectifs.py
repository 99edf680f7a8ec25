"""Staff of a commune as it is told to a reader: exact to those who may know, masked for the others."""

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.models import EffetCommune
from communaccord.plateforme.dossiers.rules import mask_effectifs, reads_effectifs
from communaccord.plateforme.socle.typographie import prose


def tell_effectifs(acteur: Acteur, effet: EffetCommune) -> tuple[str, ...]:
    """Agents today, agents who would join the service, agents afterwards: three texts."""
    nombres = (effet.agents_avant, effet.agents_concernes, effet.agents_apres)
    if reads_effectifs(acteur, effet.commune_id):
        return tuple("inconnu" if nombre is None else str(nombre) for nombre in nombres)
    return mask_effectifs(*nombres)


def write_effectifs(acteur: Acteur, effet: EffetCommune) -> str:
    """``3 agents aujourd'hui, 2 rejoindraient le service, 1 ensuite``; empty when nothing is known."""
    if effet.agents_avant is None:
        return ""
    avant, concernes, apres = tell_effectifs(acteur, effet)
    return prose(f"{avant} aujourd'hui, {concernes} rejoindraient le service, {apres} ensuite")
