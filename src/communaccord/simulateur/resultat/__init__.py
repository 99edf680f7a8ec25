"""Result of a simulation."""

from communaccord.simulateur.resultat.modele import complete_volumes
from communaccord.simulateur.resultat.types import EffetCommune, Refus, Resultat, ResultatVariante

__all__ = ["EffetCommune", "Refus", "Resultat", "ResultatVariante", "complete_volumes"]
