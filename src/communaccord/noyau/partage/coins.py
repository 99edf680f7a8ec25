"""Corners of the margins when each commune's own count may be off: extreme parts, then extreme amounts, in integers."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from communaccord.noyau.partage.parts import Critere, mix_parts
from communaccord.noyau.partage.repartition import Allocation, Borne, Cadre, fill
from communaccord.noyau.partage.resultats import LimiteAppliquee

BAS, HAUT = -1, 1


class Quotient(NamedTuple):
    """An exact number `haut / bas` that is not reduced: `bas` is positive."""

    haut: int
    bas: int

    def round(self, sens: int) -> int:
        """Whole number below (BAS) or above (HAUT)."""
        return self.haut // self.bas if sens == BAS else -(-self.haut // self.bas)


class Coins(NamedTuple):
    """Parts of each member at the corner where its own is extreme on one side, and on the other side."""

    parts: list[Quotient]
    contraires: list[Quotient]


def build_coins(criteres: Sequence[Critere], marges: Sequence[Fraction], sens: int) -> Coins:
    """Return the parts at both corners, the side `sens` first. Complexity: O(criteria x members), in integers."""
    return Coins(_bound_parts(criteres, marges, sens), _bound_parts(criteres, marges, -sens))


def bound_montants(cadre: Cadre, allocation: Allocation, coins: Coins, sens: int) -> list[int]:
    """Bounds of the amounts when each commune's own count may be off, for the total of `allocation`, in whole cents.

    Where no limit can apply, the total times the extreme part. Else an amount is the part times a common rate, held
    within the limits; the rate is highest when all parts are lowest, so that the extreme rate times the extreme part
    bounds it. Complexity: O(members), times the limits met when there are limits.
    """
    total = allocation.libre + sum(cents for cents, _ in allocation.fixes.values())
    haut, bas = total * allocation.parts.denominateur, sum(allocation.parts.numerateurs)
    libres = [Quotient(haut * part.haut, bas * part.bas) for part in coins.parts]
    if cadre.est_limite:
        opposes = [Quotient(haut * part.haut, bas * part.bas) for part in coins.contraires]
        if not (all(map(_holds, libres, cadre.bornes)) and all(map(_holds, opposes, cadre.bornes))):
            taux = _compute_taux(total, coins.contraires, cadre.bornes, sens)
            return [_hold(part, taux, borne, sens) for part, borne in zip(coins.parts, cadre.bornes, strict=True)]
    return [libre.round(sens) for libre in libres]


def _bound_parts(criteres: Sequence[Critere], marges: Sequence[Fraction], sens: int) -> list[Quotient]:
    """Extreme part of each member: in each use criterion, its own base at one end, the others at the other."""
    surs = [critere for critere in criteres if critere.totale and not critere.usage]
    parts = [Quotient(0, 1)] * len(marges)
    if surs:
        sure = mix_parts(surs)
        parts = [Quotient(numerateur, sure.denominateur) for numerateur in sure.numerateurs]
    echelle = lcm(*(marge.denominator for marge in marges))
    ecarts = [sens * marge.numerator * (echelle // marge.denominator) for marge in marges]
    for critere in criteres:
        if not critere.totale or not critere.usage:
            continue
        poids, diviseur = critere.poids.numerator, critere.poids.denominator
        somme = sum(base * (echelle - ecart) for base, ecart in zip(critere.bases, ecarts, strict=True))
        resultat = []
        for (haut, bas), base, ecart in zip(parts, critere.bases, ecarts, strict=True):
            totale = diviseur * (somme + 2 * base * ecart)
            resultat.append(Quotient(haut * totale + bas * poids * base * (echelle + ecart), bas * totale))
        parts = resultat
    return parts


def _holds(montant: Quotient, borne: Borne) -> bool:
    haut, bas = montant
    return borne.bas * bas <= haut and (borne.haut is None or haut <= borne.haut * bas)


def _compute_taux(total: int, parts: Sequence[Quotient], bornes: Sequence[Borne], sens: int) -> Quotient | None:
    """Extreme rate t for which the amounts t x part, held within the limits, sum to `total`; None: no upper end."""
    echelle = lcm(*(part.bas for part in parts))
    fixes, libre, poids = fill(total, [part.haut * (echelle // part.bas) for part in parts], bornes)
    if poids:
        return Quotient(libre * echelle, poids)
    cote = LimiteAppliquee.MINIMUM if sens == HAUT else LimiteAppliquee.MAXIMUM
    seuils = [
        Fraction(cents * parts[rang].bas, parts[rang].haut)
        for rang, (cents, limite) in fixes.items()
        if limite is cote and parts[rang].haut
    ]
    if sens == HAUT and not seuils:
        return None
    seuil = min(seuils) if sens == HAUT else max(seuils, default=Fraction(0))
    return Quotient(seuil.numerator, seuil.denominator)


def _hold(part: Quotient, taux: Quotient | None, borne: Borne, sens: int) -> int:
    """Amount of a member at the rate `taux`, within its limits, rounded to the cent on the side `sens`."""
    if not part.haut:
        return borne.bas
    if taux is None:
        return borne.bas if borne.haut is None else borne.haut
    montant = Quotient(part.haut * taux.haut, part.bas * taux.bas).round(sens)
    return max(borne.bas, montant if borne.haut is None else min(borne.haut, montant))
