"""Figures out of all measure: said, never refused, since only the person knows what was meant."""

from collections.abc import Sequence

from communaccord.noyau.partage import Effet
from communaccord.simulateur.ecriture import format_estimation

MAX_PAR_HABITANT = 1_000 * 100
"""Cents by inhabitant and by year: about what a whole intercommunalité spends, far beyond any one shared service."""


def describe_demesure(annuels: Sequence[Effet]) -> list[str]:
    """A sentence when the contributions of a year pass 1,000 € by inhabitant on average. Complexity: O(communes)."""
    population = sum(effet.population for effet in annuels)
    contribution = sum(effet.contribution for effet in annuels)
    if contribution <= MAX_PAR_HABITANT * population or not population:
        return []
    moyenne = format_estimation(contribution // population)
    return [
        f"La contribution serait de {moyenne} par habitant et par an en moyenne\u202f: c'est hors de proportion "
        "avec un service partagé. Vérifiez l'unité de chaque chiffre, par exemple le nombre de postes et leur coût."
    ]
