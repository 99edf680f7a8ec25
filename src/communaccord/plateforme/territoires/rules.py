"""Who may, on a démarche: pure functions of an actor (comptes.Acteur) or of a territory; a refusal says why."""

from typing import Any

from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus
from communaccord.plateforme.territoires.enums import EtatDemarche, Nature

EQUIPE_SEULE = Refus("Les phases et leurs dates sont tenues par l'équipe projet : dites-lui ce qui a changé.")
PAS_CONFIRMEE = Refus(
    "La démarche attend encore sa confirmation : tout peut être préparé, mais personne n'est invité d'ici là."
)
CLOSE = Refus(
    "Cette démarche est close : ce qui y est écrit se lit encore, plus rien ne s'y ajoute et personne n'y est invité."
)
CODE_AVANT_CONFIRMATION = Refus(
    "La démarche attend encore sa confirmation : les codes personnels se remettent ensuite, avec les invitations."
)
METROPOLE_DE_LYON = Refus(
    "La métropole de Lyon est une collectivité à statut particulier, non un établissement public de coopération "
    "intercommunale : le schéma de mutualisation, et donc cette démarche, ne la concernent pas."
)


def may_set_phases(acteur: Any) -> Decision:
    """Adjust the dates of the phases, say which one is reached, enter what has already happened."""
    return PERMIS if acteur.est_equipe else EQUIPE_SEULE


def may_invite(demarche: Any) -> Decision:
    """Nobody is invited in the name of an intercommunalité that has not confirmed, or that refused."""
    return PAS_CONFIRMEE if demarche.etat == EtatDemarche.A_CONFIRMER else may_write(demarche)


def may_give_code(demarche: Any) -> Decision:
    """A personal code is of use once the démarche is confirmed, and tells its owner by mail."""
    return CODE_AVANT_CONFIRMATION if demarche.etat == EtatDemarche.A_CONFIRMER else may_write(demarche)


def may_write(demarche: Any) -> Decision:
    """A closed démarche is read only; one that waits may be prepared."""
    return CLOSE if demarche.etat == EtatDemarche.CLOSE else PERMIS


def may_open_on(epci: Any) -> Decision:
    """Open a démarche on this territory."""
    return METROPOLE_DE_LYON if epci.nature == Nature.MET69 else PERMIS
