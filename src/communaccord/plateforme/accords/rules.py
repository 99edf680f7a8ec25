"""Who may: pure functions of an actor and of what is aimed at. When is in `phases`; what is seen is in `visible_to`.

None of these is a rule of law: the règle du jeu and the confidentiality of the table say them, so no article is given.
"""

from typing import Any

from communaccord.plateforme.accords.enums import RECUEILLIES, EtatAssesseur, ModeOuverture, Origine
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus

EQUIPE_SEULE = Refus("Cet acte revient à l'équipe projet.")
MAIRIE_SEULE = Refus("Cet acte revient à la mairie de cette commune : maire, ou secrétariat de mairie.")
MAIRE_SEUL = Refus("Cet acte revient au ou à la maire de cette commune, avec son code personnel.")
AUTRE_DEMARCHE = Refus("Cet objet appartient à une autre démarche.")


def check_demarche(acteur: Any, demarche_id: int) -> Decision:
    return PERMIS if acteur.demarche_id == demarche_id else AUTRE_DEMARCHE


def acts_for(acteur: Any, commune_id: int) -> bool:
    return acteur.est_mairie and acteur.commune_id == commune_id


# --- The rule and the rounds ------------------------------------------------------------------------------------------


def can_conduct(acteur: Any, demarche_id: int) -> Decision:
    """Write and adopt the rule, prepare, open, extend, abandon a round, draw the assesseurs, register envelopes."""
    if acteur.demarche_id != demarche_id:
        return AUTRE_DEMARCHE
    return PERMIS if acteur.est_equipe else EQUIPE_SEULE


def can_answer_draw(acteur: Any, assesseur: Any) -> Decision:
    """Accept or decline to hold a part of the key: the mayor whom the draw called, and no other."""
    if acteur.mandat_id is None or acteur.mandat_id != assesseur.mandat_id:
        return Refus("Seul ou seule le ou la maire que le sort a désignée peut répondre.")
    return PERMIS


def can_contribute(acteur: Any, tour: Any, assesseur: Any | None) -> Decision:
    """Bring a part of the key: the assesseurs who accepted, in a round that they open."""
    if acteur.demarche_id != tour.demarche_id:
        return AUTRE_DEMARCHE
    if tour.mode != ModeOuverture.ASSESSEURS:
        return Refus("Les plis de ce tour sont ouverts par l'horloge : personne n'en tient une part de la clé.")
    if assesseur is None or assesseur.mandat_id != acteur.mandat_id or assesseur.etat != EtatAssesseur.ACCEPTE:
        return Refus("Cet acte revient aux maires assesseurs de ce tour.")
    return PERMIS


def can_open_plis(acteur: Any, tour: Any) -> Decision:
    """Open by the clock: the clock alone, and only where the rule of the round gives it to the clock."""
    if acteur.demarche_id != tour.demarche_id:
        return AUTRE_DEMARCHE
    if tour.mode != ModeOuverture.HORLOGE:
        return Refus("Les plis de ce tour sont ouverts par deux des trois maires assesseurs.")
    return PERMIS if acteur.est_horloge else Refus("Les plis de ce tour sont ouverts par l'horloge, et par personne.")


# --- The answers ------------------------------------------------------------------------------------------------------


def can_save(acteur: Any, reponse: Any, origine: str) -> Decision:
    """Write a draft: the commune online; the équipe projet what it takes down during a visit or by telephone."""
    if acteur.demarche_id != reponse.tour.demarche_id:
        return AUTRE_DEMARCHE
    if origine == Origine.EN_LIGNE:
        return PERMIS if acts_for(acteur, reponse.commune_id) else MAIRIE_SEULE
    if origine not in RECUEILLIES:
        return Refus("Une réponse sur papier est enregistrée comme enveloppe, puis ouverte après la clôture.")
    return PERMIS if acteur.est_equipe else EQUIPE_SEULE


def can_submit(acteur: Any, reponse: Any) -> Decision:
    """Hand a draft to the mayor: those who act for the commune."""
    if acteur.demarche_id != reponse.tour.demarche_id:
        return AUTRE_DEMARCHE
    return PERMIS if acts_for(acteur, reponse.commune_id) else MAIRIE_SEULE


def can_validate(acteur: Any, reponse: Any) -> Decision:
    """Validate, take back, withdraw, read the plis again: the mayor of the commune (with the code)."""
    if acteur.demarche_id != reponse.tour.demarche_id:
        return AUTRE_DEMARCHE
    return PERMIS if acteur.est_maire and acteur.commune_id == reponse.commune_id else MAIRE_SEUL


def can_share(acteur: Any, demarche_id: int, commune_id: int) -> Decision:
    """Put something of the commune on the table after the opening: the mayor (with the code)."""
    if acteur.demarche_id != demarche_id:
        return AUTRE_DEMARCHE
    return PERMIS if acteur.est_maire and acteur.commune_id == commune_id else MAIRE_SEUL


# --- Envelopes --------------------------------------------------------------------------------------------------------


def can_reread_enveloppe(acteur: Any, enveloppe: Any, *, mode: str, est_assesseur: bool) -> Decision:
    """Read again what was copied from an envelope: a second person, an élu; an assesseur where there are some.

    ``enveloppe`` comes with ``saisie_par__personne``.
    """
    if acteur.demarche_id != enveloppe.tour.demarche_id:
        return AUTRE_DEMARCHE
    if enveloppe.saisie_par_id is not None and is_same_reader(acteur, enveloppe.saisie_par):
        return Refus("Une enveloppe est relue par une autre personne que celle qui l'a recopiée.")
    if mode == ModeOuverture.ASSESSEURS:
        return PERMIS if est_assesseur else Refus("Cette relecture revient à l'un ou l'une des maires assesseurs.")
    is_elu = acteur.est_maire or acteur.est_executif
    return PERMIS if is_elu else Refus("Cette relecture revient à un ou une maire, ou à l'exécutif.")


def is_same_reader(acteur: Any, mandat: Any) -> bool:
    """The same person, whatever the mandate; or two persons of the démarche behind one account."""
    if mandat.personne_id == acteur.personne_id:
        return True
    compte = mandat.personne.compte_id
    return compte is not None and acteur.mandat is not None and acteur.mandat.personne.compte_id == compte
