"""Criteria of a key that cannot be computed yet, for want of figures: a slider never refills them by itself."""

from dataclasses import replace
from fractions import Fraction

from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Critere, Simulation
from communaccord.simulateur.validation.coherence import check_coherence
from communaccord.simulateur.validation.lecteur import Lecteur

# Criteria given commune by commune, and only so; the volume of the usage may still be typed as a total.
PAR_COMMUNE = (Critere.TEMPS, Critere.POTENTIEL_FISCAL)


def find_sans_donnees(saisie: Saisie) -> frozenset[Critere]:
    """Criteria without any figure in a form that is being filled in."""
    remplis = {nom.rsplit("-", 1)[-1] for nom, valeur in saisie.champs.items() if nom[:9] == "communes-" and valeur}
    return frozenset(critere for critere in PAR_COMMUNE if critere not in remplis)


def find_incalculables(simulation: Simulation, rang: int) -> frozenset[Critere]:
    """Criteria that the check of a whole simulation would refuse in the key of one variant."""
    return frozenset(critere for critere in Critere if not is_calculable(simulation, rang, critere))


def is_calculable(simulation: Simulation, rang: int, critere: Critere) -> bool:
    """Whether the variant ``rang`` could be shared on this criterion alone."""
    lecteur = Lecteur()
    essai = replace(simulation.variantes[rang], cle=((critere, Fraction(1)),))
    check_coherence(lecteur, replace(simulation, variantes=(essai,)))
    return not lecteur.anomalies
