"""Against today, money with money: the contribution and what is really spent. Time is told apart, never added."""

from collections.abc import Sequence
from fractions import Fraction

from communaccord.noyau.partage import Effet
from communaccord.simulateur.ecriture import FINE, format_montant, format_nombre, round_montant

# A difference of less than one euro is no difference for a council.
SEUIL_EGALITE = 100


def compute_ecart_budget(effet: Effet) -> int | None:
    """Contribution minus today's spending, in cents (negative: less to pay); None when the spending is unknown."""
    return None if effet.depense_evitee is None else -effet.depense_evitee


def compute_ecart_affiche(effet: Effet, *, estime: bool) -> int | None:
    """The same, exact then rounded once for display: never a difference of rounded amounts."""
    ecart = compute_ecart_budget(effet)
    return None if ecart is None else round_montant(ecart, estime=estime)


def count_moins(effets: Sequence[Effet]) -> int | None:
    """How many communes would pay less than they spend today, on exact amounts; None when no spending is known."""
    ecarts = [compute_ecart_budget(effet) for effet in effets]
    connus = [ecart for ecart in ecarts if ecart is not None]
    return sum(ecart <= -SEUIL_EGALITE for ecart in connus) if connus else None


def write_temps(effets: Sequence[Effet], *, estime: bool) -> str:
    """Say the time of agents that the service would free, in hours and value: not money; empty when none was given."""
    heures = sum((Fraction(effet.heures_liberees) for effet in effets if effet.heures_liberees), Fraction(0))
    valeur = sum(effet.temps_libere or 0 for effet in effets)
    if not heures and not valeur:
        return ""
    ecrite = format_montant(round_montant(valeur, estime=estime), centimes_visibles=False)
    environ = "environ " if estime else ""
    if not heures:
        return f"Temps d'agents libéré, à part{FINE}: {environ}{ecrite} de temps, pas de l'argent."
    suite = f", {environ}{ecrite} de temps" if valeur else ""
    return f"Temps d'agents libéré, à part{FINE}: {format_nombre(heures, 0)} h{suite}, pas de l'argent."
