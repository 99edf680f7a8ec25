"""What people do with dossiers: prepare, present, freeze scenarios, give figures. One function per act."""

from communaccord.plateforme.dossiers.actions.chiffres import Chiffres, import_chiffres, record_chiffres
from communaccord.plateforme.dossiers.actions.communs import EditionConcurrente, SaisieRefusee
from communaccord.plateforme.dossiers.actions.dossiers import (
    ContenuDossier,
    close_collecte,
    conclude_dossier,
    create_dossier,
    edit_dossier,
    open_collecte,
    present_dossier,
    reopen_dossier,
    withdraw_dossier,
)
from communaccord.plateforme.dossiers.actions.formes import (
    ContenuBase,
    LignePiece,
    choose_forme,
    record_base,
    record_conditions,
    record_pieces,
    record_reponses,
)
from communaccord.plateforme.dossiers.actions.import_simulation import Import, import_simulation, start_dossier
from communaccord.plateforme.dossiers.actions.scenarios import (
    ContenuScenario,
    create_scenario,
    delete_scenario,
    edit_scenario,
    freeze_scenario,
    open_version,
)

__all__ = [
    "Chiffres",
    "ContenuBase",
    "ContenuDossier",
    "ContenuScenario",
    "EditionConcurrente",
    "Import",
    "LignePiece",
    "SaisieRefusee",
    "choose_forme",
    "close_collecte",
    "conclude_dossier",
    "create_dossier",
    "create_scenario",
    "delete_scenario",
    "edit_dossier",
    "edit_scenario",
    "freeze_scenario",
    "import_chiffres",
    "import_simulation",
    "open_collecte",
    "open_version",
    "present_dossier",
    "record_base",
    "record_chiffres",
    "record_conditions",
    "record_pieces",
    "record_reponses",
    "reopen_dossier",
    "start_dossier",
    "withdraw_dossier",
]
