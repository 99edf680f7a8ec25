"""Result of a simulation."""

from communaccord.simulateur.resultat.calcul import (
    Exacts,
    compute_exacts,
    compute_resultat,
    explain_contribution,
    get_annee_reference,
)
from communaccord.simulateur.resultat.ecriture_json import to_json
from communaccord.simulateur.resultat.modele import complete_volumes
from communaccord.simulateur.resultat.types import EffetCommune, Refus, Resultat, ResultatVariante

__all__ = [
    "EffetCommune",
    "Exacts",
    "Refus",
    "Resultat",
    "ResultatVariante",
    "complete_volumes",
    "compute_exacts",
    "compute_resultat",
    "explain_contribution",
    "get_annee_reference",
    "to_json",
]
