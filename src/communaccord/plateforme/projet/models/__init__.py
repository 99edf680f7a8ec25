"""The projet de territoire: its plan, its frame, its charte."""

from communaccord.plateforme.projet.models.plan import ActionProjet, Objectif, Orientation

__all__ = ["ActionProjet", "Objectif", "Orientation"]
