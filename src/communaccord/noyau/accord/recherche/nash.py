"""The Nash product: the deal that multiplies the gains most, by outer linearisation; its gap is proved without logs.

For any amount a > 0, log u <= log a + (u - a) / a. So, at a point where the gains are g, with amounts a of few digits
near them, no deal has a sum of logs above that of the point by more than  sum (a/g - 1) + max sum u/a - n,  and the
largest sum of u/a is a linear programme, bounded exactly by its multipliers. Source: Nash, The Bargaining Problem,
Econometrica 18, 1950; outer linearisation of a concave function: Kelley, The cutting-plane method, SIAM J. 8, 1960.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

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
from communaccord.noyau.solver import INFINITY, Floats, Program, Status

ROUNDS = 80
GRAIN = 10**6


def nash(
    paquet: Paquet, lignes: Sequence[Ligne] = (), *, gap: float = 1e-4, rounds: int = ROUNDS
) -> Deal | Conflict | Unknown:
    """Return the deal whose product of gains, in cents, is largest, every commune gaining a cent at least.

    `value` is 0 and `bound` is the proven gap: no deal multiplies the product of the point by more than e^bound. `gap`:
    asked of the search; `rounds`: its budget (status LIMIT when it ends it; the bound still holds). When some commune
    cannot gain, the Conflict tells which (the lines after those given are "gain a cent at least", one a commune).
    Errors: DonneeInvalide. Complexity: a linear programme of O(n) more rows a round. Source: see the module.
    """
    membres = [i for i in range(paquet.n) if any(i in s.perimetre for s in paquet.services)]
    toutes = (*lignes, *(GainMin(paquet.communes[i], Priorite.INDISPENSABLE, 1) for i in membres))
    sur = check(paquet, toutes)
    if not isinstance(sur, Feasible):
        return sur
    espace = Espace(paquet)
    rangs, gains = build_rangs(paquet, toutes), build_gains(paquet)
    x, status = climb_product(espace, rangs, gains, sur.point, gap, rounds)
    if x is None:
        return Unknown(status)
    point = land_point(espace, rangs, x, sur.point)
    bound = bound_product(espace, rangs, gains, point)
    if isinstance(bound, Unknown):
        return bound
    return build_deal("nash", paquet, point, Fraction(0), bound[0], status, (), bound[1])


def climb_product(
    espace: Espace, rangs: Sequence[Rang], gains: Sequence[Rang], sur: Point, gap: float, rounds: int
) -> tuple[Floats | None, Status]:
    """Return the best columns found, and LIMIT when the rounds ran out before the gap was met.

    One column a commune stands for the log of its gain, under tangents taken at the points met.
    """
    matrix, bornes = espace.build_matrix(gains)
    hard, hard_bounds = espace.build_matrix(rangs)
    n = len(gains)
    program = espace.build_program(np.ones(n), np.full(n, -50.0), np.full(n, 50.0), maximize=True)
    program.add_rows(hard_bounds, np.hstack([hard, np.zeros((len(hard), n))]), np.full(len(hard), INFINITY))
    lecture = Lecture(espace.paquet, sur)
    present = np.array([float(lecture.measure(gain)) / espace.unite for gain in gains])
    for factor in (0.25, 0.5, 1.0, 2.0, 4.0):
        add_tangents(program, matrix, bornes, present * factor, range(n))
    best, best_x = -np.inf, None
    for _ in range(rounds):
        solution = program.solve()
        if solution.status is not Status.OPTIMAL:
            return best_x, solution.status
        x = solution.x[: espace.colonnes]
        # A point half way to the best one met keeps the next one from jumping.
        for candidate in (x,) if best_x is None else (x, (x + best_x) / 2):
            values = np.maximum(matrix @ candidate - bornes, 1e-9)
            total = float(np.log(values).sum())
            if total > best:
                best, best_x = total, candidate
            above = solution.x[espace.colonnes :] - np.log(values)
            add_tangents(program, matrix, bornes, values, np.flatnonzero(above > gap / (4 * n)).tolist())
        if solution.objective - best <= gap:
            return best_x, Status.OPTIMAL
    return best_x, Status.LIMIT


def add_tangents(program: Program, matrix: Floats, bornes: Floats, values: Floats, which: Sequence[int]) -> None:
    """Add, for these gains, log u <= log a + (u - a) / a at a = `values`. O(gains x columns)."""
    lines = list(which)
    if not lines:
        return
    slopes = 1.0 / values[lines]
    logs = np.zeros((len(lines), len(matrix)))
    logs[np.arange(len(lines)), lines] = 1.0
    rows = np.hstack([-slopes[:, None] * matrix[lines], logs])
    highs = np.log(values[lines]) - 1.0 - slopes * bornes[lines]
    program.add_rows(np.full(len(lines), -INFINITY), rows, highs)


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
