"""Deals that are fair by the least served: the largest least gain, then the next, and so on; the least regret.

Gains are in cents, or over a number per commune (`per`: inhabitants, present cost...). Every level carries multipliers
that prove, without the solver, that it cannot be passed given the levels before it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from communaccord.noyau.accord.recherche.arrondi import compute_nets, round_cents
from communaccord.noyau.accord.recherche.check import check, find_ecarts
from communaccord.noyau.accord.recherche.duale import Certificat, build_certificat, round_duals, round_fixed
from communaccord.noyau.accord.recherche.exactes import solve_vertex
from communaccord.noyau.accord.recherche.faces import Face
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.modele import Paquet, Point
from communaccord.noyau.accord.recherche.plafonds import Plafonds
from communaccord.noyau.accord.recherche.points import FINESSES, Lecture, read_vector, round_point
from communaccord.noyau.accord.recherche.programme import Espace, Rang, build_gains, build_rangs
from communaccord.noyau.accord.recherche.resultats import Conflict, Deal, Feasible, Niveau, Unknown
from communaccord.noyau.preuves.farkas import Row
from communaccord.noyau.solver import INFINITY, Floats, Program, Solution, Status

PORTEUR, FIXE = -1, -2
# How many levels are first tried at once; how near the ceiling of a gain must be to what the keys now give it.
PAS, HAIR = 4, 1e-9
# Part of the way to a safe point beyond which an exact vertex is tried, for a programme of that many columns at most.
FAR, MOST_EXACT = Fraction(1, 10**6), 120


@dataclass(frozen=True, slots=True)
class Etage:
    """A stage of a leximin in floats: gains settled before, those fixed now, those that this determines, all duals."""

    hors: frozenset[int]
    fixes: tuple[int, ...]
    deduits: tuple[int, ...]
    duals: Floats


class Montee(NamedTuple):
    """Stages, columns of the last one, and how it ended (not OPTIMAL: a stage more was asked and not solved)."""

    etages: tuple[Etage, ...]
    x: Floats
    status: Status


class Saut(NamedTuple):
    """Several stages at once, gains still in the race after them, columns of a deal that does them all."""

    etages: list[Etage]
    actifs: list[int]
    x: Floats


class Echelle:
    """The programme that raises the least gain; gains are fixed one level after the other."""

    def __init__(self, espace: Espace, lignes: Sequence[Rang], gains: Sequence[Rang]) -> None:
        self.espace, self.lignes, self.gains = espace, tuple(lignes), tuple(gains)
        self.jeu = 1e-13
        self.planchers: dict[int, float] = {}
        self.pas = PAS
        hard, hard_bounds = espace.build_matrix(self.lignes)
        rows, self.bornes = espace.build_matrix(self.gains)
        # A gain over a number of inhabitants is small: brought back to about 1.
        self.facteur = 1.0 / max(1e-12, float(np.mean([float(gain.transfert) for gain in self.gains])))
        rows, self.bornes = rows * self.facteur, self.bornes * self.facteur
        plafond = espace.measure_plafond(rows, self.bornes)
        self.program: Program = espace.build_program([1.0], [-INFINITY], [plafond], maximize=True, devex=True)
        zero = np.zeros((len(hard), 1))
        self.program.add_rows(hard_bounds, np.hstack([hard, zero]), np.full(len(hard), INFINITY))
        self.premier = espace.fixes + len(hard)
        fixed, fixed_bounds = espace.build_fixed()
        self.matrix = np.vstack([fixed, hard, rows])
        self.plafonds = Plafonds(
            espace, self.matrix, np.concatenate([fixed_bounds, hard_bounds, self.bornes]), self.premier
        )
        ones = -np.ones((len(rows), 1))
        self.program.add_rows(self.bornes, np.hstack([rows, ones]), np.full(len(rows), INFINITY))

    def climb(self, stages: int | None) -> Montee:
        """Return the stages, at most `stages`; a solver that does not end one ends them, and its status is told."""
        etages: list[Etage] = []
        x = np.zeros(0)
        actifs = list(range(len(self.gains)))
        face = Face(self.matrix, len(self.espace.equalities), self.premier, len(self.espace.cles))
        while True:
            solution = self.solve()
            if solution.status is not Status.OPTIMAL:
                return Montee(tuple(etages), x, solution.status)
            x = solution.x
            weights = -solution.duals[self.premier :]
            fixes = [k for k in actifs if weights[k] > 1e-7] or [max(actifs, key=lambda k: (weights[k], -k))]
            hors = frozenset(range(len(self.gains))) - frozenset(actifs)
            actifs = [k for k in actifs if k not in fixes]
            face.tighten(solution.duals, fixes)
            deduits = face.find_constant(actifs) if stages != 1 else []
            actifs = [k for k in actifs if k not in deduits]
            etages.append(Etage(hors, tuple(fixes), tuple(deduits), -solution.duals))
            if not actifs or len(etages) == stages:
                return Montee(tuple(etages), x, Status.OPTIMAL)
            level = float(x[self.espace.colonnes])
            self.leave(fixes, deduits, level)
            self.plafonds.hold(fixes, level - self.jeu)
            while stages is None and (more := self.skip(face, actifs, x)) is not None:
                etages += more.etages
                actifs, x = more.actifs, more.x
                if not actifs:
                    return Montee(tuple(etages), x, Status.OPTIMAL)

    def skip(self, face: Face, actifs: Sequence[int], x: Floats) -> Saut | None:
        """Settle at once the gains that come next when each is only stopped by its own ceiling; None when none is.

        When one deal gives their ceilings to the lowest, and to all the others at least the highest of these, then
        each of these ceilings is a level. How many are tried doubles after each success.
        """
        libres = face.find_set(actifs) if self.pas else []
        if not libres:
            return None
        levels = self.plafonds.measure(x)
        tried = sorted(libres, key=lambda k: (levels[k], k))[: self.pas]
        for k in tried:
            self.leave([k], [], float(levels[k]))
        solution = self.program.solve()
        reached = solution.status is Status.OPTIMAL and solution.x[self.espace.colonnes] >= levels[tried[-1]]
        etages = self.prove_ceilings(tried, levels, actifs) if reached else []
        self.put_back(tried[len(etages) :])
        self.pas = self.pas * 2 if len(etages) == len(tried) else self.pas // 4
        return Saut(etages, [k for k in actifs if k not in tried[: len(etages)]], solution.x) if etages else None

    def prove_ceilings(self, tried: Sequence[int], levels: Floats, actifs: Sequence[int]) -> list[Etage]:
        """Return the stages of the first gains tried, as far as multipliers prove their ceilings."""
        hors = frozenset(range(len(self.gains))) - frozenset(actifs)
        etages: list[Etage] = []
        for rank, k in enumerate(tried):
            plafond = self.plafonds.find(k)
            if plafond is None or plafond.level > levels[k] + HAIR:
                break
            etages.append(Etage(hors | frozenset(tried[:rank]), (k,), (), plafond.duals))
        return etages

    def leave(self, fixes: Sequence[int], deduits: Sequence[int], level: float) -> None:
        """Take gains out of the race: the fixed ones keep `level` (scaled), the determined ones need no row."""
        for k in (*fixes, *deduits):
            self.program.change_coefficient(self.premier + k, self.espace.colonnes, 0.0)
            self.program.change_row(self.premier + k, -INFINITY, INFINITY)
        self.planchers |= {k: self.bornes[k] + level for k in fixes}
        self.hold(fixes)

    def put_back(self, gains: Iterable[int]) -> None:
        """Put gains that left back in the race."""
        for k in gains:
            del self.planchers[k]
            self.program.change_coefficient(self.premier + k, self.espace.colonnes, -1.0)
            self.program.change_row(self.premier + k, self.bornes[k], INFINITY)

    def hold(self, gains: Iterable[int]) -> None:
        """Put the floors of fixed gains in place, a hair under what they reached."""
        for k in gains:
            self.program.change_row(self.premier + k, self.planchers[k] - self.jeu, INFINITY)

    def solve(self) -> Solution:
        """Solve; floors that rounding made unreachable are loosened, up to a ten-millionth of the average cost."""
        solution = self.program.solve()
        while solution.status is Status.INFEASIBLE and self.jeu < 1e-7:
            self.jeu *= 10
            self.hold(self.planchers)
            solution = self.program.solve()
        return solution

    def solve_exactly(self) -> Point | None:
        """Return the last vertex in exact arithmetic, None when it breaks a line or is too large to be solved so.

        Floors of fixed gains are those of the floats: lines, boxes and sums alone are exact. O(columns^3) fractions.
        """
        if self.espace.colonnes > MOST_EXACT:
            return None
        rows = [*self.espace.equalities, *self.espace.totals, *map(self.espace.build_row, self.lignes)]
        unite = Fraction(self.espace.unite) / Fraction(self.facteur)
        for k, gain in enumerate(self.gains):
            row = self.espace.build_row(gain)
            if k in self.planchers:
                rows.append(Row(row.coefficients, Fraction(self.planchers[k] - self.jeu) * unite))
            else:
                rows.append(Row({**row.coefficients, self.espace.colonnes: -1}, row.bound))
        values = solve_vertex(rows, [*self.espace.boxes, None], self.program.read_basis())
        point = None if values is None else read_vector(self.espace, values)
        return None if point is None or find_ecarts(self.espace, point, self.lignes) else point

    def certify(self, etages: Sequence[Etage], reached: Sequence[Fraction]) -> tuple[Niveau, ...]:
        """Return the stages proved at an exact point, given the gains there: what is reached, what cannot be passed.

        Each bound holds for every deal that respects the lines and gives to each commune fixed before at least what the
        point gives it.
        """
        ranked = sorted((value, k) for k, value in enumerate(reached))
        rows = [*self.lignes, *self.gains]
        niveaux = []
        for etage in etages:
            duals = etage.duals[self.espace.fixes :].copy()
            duals[: len(self.lignes)] /= self.facteur
            kept = np.flatnonzero(duals > 0.0)
            fixed = round_fixed(etage.duals[: self.espace.fixes] / self.facteur)
            certificat = build_certificat(self.espace, [rows[k] for k in kept], round_duals(duals[kept]), fixed)
            least = next(value for value, k in ranked if k not in etage.hors)
            communes = tuple(self.gains[k].commune for k in etage.fixes)
            deduites = tuple(self.gains[k].commune for k in etage.deduits)
            niveaux.append(Niveau(least, read_bound(certificat), communes, deduites, certificat))
            for k in etage.fixes:
                gain = self.gains[k]
                rows[len(self.lignes) + k] = replace(gain, ligne=FIXE, borne=gain.borne + reached[k])
        return tuple(niveaux)


def read_bound(certificat: Certificat) -> Fraction:
    """Return the bound of the least of the gains that the certificate weighs (rows of number -1). O(rows)."""
    porteurs = [y for (_, y), ligne in zip(certificat.rows, certificat.lignes, strict=False) if ligne == PORTEUR]
    return certificat.compute_bound() * certificat.scale / sum(porteurs)


def land_point(
    espace: Espace, lignes: Sequence[Rang], x: Floats, sur: Point, solve: Callable[[], Point | None] = lambda: None
) -> Point:
    """Return an exact point near `x` where every line holds, `sur` being one that holds with some margin.

    Rounding may break a line by a hair: the point is then moved towards `sur` by just what is needed, exactly. Where
    `sur` has next to no margin that would be far: `solve` may give another point, exact. O(rows).
    """
    point = round_point(espace, x, FINESSES[-1])
    lecture = Lecture(espace.paquet, point)
    broken = [ligne for ligne in lignes if not lecture.holds(ligne)]
    if not broken:
        return point
    assise = Lecture(espace.paquet, sur)
    manques = [(-lecture.measure(ligne), assise.measure(ligne)) for ligne in broken]
    part = max(manque / (manque + marge) for manque, marge in manques)
    return (solve() if part > FAR else None) or mix_points(point, sur, part)


def mix_points(point: Point, autre: Point, part: Fraction) -> Point:
    """Return the point `part` of the way to another. O(columns)."""

    def mix(
        tables: Sequence[Sequence[Fraction]], others: Sequence[Sequence[Fraction]]
    ) -> tuple[tuple[Fraction, ...], ...]:
        return tuple(
            tuple(a + part * (b - a) for a, b in zip(table, other, strict=True))
            for table, other in zip(tables, others, strict=True)
        )

    return Point(mix(point.keys, autre.keys), mix(point.transfers, autre.transfers))


def build_deal(
    rule: str, paquet: Paquet, point: Point, value: Fraction, bound: Fraction, status: Status,
    levels: tuple[Niveau, ...] = (), certificat: Certificat | None = None,
) -> Deal | Unknown:  # fmt: skip
    """Return the deal of an exact point, in cents; Unknown when no rounding checks. O(n x services)."""
    cents = round_cents(paquet, point)
    if cents is None:
        return Unknown(Status.FAILED)
    nets, gains = compute_nets(paquet, cents)
    return Deal(rule, point, cents.shares, cents.transfers, nets, gains, value, bound, status, levels, certificat)


def leximin(
    paquet: Paquet, lignes: Sequence[Ligne] = (), per: Sequence[int] | None = None, *, stages: int | None = None
) -> Deal | Conflict | Unknown:
    """Return the deal whose least gain is largest, then the next least, and so on; `levels` proves each level.

    `per`: gains over these whole numbers (None: in cents). `stages`: at most so many levels (None: all). The gains of a
    leximin are unique and do not depend on the order of the communes; the keys may not be, when criteria say the same,
    and the last cent then follows the key (codes decide it, not the order: `round_cents`). Lines that conflict: the
    Conflict of `check`. Errors: DonneeInvalide. Complexity: at most one linear programme a commune, warm; once the keys
    are set, levels that only limits of transfers stop come several at once, each with a small programme on the keys
    for its multipliers. Source: leximin by successive linear programmes (Ogryczak and Sliwinski, On solving linear
    programs with the ordered weighted averaging objective, EJOR 148, 2003; the idea is that of the nucleolus,
    Kopelowitz 1967); several levels at once: this project.
    """
    sur = check(paquet, lignes)
    if not isinstance(sur, Feasible):
        return sur
    espace = Espace(paquet)
    rangs = build_rangs(paquet, lignes)
    echelle = Echelle(espace, rangs, build_gains(paquet, per))
    etages, x, status = echelle.climb(stages)
    if not etages:
        return Unknown(status)
    point = land_point(espace, rangs, x, sur.point, echelle.solve_exactly)
    lecture = Lecture(paquet, point)
    reached = [lecture.measure(gain) for gain in echelle.gains]
    levels = echelle.certify(etages, reached)
    rule = "maxmin" if stages == 1 else "leximin"
    # Whatever stopped a later stage or kept the point away, the deal stands with the levels that it has, told as such.
    cent = min(Fraction(gain.transfert) for gain in echelle.gains)
    near = all(niveau.high - niveau.value <= cent for niveau in levels)
    ended = Status.OPTIMAL if status is Status.OPTIMAL and near else Status.LIMIT
    return build_deal(rule, paquet, point, levels[0].value, levels[0].high, ended, levels)


def maxmin(paquet: Paquet, lignes: Sequence[Ligne] = (), per: Sequence[int] | None = None) -> Deal | Conflict | Unknown:
    """Return a deal whose least gain is largest: the first level of `leximin`, the rest left as it comes.

    Other deals may have the same least gain: which one comes back may depend on the order of communes, criteria and
    services. A caller that shows it numbers them by a rule of its own (by name, say), or shows `leximin`.
    Shapes, errors, source: those of `leximin`. Complexity: two linear programmes.
    """
    return leximin(paquet, lignes, per, stages=1)
