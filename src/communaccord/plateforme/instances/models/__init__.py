"""Instances, their séances, what was said there, and what the councils answered."""

from communaccord.plateforme.instances.models.deliberations import Deliberation
from communaccord.plateforme.instances.models.instances import Instance, MembreInstance, Pole, PoleCommune
from communaccord.plateforme.instances.models.pieces import Piece
from communaccord.plateforme.instances.models.points import InvitePoint, Point, Reserve, Suite
from communaccord.plateforme.instances.models.releves import Releve
from communaccord.plateforme.instances.models.seances import Convocation, HistoriqueSeance, Presence, Seance
from communaccord.plateforme.instances.models.suivis import SuiviConseil

__all__ = [
    "Convocation",
    "Deliberation",
    "HistoriqueSeance",
    "Instance",
    "InvitePoint",
    "MembreInstance",
    "Piece",
    "Point",
    "Pole",
    "PoleCommune",
    "Presence",
    "Releve",
    "Reserve",
    "Seance",
    "Suite",
    "SuiviConseil",
]
