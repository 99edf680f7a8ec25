"""What would bring a commune in: the smallest concession by each lever, the others keeping what they asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import NamedTuple

import numpy as np

from communaccord.noyau.accord.recherche.duale import PRECISION
from communaccord.noyau.accord.recherche.exactes import solve_multipliers, solve_vertex
from communaccord.noyau.accord.recherche.fixes import judge_fixe
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, Ligne
from communaccord.noyau.accord.recherche.modele import Paquet, Point, Service
from communaccord.noyau.accord.recherche.points import Lecture, find_fautes
from communaccord.noyau.accord.recherche.programme import Espace, build_rangs, read_commune, read_debut, read_services
from communaccord.noyau.accord.types import Libelle
from communaccord.noyau.preuves.farkas import Box, Exact, Row, compute_bound
from communaccord.noyau.solver import INFINITY, Program, Status


class Levier(Libelle):
    """What may be conceded. Size of a concession: a sum of weights (CLE), cents (TRANSFERT, PRIX), a part (MONTEE)."""

    CLE = "cle", "changer les poids de la clé"
    TRANSFERT = "transfert", "déplacer de l'argent entre communes"
    MONTEE = "montee", "ralentir la montée en charge"
    PRIX = "prix", "financer une part du coût en commun"


@dataclass(frozen=True, slots=True)
class Concession:
    """The smallest move of one lever.

    `ampleur`: CLE: sum of the absolute changes of the weights; TRANSFERT: cents a year that change hands beyond the
    present; MONTEE: part by which every year of the phase-in is lowered; PRIX: cents a year taken off the costs shared,
    the best spread over the services (`paquet` has what is left of each).
    `low`: proven limit below it (equal to it: exact). `paquet`, `point`: where the commune comes in, exactly. `status`:
    OPTIMAL; INFEASIBLE when it is proved that this lever alone cannot do it; else nothing is known, and the rest is
    None.
    """

    levier: Levier
    status: Status
    ampleur: Fraction | None = None
    low: Fraction | None = None
    paquet: Paquet | None = None
    point: Point | None = None


def flip(
    paquet: Paquet,
    lignes: Sequence[Ligne],
    point: Point,
    commune: str,
    keep: Collection[str] | None = None,
    leviers: Sequence[Levier] = tuple(Levier),
) -> tuple[Concession, ...]:
    """Return, for each lever alone, the smallest concession after which the lines of `commune` hold.

    `point`: the deal on the table. `keep`: codes whose lines must hold too (None: those whose lines all hold at the
    point). A lever that has nothing to do answers zero. Errors: DonneeInvalide. Complexity: a linear programme for CLE,
    TRANSFERT and PRIX (then its vertex in exact arithmetic), closed form for MONTEE. Source: least change of a
    point onto a polyhedron in the l1 norm, as a linear programme.
    """
    read_commune(paquet, commune)
    gardees = set(list_consentantes(paquet, lignes, point) if keep is None else keep) | {commune}
    retenues = [ligne for ligne in lignes if ligne.commune in gardees]
    if not all(judge_fixe(paquet, ligne) for ligne in retenues):
        return tuple(Concession(levier, Status.INFEASIBLE) for levier in leviers)
    return tuple(find_concession(levier, paquet, retenues, point) for levier in leviers)


def list_consentantes(paquet: Paquet, lignes: Sequence[Ligne], point: Point) -> tuple[str, ...]:
    """Return the codes of the communes whose lines all hold at a point, exactly. O(lines x services)."""
    refusent = {lignes[k].commune for k in find_broken(paquet, lignes, point)}
    return tuple(code for code in paquet.communes if code not in refusent)


def find_broken(paquet: Paquet, lignes: Sequence[Ligne], point: Point) -> tuple[int, ...]:
    """Return the numbers of the lines that do not hold at a point, exactly. Errors: DonneeInvalide. O(lines x
    services)."""
    lecture = Lecture(paquet, point)
    broken = {k for k, ligne in enumerate(lignes) if not judge_fixe(paquet, ligne)}
    broken |= {rang.ligne for rang in build_rangs(paquet, lignes) if not lecture.holds(rang)}
    return tuple(sorted(broken))


def find_concession(levier: Levier, paquet: Paquet, lignes: Sequence[Ligne], point: Point) -> Concession:
    """Return the smallest move of one lever after which the lines hold, all else as at the point."""
    if levier is Levier.MONTEE:
        return bend_package(paquet, lignes, point)
    return move_point(levier, paquet, lignes, point)


class Mouvements(NamedTuple):
    """Moves of a point as an exact programme: columns >= 0 and bounded, what is maximised is less than zero."""

    boxes: list[Box]
    rows: list[Row]
    equalities: list[Row]
    objective: dict[int, Exact]


def move_point(levier: Levier, paquet: Paquet, lignes: Sequence[Ligne], point: Point) -> Concession:
    """Return the least change of the weights, transfers or costs after which the lines hold; exact both ways."""
    espace = Espace(paquet)
    moves = build_moves(levier, espace, lignes, point)
    if any(row.bound > 0 and not row.coefficients for row in moves.rows):
        return Concession(levier, Status.INFEASIBLE)
    if not moves.boxes:
        return Concession(levier, Status.OPTIMAL, Fraction(0), Fraction(0), paquet, point)
    unit = 1.0 if levier is Levier.CLE else espace.unite
    program = build_moves_program(moves, unit, espace.unite)
    solution = program.solve()
    if solution.status is Status.INFEASIBLE:
        return Concession(levier, Status.INFEASIBLE if is_impossible_move(moves, unit, espace.unite) else Status.FAILED)
    if solution.status is not Status.OPTIMAL:
        return Concession(levier, solution.status)
    return land_move(levier, paquet, lignes, point, moves, program)


def land_move(
    levier: Levier, paquet: Paquet, lignes: Sequence[Ligne], point: Point, moves: Mouvements, program: Program
) -> Concession:
    """Return the move of the last vertex of the solver, solved and bounded again in exact arithmetic."""
    rows, basis, equal = [*moves.equalities, *moves.rows], program.read_basis(), len(moves.equalities)
    values = solve_vertex(rows, moves.boxes, basis)
    multipliers = solve_multipliers(rows, moves.objective, basis)
    if values is None or multipliers is None:
        return Concession(levier, Status.FAILED)
    if levier is Levier.PRIX:
        paquet, moved = lower_costs(paquet, values), point
    else:
        moved = apply_moves(levier, point, values)
    if find_fautes(paquet, lignes, moved):
        return Concession(levier, Status.FAILED)
    kept = [max(y, Fraction(0)) for y in multipliers[equal:]]
    bound = compute_bound(
        moves.boxes,
        list(zip(moves.rows, kept, strict=True)),
        list(zip(moves.equalities, multipliers[:equal], strict=True)),
        moves.objective,
    )
    ampleur = sum((-moves.objective.get(c, 0) * value for c, value in enumerate(values)), Fraction(0))
    return Concession(levier, Status.OPTIMAL, ampleur, -bound, paquet, moved)


def build_moves(levier: Levier, espace: Espace, lignes: Sequence[Ligne], point: Point) -> Mouvements:
    """Return the moves of a lever as an exact programme, its rows those of the lines."""
    if levier is Levier.PRIX:
        return build_cost_moves(espace.paquet, lignes, point)
    build = build_key_moves if levier is Levier.CLE else build_transfer_moves
    return build(espace, lignes, point)


def build_cost_moves(paquet: Paquet, lignes: Sequence[Ligne], point: Point) -> Mouvements:
    """Return what is taken off each cost: column j, cents a year, for service j. O(lines x services^2).

    What a line has left is linear in the costs: one reading without each cost gives its slope, exactly.
    """
    couts = [service.cout for service in paquet.services]
    present = measure_lignes(paquet, lignes, point)
    sans = [
        measure_lignes(lower_costs(paquet, [cout * (k == j) for k in range(len(couts))]), lignes, point)
        for j, cout in enumerate(couts)
    ]
    rows = []
    for r, value in enumerate(present):
        slopes = {j: (sans[j][r] - value) / cout for j, cout in enumerate(couts) if cout}
        rows.append(Row({j: slope for j, slope in slopes.items() if slope}, -value))
    return Mouvements([(0, cout) for cout in couts], rows, [], dict.fromkeys(range(len(couts)), -1))


def measure_lignes(paquet: Paquet, lignes: Sequence[Ligne], point: Point) -> list[Fraction]:
    """Return what each line on money has left at a point, exact cents."""
    lecture = Lecture(paquet, point)
    return [Fraction(lecture.measure(rang)) for rang in build_rangs(paquet, lignes)]


def lower_costs(paquet: Paquet, values: Sequence[Exact]) -> Paquet:
    """Return the package with this much less, cents, of each cost, then cut to the cent below."""
    services = (replace(s, cout=floor(s.cout - value)) for s, value in zip(paquet.services, values, strict=True))
    return replace(paquet, services=tuple(services))


def build_key_moves(espace: Espace, lignes: Sequence[Ligne], point: Point) -> Mouvements:
    """Return the moves of the keys: columns 2k (up) and 2k + 1 (down) of weight k. O(lines x weights)."""
    boxes: list[Box] = []
    for j, c in espace.cles:
        critere, poids = espace.paquet.services[j].criteres[c], point.keys[j][c]
        boxes += [(0, critere.haut - poids), (0, poids - critere.bas)]
    equalities = [
        Row({column: 1 - 2 * (column % 2) for column in range(2 * debut, 2 * fin)}, 0)
        for debut, fin in zip(espace.debuts[:-1], espace.debuts[1:], strict=True)
    ]
    lecture = Lecture(espace.paquet, point)
    rows = []
    for rang in build_rangs(espace.paquet, lignes):
        values: dict[int, Exact] = {}
        for column, value in espace.build_row(rang).coefficients.items():
            if column < len(espace.cles):
                slope = value * espace.prix[column]
                values |= {2 * column: slope, 2 * column + 1: -slope}
        rows.append(Row(values, -lecture.measure(rang)))
    return Mouvements(boxes, rows, equalities, dict.fromkeys(range(len(boxes)), -1))


def build_transfer_moves(espace: Espace, lignes: Sequence[Ligne], point: Point) -> Mouvements:
    """Return the transfers to come: columns 3k (received), 3k + 1 (given) and 3k + 2 (received beyond the present), for
    vehicle v and commune i at k = v n + i. O(vehicles x n + lines)."""
    paquet, n = espace.paquet, espace.paquet.n
    joints = [bool(read_services(paquet, i)) for i in range(n)]
    boxes: list[Box] = []
    rows: list[Row] = []
    for v, (vehicule, table) in enumerate(zip(paquet.vehicules, point.transfers, strict=True)):
        for i, present in enumerate(table):
            k = 3 * (v * n + i)
            recevoir, donner = vehicule.recevoir[i] * joints[i], vehicule.donner[i] * joints[i]
            plus: Exact = max(Fraction(0), recevoir - present)
            boxes += [(0, recevoir), (0, donner), (0, plus)]
            rows.append(Row({k: -1, k + 1: 1, k + 2: 1}, -present))
        for sens in (0, 1):
            rows.append(Row(dict.fromkeys(range(3 * v * n + sens, 3 * (v + 1) * n, 3), -1), -vehicule.total))
    solde: dict[int, Exact] = {}
    for k in range(0, len(boxes), 3):
        solde |= {k: 1, k + 1: -1}
    lecture = Lecture(paquet, point)
    for rang in build_rangs(paquet, lignes):
        values: dict[int, Exact] = {}
        present = Fraction(0)
        for v, table in enumerate(point.transfers if rang.transfert else ()):
            k = 3 * (v * n + rang.commune)
            values |= {k: rang.transfert, k + 1: -rang.transfert}
            present += rang.transfert * table[rang.commune]
        rows.append(Row(values, present - lecture.measure(rang)))
    objective: dict[int, Exact] = dict.fromkeys(range(2, len(boxes), 3), -1)
    return Mouvements(boxes, rows, [Row(solde, 0)] if boxes else [], objective)


def build_moves_program(moves: Mouvements, column: float, money: float, *, margin: bool = False) -> Program:
    """Return the moves in floats: columns divided by `column`, rows on money by `money`.

    `margin`: one more column instead of the objective, the margin that all rows share, at most zero.
    """
    size = len(moves.boxes)
    cost = np.array([0.0 if margin else float(moves.objective.get(c, 0)) for c in range(size)] + [1.0] * margin)
    high = np.array([float(box[1]) / column for box in moves.boxes] + [0.0] * margin)
    low = np.array([0.0] * size + [-INFINITY] * margin)
    program = Program(cost, low, high, maximize=True)
    equal = len(moves.equalities)
    for r, row in enumerate((*moves.equalities, *moves.rows)):
        unit = column if r < equal else money
        columns, values = list(row.coefficients), [float(v) * column / unit for v in row.coefficients.values()]
        if margin and r >= equal:
            columns, values = [*columns, size], [*values, -1.0]
        bound = float(row.bound) / unit
        program.add_row(bound, columns, values, bound if r < equal else INFINITY)
    return program


def is_impossible_move(moves: Mouvements, column: float, money: float) -> bool:
    """Return whether it is proved, exactly, that no move satisfies the rows: by the multipliers of the best margin."""
    program = build_moves_program(moves, column, money, margin=True)
    solution = program.solve()
    if solution.status is not Status.OPTIMAL:
        return False
    equal, size = len(moves.equalities), len(moves.boxes)
    rounded: list[Exact] = [round(-float(y) * PRECISION) for y in solution.duals]
    carried = [Row({**row.coefficients, size: -1}, row.bound) for row in moves.rows]
    exact = solve_multipliers([*moves.equalities, *carried], {size: 1}, program.read_basis())
    return any(
        compute_bound(
            moves.boxes,
            [(row, max(y, 0)) for row, y in zip(moves.rows, found[equal:], strict=True)],
            list(zip(moves.equalities, found[:equal], strict=True)),
        )
        < 0
        for found in (rounded, exact or rounded)
    )


def apply_moves(levier: Levier, point: Point, values: Sequence[Fraction]) -> Point:
    """Return the point after the moves. O(columns)."""
    if levier is Levier.CLE:
        deltas = iter(up - down for up, down in zip(values[::2], values[1::2], strict=True))
        keys = tuple(tuple(weight + next(deltas) for weight in key) for key in point.keys)
        return Point(keys, point.transfers)
    nets = iter(received - given for received, given in zip(values[::3], values[1::3], strict=True))
    return Point(point.keys, tuple(tuple(next(nets) for _ in table) for table in point.transfers))


def bend_package(paquet: Paquet, lignes: Sequence[Ligne], point: Point) -> Concession:
    """Return the least part by which the phase-in must be lowered, keys and transfers as they are.

    What each line has left is affine in that part: two readings, at 0 and at 1, give it exactly.
    """
    bouts = []
    for part in (Fraction(0), Fraction(1)):
        bouts.append(measure_lignes(bend(paquet, lignes, part), lignes, point))
    bas, haut = Fraction(0), Fraction(1)
    for avant, apres in zip(*bouts, strict=True):
        if avant < 0 and apres < 0:
            return Concession(Levier.MONTEE, Status.INFEASIBLE)
        if avant < 0:
            bas = max(bas, avant / (avant - apres))
        elif apres < 0:
            haut = min(haut, avant / (avant - apres))
    if bas > haut:
        return Concession(Levier.MONTEE, Status.INFEASIBLE)
    plie = bend(paquet, lignes, bas)
    if find_fautes(plie, lignes, point):
        return Concession(Levier.MONTEE, Status.FAILED)
    return Concession(Levier.MONTEE, Status.OPTIMAL, bas, bas, plie, point)


def bend(paquet: Paquet, lignes: Sequence[Ligne], part: Fraction) -> Paquet:
    """Return the package with its phase-in lowered by `part`, in its own years and in every year that a line reads."""
    lues = [line.annee for line in lignes if isinstance(line, ContributionMax | GainMin) and line.annee is not None]
    return replace(paquet, services=tuple(bend_montee(paquet, service, lues, part) for service in paquet.services))


def bend_montee(paquet: Paquet, service: Service, lues: Sequence[int], part: Fraction) -> Service:
    """Return a service with each year of its phase-in, and each year read, lowered by `part`. O(years)."""
    years = len(service.montee)
    if lues:
        years = max(years, max(lues) - read_debut(paquet, service) + 1)
    return replace(service, montee=tuple((1 - part) * service.read_montee(rang) for rang in range(years)))
