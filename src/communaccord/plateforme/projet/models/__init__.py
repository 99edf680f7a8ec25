"""The projet de territoire: its plan, its frame, its charte."""

from communaccord.plateforme.projet.models.cadre import Cadre, HistoriqueCadre
from communaccord.plateforme.projet.models.charte import Adhesion, Charte, PartieCharte
from communaccord.plateforme.projet.models.plan import ActionProjet, Objectif, Orientation

__all__ = ["ActionProjet", "Adhesion", "Cadre", "Charte", "HistoriqueCadre", "Objectif", "Orientation", "PartieCharte"]
