"""Exact numbers: integer cents, Fraction, rounding by a named rule, sharing out of remainders.

No float enters the noyau: a float is refused by :func:`as_fraction`. A rounding always names its rule. When an amount
is shared out, the parts are whole cents whose sum is the amount, to the cent; who receives the last cents is decided
by a named rule and never by the order in which the parts were given.
"""

from collections.abc import Callable, Mapping
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
    """Return the whole number that ``regle`` gives for the exact ``value``. Complexity: O(1)."""
    fraction = Fraction(value)
    if regle is RegleArrondi.PAR_DEFAUT:
        return fraction.numerator // fraction.denominator
    if regle is RegleArrondi.PAR_EXCES:
        return -(-fraction.numerator // fraction.denominator)
    signe = -1 if fraction < 0 else 1
    return signe * ((2 * abs(fraction.numerator) + fraction.denominator) // (2 * fraction.denominator))


def share_remainder(
    parts: Mapping[str, Exact],
    *,
    regle: RegleReste = RegleReste.PLUS_FORT_RESTE,
    priorite: Priorite | None = None,
) -> Repartition:
    """Turn exact parts whose sum is a whole number into whole parts of the same sum.

    Each part is first cut to the unit below; the units left go one by one to the largest remainders (Hamilton's
    method). Remainders exactly equal are ordered by ``priorite(code)`` ascending (default: the largest exact part
    first), then by code. When the sum is negative the same is done on the opposite amounts, so that a refund is the
    exact mirror of the call. Each result differs from the exact part by less than one unit.

    Shapes: ``parts`` maps a code to an exact amount (usually cents), of either sign. Errors: ValueError when the sum
    is not a whole number or when nothing is given for a total that is not zero. Complexity: O(n log n).
    Source: largest remainder method (Hamilton 1792); Balinski and Young, Fair Representation, 1982.
    """
    fractions = {code: Fraction(part) for code, part in parts.items()}
    denominateur = lcm(*(part.denominator for part in fractions.values()))
    numerateurs = {code: part.numerator * (denominateur // part.denominator) for code, part in fractions.items()}
    total, reste = divmod(sum(numerateurs.values()), denominateur)
    if reste:
        raise ValueError("La somme des parts n'est pas un nombre entier de centimes : répartissez d'abord un total.")
    return _share(numerateurs, denominateur, total, regle, priorite)


def share_total(
    total: int,
    poids: Mapping[str, Exact],
    *,
    regle: RegleReste = RegleReste.PLUS_FORT_RESTE,
    priorite: Priorite | None = None,
) -> Repartition:
    """Share the integer ``total`` in proportion to ``poids``; the whole parts sum to ``total`` exactly.

    Shapes: ``poids`` maps a code to a weight, integer or Fraction, zero or more, of any common unit; a weight of zero
    receives zero. ``total`` may be negative (a refund mirrors the call). Remainders: see :func:`share_remainder`.
    Errors: ValueError for a negative weight, or when every weight is zero while the total is not.
    Complexity: O(n log n).
    """
    negatifs = sorted(code for code, valeur in poids.items() if valeur < 0)
    if negatifs:
        raise ValueError(f"Un poids de répartition ne peut pas être négatif : {', '.join(negatifs)}.")
    fractions = {code: Fraction(valeur) for code, valeur in poids.items()}
    denominateur = lcm(*(valeur.denominator for valeur in fractions.values()))
    entiers = {code: valeur.numerator * (denominateur // valeur.denominator) for code, valeur in fractions.items()}
    somme = sum(entiers.values())
    if somme == 0:
        if total:
            raise ValueError("Tous les poids sont nuls : le total ne peut être réparti entre personne.")
        return Repartition(0, dict.fromkeys(poids, 0), regle, None)
    return _share({code: total * valeur for code, valeur in entiers.items()}, somme, total, regle, priorite)


def _share(
    numerateurs: Mapping[str, int], denominateur: int, total: int, regle: RegleReste, priorite: Priorite | None
) -> Repartition:
    """Share ``total`` where the exact part of a code is its numerator over the common denominator."""
    signe = -1 if total < 0 else 1
    planchers: dict[str, int] = {}
    restes: dict[str, int] = {}
    for code, numerateur in numerateurs.items():
        planchers[code], restes[code] = divmod(signe * numerateur, denominateur)

    def rang(code: str) -> tuple[Any, ...]:
        departage = -signe * numerateurs[code] if priorite is None else priorite(code)
        return (-restes[code], departage, code)

    ordre = sorted(numerateurs, key=rang)
    a_servir = signe * total - sum(planchers.values())
    for code in ordre[:a_servir]:
        planchers[code] += 1
    return Repartition(
        total=total,
        parts={code: signe * plancher for code, plancher in planchers.items()},
        regle=regle,
        egalite=_find_egalite(ordre, restes, a_servir),
    )


def _find_egalite(ordre: list[str], restes: Mapping[str, int], a_servir: int) -> EgaliteReste | None:
    """Return the tie that straddles the last unit, if any."""
    if a_servir in (0, len(ordre)) or restes[ordre[a_servir - 1]] != restes[ordre[a_servir]]:
        return None
    dernier = restes[ordre[a_servir]]
    codes = tuple(code for code in ordre if restes[code] == dernier)
    return EgaliteReste(codes=codes, servis=tuple(code for code in ordre[:a_servir] if restes[code] == dernier))
