"""The deal of least regret: no commune is further than it must be from the best that it could hope for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.duale import Certificat, build_certificat, round_duals, round_fixed
from communaccord.noyau.accord.recherche.equite import Echelle, build_deal, land_point
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.modele import Paquet
from communaccord.noyau.accord.recherche.points import Lecture
from communaccord.noyau.accord.recherche.programme import Espace, Rang, build_gains, build_rangs
from communaccord.noyau.accord.recherche.resultats import Conflict, Deal, Feasible, Unknown
from communaccord.noyau.solver import INFINITY, Status


@dataclass(frozen=True, slots=True)
class Ideals:
    """By commune, a proven limit of its gain among the deals that respect the lines, and the multipliers of each."""

    gains: Mapping[int, Fraction]
    certificats: Mapping[int, Certificat]


def find_ideals(paquet: Paquet, lignes: Sequence[Ligne] = ()) -> Ideals | Conflict | Unknown:
    """Return the most that each commune could gain, alone in view, among the deals that respect the lines.

    Each is a bound proved by multipliers, within the rounding of the solver (a hundredth of a cent) of what a deal
    reaches. Errors: DonneeInvalide. Complexity: one warm linear programme a commune.
    """
    sur = check(paquet, lignes)
    if not isinstance(sur, Feasible):
        return sur
    espace = Espace(paquet)
    return solve_ideals(espace, build_rangs(paquet, lignes), build_gains(paquet))


def solve_ideals(espace: Espace, rangs: Sequence[Rang], gains: Sequence[Rang]) -> Ideals | Unknown:
    """Return the ideals of rows known to be feasible. See `find_ideals`."""
    matrix, bornes = espace.build_matrix(rangs)
    program = espace.build_program([], [], [], maximize=True)
    program.add_rows(bornes, matrix, np.full(len(bornes), INFINITY))
    rows, _ = espace.build_matrix(gains)
    found: dict[int, Fraction] = {}
    certificats: dict[int, Certificat] = {}
    previous = np.zeros(espace.colonnes)
    for gain, row in zip(gains, rows, strict=True):
        for column in np.flatnonzero(row != previous):
            program.change_cost(int(column), float(row[column]))
        previous = row
        solution = program.solve()
        if solution.status is not Status.OPTIMAL:
            return Unknown(solution.status)
        exact = espace.build_row(gain)
        duals = -solution.duals
        certificat = build_certificat(
            espace, rangs, round_duals(duals[espace.fixes :]), round_fixed(duals[: espace.fixes]),
            objective=exact.coefficients,
        )  # fmt: skip
        found[gain.commune] = certificat.compute_bound() - exact.bound
        certificats[gain.commune] = certificat
    return Ideals(found, certificats)


def min_regret(paquet: Paquet, lignes: Sequence[Ligne] = ()) -> Deal | Conflict | Unknown:
    """Return a deal whose largest regret is least; the regret of a commune is its ideal gain less its gain, in cents.

    `value`: the largest regret of the point, exact, against the proven ideals of `find_ideals`; `bound`: no deal has a
    lesser one. Other deals may have the same largest regret: which one comes back may depend on the order of communes,
    criteria and services. Errors: DonneeInvalide. Complexity: one linear programme a commune and two. Source: Savage,
    The Theory of Statistical Decision, JASA 46, 1951.
    """
    sur = check(paquet, lignes)
    if not isinstance(sur, Feasible):
        return sur
    espace = Espace(paquet)
    rangs, gains = build_rangs(paquet, lignes), build_gains(paquet)
    ideals = solve_ideals(espace, rangs, gains)
    if isinstance(ideals, Unknown):
        return ideals
    # To lose the least against the ideal is to raise the least gain counted from it.
    shifted = [replace(gain, borne=gain.borne + ideals.gains[gain.commune]) for gain in gains]
    echelle = Echelle(espace, rangs, shifted)
    etages, x, status = echelle.climb(1)
    if not etages:
        return Unknown(status)
    point = land_point(espace, rangs, x, sur.point, echelle.solve_exactly)
    lecture = Lecture(paquet, point)
    (niveau,) = echelle.certify(etages, [lecture.measure(row) for row in shifted])
    ended = status if niveau.high - niveau.value <= 1 else Status.LIMIT
    return build_deal("regret", paquet, point, -niveau.value, -niveau.high, ended, (), niveau.certificat)
