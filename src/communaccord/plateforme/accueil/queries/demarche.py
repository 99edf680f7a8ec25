"""The territory of a démarche as its actor may see it."""

from datetime import date

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat, MandatQuerySet
from communaccord.plateforme.demo.models import CarteFictive
from communaccord.plateforme.territoires.models import Carte


def find_carte(acteur: Acteur) -> Carte | CarteFictive | None:
    """The map of the territory: the public one of its SIREN, or the one drawn for an invented territory. One query."""
    if acteur.demarche.fictive:
        return CarteFictive.objects.visible_to(acteur).first()
    return Carte.objects.filter(pk=acteur.demarche.siren).first()


def list_maires(acteur: Acteur, jour: date) -> MandatQuerySet:
    """Mayors in office that day."""
    mandats = Mandat.objects.visible_to(acteur).filter(role=Role.MAIRE).active_on(jour)
    return mandats.select_related("personne")
