"""The seats that each commune may hold once the total of the council is fixed, in whole numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from communaccord.noyau.droit.sieges.accord import (
    PART_MAXIMALE_ACCORD,
    PART_MAXIMALE_COMMUNE,
    PART_MAXIMALE_VI,
    TOLERANCE_ACCORD,
    TOLERANCE_VI,
)
from communaccord.noyau.droit.sieges.lectures import Lectures, LectureSiegeUnique, LectureTunnel
from communaccord.noyau.droit.sieges.types import LigneSieges, Nature, RegimeSieges, SiegesDroitCommun


class Voie(Enum):
    """How the communes may depart from the ordinary rule."""

    ACCORD_LOCAL = "accord local"
    SUPPLEMENT_VI = "supplément de 10 %"

    @property
    def label(self) -> str:
        """French label."""
        return self.value

    @property
    def article(self) -> str:
        """The text that opens this way."""
        return "CGCT L5211-6-1 I-2°" if self is Voie.ACCORD_LOCAL else "CGCT L5211-6-1 VI"


@dataclass(frozen=True, slots=True)
class Choix:
    """One number of seats for one commune: ``tolere`` if out of the 20 % by the effect of the others only.

    ``deuxieme``: a second seat given by the exception; ``seul``: one seat kept where that exception was open.
    """

    sieges: int
    tolere: bool
    deuxieme: bool
    seul: bool


def is_voie_ouverte(ordinaire: SiegesDroitCommun, voie: Voie) -> bool:
    """Return whether the nature and the ordinary seats of an EPCI leave ``voie`` open. O(1). Source: R-2.5, R-2.6."""
    if voie is Voie.ACCORD_LOCAL:
        return ordinaire.nature in (Nature.CC, Nature.CA)
    return not ordinaire.v_applicable and ordinaire.regime is RegimeSieges.DROIT_COMMUN


def compute_total_maximal(ordinaire: SiegesDroitCommun, voie: Voie) -> int:
    """Return the largest council that ``voie`` permits: 125 % or 110 % of the seats of III and IV, rounded down. O(n).

    Source: CGCT L5211-6-1 I-2° a and VI (R-2.5, R-2.6).
    """
    part = PART_MAXIMALE_ACCORD if voie is Voie.ACCORD_LOCAL else PART_MAXIMALE_VI
    return ordinaire.total_iv * part.numerator // part.denominator


def list_choix(
    ordinaire: SiegesDroitCommun, ligne: LigneSieges, total: int, voie: Voie, lectures: Lectures
) -> tuple[Choix, ...]:
    """Return, ascending, the numbers of seats one commune may hold in a council of ``total`` seats.

    The conditions of the whole council that bind communes together (sum, order, and for an agreement the reserve of
    the second seat) are left to the search. Complexity: O(number of choices).
    Source: CGCT L5211-6-1 I-2° c to e, VI (R-2.5, R-2.6).
    """
    bas, haut = _find_bornes(ligne, total, voie)
    tolerance = TOLERANCE_ACCORD if voie is Voie.ACCORD_LOCAL else TOLERANCE_VI
    proches = _find_intervalle(ordinaire, ligne, total, tolerance)
    particuliers = {1, 2, ligne.sieges_iv} - set(proches)
    trouves: list[Choix] = []
    for sieges in sorted({*proches, *particuliers}):
        if bas <= sieges <= haut:
            trouves.extend(_admit(ordinaire, ligne, sieges, total, sieges in proches, lectures))
    return tuple(trouves) if voie is Voie.ACCORD_LOCAL else tuple(map(_free, trouves))


def _free(choix: Choix) -> Choix:
    """Return the choice without the reserve of the second seat: 2015-711 DC is read for I-2° e) only, not for VI."""
    return replace(choix, deuxieme=False, seul=False)


def _find_bornes(ligne: LigneSieges, total: int, voie: Voie) -> tuple[int, int]:
    """One seat at least and half at most in an agreement; never below the ordinary rule with VI."""
    if voie is Voie.SUPPLEMENT_VI:
        return ligne.sieges, total
    return 1, total * PART_MAXIMALE_COMMUNE.numerator // PART_MAXIMALE_COMMUNE.denominator


def _find_intervalle(ordinaire: SiegesDroitCommun, ligne: LigneSieges, total: int, tolerance: Fraction) -> range:
    """Return the seats within 20 % of the share of population, or no farther from it than by the ordinary rule.

    With s of T seats and p of P inhabitants: |sP - Tp| / (Tp) at most the tolerance or the old gap a / (T0 p), that
    is |sP - Tp| at most the larger of Tp x tolerance and T x a / T0.
    """
    if not ligne.population:
        return range(0)
    proportion, population = total * ligne.population, ordinaire.population
    ancien = abs(ligne.sieges_iv * population - ordinaire.total_iv * ligne.population)
    marge = max(
        proportion * tolerance.numerator // tolerance.denominator,
        total * ancien // ordinaire.total_iv,
    )
    return range(-((marge - proportion) // population), (proportion + marge) // population + 1)


def _admit(
    ordinaire: SiegesDroitCommun, ligne: LigneSieges, sieges: int, total: int, proche: bool, lectures: Lectures
) -> Iterator[Choix]:
    """Yield the choice if a ground of the text admits it, trying them in the order of the text."""
    seul = sieges == 1 and ligne.sieges_1 == 1
    if proche:
        yield Choix(sieges, tolere=False, deuxieme=False, seul=seul)
    elif sieges == 2 and ligne.sieges_1 == 1:
        yield Choix(sieges, tolere=False, deuxieme=True, seul=False)
    elif sieges == 1 and (
        lectures.siege_unique is LectureSiegeUnique.TOUJOURS or ordinaire.population >= total * ligne.population
    ):
        yield Choix(sieges, tolere=False, deuxieme=False, seul=seul)
    elif sieges == ligne.sieges_iv and lectures.tunnel is LectureTunnel.PRATIQUE:
        yield Choix(sieges, tolere=True, deuxieme=False, seul=seul)
