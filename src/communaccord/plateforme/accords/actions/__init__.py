"""The write side of the table des accords: one function for each act of a person, and what the clock does."""

from communaccord.plateforme.accords.actions.assesseurs import (
    accept_assesseur,
    contribute_part,
    decline_assesseur,
    draw_assesseurs,
)
from communaccord.plateforme.accords.actions.brouillons import resume_precedente, save_brouillon, submit_au_maire
from communaccord.plateforme.accords.actions.depouillement import declare_non_depouillable, depouiller
from communaccord.plateforme.accords.actions.enveloppes import (
    confirm_enveloppe,
    discard_enveloppe,
    enter_enveloppe,
    register_enveloppe,
    reject_saisie,
    reread_enveloppe,
    return_enveloppe,
)
from communaccord.plateforme.accords.actions.partages import share_a_vous_seule, share_element
from communaccord.plateforme.accords.actions.regles import (
    adopt_regle_du_jeu,
    prepare_regle_du_jeu,
    write_regle_du_jeu,
)
from communaccord.plateforme.accords.actions.tours import (
    abandon_tour,
    change_tour,
    extend_cloture,
    open_tour,
    prepare_tour,
)
from communaccord.plateforme.accords.actions.validation import (
    reopen_reponse,
    reread_plis,
    validate_reponse,
    validate_reponses,
    withdraw_reponse,
)
from communaccord.plateforme.accords.actions.veille import remind_commune, veiller

__all__ = [
    "abandon_tour",
    "accept_assesseur",
    "adopt_regle_du_jeu",
    "change_tour",
    "confirm_enveloppe",
    "contribute_part",
    "declare_non_depouillable",
    "decline_assesseur",
    "depouiller",
    "discard_enveloppe",
    "draw_assesseurs",
    "enter_enveloppe",
    "extend_cloture",
    "open_tour",
    "prepare_regle_du_jeu",
    "prepare_tour",
    "register_enveloppe",
    "reject_saisie",
    "remind_commune",
    "reopen_reponse",
    "reread_enveloppe",
    "reread_plis",
    "resume_precedente",
    "return_enveloppe",
    "save_brouillon",
    "share_a_vous_seule",
    "share_element",
    "submit_au_maire",
    "validate_reponse",
    "validate_reponses",
    "veiller",
    "withdraw_reponse",
    "write_regle_du_jeu",
]
