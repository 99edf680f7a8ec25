"""A perimeter that is not nested: the largest population that a key can serve when some who would accept stay out.

The atlas takes everybody who accepts a price. When the last commune triggers half a post, a group without it, or
without another, may pay the service where the whole does not. For each price that is the highest of somebody, the best
group is a knapsack: a small programme for the solver, read again exactly.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from communaccord.noyau.accord.recherche.atlas import (
    KeyedService,
    KeyPoint,
    Limits,
    find_size_exactly,
    is_paid,
    is_tied,
    read_point,
    sort_exactly,
)
from communaccord.noyau.accord.recherche.marches import Modele, add_cost
from communaccord.noyau.accord.recherche.menu import Option
from communaccord.noyau.partage.game import Group
from communaccord.noyau.solver import Status

NODES = 2_000
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Widened:
    """The best perimeter met for a key, exact. `nested`: population of the nested one. No perimeter covers more than
    `bound`; `status`: OPTIMAL when the population of `point` is `bound`, LIMIT when a budget or the caller ended it."""

    point: KeyPoint
    nested: int
    bound: int
    status: Status


def widen_perimeter(
    service: KeyedService,
    limits: Limits,
    weights: Sequence[int],
    *,
    smallest: int = 2,
    nodes: int = NODES,
    should_stop: Callable[[], bool] | None = None,
) -> Widened:
    """Return the perimeter of largest population that accepts its bills under a key and pays the service whole.

    `weights`: of the key, whole, of any sum; `limits`, `smallest`: as in `key_atlas`. Guarantee: the perimeter is
    exact; the bound is that of the branch and bound, rounded down. Errors: DonneeInvalide, those of `marches.add_cost`
    (a game without formula, an exception, a `smallest` below 2). At most one programme for each price, only those that
    could cover more. Source: of this project (a knapsack for each price of a nested family).
    """
    base = service.criteria.compute_base(weights)
    members = sort_exactly(service, weights, limits)
    best = frozenset(members[: find_size_exactly(service, weights, limits, members, smallest)])
    nested = bound = count_people(service, best)
    for size in range(len(members), smallest - 1, -1):
        last, following = members[size - 1], members[size : size + 1]
        if not base[last] or any(is_tied(last, other, base, limits) for other in following):
            continue
        accepting = frozenset(members[:size])
        people = count_people(service, accepting)
        if people <= count_people(service, best):
            break
        if should_stop is not None and should_stop():
            bound = max(bound, people)
            break
        price = Fraction((limits[last] or 0) * sum(base), base[last])
        found, reached = seek(service, weights, price, accepting, smallest, nodes, should_stop)
        if is_paid(service.game.cost(found), base, limits, sorted(found)) and len(found) >= smallest:
            best = max(best, found, key=lambda group: count_people(service, group))
        bound = max(bound, min(people, reached))
    point = read_point(service, weights, best)
    bound = max(bound, point.population)
    return Widened(point, nested, bound, Status.OPTIMAL if bound == point.population else Status.LIMIT)


def count_people(service: KeyedService, group: Group) -> int:
    return sum(service.populations[member] for member in group)


def seek(
    service: KeyedService,
    weights: Sequence[int],
    price: Fraction,
    accepting: Group,
    smallest: int,
    nodes: int,
    should_stop: Callable[[], bool] | None,
) -> tuple[Group, int]:
    """Return the best group met among those that accept a price and that it pays, and a bound of the population."""
    modele, parts = Modele(), sum(weights)
    key = tuple(Fraction(weight, parts) for weight in weights)
    barred = frozenset(range(service.game.n)) - accepting
    option = Option("périmètre", service.game, key, price, barred=barred, fewest=smallest)
    opened = modele.add(0, 1, 1)
    columns = {i: modele.add(service.populations[i]) for i in sorted(accepting)}
    modele.row(0, dict.fromkeys(columns.values(), 1) | {opened: -smallest}, None)
    cost = add_cost(modele, option, columns, opened)
    base = service.criteria.compute_base(weights)
    paid = {column: price * base[i] / sum(base) for i, column in columns.items()}
    modele.row(0, {c: paid.get(c, 0) - cost.get(c, 0) for c in paid.keys() | cost.keys()}, None)
    program, _ = modele.build(whole=True, nodes=nodes, should_stop=should_stop)
    solution = program.solve()
    if solution.status is Status.INFEASIBLE:
        return frozenset(), 0
    group = frozenset(i for i, column in columns.items() if len(solution.x) and solution.x[column] > HALF)
    everybody = sum(service.populations)
    told = solution.status in (Status.OPTIMAL, Status.LIMIT) and isfinite(solution.bound)
    return group, min(everybody, modele.read_bound(solution.bound)) if told else everybody
