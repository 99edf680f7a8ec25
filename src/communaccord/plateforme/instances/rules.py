"""Who may, in the room Instances. Pure: an actor and what the object says; `phases` in enums say when."""

from collections.abc import Collection
from typing import Any

from communaccord.plateforme.instances.enums import CONSEILS, DE_TRAVAIL, TypeInstance
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus

ARTICLES_VOTE = "CGCT L5211-6, L5211-10, L5211-11-3"
SANS_VOTE = (
    "On n'enregistre pas de vote ici : aucun texte ne donne à cette instance le pouvoir de décider. Notez sa "
    "conclusion ; elle porte la mention « avis de travail, sans valeur de décision »."
)
AVIS_SEULEMENT = (
    "On n'enregistre pas de vote ici : cette instance donne un avis ou étudie, elle ne décide pas. Notez sa conclusion."
)
AILLEURS = Refus("Cette page est celle d'une autre démarche.")


def belongs(acteur: Any, demarche_id: int) -> Decision:
    """An object of another démarche is out of reach, whoever asks."""
    return PERMIS if acteur.demarche_id == demarche_id else AILLEURS


def may_compose(acteur: Any) -> Decision:
    """Create, adjust and close instances, their members, the poles; put the organisation to the councils."""
    if acteur.est_equipe:
        return PERMIS
    return Refus("L'équipe projet organise les instances. Dites-lui ce que vous souhaitez changer.")


def may_prepare(acteur: Any) -> Decision:
    """Create a séance, write its agenda, cancel it."""
    if acteur.est_equipe:
        return PERMIS
    return Refus("L'équipe projet prépare les séances. Demandez-lui d'ajouter un point à l'ordre du jour.")


def may_convoke(acteur: Any) -> Decision:
    """Send the convocations, which are said « par la présidence »."""
    if acteur.est_equipe or acteur.est_president:
        return PERMIS
    return Refus("La présidence convoque, ou l'équipe projet en son nom.")


def may_answer(acteur: Any, mandat_id: int, commune_id: int | None) -> Decision:
    """Answer a convocation: the person, those who act for the same commune, the équipe projet who notes it."""
    is_own = acteur.mandat_id is not None and acteur.mandat_id == mandat_id
    is_mairie = acteur.est_mairie and commune_id is not None and acteur.commune_id == commune_id
    if is_own or is_mairie or acteur.est_equipe:
        return PERMIS
    return Refus("Cette convocation est adressée à quelqu'un d'autre : cette personne répond, ou sa mairie.")


def may_record(acteur: Any, secretaire_id: int | None) -> Decision:
    """Note presence, conclusions and votes during the séance."""
    if acteur.est_equipe or (secretaire_id is not None and acteur.mandat_id == secretaire_id):
        return PERMIS
    return Refus("L'équipe projet et le ou la secrétaire de séance notent ce qui s'y passe.")


def may_validate_releve(acteur: Any, presidence_ids: Collection[int]) -> Decision:
    """Validate the relevé: who presided, or who presides the instance or the intercommunalité."""
    if acteur.est_president or (acteur.mandat_id is not None and acteur.mandat_id in presidence_ids):
        return PERMIS
    return Refus("Le relevé est validé par la personne qui a présidé la séance, avec son code personnel.")


def may_correct_releve(acteur: Any, presidence_ids: Collection[int]) -> Decision:
    """Reopen a validated relevé to make another version of it."""
    if acteur.est_equipe or may_validate_releve(acteur, presidence_ids):
        return PERMIS
    return Refus("L'équipe projet ou la présidence rouvre un relevé. Dites-leur ce qui est à corriger.")


def may_vote(type_instance: str) -> Decision:
    """Whether a vote may be recorded there: a council, or the bureau within what it was delegated (R-3.1)."""
    if type_instance in CONSEILS or type_instance == TypeInstance.BUREAU:
        return PERMIS
    return Refus(SANS_VOTE if type_instance in DE_TRAVAIL else AVIS_SEULEMENT, ARTICLES_VOTE)


def may_follow_conseil(acteur: Any, commune_id: int | None) -> Decision:
    """Record what a council said of the organisation: the équipe projet, or the mairie of that council."""
    if acteur.est_equipe or (acteur.est_mairie and commune_id is not None and acteur.commune_id == commune_id):
        return PERMIS
    return Refus("La mairie concernée ou l'équipe projet note ce que le conseil a délibéré.")


def may_read_reponses(acteur: Any) -> Decision:
    """Read the answers of everybody to a convocation: those who organise the séance."""
    if acteur.est_equipe or acteur.est_executif:
        return PERMIS
    return Refus("Les réponses aux convocations se lisent par l'équipe projet et la présidence.")
