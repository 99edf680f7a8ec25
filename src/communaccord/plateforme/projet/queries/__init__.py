"""What is read of the projet de territoire, one module a subject."""

from communaccord.plateforme.projet.queries.cadre import find_cadre
from communaccord.plateforme.projet.queries.plan import Arbre, read_arbre, read_plan

__all__ = ["Arbre", "find_cadre", "read_arbre", "read_plan"]
