"""Orders of magnitude of money: CIF, attribution de compensation, refund at unit cost, ceiling of a fonds de concours.

Nothing here is a promise: the dotation depends on guarantees, on ceilings and on every other intercommunalité.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from communaccord.noyau.droit.regle import Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.exact import round_exact

_CIF = get_regle("R-5.4")
_FONDS = get_regle("R-5.8")
SANS_AC = "En fiscalité additionnelle, il n'y a pas d'attribution de compensation : remboursement seulement."


@dataclass(frozen=True, slots=True)
class BaseCif:
    """What the CIF is computed on, in cents of one same year.

    ``recettes``: fiscal revenues of the intercommunalité. ``recettes_ensemble``: those of the intercommunalité, its
    communes and syndicates. ``ac``: attributions de compensation paid. ``dsc``: dotation de
    solidarité communautaire. ``fpu``: fiscalité professionnelle unique. ``metropole``: its CIF is multiplied by 1.1.
    """

    recettes: int
    recettes_ensemble: int
    ac: int
    dsc: int
    fpu: bool
    metropole: bool = False


@dataclass(frozen=True, slots=True)
class Cif:
    """The CIF of a base: ``transferts`` in cents, ``brut`` before and ``retenu`` after the coefficient and the cap."""

    transferts: Fraction
    brut: Fraction
    retenu: Fraction
    est_plafonne: bool
    regle: Regle


@dataclass(frozen=True, slots=True)
class EffetAc:
    """What a commune receives and pays when its share is imputed on its AC, in cents; ``facture`` is what remains due.

    ``ac_apres`` below zero: the commune pays the intercommunalité.
    """

    ac_avant: int
    ac_apres: int
    impute: int
    facture: int


def compute_cif(base: BaseCif) -> Cif:
    """Return the CIF of ``base``: (revenues - transfers) / revenues of all, times 1.1 for a métropole, at most 0.6.

    Transfers are AC paid and half the DSC with FPU, half the DSC otherwise. Errors: ValueError, in French, for a
    negative revenue or DSC, or when the revenues of all are less than those of the intercommunalité, or zero.
    Complexity: O(1). Source: CGCT L5211-29 II and III (R-5.4); that the cap comes after the coefficient is our reading.
    """
    _check_base(base)
    transferts = _CIF.get_part("part_dsc") * base.dsc + (base.ac if base.fpu else 0)
    brut = (base.recettes - transferts) / base.recettes_ensemble
    avant_plafond = brut * _CIF.get_part("coefficient_metropole") if base.metropole else brut
    plafond = _CIF.get_part("plafond")
    return Cif(transferts, brut, min(avant_plafond, plafond), avant_plafond > plafond, _CIF)


def _check_base(base: BaseCif) -> None:
    if min(base.recettes, base.dsc) < 0:
        raise ValueError("Les recettes et la dotation de solidarité ne peuvent pas être négatives : vérifiez-les.")
    if base.recettes_ensemble <= 0:
        raise ValueError("Donnez les recettes fiscales de l'ensemble : intercommunalité, communes et syndicats.")
    if base.recettes_ensemble < base.recettes:
        raise ValueError(
            "Les recettes de l'ensemble comprennent celles de l'intercommunalité : elles ne peuvent pas être moindres."
        )


def impute_service(base: BaseCif, montant: int) -> BaseCif:
    """Return the base once ``montant`` (cents a year, zero or more) of a service commun is imputed on the AC.

    Errors: ValueError, in French, without FPU (there is no AC: a refund only) or for a negative amount.
    Complexity: O(1). Source: CGCT L5211-4-2, CGI 1609 nonies C (R-5.4, R-6.4).
    """
    if not base.fpu:
        raise ValueError(SANS_AC)
    if montant < 0:
        raise ValueError("Le montant imputé ne peut pas être négatif.")
    return replace(base, ac=base.ac - montant)


def compute_effet_ac(ac: int, part: int, *, impute: bool) -> EffetAc:
    """Return what becomes of the AC of a commune (cents, negative when it pays) that owes ``part`` for the service.

    ``impute``: its part is taken off its AC, and no invoice remains; otherwise its AC stays and it is invoiced.
    Errors: ValueError, in French, for a negative part. Complexity: O(1). Source: CGCT L5211-4-2 (R-5.1, R-6.4).
    """
    if part < 0:
        raise ValueError("La part d'une commune ne peut pas être négative.")
    return EffetAc(ac, ac - part, part, 0) if impute else EffetAc(ac, ac, 0, part)


def compute_cout_unitaire(cout: int, unites: Fraction) -> Fraction:
    """Return the exact cost of one unit, in cents: ``cout`` (cents a year) over ``unites`` (more than zero).

    Errors: ValueError, in French. Complexity: O(1). Source: CGCT D5211-16 (R-5.3).
    """
    if cout < 0 or unites <= 0:
        raise ValueError("Un coût unitaire demande un coût positif et un nombre d'unités supérieur à zéro.")
    return Fraction(cout) / unites


def compute_remboursement(cout_unitaire: Fraction, unites: Fraction) -> int:
    """Return the refund in cents, to the nearest: unit cost (cents) times the units recorded (zero or more).

    Errors: ValueError, in French. Complexity: O(1). Source: CGCT D5211-16 (R-5.3).
    """
    if cout_unitaire < 0 or unites < 0:
        raise ValueError("Le coût unitaire et le nombre d'unités ne peuvent pas être négatifs.")
    return round_exact(cout_unitaire * unites)


def compute_plafond_fonds(cout: int, subventions: int) -> int:
    """Return the highest fonds de concours, in whole cents rounded down, for an operation of ``cout`` cents.

    ``subventions``: cents, all included. The fonds never exceeds what the beneficiary finances, net of subsidies: half
    the net cost. Errors: ValueError, in French, for a negative amount or subsidies above the cost. Complexity: O(1).
    Source: CGCT L5214-16 V, L5215-26, L5216-5 VI (R-5.8).
    """
    if min(cout, subventions) < 0:
        raise ValueError("Le coût et les subventions ne peuvent pas être négatifs.")
    if subventions > cout:
        raise ValueError("Les subventions dépassent le coût de l'opération : vérifiez ces deux montants.")
    part = _FONDS.get_part("part_du_net") * (cout - subventions)
    return part.numerator // part.denominator
