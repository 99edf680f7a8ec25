"""Amounts of the rapport: those of the pages of the dossiers, written by the same pen; sums of what is shown."""

from collections.abc import Iterable

from communaccord.plateforme.dossiers.models import EffetCommune
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.socle.montants import write_ecart, write_montant

PLUME = Plume()
INCONNU = "non connu"


def write_ligne(effet: EffetCommune) -> tuple[str, str, str]:
    """Today's spending, contribution, difference, as the page of the dossier writes them."""
    return PLUME.write(effet.depense), PLUME.write(effet.contribution), PLUME.write_ecart(PLUME.compute_ecart(effet))


def add_montants(montants: Iterable[int | None]) -> int | None:
    """Sum of amounts as they are shown, so that whoever adds the column finds it; None when one is unknown."""
    total = 0
    for montant in montants:
        if montant is None:
            return None
        total += PLUME.round(montant)
    return total


def write_somme(total: int | None) -> str:
    """A sum, not rounded again."""
    return INCONNU if total is None else write_montant(total)


def write_difference(apres: int | None, avant: int | None) -> str:
    return INCONNU if apres is None or avant is None else write_ecart(apres - avant)


def write_exact(centimes: int | None) -> str:
    """What the équipe projet gave for the intercommunalité: to the euro, as given."""
    return INCONNU if centimes is None else write_montant(centimes)
