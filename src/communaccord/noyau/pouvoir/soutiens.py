"""Who is still needed: the cheapest set of further supporters, proved, and the minimal sets that pass.

The solver proposes prices (duals); every bound told is computed again from them in whole numbers, and the tree of
choices is handed over: `preuves.gagnantes` reads it without the solver.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from communaccord.noyau.exact import DonneeInvalide
from communaccord.noyau.pouvoir.majorite import Majority, build_staircase
from communaccord.noyau.solver import INFINITY, Program, Solution, Status

PRICE_BITS = 40
MAX_NODES = 5_000
# A member is taken by the solver from one millionth on.
SURE = 10**6

# ("prices", price of a member, price of an inhabitant) | ("choice", member, tree if it supports, tree if it does not)
Tree: TypeAlias = tuple[str, int, int] | tuple[str, int, "Tree", "Tree"]


@dataclass(frozen=True, slots=True)
class WinningSet:
    """Further supporters with whom the majority is met, and what is proved of their cost.

    `members`: numbers, ascending; None when no set passes (`is_impossible`) or none was found. `cost`: theirs. `low`:
    no set costs less, proven. `is_optimal`: cost = low. `trees`: one proof a route, prices in 2^-PRICE_BITS of the
    unit of cost.
    """

    members: tuple[int, ...] | None
    cost: int | None
    low: int
    is_impossible: bool
    trees: tuple[Tree, ...]

    @property
    def is_optimal(self) -> bool:
        """Whether no other set costs less."""
        return self.cost == self.low


@dataclass(frozen=True, slots=True)
class Route:
    """What is missing on one route: `count` members and `people` inhabitants, among `candidates`."""

    count: int
    people: int
    candidates: tuple[int, ...]


def cheapest_supporters(
    populations: Sequence[int],
    majority: Majority,
    yes: Collection[int],
    never: Collection[int] = (),
    cost: Sequence[int] | None = None,
    *,
    nodes: int = MAX_NODES,
) -> WinningSet:
    """Return the cheapest set of members to win over, given those who accept and those who never will.

    Shapes: whole inhabitants, one a member; `yes`, `never`: member numbers from 0, apart; `cost`: whole, zero or more,
    one a member (None: 1 each, the fewest). `nodes`: bound of the search, for each route; when it is met `low` stays
    proven and may be under `cost`. Errors: DonneeInvalide. Complexity: branch and bound, one linear programme of two
    rows a node. Source: Lagrangian bound, Geoffrion, "Lagrangean relaxation for integer programming", Mathematical
    Programming Study 2, 1974 (from memory).
    """
    staircase = build_staircase(populations, majority)
    costs = check_sides(len(populations), yes, never, cost)
    held = frozenset(yes) | staircase.vetoers
    forced = sum(costs[member] for member in staircase.vetoers - frozenset(yes))
    if staircase.vetoers & frozenset(never):
        return WinningSet(None, None, sum(costs) + 1, True, ())
    candidates = tuple(member for member in range(len(populations)) if member not in held | frozenset(never))
    people = sum(populations[member] for member in held)
    search = Search(populations, costs, sum(costs) + 1 - forced, nodes)
    trees = []
    for members, inhabitants in staircase.needs:
        route = Route(members - len(held), inhabitants - people, candidates)
        trees.append(search.explore_route(route))
    if search.best is None:
        return WinningSet(None, None, forced + search.low, search.low >= search.ceiling, tuple(trees))
    chosen = tuple(sorted(search.best | (staircase.vetoers - frozenset(yes))))
    low = min(search.low, search.ceiling)
    return WinningSet(chosen, forced + search.ceiling, forced + low, False, tuple(trees))


def check_sides(n: int, yes: Collection[int], never: Collection[int], cost: Sequence[int] | None) -> tuple[int, ...]:
    """Return the costs. Errors: DonneeInvalide for a number that is no member, on both sides, or a cost below zero."""
    if not all(0 <= member < n for member in (*yes, *never)) or frozenset(yes) & frozenset(never):
        raise DonneeInvalide(
            "Une commune nommée n'est pas de la liste, ou elle est à la fois acquise et exclue.",
            f"Nommez des communes de 0 à {n - 1}, d'un seul côté.",
        )
    costs = (1,) * n if cost is None else tuple(cost)
    if len(costs) != n or any(not isinstance(c, int) or c < 0 for c in costs):
        raise DonneeInvalide("Il n'y a pas un coût positif par commune.", f"Donnez {n} coûts entiers.")
    return costs


class Search:
    """Branch and bound over the routes: `ceiling`, cost to beat; `best`, who reaches it; `low`, proven of all."""

    def __init__(self, populations: Sequence[int], costs: Sequence[int], ceiling: int, nodes: int) -> None:
        self.populations, self.costs = populations, costs
        self.ceiling, self.nodes = ceiling, nodes
        self.low = ceiling
        self.best: frozenset[int] | None = None

    def explore_route(self, route: Route) -> Tree:
        """Search one route and return its proof."""
        self.left = self.nodes
        self.route = route
        self.unit_cost = max(1, *self.costs)
        self.unit_people = max(1, *self.populations)
        chosen = route.candidates
        self.program = Program([self.costs[m] / self.unit_cost for m in chosen], [0] * len(chosen), [1] * len(chosen))
        columns = range(len(chosen))
        self.program.add_row(max(0, route.count), columns, [1] * len(chosen), INFINITY)
        shares = [self.populations[m] / self.unit_people for m in chosen]
        self.program.add_row(max(0, route.people) / self.unit_people, columns, shares, INFINITY)
        return self.explore({}, (0, 0))

    def explore(self, fixed: dict[int, int], prices: tuple[int, int]) -> Tree:
        """Return the proof that no set that answers as `fixed` costs less than the ceiling, or the best bound known.

        `prices`: those of the choice before, kept when the solver gives none.
        """
        self.left -= 1
        candidates = self.route.candidates
        free = [column for column in range(len(candidates)) if column not in fixed]
        held = [candidates[column] for column, value in fixed.items() if value]
        found = self.program.solve() if free and self.left >= 0 else None
        if found is None or found.status is not Status.OPTIMAL:
            found, taken = None, held
        else:
            taken = [member for member, part in zip(candidates, found.x, strict=True) if SURE * part > 1]
        self.try_members(taken)
        count, people = self.price(found, held, free, prices)
        bound = self.bound(count, people, held, free)
        if bound >= self.ceiling or not free or self.left < 0:
            self.low = min(self.low, bound)
            return ("prices", count, people)
        # Branch on the member the solver most hesitates about, the first at equality.
        column = free[0] if found is None else min(free, key=lambda c: (abs(2 * found.x[c] - 1), c))
        branches = [self.branch(fixed, column, value, (count, people)) for value in (1, 0)]
        return ("choice", self.route.candidates[column], branches[0], branches[1])

    def branch(self, fixed: dict[int, int], column: int, value: int, prices: tuple[int, int]) -> Tree:
        """Explore with one more answer, then set the programme back."""
        self.program.change_bounds(column, value, value)
        tree = self.explore({**fixed, column: value}, prices)
        self.program.change_bounds(column, 0, 1)
        return tree

    def try_members(self, taken: list[int]) -> None:
        """Try these members (those the solver takes, whole or in part), without those that are then in excess."""
        route = self.route
        count, people = len(taken), sum(self.populations[m] for m in taken)
        if count < route.count or people < route.people:
            return
        for member in sorted(taken, key=lambda m: (-self.costs[m], self.populations[m], m)):
            if count - 1 >= route.count and people - self.populations[member] >= route.people:
                taken.remove(member)
                count, people = count - 1, people - self.populations[member]
        cost = sum(self.costs[m] for m in taken)
        if cost < self.ceiling or (cost == self.ceiling and self.best is None):
            self.ceiling, self.best = cost, frozenset(taken)

    def price(
        self, found: Solution | None, held: Sequence[int], free: Sequence[int], prices: tuple[int, int]
    ) -> tuple[int, int]:
        """Return whole prices of a missing member and of a missing inhabitant: duals, or enough to show a lack."""
        enough = self.ceiling << PRICE_BITS
        candidates = self.route.candidates
        if len(held) + len(free) < self.route.count:
            return enough, 0
        reachable = sum(self.populations[m] for m in held) + sum(self.populations[candidates[c]] for c in free)
        if reachable < self.route.people:
            return 0, enough
        if found is None:
            return prices if free else (0, 0)
        scale = self.unit_cost << PRICE_BITS
        return max(0, int(found.duals[0] * scale)), max(0, int(found.duals[1] * scale / self.unit_people))

    def bound(self, count: int, people: int, held: Sequence[int], free: Sequence[int]) -> int:
        """Return the least cost these prices prove, in whole numbers: what is missing, less what is worth taking."""
        populations, costs = self.populations, self.costs
        total = count * (self.route.count - len(held))
        total += people * (self.route.people - sum(populations[member] for member in held))
        total += sum(costs[member] for member in held) << PRICE_BITS
        for column in free:
            member = self.route.candidates[column]
            total += min(0, (costs[member] << PRICE_BITS) - count - people * populations[member])
        return -(-total >> PRICE_BITS)
