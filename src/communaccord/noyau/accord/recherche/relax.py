"""When lines conflict: what to give up, in cents as little as possible, or in lines as few as possible."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

import numpy as np

from communaccord.noyau.accord.recherche.check import Marge, reduce_conflict
from communaccord.noyau.accord.recherche.duale import PRECISION, Certificat, build_certificat, round_duals, round_fixed
from communaccord.noyau.accord.recherche.fixes import list_manquees
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.modele import Paquet, Point
from communaccord.noyau.accord.recherche.points import FINESSES, Lecture, round_point
from communaccord.noyau.accord.recherche.programme import Espace, Rang, build_rangs
from communaccord.noyau.accord.recherche.resultats import Conflict, Drop, Feasible, Relaxation, Unknown
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.solver import INFINITY, Floats, Status

# A point, the cents that each line lacks there, their weighted total.
Cession = tuple[Point, Mapping[int, Fraction], Fraction]

# A convention of this software, not of the law: one indispensable line weighs as much as ten that are useful.
POIDS: Mapping[Priorite, int] = {Priorite.INDISPENSABLE: 100, Priorite.UTILE: 10, Priorite.SECONDAIRE: 1}


def weigh_lignes(lignes: Sequence[Ligne]) -> tuple[int, ...]:
    """Return the usual weight of each line by its degree: 100, 10, 1. O(lines)."""
    return tuple(POIDS[ligne.degre] for ligne in lignes)


def check_poids(lignes: Sequence[Ligne], weights: Sequence[int] | None) -> tuple[int, ...]:
    """Return whole positive weights, those of the degrees when none is given. Errors: DonneeInvalide. O(lines)."""
    poids = weigh_lignes(lignes) if weights is None else tuple(weights)
    if len(poids) != len(lignes) or any(isinstance(w, bool) or not isinstance(w, int) or w < 1 for w in poids):
        raise DonneeInvalide("Chaque ligne a pour poids un nombre entier d'au moins 1.", "Corrigez les poids.")
    return poids


def relax(
    paquet: Paquet, lignes: Sequence[Ligne], weights: Sequence[int] | None = None, *, aussi: Sequence[Ligne] = ()
) -> Relaxation | Unknown:
    """Return the least weighted total of cents that the lines on money must give up so that all of them hold.

    `weights`: one whole number >= 1 a line (None: those of the degrees). `aussi`: lines on money that hold at the point
    too when the least total allows all of them, else that lack as little as it allows in sum, as the solver finds; they
    never weigh anything. Lines that the package itself refuses are told apart (`fixes`): no amount meets them. The
    amounts are exact at an exact point, `low` is proved by multipliers that `preuves.farkas` reads: `gap` is less
    than a tenth of a cent, given for a key that spares lines a cent of writing. The total is unique, who gives it up
    may not be: between sets of amounts of the same total, the order of the lines and of the communes may decide, and
    nothing tells that others exist. Errors: DonneeInvalide.
    Complexity: one linear programme, five at most. Source: elastic filter, Chinneck and Dravnieks 1991.
    """
    poids = check_poids(lignes, weights)
    fixes = list_manquees(paquet, lignes)
    espace = Espace(paquet)
    rangs = build_rangs(paquet, lignes)
    cedees = sorted({rang.ligne for rang in rangs})
    place = {ligne: k for k, ligne in enumerate(cedees)}
    matrix, bornes = espace.build_matrix(rangs)
    costs = np.array([float(poids[ligne]) for ligne in cedees])
    program = espace.build_program(costs, np.zeros(len(cedees)), np.full(len(cedees), INFINITY), maximize=False)
    slacks = np.zeros((len(rangs), len(cedees)))
    for r, rang in enumerate(rangs):
        slacks[r, place[rang.ligne]] = 1.0
    program.add_rows(bornes, np.hstack([matrix, slacks]), np.full(len(rangs), INFINITY))
    solution = program.solve()
    if solution.status is not Status.OPTIMAL:
        return Unknown(solution.status)
    certificat = bound_total(espace, rangs, poids, solution.duals)
    point, cents, total = find_cheapest(espace, rangs, poids, solution.x)
    if 0 < total < max(poids):
        # Less than a cent: only the rounding of the solver, perhaps.
        answer = Marge(espace, rangs).decide()
        if isinstance(answer, Feasible):
            point, cents, total = answer.point, {}, Fraction(0)
    souhaits = build_rangs(paquet, aussi)
    if souhaits:
        point, cents, total = spare_cents(espace, rangs, poids, (point, cents, total), souhaits)
    if any(manque < 1 for manque in cents.values()):
        point, cents, total = spare_cents(espace, rangs, poids, (point, cents, total), ())
    return Relaxation(point, cents, total, max(Fraction(0), -certificat.compute_bound()), fixes, certificat)


def find_cheapest(espace: Espace, rangs: Sequence[Rang], poids: Sequence[int], x: Floats) -> Cession:
    """Return, of the exact points near `x`, the one that gives up the least (the simplest keys when tied). O(rows)."""
    found = []
    for rank, finesse in enumerate(FINESSES):
        point = round_point(espace, x, finesse)
        cents = measure_manques(espace.paquet, rangs, point)
        total = sum((poids[ligne] * manque for ligne, manque in cents.items()), Fraction(0))
        found.append((total, rank, point, cents))
    total, _, point, cents = min(found, key=lambda f: f[:2])
    return point, cents, total


def spare_cents(
    espace: Espace, rangs: Sequence[Rang], poids: Sequence[int], found: Cession, souhaits: Sequence[Rang]
) -> Cession:
    """Return a point where the lines that lack less than a cent hold, and the wishes, the others giving up a hair more:
    what they lack may come from the writing of the key only. The same point when there is none. Complexity: one linear
    programme.

    The hair weighs a tenth of a cent in all: the total stays proved as near to its least.
    """
    _, cents, _ = found
    larges = {ligne: manque for ligne, manque in cents.items() if manque >= 1}
    hair = Fraction(1, 10 * sum(poids[ligne] for ligne in larges)) if larges else Fraction(0)
    given = {ligne: manque + hair for ligne, manque in larges.items()}
    larger = [replace(rang, borne=rang.borne - given.get(rang.ligne, 0)) for rang in rangs]
    answer = Marge(espace, [*larger, *souhaits]).decide()
    if souhaits and not isinstance(answer, Feasible):
        answer = Marge(espace, [*larger, *loosen_souhaits(espace, larger, souhaits)]).decide()
    if not isinstance(answer, Feasible):
        return found
    new = measure_manques(espace.paquet, rangs, answer.point)
    return answer.point, new, sum((poids[ligne] * manque for ligne, manque in new.items()), Fraction(0))


def loosen_souhaits(espace: Espace, rangs: Sequence[Rang], souhaits: Sequence[Rang]) -> list[Rang]:
    """Return the wishes, those that cannot hold once the rows do lowered by what they then lack, in all as little as
    the solver finds, and a tenth of a cent. Complexity: one linear programme."""
    matrix, bornes = espace.build_matrix([*rangs, *souhaits])
    taille = len(souhaits)
    program = espace.build_program([1.0] * taille, np.zeros(taille), np.full(taille, INFINITY), maximize=False)
    slacks = np.vstack([np.zeros((len(rangs), taille)), np.eye(taille)])
    program.add_rows(bornes, np.hstack([matrix, slacks]), np.full(len(bornes), INFINITY))
    solution = program.solve()
    if solution.status is not Status.OPTIMAL:
        return list(souhaits)
    lecture = Lecture(espace.paquet, round_point(espace, solution.x, FINESSES[-1]))
    manques = [max(Fraction(0), -lecture.measure(rang)) for rang in souhaits]
    return [
        replace(rang, borne=rang.borne - manque - Fraction(1, 10)) if manque >= 1 else rang
        for rang, manque in zip(souhaits, manques, strict=True)
    ]


def measure_manques(paquet: Paquet, rangs: Sequence[Rang], point: Point) -> Mapping[int, Fraction]:
    """Return, by number of line, how many cents it lacks at a point; only the lines that lack some. O(rows)."""
    lecture = Lecture(paquet, point)
    manques: dict[int, Fraction] = {}
    for rang in rangs:
        if not lecture.holds(rang):
            manques[rang.ligne] = max(-lecture.measure(rang), manques.get(rang.ligne, Fraction(0)))
    return manques


def bound_total(espace: Espace, rangs: Sequence[Rang], poids: Sequence[int], duals: Floats) -> Certificat:
    """Return multipliers whose bound is the opposite of a least total.

    The multipliers of the rows of a line never sum to more than its weight: then what the line gives up costs at least
    what it brings, and its own column needs no bound. O(rows).
    """
    multipliers = round_duals(duals[espace.fixes :])
    sums: dict[int, int] = {}
    for rang, y in zip(rangs, multipliers, strict=True):
        sums[rang.ligne] = sums.get(rang.ligne, 0) + y
    most = {ligne: min(total, poids[ligne] * PRECISION) for ligne, total in sums.items()}
    kept = [y * most[r.ligne] // sums[r.ligne] if y else 0 for r, y in zip(rangs, multipliers, strict=True)]
    return build_certificat(espace, rangs, kept, round_fixed(duals[: espace.fixes]))


def drop_fewest(
    paquet: Paquet,
    lignes: Sequence[Ligne],
    weights: Sequence[int] | None = None,
    *,
    nodes: int | None = 2000,
    should_stop: Callable[[], bool] | None = None,
) -> Drop | Unknown:
    """Return lines of least total weight whose withdrawal lets all the others hold.

    `weights`: None: every line weighs one (the fewest lines). `nodes`: budget of the branch and bound; when it or
    `should_stop` ends the search, the best answer comes back with status LIMIT and an honest bound. The rest is checked
    exactly; what is given up for nothing is put back. `certified` is a bound proved without the solver. Other sets of
    lines may weigh as little: between them, the order of the lines may decide. Errors: DonneeInvalide. Complexity: a
    mixed-integer programme of one binary a line, NP-hard in general. Source: minimum unsatisfied constraint set
    (Chinneck, Feasibility and Infeasibility in Optimization, 2008, chapter 7).
    """
    poids = (1,) * len(lignes) if weights is None else check_poids(lignes, weights)
    fixes = set(list_manquees(paquet, lignes))
    espace = Espace(paquet)
    rangs = [rang for rang in build_rangs(paquet, lignes) if rang.ligne not in fixes]
    conflits = pack_conflicts(espace, lignes, rangs)
    chosen, low, status = search_lines(espace, rangs, poids, conflits, nodes, should_stop)
    reste = keep_lines(espace, rangs, chosen)
    if isinstance(reste, Unknown):
        return reste
    point, kept = reste
    abandons = tuple(sorted(fixes | kept))
    base = sum(poids[k] for k in fixes)
    certified = base + sum(min(poids[k] for k in conflit.numeros) for conflit in conflits)
    total = sum(poids[k] for k in abandons)
    return Drop(abandons, total, min(total, max(base + low, certified)), certified, conflits, point, status)


def search_lines(
    espace: Espace,
    rangs: Sequence[Rang],
    poids: Sequence[int],
    conflits: Sequence[Conflict],
    nodes: int | None,
    should_stop: Callable[[], bool] | None,
) -> tuple[set[int], int, Status]:
    """Return lines to give up by the solver, its bound of their weight, and how it ended. One binary a line.

    The room that a line given up receives is the most that it may lack anywhere, by its box: exact, and tight. Whatever
    the end, the lines are a candidate: `keep_lines` decides. Known conflicts, of which one line at least must go, make
    the search shorter.
    """
    cedees = sorted({rang.ligne for rang in rangs})
    if not cedees:
        return set(), 0, Status.OPTIMAL
    place = {ligne: k for k, ligne in enumerate(cedees)}
    matrix, bornes = espace.build_matrix(rangs)
    costs = np.array([float(poids[ligne]) for ligne in cedees])
    integer = range(espace.colonnes, espace.colonnes + len(cedees))
    program = espace.build_program(
        costs, np.zeros(len(cedees)), np.ones(len(cedees)),
        maximize=False, nodes=nodes, integer=integer, should_stop=should_stop,
    )  # fmt: skip
    rooms = np.zeros((len(rangs), len(cedees)))
    for r, rang in enumerate(rangs):
        rooms[r, place[rang.ligne]] = measure_room(espace, rang) / espace.unite
    program.add_rows(bornes, np.hstack([matrix, rooms]), np.full(len(rangs), INFINITY))
    for conflit in conflits:
        program.add_row(
            1.0, [espace.colonnes + place[k] for k in conflit.numeros], [1.0] * len(conflit.numeros), INFINITY
        )
    solution = program.solve()
    if len(solution.x) == 0:
        return set(cedees), 0, Status.LIMIT
    chosen = {ligne for ligne, k in place.items() if solution.x[espace.colonnes + k] > 0.5}
    return chosen, max(0, ceil(solution.bound - 1e-6)), solution.status


def measure_room(espace: Espace, rang: Rang) -> float:
    """Return a whole bound, in cents, of what a row may lack anywhere in the polytope. O(criteria)."""
    row = espace.build_row(rang)
    least = sum(min(v * espace.boxes[c][0], v * espace.boxes[c][1]) for c, v in row.coefficients.items())
    return float(max(0, ceil(row.bound - least)))


def keep_lines(espace: Espace, rangs: Sequence[Rang], chosen: set[int]) -> tuple[Point, set[int]] | Unknown:
    """Return an exact point where the lines not given up hold, and the lines really given up.

    A line given up that holds at the point is put back. When floats misjudged a line, one of the conflict that is left
    is given up too, so that the answer is always true.
    """
    chosen = set(chosen)
    while True:
        answer = Marge(espace, [rang for rang in rangs if rang.ligne not in chosen]).decide()
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Feasible):
            lecture = Lecture(espace.paquet, answer.point)
            return answer.point, {rang.ligne for rang in rangs if rang.ligne in chosen and not lecture.holds(rang)}
        chosen.add(min(answer.lignes))


def pack_conflicts(espace: Espace, lignes: Sequence[Ligne], rangs: Sequence[Rang]) -> tuple[Conflict, ...]:
    """Return conflicts that share no line, found one after the other until the rest holds: each loses one line.

    Complexity: one `check` a conflict.
    """
    conflits: list[Conflict] = []
    restants = list(rangs)
    while True:
        answer = Marge(espace, restants).decide()
        if not isinstance(answer, Certificat):
            return tuple(conflits)
        conflit = reduce_conflict(espace, lignes, restants, answer)
        conflits.append(conflit)
        restants = [rang for rang in restants if rang.ligne not in conflit.numeros]
