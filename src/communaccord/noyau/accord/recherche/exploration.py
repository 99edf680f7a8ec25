"""The search in a menu: first packages without transfers, then those near the relaxation, then branch and bound.

Once the options are held the programme is nearly a linear one: the solver fills the perimeters in a moment. So the
options that the relaxation prefers come first, then those of the best package with one service free at a time.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from communaccord.noyau.accord.recherche.depart import find_departs
from communaccord.noyau.accord.recherche.offre_exacte import PackageDeal, build_deal
from communaccord.noyau.accord.recherche.programme_menu import Place, Programme
from communaccord.noyau.solver import Floats, Status

HALF = Fraction(1, 2)
NEAR = 1e-6
PART = 10


class Exploration:
    """Packages found, each checked; `bound`: no package counts more; `nodes`: explored.

    `budget`: most nodes; `gap`: part of the bound at which the search may end; `seed`: of the solver, and of the order
    in which services are freed.
    """

    def __init__(
        self,
        programme: Programme,
        *,
        budget: int,
        gap: Fraction,
        seed: int,
        should_stop: Callable[[], bool] | None,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        offres = programme.offres
        self.programme, self.budget, self.gap, self.seed = programme, budget, gap, seed
        self.should_stop, self.progress = should_stop, progress
        everybody = sum(poids for i, poids in enumerate(offres.menu.poids) if i not in offres.closed)
        self.bound, self.nodes = everybody if programme.opens else 0, 0
        self.found: list[PackageDeal] = []

    @property
    def best(self) -> PackageDeal | None:
        return max(self.found, key=lambda deal: deal.value, default=None)

    @property
    def value(self) -> int:
        """The best objective, 0 when nothing was found."""
        return self.best.value if self.best else 0

    @property
    def left(self) -> int:
        """Nodes left."""
        return max(0, self.budget - self.nodes)

    def is_stopped(self) -> bool:
        return self.should_stop is not None and self.should_stop()

    def is_over(self) -> bool:
        """Whether the best is as near its bound as asked, or the caller ended the search."""
        return self.value >= self.bound * (1 - self.gap) or self.is_stopped()

    def add(self, deal: PackageDeal | None) -> None:
        """Keep a package, and tell it when it is the best."""
        if deal is None:
            return
        better = deal.value > self.value
        self.found.append(deal)
        if better and self.progress:
            self.progress(deal.value, self.bound)

    def lower(self, bound: int) -> None:
        """Take a bound; one below what was found is the float's error, and nothing counts more than what was found."""
        self.bound = max(min(self.bound, bound), self.value)

    def begin(self) -> None:
        """Search without the solver."""
        for depart in find_departs(self.programme.offres):
            self.add(build_deal(self.programme.offres, depart.choice, depart.members))
            if self.found:
                return

    def approach(self, x: Floats) -> None:
        """Search near a relaxation: the options that it prefers, all that it opens, one service free at a time."""
        for places in self.list_neighbours(x):
            if self.is_over():
                return
            self.run(places, nodes=min(self.budget // PART, self.left))

    def list_neighbours(self, x: Floats) -> Iterator[frozenset[Place]]:
        """Yield sets of options to hold the search to, each once; the later ones follow the best package."""
        opens = self.programme.opens
        shares = {place: float(x[column]) for place, column in opens.items() if x[column] > NEAR}
        preferred = {}
        for place in sorted(shares, key=lambda place: (shares[place], -place[1])):
            preferred[place[0]] = place
        seen = [frozenset(preferred.values())]
        yield seen[0]
        services = range(len(self.programme.offres.menu.services))
        for free in (None, *((j + self.seed) % len(services) for j in services)):
            best = self.best
            chosen = frozenset(best.choice.items()) if best else seen[0]
            freed = shares if free is None else (place for place in opens if place[0] == free)
            places = chosen.union(freed)
            if not any(places <= other for other in seen):
                seen.append(places)
                yield places

    def finish(self) -> None:
        """Branch and bound on the whole menu, from the best package."""
        if not self.is_over():
            self.lower(self.run(frozenset(self.programme.opens), nodes=self.left))

    def run(self, places: frozenset[Place], *, nodes: int) -> int:
        """Branch and bound with these options only, from the best package; add what it finds; its bound.

        With one option a service it is small, and may solve smaller ones on its way; else it must hear `should_stop`.
        """
        program, _ = self.programme.modele.build(
            whole=True, nodes=nodes, gap=float(self.gap), seed=self.seed, should_stop=self.should_stop,
            nested=len({j for j, _ in places}) == len(places),
        )  # fmt: skip
        for place, column in self.programme.opens.items():
            if place not in places:
                program.change_bounds(column, 0, 0)
        best = self.best
        if best is not None and places >= frozenset(best.choice.items()):
            start = self.programme.complete(best.choice, best.members)
            program.start_from(list(start), [float(value) for value in start.values()])
        solution = program.solve()
        self.nodes += program.count_nodes()
        if len(solution.x) and solution.status in (Status.OPTIMAL, Status.LIMIT):
            self.add(self.read(solution.x))
        if solution.status in (Status.OPTIMAL, Status.LIMIT) and np.isfinite(solution.bound):
            return self.programme.modele.read_bound(solution.bound)
        return self.bound

    def read(self, x: Floats) -> PackageDeal | None:
        """Return the package of an answer of the solver, exact and checked; None when it does not hold exactly."""
        choice = {j: p for (j, p), column in self.programme.opens.items() if x[column] > HALF}
        members = {
            j: frozenset(i for (place, i), c in self.programme.joins.items() if place == (j, p) and x[c] > HALF)
            for j, p in choice.items()
        }
        return build_deal(self.programme.offres, choice, members)
