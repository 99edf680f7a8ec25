"""Can these lines all hold? A point that does it, or the lines that conflict, both proved in exact arithmetic."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from communaccord.noyau.accord.recherche.duale import Certificat, build_certificat, round_duals, round_fixed
from communaccord.noyau.accord.recherche.exactes import solve_multipliers, solve_vertex
from communaccord.noyau.accord.recherche.fixes import list_manquees
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.modele import Paquet, Point
from communaccord.noyau.accord.recherche.points import FINESSES, Lecture, find_fautes, read_vector, round_point
from communaccord.noyau.accord.recherche.programme import Espace, Rang, build_rangs
from communaccord.noyau.accord.recherche.resultats import Conflict, Feasible, Unknown
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.preuves.farkas import Box, Row
from communaccord.noyau.solver import INFINITY, Program, Solution, Status

RANGS_DEGRE = {Priorite.SECONDAIRE: 0, Priorite.UTILE: 1, Priorite.INDISPENSABLE: 2}


class Marge:
    """The programme that gives all rows the largest common margin, in cents; rows can be lifted and put back."""

    def __init__(self, espace: Espace, rangs: Sequence[Rang]) -> None:
        self.espace = espace
        self.rangs = tuple(rangs)
        matrix, self.bornes = espace.build_matrix(rangs)
        # Without rows the margin has no bound of its own.
        plafond = espace.measure_plafond(matrix, self.bornes)
        self.program: Program = espace.build_program([1.0], [-INFINITY], [plafond], maximize=True)
        self.level = espace.colonnes
        # A row that reads nothing (a commune out of every service) holds or not by itself: it limits no margin.
        self.compte = [bool(espace.build_row(rang).coefficients) or rang.borne > 0 for rang in self.rangs]
        full = np.hstack([matrix, -np.array(self.compte, float).reshape(-1, 1)])
        self.program.add_rows(self.bornes, full, np.full(len(self.rangs), INFINITY))
        self.on = [True] * len(self.rangs)

    def lift(self, ligne: int, *, on: bool) -> None:
        """Take the rows of a line out of the programme, or put them back."""
        for k, rang in enumerate(self.rangs):
            if rang.ligne == ligne and self.on[k] is not on:
                self.on[k] = on
                self.program.change_row(self.espace.fixes + k, self.bornes[k] if on else -INFINITY, INFINITY)

    def decide(self) -> Feasible | Certificat | Unknown:
        """Return an exact point where all rows in place hold, or exact multipliers that prove that there is none.

        First by rounding what the solver found; when the margin is too near zero for that, by solving its last vertex
        exactly. Unknown when neither proves anything.
        """
        solution = self.program.solve()
        if solution.status is not Status.OPTIMAL:
            return Unknown(solution.status)
        feasible = self.round_solution(solution)
        if feasible is not None:
            return feasible
        fixed = round_fixed(-solution.duals[: self.espace.fixes])
        multipliers = round_duals(-solution.duals[self.espace.fixes :])
        certificat = build_certificat(self.espace, self.rangs, multipliers, fixed)
        return certificat if certificat.compute_bound() < 0 else self.decide_exactly()

    def round_solution(self, solution: Solution) -> Feasible | None:
        """Return an exact point near the one of the solver, with the simplest keys that satisfy every row in place."""
        kept = [rang for k, rang in enumerate(self.rangs) if self.on[k]]
        if solution.x[self.level] < -1e-6:
            return None
        for finesse in FINESSES:
            point = round_point(self.espace, solution.x, finesse)
            lecture = Lecture(self.espace.paquet, point)
            if all(lecture.holds(rang) for rang in kept):
                return Feasible(point, min((lecture.measure(rang) for rang in kept), default=None))
        return None

    def decide_exactly(self) -> Feasible | Certificat | Unknown:
        """Settle a margin that floats cannot tell from zero, by the exact vertex and its exact multipliers."""
        rows, boxes = self.build_exact()
        basis = self.program.read_basis()
        values = solve_vertex(rows, boxes, basis)
        kept = [rang for k, rang in enumerate(self.rangs) if self.on[k]]
        if values is not None:
            point = read_vector(self.espace, values)
            if not find_ecarts(self.espace, point, kept):
                lecture = Lecture(self.espace.paquet, point)
                return Feasible(point, min((lecture.measure(rang) for rang in kept), default=None))
        multipliers = solve_multipliers(rows, {self.level: 1}, basis)
        if multipliers is None or min(multipliers[self.espace.fixes :], default=Fraction(0)) < 0:
            return Unknown(Status.FAILED)
        fixes = self.espace.fixes
        certificat = build_certificat(self.espace, self.rangs, multipliers[fixes:], multipliers[:fixes], scale=1)
        return certificat if certificat.compute_bound() < 0 else Unknown(Status.FAILED)

    def build_exact(self) -> tuple[list[Row], list[Box | None]]:
        """Return every row of the programme and every box, exact; the margin, last column, is free."""
        rows = [*self.espace.equalities, *self.espace.totals]
        for rang, compte in zip(self.rangs, self.compte, strict=True):
            row = self.espace.build_row(rang)
            rows.append(Row({**row.coefficients, self.level: -1} if compte else row.coefficients, row.bound))
        return rows, [*self.espace.boxes, None]


def find_ecarts(espace: Espace, point: Point, rangs: Sequence[Rang]) -> bool:
    """Return whether an exact point breaks a row, a box, a total or a sum."""
    if find_fautes(espace.paquet, (), point):
        return True
    lecture = Lecture(espace.paquet, point)
    return not all(lecture.holds(rang) for rang in rangs)


def check(paquet: Paquet, lignes: Sequence[Ligne]) -> Feasible | Conflict | Unknown:
    """Return a point where every line holds, or an irreducible conflict; each proved in exact arithmetic.

    The point has the largest margin in cents that the solver finds, then the simplest keys (to the ten-thousandth when
    they do), and is read again by `preuves.faisable`. The conflict comes with Farkas multipliers, exact, and for each
    of its lines a point that satisfies the others. A line that the package itself decides and refuses is a conflict
    alone. Errors: DonneeInvalide. Complexity: one linear programme of O(n) rows, and one more a line of the conflict
    that the first multipliers point at. Source: Chinneck and Dravnieks, Locating minimal infeasible constraint sets in
    linear programs, ORSA J. on Computing 3, 1991 (deletion filter); Farkas 1902.
    """
    manquees = list_manquees(paquet, lignes)
    if manquees:
        numero = min(manquees, key=lambda k: rank_ligne(lignes[k]))
        seule = Marge(Espace(paquet), ()).decide()
        temoin = {numero: seule.point} if isinstance(seule, Feasible) else {}
        return Conflict((lignes[numero],), (numero,), None, temoin)
    espace = Espace(paquet)
    rangs = build_rangs(paquet, lignes)
    answer = Marge(espace, rangs).decide()
    if isinstance(answer, Feasible):
        fautes = find_fautes(paquet, lignes, answer.point)
        return Unknown(Status.FAILED) if fautes else answer
    return answer if isinstance(answer, Unknown) else reduce_conflict(espace, lignes, rangs, answer)


def reduce_conflict(espace: Espace, lignes: Sequence[Ligne], rangs: Sequence[Rang], certificat: Certificat) -> Conflict:
    """Return an irreducible conflict within the lines of a certificate; the weakest degrees are given up first.

    Complexity: one linear programme a line of the certificate. Source: deletion filter, see `check`.
    """
    restantes = set(certificat.lignes)
    marge = Marge(espace, [rang for rang in rangs if rang.ligne in restantes])
    temoins: dict[int, Point] = {}
    irreductible = True
    for numero in sorted(restantes, key=lambda k: (rank_ligne(lignes[k]), k)):
        if numero not in restantes:
            continue
        marge.lift(numero, on=False)
        answer = marge.decide()
        if isinstance(answer, Certificat):
            certificat = answer
            for autre in restantes - set(answer.lignes) - {numero}:
                marge.lift(autre, on=False)
            restantes = set(answer.lignes)
            continue
        marge.lift(numero, on=True)
        if isinstance(answer, Feasible):
            temoins[numero] = answer.point
        else:
            irreductible = False
    numeros = tuple(sorted(restantes))
    return Conflict(
        tuple(lignes[k] for k in numeros), numeros, certificat, {k: temoins[k] for k in numeros if k in temoins},
        irreductible,
    )  # fmt: skip


def rank_ligne(ligne: Ligne) -> tuple[int, str, str]:
    """Return a sorting key that does not depend on the order of the lines: degree (weakest first), commune, words."""
    return RANGS_DEGRE[ligne.degre], ligne.commune, f"{type(ligne).__name__} {ligne.phrase}"
