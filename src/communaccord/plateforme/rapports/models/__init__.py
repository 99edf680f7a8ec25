"""The rapport, its parts written by people, its frozen versions, and the files made of them."""

from communaccord.plateforme.rapports.models.fabrication import Fabrication
from communaccord.plateforme.rapports.models.rapport import ChoixAction, Partie, Rapport
from communaccord.plateforme.rapports.models.version import RetraitValidation, ValidationVersion, VersionRapport

__all__ = [
    "ChoixAction",
    "Fabrication",
    "Partie",
    "Rapport",
    "RetraitValidation",
    "ValidationVersion",
    "VersionRapport",
]
