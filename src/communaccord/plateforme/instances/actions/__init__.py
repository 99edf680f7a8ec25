"""The acts of the room Instances: each checks the right, then the state, writes, and journals."""

from communaccord.plateforme.instances.actions.convocations import answer_convocation, convoke_seance
from communaccord.plateforme.instances.actions.deliberations import SaisieVote, VoteIncoherent, record_deliberation
from communaccord.plateforme.instances.actions.instances import (
    add_membre,
    close_instance,
    create_instance,
    create_pole,
    delete_pole,
    remove_membre,
    update_instance,
)
from communaccord.plateforme.instances.actions.pieces import FichierRefuse, store_piece
from communaccord.plateforme.instances.actions.points import (
    PointPerime,
    add_point,
    carry_point,
    delete_point,
    move_point,
    update_point,
)
from communaccord.plateforme.instances.actions.precadrage import validate_precadrage
from communaccord.plateforme.instances.actions.presences import LignePresence, record_comptes, record_presences
from communaccord.plateforme.instances.actions.propositions import accept_propositions
from communaccord.plateforme.instances.actions.releves import (
    SaisieReserve,
    SaisieSuite,
    build_projet,
    compute_empreinte,
    record_conclusion,
    reopen_releve,
    validate_releve,
)
from communaccord.plateforme.instances.actions.seances import cancel_seance, create_seance, hold_seance, update_seance
from communaccord.plateforme.instances.actions.suivis import record_suivi, submit_organisation
from communaccord.plateforme.instances.actions.veille import veiller

__all__ = [
    "FichierRefuse",
    "LignePresence",
    "PointPerime",
    "SaisieReserve",
    "SaisieSuite",
    "SaisieVote",
    "VoteIncoherent",
    "accept_propositions",
    "add_membre",
    "add_point",
    "answer_convocation",
    "build_projet",
    "cancel_seance",
    "carry_point",
    "close_instance",
    "compute_empreinte",
    "convoke_seance",
    "create_instance",
    "create_pole",
    "create_seance",
    "delete_point",
    "delete_pole",
    "hold_seance",
    "move_point",
    "record_comptes",
    "record_conclusion",
    "record_deliberation",
    "record_presences",
    "record_suivi",
    "remove_membre",
    "reopen_releve",
    "store_piece",
    "submit_organisation",
    "update_instance",
    "update_point",
    "update_seance",
    "validate_precadrage",
    "validate_releve",
    "veiller",
]
