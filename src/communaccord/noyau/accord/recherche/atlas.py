"""Key atlas: for every key of a grid, the largest group of communes that accept their bill and pay the service whole.

Under a key, commune `i` accepts every price level up to `limit_i / base_i`. Lower the price: more communes accept, and
the accepting groups are nested. A group is self-financing when its base, at the highest price that all its members
accept, pays its cost; the atlas keeps the largest. Then the price goes down to the cost, and nobody pays more.

Exactness: floats sort and compare; whatever they could decide wrongly (a difference below `DOUBT`, far above the error
that they make) is decided again in integers. A perimeter that is not nested (without the commune that triggers half a
post) is sought by :func:`communaccord.noyau.accord.recherche.elargir.widen_perimeter`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from communaccord.noyau.accord.recherche.grille import STEP, Bools, Criteria, Floats, Ints, build_grid, count_parts
from communaccord.noyau.exact import share_total
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import CostGame, Group, ServiceGame, TableGame

DOUBT = 1e-11
MAX_CENTS = 1 << 53
MAX_MEMBERS = 1 << 12
BLOCK = 1 << 16
Limits = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class KeyedService:
    """A service paid by criteria: its cost game, its criteria, the population of each member (whole numbers).

    Errors: DonneeInvalide when the numbers of members differ.
    """

    game: CostGame
    criteria: Criteria
    populations: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.game.n == self.criteria.n == len(self.populations):
            raise DonneeInvalide(
                "Le coût, les critères et les populations ne comptent pas les mêmes membres.",
                "Donnez une valeur par commune, dans le même ordre.",
            )


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One key of the atlas, read exactly.

    `weights`: Fractions that sum to 1. `perimeter`: empty when no group pays the service. `price`: cents for the base
    of the whole intercommunalité: a commune whose base is 2 % of it pays 2 % of `price`. `payments`: whole cents, one a
    member, 0 outside, whose sum is the cost. `effective`: what each criterion carries of the cost inside the perimeter
    (unit prices apply to the totals of all: inside a group the weights move a little).
    """

    weights: tuple[Fraction, ...]
    perimeter: Group
    population: int
    cost: int
    price: Fraction
    payments: tuple[int, ...]
    effective: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, eq=False)
class KeyMap:
    """The atlas. `weights`: (keys, criteria) over `parts`; `sizes`, `populations`: of the largest perimeter of each
    key, 0 when none; `order`: members by decreasing price accepted, so that a perimeter is the first `size` of its
    row.
    """

    service: KeyedService
    parts: int
    weights: Ints
    sizes: Ints
    populations: Ints
    order: Ints

    def read(self, index: int) -> KeyPoint:
        """Return one key, exactly. O(criteria x members)."""
        perimeter = frozenset(int(member) for member in self.order[index, : self.sizes[index]])
        return read_point(self.service, [int(weight) for weight in self.weights[index]], perimeter)

    def list_within(self, bornes: Sequence[tuple[Fraction, Fraction]]) -> list[int]:
        """Return the numbers of the keys whose weights are within these least and greatest ones; all without any."""
        limits = [(low * self.parts, high * self.parts) for low, high in bornes]
        return [
            k
            for k, weights in enumerate(self.weights.tolist())
            if all(low <= weight <= high for weight, (low, high) in zip(weights, limits, strict=False))
        ]

    def find_best(self) -> tuple[int, ...]:
        """Return the numbers of all the keys that cover the largest population, ties told; none when no key pays."""
        largest = (self.populations == self.populations.max()) & (self.sizes > 0)
        return tuple(int(index) for index in np.flatnonzero(largest))


def key_atlas(service: KeyedService, limits: Limits, *, step: Fraction = STEP, smallest: int = 2) -> KeyMap:
    """Return, for every key of the grid, the largest nested group that accepts its bill and pays the service whole.

    `limits`: the most each commune accepts to pay, whole cents a year (None: it stays out at any price). `smallest`:
    fewest members of a group. Communes that accept exactly the same highest price enter together: their order never
    matters. Guarantee: exact over the grid and the nested groups. Errors: DonneeInvalide. O(keys x members x log
    members), and O(members log members) in Python for each key that floats leave in doubt.
    Source: none known for the whole; prices posted to a nested family are folklore of monopoly pricing.
    """
    n = service.game.n
    if len(limits) != n or n >= MAX_MEMBERS:
        raise DonneeInvalide(f"{len(limits)} plafonds pour {n} communes.", "Donnez un plafond par commune, ou aucun.")
    parts = count_parts(step)
    weights = build_grid(len(service.criteria.rows), parts)
    sizes = np.zeros(len(weights), dtype=np.int64)
    order = np.zeros((len(weights), n), dtype=np.int64)
    find_sizes = build_finder(service, limits, smallest)
    block = max(1, BLOCK // n)
    for start in range(0, len(weights), block):
        rows = slice(start, start + block)
        sizes[rows], order[rows], doubtful = find_sizes(weights[rows])
        for row in start + np.flatnonzero(doubtful):
            key = [int(weight) for weight in weights[row]]
            members = sort_exactly(service, key, limits)
            sizes[row] = find_size_exactly(service, key, limits, members, smallest)
            order[row] = [*members, *sorted(set(range(n)).difference(members))]
    people = np.array(service.populations)[order]
    people[np.arange(n) >= sizes[:, None]] = 0
    return KeyMap(service, parts, weights, sizes, people.sum(axis=1), order)


def sort_decreasing(values: Floats) -> Ints:
    """Return the order of each row, largest first, but for relative differences below 2^-40 (told near by the caller).

    The number of the member takes the place of the last bits of the float: one sort of integers.
    """
    mask = (1 << values.shape[1].bit_length()) - 1
    codes = (~values.view(np.int64) & ~mask) | np.arange(values.shape[1])
    codes.sort(axis=1)
    order: Ints = codes & mask
    return order


def build_finder(service: KeyedService, limits: Limits, smallest: int) -> Callable[[Ints], tuple[Ints, Ints, Bools]]:
    """Return the function that gives, for rows of weights: sizes, orders, and which rows floats cannot decide."""
    parts = service.criteria.compute_parts()
    refuses = np.array([limit is None or limit < 0 for limit in limits])
    most = np.array([max(0, limit or 0) for limit in limits], dtype=float)
    twins = find_twins(service, limits)
    accumulate = build_accumulator(service.game)
    counts = np.arange(1, service.game.n + 1)

    def find(weights: Ints) -> tuple[Ints, Ints, Bools]:
        base = weights.astype(float) @ parts
        with np.errstate(divide="ignore", invalid="ignore"):
            tau = np.where(base > 0, most / base, np.inf)
        tau[:, refuses] = -1
        order = sort_decreasing(tau)
        prices = np.take_along_axis(tau, order, 1)
        bases = np.cumsum(np.take_along_axis(base, order, 1), axis=1)
        cost = accumulate(order)
        payable = np.where(np.isinf(prices), 0, prices) * bases
        margin = payable - cost
        error = DOUBT * (payable + np.abs(cost) + 1)
        tied = np.zeros(order.shape, dtype=bool)
        near = tied.copy()
        ordered = twins[order]
        tied[:, :-1] = (ordered[:, 1:] == ordered[:, :-1]) | np.isinf(prices[:, 1:])
        near[:, :-1] = ~tied[:, :-1] & (prices[:, 1:] >= 0) & (prices[:, :-1] * (1 - DOUBT) <= prices[:, 1:])
        allowed = ~tied & (prices >= 0) & (counts >= smallest) & (margin >= -error)
        sizes = np.where(allowed.any(axis=1), order.shape[1] - np.argmax(allowed[:, ::-1], axis=1), 0)
        last = (np.arange(len(sizes)), sizes - 1)
        unsure: Bools = ((sizes > 0) & (margin < error)[last]) | near.any(axis=1)
        return sizes, order, unsure

    return find


def find_twins(service: KeyedService, limits: Limits) -> Ints:
    """Number the members so that two with the same criteria and the same limit have the same number. O(members)."""
    columns = zip(*service.criteria.rows, limits, strict=True)
    numbers: dict[tuple[int | None, ...], int] = {}
    return np.array([numbers.setdefault(column, len(numbers)) for column in columns])


def sort_exactly(service: KeyedService, weights: Sequence[int], limits: Limits) -> list[int]:
    """Return the members that may accept, by decreasing highest price, in exact arithmetic. O(members log members)."""
    base = service.criteria.compute_base(weights)
    keyed = [
        (base[i] > 0, -Fraction(limit, base[i]) if base[i] else Fraction(0), i)
        for i, limit in enumerate(limits)
        if limit is not None and limit >= 0
    ]
    return [member for _, _, member in sorted(keyed)]


def find_size_exactly(
    service: KeyedService, weights: Sequence[int], limits: Limits, members: Sequence[int], smallest: int
) -> int:
    """Return the size of the largest self-financing beginning of `members`, in exact arithmetic. O(members^2)."""
    base = service.criteria.compute_base(weights)
    for size in range(len(members), max(smallest, 1) - 1, -1):
        edge, following = members[size - 1], members[size] if size < len(members) else None
        if following is not None and is_tied(edge, following, base, limits):
            continue
        group = members[:size]
        if is_paid(service.game.cost(group), base, limits, group):
            return size
    return 0


def is_tied(first: int, second: int, base: Sequence[int], limits: Limits) -> bool:
    """Whether two members accept exactly the same highest price (no limit when their base is zero)."""
    if not base[first] or not base[second]:
        return base[first] == base[second]
    return (limits[first] or 0) * base[second] == (limits[second] or 0) * base[first]


def is_paid(cost: int, base: Sequence[int], limits: Limits, group: Sequence[int]) -> bool:
    """Whether the group pays its cost with nobody above its limit: `cost x base_i <= limit_i x base of the group`."""
    total = sum(base[member] for member in group)
    if not total:
        return cost <= 0
    return all(cost * base[member] <= (limits[member] or 0) * total for member in group)


def build_accumulator(game: CostGame) -> Callable[[Ints], Ints]:
    """Return the function that gives the cost of every beginning of every row of an order, cents.

    Errors: DonneeInvalide when costs reach 2^53 cents. O(rows x members x terms).
    """
    if isinstance(game, ServiceGame):
        return accumulate_service(game)
    if isinstance(game, TableGame):
        check_bound(max(map(abs, game.costs)))
        costs = np.array(game.costs, dtype=np.int64)
        return lambda order: costs[np.cumsum(np.left_shift(1, order), axis=1)]
    return lambda order: np.array([[game.cost(row[: k + 1].tolist()) for k in range(len(row))] for row in order])


def accumulate_service(game: ServiceGame) -> Callable[[Ints], Ints]:
    """Same, by running sums: one table read a term."""
    check_bound(sum(max(map(abs, term.table)) for term in game.terms) + sum(map(abs, game.own)))
    terms = [(term.kind, np.array(term.weights), np.array(term.table, dtype=np.int64)) for term in game.terms]
    own = np.array(game.own, dtype=np.int64)
    alone = None if game.alone is None else np.array(game.alone, dtype=np.int64)

    def accumulate(order: Ints) -> Ints:
        cost: Ints = np.cumsum(own[order], axis=1)
        for kind, weights, table in terms:
            if kind == "count":
                cost += table[1 : game.n + 1]
                continue
            gather = np.cumsum if kind == "sum" else np.maximum.accumulate
            aggregates: Ints = gather(weights[order], axis=1)
            cost += table[aggregates]
        if alone is not None:
            cost[:, 0] = np.minimum(cost[:, 0], alone[order[:, 0]])
        for group, value in game.exceptions.items():
            inside = np.isin(order[:, : len(group)], list(group)).all(axis=1)
            cost[inside, len(group) - 1] = value
        return cost

    return accumulate


def check_bound(cents: int) -> None:
    if cents >= MAX_CENTS:
        raise DonneeInvalide("Un coût dépasse ce que l'atlas compte exactement.", "Vérifiez l'unité des montants.")


def read_point(service: KeyedService, weights: Sequence[int], perimeter: Group) -> KeyPoint:
    """Return what a key makes a given perimeter pay, exactly. `weights`: whole, of any sum. O(criteria x members)."""
    parts, rows = sum(weights), service.criteria.rows
    named = tuple(Fraction(weight, parts) for weight in weights)
    base = service.criteria.compute_base(weights)
    covered = Fraction(sum(base[member] for member in perimeter), sum(base))
    if not covered:
        nothing = (0,) * service.game.n
        return KeyPoint(named, frozenset(), 0, 0, Fraction(0), nothing, (Fraction(0),) * len(rows))
    cost = service.game.cost(perimeter)
    shared = share_total(cost, {f"{member:06d}": base[member] for member in sorted(perimeter)}).parts
    payments = tuple(shared.get(f"{member:06d}", 0) for member in range(service.game.n))
    inside = [Fraction(sum(row[member] for member in perimeter), sum(row)) for row in rows]
    effective = tuple(weight * part / covered for weight, part in zip(named, inside, strict=True))
    population = sum(service.populations[member] for member in perimeter)
    return KeyPoint(named, perimeter, population, cost, cost / covered, payments, effective)
