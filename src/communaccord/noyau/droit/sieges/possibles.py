"""The seats that each commune may hold once the total of the council is fixed, in whole numbers."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cache

from communaccord.noyau.droit.sieges.accord import (
    PART_MAXIMALE_ACCORD,
    PART_MAXIMALE_COMMUNE,
    PART_MAXIMALE_VI,
    TOLERANCE_ACCORD,
    TOLERANCE_VI,
)
from communaccord.noyau.droit.sieges.conditions import has_plafond_moitie
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


@dataclass(frozen=True, slots=True)
class Possibles:
    """What the texts let one commune hold, whatever the total of seats: bounds, gap by the ordinary rule, readings.

    ``plancher``: the fewest seats; ``est_plafonnee``: whether nobody may be brought above half; ``acquis``: the seats
    that this half never takes back; ``ecart``: |seats of IV x whole population - all the seats of IV x its
    population|; ``a_reserve``: whether the reserve of the second seat binds it.
    """

    ligne: LigneSieges
    lectures: Lectures
    population: int
    total_iv: int
    plancher: int
    est_plafonnee: bool
    acquis: int
    tolerance: Fraction
    ecart: int
    a_reserve: bool

    def list_choix(self, total: int) -> tuple[Choix, ...]:
        """Return, ascending, the numbers of seats the commune may hold in a council of ``total`` seats.

        The conditions of the whole council that bind communes together (sum, order, and for an agreement the reserve
        of the second seat) are left to the search. Complexity: O(number of choices).
        Source: CGCT L5211-6-1 I-2° c to e, VI (R-2.5, R-2.6).
        """
        part = PART_MAXIMALE_COMMUNE
        haut = max(total * part.numerator // part.denominator, self.acquis) if self.est_plafonnee else total
        proches = self._find_intervalle(total)
        debut, fin = max(self.plancher, proches.start), min(haut + 1, proches.stop)
        choix = [_build_choix(s, seul=s == 1 and self.a_reserve) for s in range(debut, fin)]
        particuliers = {1, 2, self.ligne.sieges_iv}
        autres = [self._admit(s, total) for s in particuliers if self.plancher <= s <= haut and s not in proches]
        admis = [c for c in autres if c is not None]
        return tuple(sorted(choix + admis, key=lambda c: c.sieges)) if admis else tuple(choix)

    def _find_intervalle(self, total: int) -> range:
        """Return the seats within 20 % of the share of population, or no farther from it than by the ordinary rule.

        With s of T seats and p of P inhabitants: |sP - Tp| / (Tp) at most the tolerance or the old gap a / (T0 p),
        that is |sP - Tp| at most the larger of Tp x tolerance and T x a / T0.
        """
        proportion = total * self.ligne.population
        if not proportion:
            return range(0)
        marge = max(
            proportion * self.tolerance.numerator // self.tolerance.denominator, total * self.ecart // self.total_iv
        )
        return range(-((marge - proportion) // self.population), (proportion + marge) // self.population + 1)

    def _admit(self, sieges: int, total: int) -> Choix | None:
        """Return a choice out of these limits if a ground of the text admits it, tried in the order of the text."""
        ligne, lectures = self.ligne, self.lectures
        seul = sieges == 1 and self.a_reserve
        if sieges == 2 and ligne.sieges_1 == 1:
            return _build_choix(sieges, deuxieme=self.a_reserve)
        if sieges == 1 and (
            lectures.siege_unique is LectureSiegeUnique.TOUJOURS or self.population >= total * ligne.population
        ):
            return _build_choix(sieges, seul=seul)
        if sieges == ligne.sieges_iv and lectures.tunnel is LectureTunnel.PRATIQUE:
            return _build_choix(sieges, tolere=True, seul=seul)
        return None


@cache
def _build_choix(sieges: int, *, tolere: bool = False, deuxieme: bool = False, seul: bool = False) -> Choix:
    """Return the one value of a choice: they are few, and asked for by the thousand."""
    return Choix(sieges, tolere, deuxieme, seul)


def build_possibles(ordinaire: SiegesDroitCommun, ligne: LigneSieges, voie: Voie, lectures: Lectures) -> Possibles:
    """Return what ``voie`` lets one commune hold. One seat at least and half at most in an agreement; with VI, never
    below the ordinary rule, nor brought above half where it is read so. The reserve of 2015-711 DC is read for I-2° e)
    only, not for VI. Complexity: O(1).

    Source: CGCT L5211-6-1 I-2° and VI (R-2.5, R-2.6).
    """
    is_accord = voie is Voie.ACCORD_LOCAL
    return Possibles(
        ligne=ligne,
        lectures=lectures,
        population=ordinaire.population,
        total_iv=ordinaire.total_iv,
        plancher=1 if is_accord else ligne.sieges,
        est_plafonnee=is_accord or has_plafond_moitie(ordinaire.nature, lectures),
        acquis=0 if is_accord else ligne.sieges,
        tolerance=TOLERANCE_ACCORD if is_accord else TOLERANCE_VI,
        ecart=abs(ligne.sieges_iv * ordinaire.population - ordinaire.total_iv * ligne.population),
        a_reserve=is_accord and ligne.sieges_1 == 1,
    )
