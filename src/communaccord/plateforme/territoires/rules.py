"""Who may, on a démarche: pure functions of an actor (comptes.Acteur) or of a territory; a refusal says why."""

from typing import Any

from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus
from communaccord.plateforme.territoires.enums import EtatDemarche, Nature

EQUIPE_SEULE = Refus("Les phases et leurs dates sont tenues par l'équipe projet : dites-lui ce qui a changé.")
PAS_CONFIRMEE = Refus(
    "La démarche attend encore sa confirmation : tout peut être préparé, mais personne n'est invité d'ici là."
)
METROPOLE_DE_LYON = Refus(
    "La métropole de Lyon est une collectivité à statut particulier, non un établissement public de coopération "
    "intercommunale : le schéma de mutualisation, et donc cette démarche, ne la concernent pas."
)


def may_set_phases(acteur: Any) -> Decision:
    """Adjust the dates of the phases, say which one is reached, enter what has already happened."""
    return PERMIS if acteur.est_equipe else EQUIPE_SEULE


def may_invite(demarche: Any) -> Decision:
    """Nobody is invited in the name of an intercommunalité that has not confirmed."""
    return PAS_CONFIRMEE if demarche.etat == EtatDemarche.A_CONFIRMER else PERMIS


def may_open_on(epci: Any) -> Decision:
    """Open a démarche on this territory."""
    return METROPOLE_DE_LYON if epci.nature == Nature.MET69 else PERMIS
