"""The précadrage and the charte: who writes, who reads, who validates, who joins. Pure, without any query."""

from typing import Any

from communaccord.plateforme.comptes.enums import ELUS, EQUIPE, EXECUTIF, TABLE, Role
from communaccord.plateforme.projet.enums.cadre import EtatCadre, EtatCharte
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus

# The frame is political: the presidency and the vice-presidents hold the pen with those who prepare.
ECRIVENT = EQUIPE | EXECUTIF | {Role.CONSULTANT}
# Who records what an instance decided.
VALIDENT = EQUIPE | {Role.PRESIDENT}
# Who reads what is proposed, before it is validated: those who will say yes or no, and those who prepare.
LISENT_LES_PROJETS = TABLE | ELUS

AUTRE_DEMARCHE = Refus("Ce document est celui d'une autre démarche.")
SANS_ECRIRE = Refus("L'équipe projet et la présidence écrivent ce document : dites-leur ce que vous souhaitez changer.")
SANS_VALIDER = Refus("L'équipe projet ou la présidence note ce que l'instance a validé.")
SANS_REJOINDRE = Refus("La charte est rejointe par les élus et les élues de la démarche.")
PAS_ADOPTEE = Refus("Cette charte n'est pas encore adoptée : on ne peut pas encore la rejoindre.")


def may_write(acteur: Any, demarche_id: int) -> Decision:
    """Write, propose or take back a version of the précadrage; write the charte."""
    if acteur.demarche_id != demarche_id:
        return AUTRE_DEMARCHE
    return PERMIS if acteur.role in ECRIVENT else SANS_ECRIRE


def may_validate(acteur: Any, demarche_id: int) -> Decision:
    """Record that an instance validated the précadrage, or adopted the charte."""
    if acteur.demarche_id != demarche_id:
        return AUTRE_DEMARCHE
    return PERMIS if acteur.role in VALIDENT else SANS_VALIDER


def may_join(acteur: Any, charte: Any) -> Decision:
    """Declare that one commits oneself on the basis of an adopted charte."""
    if acteur.demarche_id != charte.demarche_id:
        return AUTRE_DEMARCHE
    if acteur.role not in ELUS:
        return SANS_REJOINDRE
    return PERMIS if charte.etat == EtatCharte.ADOPTEE else PAS_ADOPTEE


def list_etats_lus(role: str) -> frozenset[str]:
    """States of the précadrage that a role reads: what was validated is for everybody of the démarche."""
    if role in ECRIVENT:
        return frozenset(EtatCadre)
    if role in LISENT_LES_PROJETS:
        return frozenset({EtatCadre.PROPOSE, EtatCadre.VALIDE})
    return frozenset({EtatCadre.VALIDE})


def list_etats_charte_lus(role: str) -> frozenset[str]:
    """States of the charte that a role reads."""
    if role in ECRIVENT | LISENT_LES_PROJETS:
        return frozenset(EtatCharte)
    return frozenset({EtatCharte.ADOPTEE})
