"""What each part still lacks, without writing it: enough for the room, in few queries."""

from collections.abc import Callable, Mapping

from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.pages.contenu.impact import list_tous
from communaccord.plateforme.rapports.queries import Sources

# Matter of another room: its name among ``Sources.presentes``, and what is said when it is not there.
ATTENDUES = {
    ClePartie.CONTEXTE: ("a_instances", "les instances ne sont pas installées"),
    ClePartie.PROJET: ("a_orientations", "aucune orientation n'est écrite"),
    ClePartie.CADRE: ("a_cadre", "le précadrage n'est pas encore validé"),
    ClePartie.ETAT_DES_LIEUX: ("a_photographie", "il n'est pas encore figé"),
    ClePartie.CALENDRIER: ("a_phases", "les dates des phases ne sont pas posées"),
}
PAS_ECRIT = "il n'est pas encore écrit"
SANS_ACTION = "aucun dossier présenté n'est retenu"
SANS_CHIFFRE = "aucune action n'a son scénario"
SANS_DATE = "la date du conseil visé pour l'approbation n'est pas dite"


def list_manques_partie(sources: Sources, cle: str, texte: str) -> list[str]:
    """Sentences without capital nor period; empty when the part is whole. ``texte``: what people wrote."""
    if cle == ClePartie.MOT:
        return [] if texte.strip() else [PAS_ECRIT]
    manques = []
    if cle in ATTENDUES:
        nom, phrase = ATTENDUES[ClePartie(cle)]
        manques += [] if nom in sources.presentes else [phrase]
    if cle == ClePartie.CALENDRIER and sources.demarche.approbation_visee is None:
        manques.append(SANS_DATE)
    return manques + CHIFFRES[cle](sources) if cle in CHIFFRES else manques


def list_actions(sources: Sources) -> list[str]:
    if not sources.retenues:
        return [SANS_ACTION]
    sans = [action for action in sources.retenues if action.scenario is None]
    return [f"l'action « {action.dossier.titre} » n'a pas de scénario retenu" for action in sans]


def list_impact(sources: Sources) -> list[str]:
    return list_tous(sources) if sources.retenues else [SANS_ACTION]


def list_annexes(sources: Sources) -> list[str]:
    return [] if sources.chiffrees else [SANS_CHIFFRE]


CHIFFRES: Mapping[str, Callable[[Sources], list[str]]] = {
    ClePartie.ACTIONS: list_actions,
    ClePartie.IMPACT: list_impact,
    ClePartie.ANNEXES: list_annexes,
}
