"""Leaving one service, or all of them together: exits of a group from several services."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import Service, Services
from communaccord.noyau.partage.stability.plan import Ints, Plan, build_plan, to_group
from communaccord.noyau.partage.stability.separation import Exit, check_shares, separate
from communaccord.noyau.solver import INFINITY, Program, Status

Entries = dict[int, int]


@dataclass(frozen=True, slots=True)
class JointExit:
    """The most profitable exit from all services at once. No group has a slack below `low`, cents.

    `exit`: the best group met, recomputed exactly; None when the search ended without one. `status`: OPTIMAL when
    `low` and its slack are within two cents, LIMIT when the search was stopped first. `low` comes from the bound of the
    solver, in floats: it is told to the cent below, and is no proof in exact arithmetic.
    """

    exit: Exit | None
    low: int
    status: Status


@dataclass(frozen=True, slots=True)
class ServicesExits:
    """`single[k]`: the most profitable exit from service k (None: one member only), members numbered as in the whole.

    `joint`: the most profitable exit from all of them.
    """

    single: tuple[Exit | None, ...]
    joint: JointExit


def separate_services(
    services: Services,
    shares: Sequence[Sequence[int]],
    *,
    transfers: Sequence[int] | None = None,
    nodes: int | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ServicesExits:
    """Return the most profitable exits from each service, and from all of them at once.

    Shapes: `shares[k]`, cents, one for each place of service k; `transfers`: cents that each member pays beyond (or
    receives, below 0) as long as it is in the package, lost by who leaves all: with none, no exit from all gains when
    none from one does. `nodes`: budget of the search; `should_stop` is asked during it. Errors: DonneeInvalide for
    wrong lengths, and those of `separate`. Complexity: one pass of `separate` a service, then a mixed-integer
    programme of n + (levels of price) variables a service. Source: moteur of this project, 1 (several aggregates).
    """
    if len(shares) != len(services.services):
        raise DonneeInvalide("Il n'y a pas autant de listes de parts que de services.", "Donnez une liste par service.")
    paid = list(transfers or (0,) * services.n)
    if len(paid) != services.n:
        raise DonneeInvalide(
            "Il n'y a pas un transfert par membre.", "Donnez un montant par membre, zéro s'il le faut."
        )
    single = []
    for service, parts in zip(services.services, shares, strict=True):
        check_shares(service.game, parts)
        for member, part in zip(service.members, parts, strict=True):
            paid[member] += part
        single.append(separate_one(service, parts))
    if services.n < 2:
        raise DonneeInvalide("Un seul membre : aucun groupe ne peut partir.", "Ajoutez au moins un membre.")
    return ServicesExits(tuple(single), separate_all(services, paid, nodes, should_stop))


def separate_one(service: Service, shares: Sequence[int]) -> Exit | None:
    if service.game.n < 2:
        return None
    found = separate(service.game, shares)
    return Exit(frozenset(service.members[place] for place in found.group), found.cost, found.paid)


def separate_all(
    services: Services, paid: Sequence[int], nodes: int | None, should_stop: Callable[[], bool] | None
) -> JointExit:
    """The least cost of all services less payment, by branch and bound, recomputed exactly."""
    draft = Draft(services.n)
    for service in services.services:
        add_service(draft, service, build_plan(service.game))
    unit = max(1, sum(map(abs, paid)) // services.n)
    for member, cents in enumerate(paid):
        draft.prices[member] -= cents
    members = dict.fromkeys(range(services.n), 1)
    draft.rows.append((1, members, services.n - 1))
    solution = draft.build(unit, nodes, should_stop).solve()
    low = floor(solution.bound * unit) - 1 if abs(solution.bound) < INFINITY else -sum(map(abs, draft.prices))
    if not len(solution.x) or solution.status not in (Status.OPTIMAL, Status.LIMIT):
        return JointExit(None, low, Status.LIMIT if solution.status is Status.LIMIT else Status.FAILED)
    group = frozenset(member for member in range(services.n) if round(solution.x[member]))
    found = Exit(group, services.cost(group), sum(paid[member] for member in group))
    low = min(low, found.slack)
    done = Status.OPTIMAL if found.slack - low <= 2 else Status.FAILED
    return JointExit(found, low, done if solution.status is Status.OPTIMAL else Status.LIMIT)


class Draft:
    """A mixed-integer programme in whole numbers, all variables 0 or 1; the first ones say who leaves."""

    def __init__(self, n: int) -> None:
        self.prices = [0] * n
        self.rows: list[tuple[int | None, Entries, int | None]] = []

    def add_column(self, price: int) -> int:
        self.prices.append(price)
        return len(self.prices) - 1

    def build(self, unit: int, nodes: int | None, should_stop: Callable[[], bool] | None) -> Program:
        count = len(self.prices)
        program = Program(
            np.array(self.prices, float) / unit, np.zeros(count), np.ones(count), integer=range(count), nodes=nodes,
            should_stop=should_stop,
        )  # fmt: skip
        for low, entries, high in self.rows:
            program.add_row(
                -INFINITY if low is None else low,
                list(entries),
                list(entries.values()),
                INFINITY if high is None else high,
            )
        return program


def add_service(draft: Draft, service: Service, plan: Plan) -> None:
    """Write what a service costs to those who leave: nothing, the price of a listed group, or the formula."""
    listed, dear = list_named(service, plan)
    corner = int(plan.price.reshape(-1)[0])
    formula = draft.add_column(corner)
    named = {mask: draft.add_column(cost) for mask, cost in listed.items()}
    present: list[Entries] = []
    for place, member in enumerate(service.members):
        terms = {member: 1} | {column: -1 for mask, column in named.items() if mask >> place & 1}
        present.append(terms)
        draft.rows.append((None, terms | {formula: -1}, 0))
        for column, sign in terms.items():
            draft.prices[column] += sign * plan.own[place]
    draft.rows.append((None, dict.fromkeys([formula, *named.values()], 1), 1))
    draft.rows.append((0, add_entries(present, [1] * plan.n) | {formula: -1}, None))
    for mask, column in named.items():
        inside = [service.members[place] for place in to_group(mask)]
        draft.rows += [(0, {member: 1, column: -1}, None) for member in inside if len(inside) > 1]
    for mask in dear:
        forbid(draft, service, mask, formula)
    for number, steps in enumerate([*(axis.steps for axis in plan.axes), plan.weights]):
        table = read_table(plan.price, number)
        if number < len(plan.axes) and plan.axes[number].kind == "max":
            add_levels(draft, present, steps, table, formula)
        else:
            add_segments(draft, present, steps, table, formula)


def list_named(service: Service, plan: Plan) -> tuple[dict[int, int], list[int]]:
    """Groups named one by one, the whole service among them when it is listed or alone; and those above the formula."""
    everybody, cost = (1 << plan.n) - 1, service.game.cost(range(plan.n))
    by_formula = service.game.compute_formula(range(plan.n))
    listed, dear = dict(plan.listed), list(plan.excluded[2:])
    if cost != by_formula:
        listed[everybody] = cost
    if cost > by_formula:
        dear.append(everybody)
    return listed, dear


def forbid(draft: Draft, service: Service, mask: int, formula: int) -> None:
    """The formula does not price exactly this group, which is listed at a higher cost."""
    inside = {service.members[place]: -1 for place in to_group(mask)}
    others = {member: 1 for member in service.members if member not in inside}
    draft.rows.append((-len(inside), inside | others | {formula: -1}, None))


def add_entries(present: Sequence[Entries], factors: Sequence[int]) -> Entries:
    total: Entries = {}
    for terms, factor in zip(present, factors, strict=True):
        for column, sign in terms.items():
            total[column] = total.get(column, 0) + sign * factor
    return total


def read_table(price: Ints, axis: int) -> list[int]:
    """What an aggregate adds to the price, the others at their first value (prices are sums over the aggregates)."""
    at: list[int | slice] = [0] * price.ndim
    at[axis] = slice(None)
    line = price[tuple(at)]
    return [int(cents) - int(line[0]) for cents in line]


def add_segments(
    draft: Draft, present: Sequence[Entries], steps: Sequence[int], table: Sequence[int], formula: int
) -> None:
    """One variable for each run of equal prices: the total of the steps is within the run chosen."""
    ends = [at for at in range(len(table)) if at + 1 == len(table) or table[at] != table[at + 1]]
    starts = [0, *(end + 1 for end in ends[:-1])]
    columns = [draft.add_column(table[end]) for end in ends]
    total = add_entries(present, steps)
    draft.rows.append((0, dict.fromkeys(columns, 1) | {formula: -1}, 0))
    draft.rows.append((0, total | {column: -start for column, start in zip(columns, starts, strict=True)}, None))
    draft.rows.append((None, total | {column: -end for column, end in zip(columns, ends, strict=True)}, 0))


def add_levels(
    draft: Draft, present: Sequence[Entries], steps: Sequence[int], table: Sequence[int], formula: int
) -> None:
    """One variable for each level: nobody who leaves is above the level chosen, and somebody is at it."""
    columns = [draft.add_column(cents) for cents in table]
    draft.rows.append((0, dict.fromkeys(columns, 1) | {formula: -1}, 0))
    for level, column in enumerate(columns):
        at_level = add_entries(
            [terms for terms, step in zip(present, steps, strict=True) if step == level], [1] * steps.count(level)
        )
        draft.rows.append((0, at_level | {column: -1}, None))
    for terms, step in zip(present, steps, strict=True):
        draft.rows.append((None, terms | dict.fromkeys(columns[step:], -1), 0))
