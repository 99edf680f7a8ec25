"""Result of a simulation."""

from communaccord.simulateur.resultat.budget import (
    compute_ecart_affiche,
    compute_ecart_budget,
    count_moins,
)
from communaccord.simulateur.resultat.calcul import (
    Exacts,
    compute_exacts,
    compute_resultat,
    explain_contribution,
    get_annee_reference,
)
from communaccord.simulateur.resultat.ecriture_json import to_json
from communaccord.simulateur.resultat.modele import complete_volumes, write_libelle
from communaccord.simulateur.resultat.seule import describe_seule, describe_seules
from communaccord.simulateur.resultat.types import EffetCommune, Refus, Resultat, ResultatVariante, list_noms

__all__ = [
    "EffetCommune",
    "Exacts",
    "Refus",
    "Resultat",
    "ResultatVariante",
    "complete_volumes",
    "compute_ecart_affiche",
    "compute_ecart_budget",
    "compute_exacts",
    "compute_resultat",
    "count_moins",
    "describe_seule",
    "describe_seules",
    "explain_contribution",
    "get_annee_reference",
    "list_noms",
    "to_json",
    "write_libelle",
]
