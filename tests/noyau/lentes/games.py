"""Games drawn at random, and the rules by their definitions, group by group and order by order: slow and plain."""

from fractions import Fraction
from itertools import combinations, permutations
from math import factorial

from hypothesis import strategies as st

from communaccord.noyau.partage.game import ServiceGame, TableGame, Term


def list_groups(n, *, around=None):
    """Every non-empty group, or every one that contains the member `around`."""
    groups = (frozenset(group) for size in range(1, n + 1) for group in combinations(range(n), size))
    return [group for group in groups if around is None or around in group]


def shapley_by_groups(game):
    """Average of what a member adds, over the groups of the others, each weighted by its orders."""
    shares = []
    for member in range(game.n):
        others = [other for other in range(game.n) if other != member]
        total = 0
        for size in range(game.n):
            orders = factorial(size) * factorial(game.n - 1 - size)
            for group in combinations(others, size):
                total += orders * (game.cost((*group, member)) - game.cost(group))
        shares.append(Fraction(total, factorial(game.n)))
    return tuple(shares)


def shapley_by_orders(game):
    """Average of what a member adds when it arrives, over the n! orders of arrival."""
    added = [0] * game.n
    for order in permutations(range(game.n)):
        for rank, member in enumerate(order):
            added[member] += game.cost(order[: rank + 1]) - game.cost(order[:rank])
    return tuple(Fraction(total, factorial(game.n)) for total in added)


def tau_bounds_by_groups(game):
    """(least, most) of the tau value, by the definition of Tijs."""
    everybody = frozenset(range(game.n))
    least = [game.cost(everybody) - game.cost(everybody - {member}) for member in range(game.n)]
    most = [
        min(
            game.cost(group) - sum(least[other] for other in group if other != member)
            for group in list_groups(game.n, around=member)
        )
        for member in range(game.n)
    ]
    return tuple(least), tuple(most)


def serial_by_demands(table, demands):
    """Serial shares of f(sum of demands), f(0) = 0, one demand at a time (Moulin and Shenker)."""
    n = len(demands)
    ranked = sorted(demands)
    totals = [sum(ranked[:k]) + (n - k) * ranked[k] for k in range(n)]
    rises = [Fraction(table[totals[k]] - (table[totals[k - 1]] if k else table[0]), n - k) for k in range(n)]
    return tuple(sum(rises[: ranked.index(demand) + 1], Fraction(0)) for demand in demands)


def is_in_core(game, shares):
    """Does no group pay more than its cost, and everybody just the cost?"""
    fair = all(sum(shares[member] for member in group) <= game.cost(group) for group in list_groups(game.n))
    return fair and sum(shares) == game.cost(range(game.n))


cents = st.integers(-1_000_000, 50_000_000)


@st.composite
def build_term(draw, n, kinds=("sum", "count", "max"), amounts=cents, longer=2):
    kind = draw(st.sampled_from(kinds))
    weights = () if kind == "count" else tuple(draw(st.lists(st.integers(0, 6), min_size=n, max_size=n)))
    highest = {"sum": sum(weights), "count": n, "max": max(weights, default=0)}[kind]
    size = highest + 1 + draw(st.integers(0, longer))
    return Term(kind, weights, tuple(draw(st.lists(amounts, min_size=size, max_size=size))))


@st.composite
def service_games(draw, highest=6, lowest=1):
    """Any service game: any tables, costs alone or not, listed groups (below or above their formula)."""
    n = draw(st.integers(lowest, highest))
    terms = draw(st.lists(build_term(n), max_size=3))
    own = draw(st.lists(cents, min_size=n, max_size=n))
    alone = draw(st.none() | st.lists(cents, min_size=n, max_size=n).map(tuple))
    groups = st.frozensets(st.integers(0, n - 1), min_size=1)
    exceptions = draw(st.dictionaries(groups, cents, max_size=3))
    return ServiceGame(n, tuple(terms), tuple(own), alone, exceptions)


@st.composite
def table_games(draw, highest=6):
    n = draw(st.integers(1, highest))
    size = (1 << n) - 1
    return TableGame(n, (0, *draw(st.lists(cents, min_size=size, max_size=size))))


@st.composite
def step_games(draw, highest=7, lowest=2):
    """A service as in the field: fixed cost, half posts by steps of workload, an amount a member, costs alone."""
    n = draw(st.integers(lowest, highest))
    workload = tuple(draw(st.lists(st.integers(1, 12), min_size=n, max_size=n)))
    fixed, price = draw(st.integers(0, 5_000_000)), draw(st.integers(1, 3_000_000))
    step = draw(st.integers(1, 15))
    # Long enough for a member that brings more.
    table = tuple(fixed + price * -(-total // step) for total in range(sum(workload) + 30))
    alone = draw(st.none() | st.lists(st.integers(0, 9_000_000), min_size=n, max_size=n).map(tuple))
    own = tuple(draw(st.lists(st.integers(0, 100_000), min_size=n, max_size=n)))
    return ServiceGame(n, (Term("sum", workload, table),), own, alone)


@st.composite
def concave_games(draw, highest=6):
    """Costs that rise less and less with the workload and the head-count: submodular, so Shapley is in the core."""
    n = draw(st.integers(1, highest))
    workload = tuple(draw(st.lists(st.integers(0, 5), min_size=n, max_size=n)))

    def draw_table(size):
        rises = sorted(draw(st.lists(st.integers(0, 100_000), min_size=size, max_size=size)), reverse=True)
        return tuple(sum(rises[:place]) for place in range(size + 1))

    levels = tuple(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    rising = tuple(sorted(draw(st.lists(st.integers(0, 90_000), min_size=4, max_size=4))))
    terms = (
        Term("sum", workload, draw_table(sum(workload))),
        Term("count", (), draw_table(n)),
        Term("max", levels, rising),
    )
    return ServiceGame(n, terms, tuple(draw(st.lists(cents, min_size=n, max_size=n))))
