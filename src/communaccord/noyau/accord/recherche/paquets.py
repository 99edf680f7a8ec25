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

from communaccord.noyau.accord.recherche.ajouts import add_services
from communaccord.noyau.accord.recherche.certificat import Certificate, Prover, prove_bound
from communaccord.noyau.accord.recherche.exploration import Exploration
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.menu import Menu
from communaccord.noyau.accord.recherche.offre_exacte import PackageDeal
from communaccord.noyau.accord.recherche.programme_menu import Offres, Programme
from communaccord.noyau.preuves.borne import compute_gap
from communaccord.noyau.solver import Status

KEEP = 3
NODES = 20_000
LEAVES = 1
GAP = Fraction(1, 200)


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
    seed: int = 0,
    leaves: int = LEAVES,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Packages:
    """Return the packages of the menu with which the largest population consents.

    A commune consents when it joins at least one service and all its `lignes` hold (all of them bind: give those that
    count). At most one option a service; a service stands when the prices posted to its members pay its cost; transfers
    only between communes that consent, by the vehicles of the menu. `leaves`: most parts of the certificate (0: none,
    1: the relaxation of the whole). `nodes`: most of the branch and bounds in all, of which each small one may take a
    tenth. `gap`: part of the bound at which the search may end. `seed`: of the
    solver, and of the service freed first; it may change the answer met within a budget, never what is guaranteed.
    A service that a package found leaves out is added to it when nobody loses (`ajouts.add_services`).
    `progress(value, bound)`: each better answer. `should_stop`: asked between steps and by the solver; the best answer
    so far is then told as LIMIT.
    Guarantee: every deal is feasible, exactly; no package counts more than `proved` (exact) nor than `bound` (as far as
    the solver's floats go; an answer of it that does not hold exactly is left out, and the status is then LIMIT).
    Deterministic for a seed and a budget of nodes when `should_stop` is (one thread, nodes counted).
    Errors: DonneeInvalide. NP-hard (it holds a knapsack for each service); `nodes` bounds the work.
    Source: branch and bound of HiGHS on a posted-price programme, first in the neighbourhood of its relaxation (this
    project, after relaxation induced neighbourhoods, Danna, Rothberg and Le Pape 2005, from memory); weak duality for
    `proved`.
    """
    programme = Programme(Offres(menu, lignes))
    search = Exploration(programme, budget=nodes, gap=gap, seed=seed, should_stop=should_stop, progress=progress)
    everybody = search.bound
    search.begin()
    certificate = None
    if search.value < everybody and not search.is_stopped():
        prover = Prover(programme.modele, programme.opens.values())
        root = prover.prove({})
        if root is not None:
            search.lower(floor(root.bound))
        if prover.x is not None:
            search.approach(prover.x)
        search.finish()
        if leaves and root is not None:
            certificate = prove_bound(prover, root, target=search.bound, leaves=leaves, should_stop=should_stop)
    proved = min(everybody, floor(certificate.bound)) if certificate else everybody
    search.lower(proved)
    value, bound, found = search.value, search.bound, search.found
    if progress:
        progress(value, bound)
    distinct = [deal for k, deal in enumerate(found) if deal.members not in [other.members for other in found[:k]]]
    kept = sorted(distinct, key=lambda deal: -deal.value)[:KEEP]
    deals = tuple(add_services(programme.offres, deal) for deal in kept)
    status = Status.OPTIMAL if value == bound else Status.LIMIT
    return Packages(deals, value, bound, proved, compute_gap(value, bound), status, search.nodes, certificate)
