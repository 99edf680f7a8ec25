"""The acts of the état des lieux; each subject adds its own lines."""

from communaccord.plateforme.diagnostic.actions.campagnes import (
    ContenuCampagne,
    close_campagne,
    create_campagne,
    edit_campagne,
    open_campagne,
    remind_mairies,
    reopen_campagne,
)
from communaccord.plateforme.diagnostic.actions.communs import EditionConcurrente, SaisieRefusee
from communaccord.plateforme.diagnostic.actions.fiches import (
    Ecriture,
    ReponseAEcrire,
    record_reponse,
    record_reponses,
    reopen_fiche,
    validate_fiche,
)
from communaccord.plateforme.diagnostic.actions.priorites import (
    ContenuPriorisation,
    close_priorisation,
    create_priorisation,
    edit_priorisation,
    open_priorisation,
    record_bulletin,
)
from communaccord.plateforme.diagnostic.actions.questionnaire import (
    ContenuLigne,
    ServiceDeja,
    accept_proposition,
    add_ligne,
    add_service,
    edit_ligne,
    move_ligne,
    propose_ligne,
    refuse_proposition,
    set_retiree,
)
from communaccord.plateforme.diagnostic.actions.questions import answer_question, ask_question
from communaccord.plateforme.diagnostic.actions.veille import veiller
from communaccord.plateforme.diagnostic.calculs.valeurs import ReponseSaisie

__all__ = [
    "ContenuCampagne",
    "ContenuLigne",
    "ContenuPriorisation",
    "Ecriture",
    "EditionConcurrente",
    "ReponseAEcrire",
    "ReponseSaisie",
    "SaisieRefusee",
    "ServiceDeja",
    "accept_proposition",
    "add_ligne",
    "add_service",
    "answer_question",
    "ask_question",
    "close_campagne",
    "close_priorisation",
    "create_campagne",
    "create_priorisation",
    "edit_campagne",
    "edit_ligne",
    "edit_priorisation",
    "move_ligne",
    "open_campagne",
    "open_priorisation",
    "propose_ligne",
    "record_bulletin",
    "record_reponse",
    "record_reponses",
    "refuse_proposition",
    "remind_mairies",
    "reopen_campagne",
    "reopen_fiche",
    "set_retiree",
    "validate_fiche",
    "veiller",
]
