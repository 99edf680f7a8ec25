"""The Nash product: the deal that multiplies the gains most, by an interior path; its gap is proved without logs.

For any amount a > 0, log u <= log a + (u - a) / a. So, at a point where the gains are g, with amounts a of few digits
near them, no deal has a sum of logs above that of the point by more than  sum (a/g - 1) + max sum u/a - n,  and the
largest sum of u/a is a linear programme, bounded exactly by its multipliers. The same inequality tells how near the
gains are: with a gap b of this kind, each gain of the true deal is g (1 + r) with r - log(1 + r) <= b, about
sqrt(2 b) at most. Source: Nash, The Bargaining Problem, Econometrica 18, 1950; the path: see `central`.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from communaccord.noyau.accord.recherche.central import Path, Rows
from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.duale import Certificat, build_certificat
from communaccord.noyau.accord.recherche.equite import build_deal, land_point
from communaccord.noyau.accord.recherche.lignes import GainMin, Ligne
from communaccord.noyau.accord.recherche.modele import Paquet, Point
from communaccord.noyau.accord.recherche.points import Lecture
from communaccord.noyau.accord.recherche.programme import Espace, Rang, build_gains, build_rangs
from communaccord.noyau.accord.recherche.resultats import Conflict, Deal, Feasible, Unknown
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.preuves.farkas import Exact
from communaccord.noyau.solver import INFINITY, Floats, Status

ROUNDS = 100
GRAIN = 10**6


def nash(
    paquet: Paquet, lignes: Sequence[Ligne] = (), *, gap: float = 1e-7, rounds: int = ROUNDS
) -> Deal | Conflict | Unknown:
    """Return the deal whose product of gains, in cents, is largest, every commune gaining a cent at least.

    `value` is 0 and `bound` is the proven gap: no deal multiplies the product of the point by more than e^bound.
    `status` is OPTIMAL only when `bound` is at most `gap`, LIMIT otherwise; the search goes on to the end of its path,
    whatever `gap`, within `rounds`. The gains are unique, so their order decides nothing but the last cent (see
    `round_cents`: the codes decide it); transfers and keys that give the same gains are taken in their middle. When
    some commune cannot gain, the Conflict tells which (the lines after those given are "gain a cent at least", one a
    commune). Errors: DonneeInvalide. Complexity: a linear system of the columns a round, then a linear programme.
    Source: see the module.
    """
    membres = [i for i in range(paquet.n) if any(i in s.perimetre for s in paquet.services)]
    toutes = (*lignes, *(GainMin(paquet.communes[i], Priorite.INDISPENSABLE, 1) for i in membres))
    sur = check(paquet, toutes)
    if not isinstance(sur, Feasible):
        return sur
    espace = Espace(paquet)
    rangs, gains = build_rangs(paquet, toutes), build_gains(paquet)
    point = land_point(espace, rangs, climb_product(espace, rangs, gains, rounds), sur.point)
    bound = bound_product(espace, rangs, gains, point)
    if isinstance(bound, Unknown):
        return bound
    status = Status.OPTIMAL if bound[0] <= Fraction(gap) else Status.LIMIT
    return build_deal("nash", paquet, point, Fraction(0), bound[0], status, (), bound[1])


def climb_product(espace: Espace, rangs: Sequence[Rang], gains: Sequence[Rang], rounds: int) -> Floats:
    """Return columns near the point of the largest product: a candidate, that `bound_product` judges."""
    rows = Rows(espace, (*gains, *rangs))
    x = rows.fixed.copy()
    x[rows.libres] = Path(rows, len(gains)).climb(rounds)
    return x


def bound_product(
    espace: Espace, rangs: Sequence[Rang], gains: Sequence[Rang], point: Point
) -> tuple[Fraction, Certificat] | Unknown:
    """Return the exact gap of a point and the multipliers that prove it. One linear programme."""
    lecture = Lecture(espace.paquet, point)
    reached = [lecture.measure(gain) for gain in gains]
    near = [Fraction(max(1, round(value * GRAIN)), GRAIN) for value in reached]
    objective: dict[int, Exact] = {}
    seuls = Fraction(0)
    for gain, amount in zip(gains, near, strict=True):
        row = espace.build_row(gain)
        seuls -= Fraction(row.bound) / amount
        for column, value in row.coefficients.items():
            objective[column] = objective.get(column, Fraction(0)) + Fraction(value) / amount
    answer = bound_linear(espace, rangs, objective)
    if isinstance(answer, Unknown):
        return answer
    most = answer.compute_bound() + seuls
    slack = sum((Fraction(amount) / value - 1 for amount, value in zip(near, reached, strict=True)), Fraction(0))
    return max(Fraction(0), slack + most - len(gains)), answer


def bound_linear(espace: Espace, rangs: Sequence[Rang], objective: Mapping[int, Exact]) -> Certificat | Unknown:
    """Return multipliers that bound a linear function of the columns over all deals that respect the lines.

    Shapes: `objective` by column of the exact rows. Complexity: one linear programme.
    """
    scaled = np.zeros(espace.colonnes)
    for column, value in objective.items():
        scaled[column] = float(value) * (float(espace.prix[column]) if column < len(espace.cles) else espace.unite)
    top = float(np.abs(scaled).max(initial=0.0)) or 1.0
    program = espace.build_program([], [], [], maximize=True)
    for column, coefficient in enumerate(scaled):
        program.change_cost(column, float(coefficient / top))
    matrix, bornes = espace.build_matrix(rangs)
    program.add_rows(bornes, matrix, np.full(len(bornes), INFINITY))
    solution = program.solve()
    if solution.status is not Status.OPTIMAL:
        return Unknown(solution.status)
    # Rows are divided by the unit of money in the programme, the objective by its largest coefficient.
    duals = -solution.duals * top / espace.unite
    scale = max(1, round(espace.unite / top)) * 10**12
    multipliers = [max(0, round(float(y) * scale)) for y in duals[espace.fixes :]]
    fixed = [round(float(y) * scale) for y in duals[: espace.fixes]]
    return build_certificat(espace, rangs, multipliers, fixed, scale=scale, objective=objective)
