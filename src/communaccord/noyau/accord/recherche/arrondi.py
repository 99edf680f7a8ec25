"""From exact shares to cents that add up: every share, every net contribution and every total within a cent.

Controlled rounding of a table (Bacharach, Matrix rounding problems, Management Science 12, 1966; Cox, A constructive
procedure for unbiased controlled rounding, JASA 82, 1987): the entries and the sums that matter are all rounded to one
of the two nearest whole numbers at once. The constraints are two laminar families, hence totally unimodular: the vertex
that the solver returns is whole, and this is checked.
"""

from collections.abc import Sequence
from itertools import chain
from math import lcm
from typing import NamedTuple

import numpy as np

from communaccord.noyau.accord.recherche.modele import Paquet, Point, scale_shares
from communaccord.noyau.solver import Program, Status


class Cents(NamedTuple):
    """Cents by service and commune, then by vehicle and commune."""

    shares: tuple[tuple[int, ...], ...]
    transfers: tuple[tuple[int, ...], ...]


class Exacts(NamedTuple):
    """The exact table: whole numbers over `commun`, one line a service then one a vehicle; one column a commune.

    `cents`: each amount cut to the cent below, `rests`: what this leaves, over `commun`.
    """

    lines: tuple[tuple[int, ...], ...]
    commun: int
    cents: tuple[tuple[int, ...], ...]
    rests: tuple[tuple[int, ...], ...]


def round_cents(paquet: Paquet, point: Point) -> Cents | None:
    """Return whole cents near an exact point: services sum to their cost, transfers to zero, net contributions within
    a cent of the exact ones; as near to the exact amounts as possible in sum, codes deciding between equals.

    None when the solver fails to give whole numbers that check (never seen; the caller tells it). Complexity: a linear
    programme of one column a fractional amount.
    """
    exacts = scale_point(paquet, point)
    whole = [list(line) for line in exacts.cents]
    entrees = [(t, i) for t, line in enumerate(exacts.rests) for i, rest in enumerate(line) if rest]
    sums = build_sums(paquet.n, len(paquet.services), exacts)
    for (t, i), up in zip(entrees, choose_ups(paquet, exacts, entrees, sums), strict=True):
        whole[t][i] += up
    services = len(paquet.services)
    cents = Cents(tuple(map(tuple, whole[:services])), tuple(map(tuple, whole[services:])))
    return cents if is_rounding(exacts, sums, cents) else None


def compute_nets(paquet: Paquet, cents: Cents) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what each commune pays, net of transfers, then what it gains on its costs alone. O(n x tables)."""
    recus = [sum(table[i] for table in cents.transfers) for i in range(paquet.n)]
    nets = tuple(sum(table[i] for table in cents.shares) - recus[i] for i in range(paquet.n))
    seuls = [sum(s.seul[i] for s in paquet.services if i in s.perimetre) for i in range(paquet.n)]
    return nets, tuple(seul - net for seul, net in zip(seuls, nets, strict=True))


def scale_point(paquet: Paquet, point: Point) -> Exacts:
    """Return all the amounts of a point over one denominator. O(n x (services + vehicles))."""
    scaled = [scale_shares(service, key) for service, key in zip(paquet.services, point.keys, strict=True)]
    commun = lcm(*(d for _, d in scaled), *(value.denominator for table in point.transfers for value in table))
    lines = [tuple(value * (commun // d) for value in values) for values, d in scaled]
    lines += [tuple(t.numerator * (commun // t.denominator) for t in table) for table in point.transfers]
    cut = [[divmod(value, commun) for value in line] for line in lines]
    cents, rests = (tuple(tuple(pair[k] for pair in line) for line in cut) for k in (0, 1))
    return Exacts(tuple(lines), commun, cents, rests)


Somme = list[tuple[int, int, int]]


def choose_ups(paquet: Paquet, exacts: Exacts, entrees: Sequence[tuple[int, int]], sums: Sequence[Somme]) -> list[int]:
    """Return, for each fractional amount, 1 when it goes up and 0 when it goes down."""
    if not entrees:
        return []
    ranks = {i: r for r, i in enumerate(sorted(range(paquet.n), key=lambda i: paquet.communes[i]))}
    parts = [exacts.rests[t][i] / exacts.commun for t, i in entrees]
    costs = [1 - 2 * p + 1e-7 * (ranks[i] + t / 100) / paquet.n for p, (t, i) in zip(parts, entrees, strict=True)]
    program = Program(costs, [0.0] * len(entrees), [1.0] * len(entrees))
    matrix = np.zeros((len(sums), len(entrees)))
    places = {place: k for k, place in enumerate(entrees)}
    lows, highs = [], []
    for r, somme in enumerate(sums):
        rest = 0
        for t, i, signe in somme:
            if (t, i) in places:
                matrix[r, places[t, i]] = signe
                rest += signe * exacts.rests[t][i]
        lows.append(float(rest // exacts.commun))
        highs.append(float(-(-rest // exacts.commun)))
    program.add_rows(np.array(lows), matrix, np.array(highs))
    solution = program.solve()
    return [round(float(x)) for x in solution.x] if solution.status is Status.OPTIMAL else [0] * len(entrees)


def build_sums(n: int, services: int, exacts: Exacts) -> list[Somme]:
    """Return the signed sums to hold: each service, all transfers, each way of a vehicle, each net contribution."""
    vehicules = range(services, len(exacts.lines))
    sums: list[Somme] = [[(t, i, 1) for i in range(n)] for t in range(services)]
    sums.append([(t, i, 1) for t in vehicules for i in range(n)])
    for t in vehicules:
        sums.append([(t, i, 1) for i in range(n) if exacts.lines[t][i] > 0])
        sums.append([(t, i, 1) for i in range(n) if exacts.lines[t][i] < 0])
    sums += [[(t, i, 1 if t < services else -1) for t in range(len(exacts.lines))] for i in range(n)]
    return [somme for somme in sums if somme]


def is_rounding(exacts: Exacts, sums: Sequence[Somme], cents: Cents) -> bool:
    """Return whether every amount and every sum to hold is within a cent of the exact one, on whole numbers. O(n)."""
    lines, commun, whole = exacts.lines, exacts.commun, [*cents.shares, *cents.transfers]
    entries = (pair for line, row in zip(lines, whole, strict=True) for pair in zip(line, row, strict=True))
    totals = (
        (sum(s * lines[t][i] for t, i, s in places), sum(s * whole[t][i] for t, i, s in places)) for places in sums
    )
    return all(value // commun <= cent <= -(-value // commun) for value, cent in chain(entries, totals))
