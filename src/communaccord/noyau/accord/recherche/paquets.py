"""The search for a package of services: options, perimeters and transfers that win over the largest population.

The solver proposes; what is told was built again in exact arithmetic (bills, transfers) and read by two independent
checkers (`preuves.borne`: objective, budgets and transfers; `preuves.faisable`: every line on money). The bound is that
of the branch and bound, rounded down to a whole objective; `proved` is certified without the solver, by multipliers in
exact arithmetic on parts of the menu: sometimes weaker, but anyone can redo it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from communaccord.noyau.accord.recherche.atlas import DOUBT
from communaccord.noyau.accord.recherche.certificat import Certificate, prove_bound
from communaccord.noyau.accord.recherche.depart import find_departs
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.menu import Menu
from communaccord.noyau.accord.recherche.offre_exacte import PackageDeal, build_deal
from communaccord.noyau.accord.recherche.programme_menu import Offres, Programme
from communaccord.noyau.preuves.borne import compute_gap
from communaccord.noyau.solver import Floats, Status

KEEP = 3
NODES = 20_000
LEAVES = 1
GAP = Fraction(1, 200)
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Packages:
    """What the search found.

    `deals`: the best first, each checked; empty when no service stands. `value`: objective of the best, 0 when none.
    `bound`: no package of the menu counts more, by the branch and bound; `proved`: the same by the certificate
    alone (None: the population that may consent at all).
    `gap`: between value and bound, part of the bound. `status`: OPTIMAL when value = bound, LIMIT when the budget, the
    gap asked or the caller ended the search first. `nodes`: explored.
    """

    deals: tuple[PackageDeal, ...]
    value: int
    bound: int
    proved: int
    gap: Fraction
    status: Status
    nodes: int
    certificate: Certificate | None


def search_packages(
    menu: Menu,
    lignes: Sequence[Ligne],
    *,
    nodes: int = NODES,
    gap: Fraction = GAP,
    leaves: int = LEAVES,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Packages:
    """Return the packages of the menu with which the largest population consents.

    A commune consents when it joins at least one service and all its `lignes` hold (all of them bind: give those that
    count). At most one option a service; a service stands when the prices posted to its members pay its cost; transfers
    only between communes that consent, by the vehicles of the menu. `leaves`: most parts of the certificate (0: none,
    1: the relaxation of the whole). `progress(value, bound)`: each better answer. `should_stop`: asked between steps
    and by the solver; the best answer so far is then told as LIMIT.
    Guarantee: every deal is feasible, exactly; no package counts more than `proved` (exact) nor than `bound` (as far as
    the solver's floats go; an answer of it that does not hold exactly is left out, and the status is then LIMIT).
    Deterministic when `should_stop` is (fixed seed, one thread, nodes counted).
    Errors: DonneeInvalide. NP-hard (it holds a knapsack for each service); `nodes` bounds the work.
    Source: branch and bound of HiGHS on a posted-price programme; weak duality for `proved`.
    """
    offres = Offres(menu, lignes)
    programme = Programme(offres)
    everybody = sum(poids for i, poids in enumerate(menu.poids) if i not in offres.closed)
    found = search_departs(offres, everybody, should_stop, progress)
    stopped = should_stop is not None and should_stop()
    bound, explored, certificate = everybody if programme.opens else 0, 0, None
    if bound > measure(found) and not stopped:
        bound, explored = run_search(programme, found, nodes, gap, should_stop, everybody)
        if leaves and not (should_stop is not None and should_stop()):
            certificate = prove_bound(
                programme.modele, programme.opens.values(), target=bound, leaves=leaves, should_stop=should_stop
            )
    proved = min(everybody if programme.opens else 0, floor(certificate.bound) if certificate else everybody)
    value, bound = measure(found), min(bound, proved)
    if progress:
        progress(value, bound)
    distinct = [deal for k, deal in enumerate(found) if deal.members not in [other.members for other in found[:k]]]
    deals = tuple(sorted(distinct, key=lambda deal: -deal.value)[:KEEP])
    status = Status.OPTIMAL if value == bound else Status.LIMIT
    return Packages(deals, value, bound, proved, compute_gap(value, bound), status, explored, certificate)


def measure(found: Sequence[PackageDeal]) -> int:
    """Return the best objective, 0 when nothing was found."""
    return max((deal.value for deal in found), default=0)


def search_departs(
    offres: Offres,
    bound: int,
    should_stop: Callable[[], bool] | None,
    progress: Callable[[int, int], None] | None,
) -> list[PackageDeal]:
    """Return the packages of the first search, checked, in the order found."""
    found: list[PackageDeal] = []
    for depart in find_departs(offres):
        deal = build_deal(offres, depart.choice, depart.members)
        if deal is not None:
            found.append(deal)
            if progress:
                progress(deal.value, bound)
        if measure(found) == bound or (should_stop is not None and should_stop()):
            break
    return found


def run_search(
    programme: Programme,
    found: list[PackageDeal],
    nodes: int,
    gap: Fraction,
    should_stop: Callable[[], bool] | None,
    everybody: int,
) -> tuple[int, int]:
    """Run the branch and bound from the best package, add what it finds; the bound and the nodes explored."""
    program, _ = programme.modele.build(whole=True, nodes=nodes, gap=float(gap), should_stop=should_stop)
    if found:
        best = max(found, key=lambda deal: deal.value)
        start = programme.complete(best.choice, best.members)
        program.start_from(list(start), [float(value) for value in start.values()])
    solution = program.solve()
    if len(solution.x) and solution.status in (Status.OPTIMAL, Status.LIMIT):
        deal = read_deal(programme, solution.x)
        if deal is not None:
            found.append(deal)
    bound = everybody
    if solution.status in (Status.OPTIMAL, Status.LIMIT) and np.isfinite(solution.bound):
        bound = min(everybody, floor(solution.bound * (1 + DOUBT) + DOUBT * 10**5))
    return max(bound, measure(found)), program.count_nodes()


def read_deal(programme: Programme, x: Floats) -> PackageDeal | None:
    """Return the package of an answer of the solver, exact and checked; None when it does not hold exactly."""
    choice = {j: p for (j, p), column in programme.opens.items() if x[column] > HALF}
    members = {
        j: frozenset(i for (place, i), column in programme.joins.items() if place == (j, p) and x[column] > HALF)
        for j, p in choice.items()
    }
    return build_deal(programme.offres, choice, members)
