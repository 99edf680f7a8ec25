"""The hats of an account."""

from communaccord.plateforme.comptes.acces import is_in_force
from communaccord.plateforme.comptes.models import Compte, Mandat


def list_mandats(compte: Compte) -> list[Mandat]:
    """Mandates that this account holds and that are in force, démarche by démarche."""
    held = Mandat.objects.filter(personne__compte=compte).with_personne().order_by("personne__demarche__nom_epci", "pk")
    return [mandat for mandat in held if is_in_force(mandat)]
