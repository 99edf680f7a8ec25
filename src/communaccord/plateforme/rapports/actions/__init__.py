"""What people do with the rapport: write, choose, freeze, validate, ask for a file; and what the worker does."""

from communaccord.plateforme.rapports.actions.choix import Choix, record_choix
from communaccord.plateforme.rapports.actions.communs import EditionConcurrente
from communaccord.plateforme.rapports.actions.fabrications import ask_fabrication, fabricate, veiller
from communaccord.plateforme.rapports.actions.parties import MAX_TEXTE, mark_relue, record_partie
from communaccord.plateforme.rapports.actions.versions import freeze_version, validate_version, withdraw_validation

__all__ = [
    "MAX_TEXTE",
    "Choix",
    "EditionConcurrente",
    "ask_fabrication",
    "fabricate",
    "freeze_version",
    "mark_relue",
    "record_choix",
    "record_partie",
    "validate_version",
    "veiller",
    "withdraw_validation",
]
