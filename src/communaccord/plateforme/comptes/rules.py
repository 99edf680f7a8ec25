"""Who may, among people: pure functions of an actor (comptes.Acteur); a refusal says why."""

from typing import Any

from communaccord.plateforme.comptes.enums import AVEC_CODE, EQUIPE, MAIRIE
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus
from communaccord.plateforme.territoires.rules import may_give_code

EQUIPE_SEULE = Refus("Les personnes de la démarche sont tenues par l'équipe projet : demandez-lui ce changement.")
SANS_CODE = Refus("Votre rôle ne valide rien par un code : il n'a pas de code personnel.")
CODE_SANS_OBJET = Refus("Ce rôle ne valide rien par un code : seuls les maires et la présidence ont un code personnel.")
CODE_A_SOI = Refus(
    "Vous lisez vous-même les messages de cette personne : son code lui est remis par quelqu'un d'autre de l'équipe "
    "projet, pour que nul ne fasse et n'utilise le même code."
)
CODE_FAIT_PAR_SOI = Refus(
    "Ce code provisoire a été fait avec le compte que vous utilisez : demandez à quelqu'un d'autre de l'équipe projet "
    "d'en faire un, pour que nul ne fasse et n'utilise le même code."
)
CONDUITE_ET_MAIRIE = (
    "Qui conduit la démarche ne lit pas les réponses d'une commune : {nom}, ou son adresse, ne peut à la fois être de "
    "l'équipe projet et agir pour une mairie. Donnez l'un des deux mandats à une autre personne, avec une autre "
    "adresse, ou mettez d'abord fin à l'autre mandat."
)
AUTRE_DEMARCHE = Refus("Cette personne ou cette commune n'est pas de votre démarche.")
ADMINISTRATION_SEULE = Refus("Cette page est celle des personnes qui administrent l'installation.")
CONFIRMATION_EQUIPE = Refus("La démarche est confirmée par l'équipe projet, avec le code reçu au siège.")


def may_manage_personnes(acteur: Any) -> Decision:
    """Add, invite, import people; open and end their mandates; change the address that reaches them."""
    return PERMIS if acteur.est_equipe else EQUIPE_SEULE


def may_reset_code(acteur: Any, *, roles: frozenset[str], compte_id: int | None) -> Decision:
    """Give a provisional code to somebody whose ``roles`` validate; never to the account of the one who gives it."""
    if not acteur.est_equipe:
        return EQUIPE_SEULE
    if not roles & AVEC_CODE:
        return CODE_SANS_OBJET
    if compte_id is not None and acteur.mandat.personne.compte_id == compte_id:
        return CODE_A_SOI
    return may_give_code(acteur.demarche)


def may_replace_code(acteur: Any) -> Decision:
    """Choose one's own code."""
    return PERMIS if acteur.role in AVEC_CODE else SANS_CODE


def may_use_provisoire(acteur: Any, *, pose_par_id: int | None) -> Decision:
    """Replace a provisional code that the account ``pose_par_id`` made: never that account itself."""
    is_own = pose_par_id is not None and acteur.mandat.personne.compte_id == pose_par_id
    return CODE_FAIT_PAR_SOI if is_own else PERMIS


def may_hold_together(nom: str, roles: frozenset[str]) -> Decision:
    """Somebody (or their account) with these roles in one démarche: who conducts it reads no answer of a commune."""
    return Refus(CONDUITE_ET_MAIRIE.format(nom=nom)) if roles & EQUIPE and roles & MAIRIE else PERMIS


def may_confirm_by_code(acteur: Any) -> Decision:
    return PERMIS if acteur.est_equipe else CONFIRMATION_EQUIPE


def may_administer(compte: Any) -> Decision:
    """Confirm the démarches of an installation: an account, not somebody of a démarche."""
    return PERMIS if compte.is_active and compte.is_staff else ADMINISTRATION_SEULE
