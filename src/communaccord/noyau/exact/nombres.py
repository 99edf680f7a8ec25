"""Exact numbers: integer cents, Fraction, rounding by a named rule, sharing out of remainders.

No float enters the noyau: a float is refused by :func:`as_fraction`. A rounding always names its rule. When an amount
is shared out, the parts are whole cents whose sum is the amount, to the cent; who receives the last cents is decided
by a named rule and never by the order in which the parts were given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import lcm
from typing import Any


class RegleArrondi(Enum):
    """Rule that turns an exact number into a whole number (cents, seats, days)."""

    PLUS_PROCHE = "au plus proche ; à égalité, en s'éloignant de zéro"
    PAR_DEFAUT = "à l'entier inférieur ou égal"
    PAR_EXCES = "à l'entier supérieur ou égal"

    @property
    def label(self) -> str:
        """French sentence that names the rule, for the interface and the annexes."""
        return self.value


class RegleReste(Enum):
    """Rule that says who receives the last units when an integer total is shared out."""

    PLUS_FORT_RESTE = "plus fort reste ; à égalité, la part la plus élevée (ou le poids donné), puis l'ordre du code"

    @property
    def label(self) -> str:
        """French sentence that names the rule, for the interface and the annexes."""
        return self.value


@dataclass(frozen=True, slots=True)
class EgaliteReste:
    """Codes with exactly the same remainder, not all of which could receive one more unit.

    ``codes`` are all the tied codes, ``servis`` those that received the unit (both in the order of the rule).
    """

    codes: tuple[str, ...]
    servis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repartition:
    """Integer parts of an integer total, with the rule used and the tie it had to decide (None: no tie)."""

    total: int
    parts: Mapping[str, int]
    regle: RegleReste
    egalite: EgaliteReste | None


Exact = int | Fraction
Priorite = Callable[[str], Any]


def as_fraction(value: int | Fraction | Decimal | str) -> Fraction:
    """Return ``value`` as an exact Fraction; a Decimal or a decimal text is taken digit for digit.

    Unit: that of the caller. Errors: TypeError for a float or a boolean, ValueError for a text that is not a number
    or a Decimal that is not finite. Complexity: O(digits).
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal | str):
        raise TypeError(f"Nombre exact attendu (entier, fraction ou décimal) : {value!r} n'en est pas un.")
    try:
        return Fraction(value)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise ValueError(f"« {value} » n'est pas un nombre : écrivez par exemple 12,50 ou 3/4.") from error


def round_exact(value: Exact, regle: RegleArrondi = RegleArrondi.PLUS_PROCHE) -> int:
    """Return the whole number that ``regle`` gives for the exact ``value``; PLUS_PROCHE sends halves away from zero.

    Complexity: O(1). Source: definition of floor, ceiling and nearest whole number.
    """
    haut, bas = value.numerator, value.denominator
    if regle is RegleArrondi.PAR_DEFAUT:
        return haut // bas
    if regle is RegleArrondi.PAR_EXCES:
        return -(-haut // bas)
    arrondi = (2 * abs(haut) + bas) // (2 * bas)
    return -arrondi if haut < 0 else arrondi


def share_remainder(
    parts: Mapping[str, Exact],
    *,
    regle: RegleReste = RegleReste.PLUS_FORT_RESTE,
    priorite: Priorite | None = None,
) -> Repartition:
    """Turn exact parts whose sum is a whole number into whole parts of the same sum.

    Shapes: ``parts`` maps a code to an exact amount (usually cents), of either sign. Rule, errors, source: those of
    :func:`share_entiers`. Complexity: O(n log n).
    """
    denominateur = lcm(*(part.denominator for part in parts.values()))
    entiers = {code: part.numerator * (denominateur // part.denominator) for code, part in parts.items()}
    return share_entiers(entiers, denominateur, regle=regle, priorite=priorite)


def share_total(
    total: int,
    poids: Mapping[str, Exact],
    *,
    regle: RegleReste = RegleReste.PLUS_FORT_RESTE,
    priorite: Priorite | None = None,
) -> Repartition:
    """Share the integer ``total`` in proportion to ``poids``; the whole parts sum to ``total`` exactly.

    Shapes: ``poids`` maps a code to a weight, integer or Fraction, zero or more, of any common unit; a weight of zero
    receives zero. ``total`` may be negative (a refund mirrors the call). Remainders: see :func:`share_entiers`.
    Errors: ValueError for a negative weight, or when every weight is zero while the total is not.
    Complexity: O(n log n). Source: that of :func:`share_entiers`.
    """
    negatifs = sorted(code for code, valeur in poids.items() if valeur < 0)
    if negatifs:
        raise ValueError(f"Un poids de répartition ne peut pas être négatif : {', '.join(negatifs)}.")
    denominateur = lcm(*(valeur.denominator for valeur in poids.values()))
    entiers = {code: valeur.numerator * (denominateur // valeur.denominator) for code, valeur in poids.items()}
    somme = sum(entiers.values())
    if somme == 0:
        if total:
            raise ValueError("Tous les poids sont nuls : le total ne peut être réparti entre personne.")
        return Repartition(0, dict.fromkeys(poids, 0), regle, None)
    numerateurs = {code: total * valeur for code, valeur in entiers.items()}
    return share_entiers(numerateurs, somme, regle=regle, priorite=priorite)


def share_entiers(
    numerateurs: Mapping[str, int],
    denominateur: int,
    *,
    regle: RegleReste = RegleReste.PLUS_FORT_RESTE,
    priorite: Priorite | None = None,
) -> Repartition:
    """Turn the exact parts ``numerateurs[code] / denominateur`` into whole parts of the same sum, in integers only.

    Each part is first cut to the unit below; the units left go one by one to the largest remainders (Hamilton's
    method). Remainders exactly equal are ordered by ``priorite(code)`` ascending (default: the largest exact part
    first), then by code. When the sum is negative the same is done on the opposite amounts, so that a refund is the
    exact mirror of the call. Each result differs from the exact part by less than one unit.

    Shapes: integers of either sign over one positive denominator. Errors: ValueError when the sum is not a whole
    number. Complexity: O(n log n). Source: largest remainder method (Hamilton 1792); Balinski and Young, Fair
    Representation, 1982.
    """
    total, reste = divmod(sum(numerateurs.values()), denominateur)
    if reste:
        raise ValueError("La somme des parts n'est pas un nombre entier de centimes : répartissez d'abord un total.")
    signe = -1 if total < 0 else 1
    planchers: dict[str, int] = {}
    rangs: list[tuple[int, Any, str]] = []
    for code, numerateur in numerateurs.items():
        planchers[code], reste = divmod(signe * numerateur, denominateur)
        rangs.append((-reste, -signe * numerateur if priorite is None else priorite(code), code))
    rangs.sort()
    a_servir = signe * total - sum(planchers.values())
    for _, _, code in rangs[:a_servir]:
        planchers[code] += 1
    parts = {code: -plancher for code, plancher in planchers.items()} if signe < 0 else planchers
    return Repartition(total, parts, regle, _find_egalite(rangs, a_servir))


def _find_egalite(rangs: Sequence[tuple[int, Any, str]], a_servir: int) -> EgaliteReste | None:
    """Return the tie that straddles the last unit, if any."""
    if a_servir in (0, len(rangs)) or rangs[a_servir - 1][0] != rangs[a_servir][0]:
        return None
    dernier = rangs[a_servir][0]
    return EgaliteReste(
        codes=tuple(code for reste, _, code in rangs if reste == dernier),
        servis=tuple(code for reste, _, code in rangs[:a_servir] if reste == dernier),
    )
