"""The territory of a démarche as its actor may see it."""

from datetime import date

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat, MandatQuerySet
from communaccord.plateforme.territoires.models import CommuneMembre, PhaseDemarche


def list_communes(acteur: Acteur) -> list[CommuneMembre]:
    return list(CommuneMembre.objects.visible_to(acteur))


def list_maires(acteur: Acteur, jour: date) -> MandatQuerySet:
    """Mayors in office that day."""
    mandats = Mandat.objects.visible_to(acteur).filter(role=Role.MAIRE).active_on(jour)
    return mandats.select_related("personne")


def list_phases(acteur: Acteur) -> list[PhaseDemarche]:
    return list(PhaseDemarche.objects.visible_to(acteur))
