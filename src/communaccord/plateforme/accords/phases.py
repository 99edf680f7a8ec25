"""When: what a date and a state allow, whoever asks. Pure; `rules` says who, `visible_to` says what is seen."""

from datetime import datetime

from communaccord.plateforme.accords.enums import EtatReponse, EtatTour, PhaseTour
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus


def get_phase(etat: str, ouvre_le: datetime, cloture_le: datetime, instant: datetime) -> PhaseTour:
    """The phase of a round at an instant: an open round is to come, open or closed by its dates alone."""
    if etat != EtatTour.OUVERT:
        return PhaseTour(etat)
    if instant < ouvre_le:
        return PhaseTour.A_VENIR
    return PhaseTour.OUVERT if instant < cloture_le else PhaseTour.CLOS


TROP_TARD = {
    PhaseTour.PREPARATION: "Le tour n'est pas encore lancé : les réponses s'écriront quand il sera ouvert.",
    PhaseTour.A_VENIR: "Le tour n'est pas encore ouvert : les réponses s'écriront à partir de la date d'ouverture.",
    PhaseTour.CLOS: "Le tour est clos : plus aucune réponse n'est acceptée, ni modifiée, ni retirée.",
    PhaseTour.DEPOUILLE: "Le tour est dépouillé : son histoire ne se réécrit pas. Le tour suivant partira de là.",
    PhaseTour.NON_DEPOUILLABLE: "Ce tour n'a pas pu être dépouillé : répondez au nouveau tour.",
    PhaseTour.ABANDONNE: "Ce tour a été abandonné : aucune réponse n'y est plus attendue.",
}


def check_accepts(phase: PhaseTour) -> Decision:
    """Whether answers may be written, validated, reopened or withdrawn."""
    return PERMIS if phase == PhaseTour.OUVERT else Refus(TROP_TARD[phase])


def check_modifiable(phase: PhaseTour, etat: str) -> Decision:
    """Whether the draft of an answer may be written."""
    if phase != PhaseTour.OUVERT:
        return check_accepts(phase)
    if etat == EtatReponse.VALIDEE:
        return Refus("Cette réponse est validée : le ou la maire peut la reprendre, avec son code, jusqu'à la clôture.")
    return PERMIS


def check_depouillable(phase: PhaseTour, enveloppes_en_attente: int) -> Decision:
    """Whether the envelopes may be opened: after closing, once the paper ones are copied and read again."""
    if phase in (PhaseTour.PREPARATION, PhaseTour.A_VENIR, PhaseTour.OUVERT):
        return Refus("Personne n'ouvre les plis avant la clôture du tour.")
    if phase != PhaseTour.CLOS:
        return Refus(TROP_TARD[phase])
    if enveloppes_en_attente:
        return Refus(
            "Des enveloppes reçues sur papier restent à recopier et à relire : le dépouillement les attend, "
            "pour que chaque commune soit comptée."
        )
    return PERMIS
