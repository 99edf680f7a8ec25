"""The atlas and the widened perimeter against every group, on generated services."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from communaccord.noyau.accord.recherche.atlas import KeyedService, key_atlas
from communaccord.noyau.accord.recherche.cles_usuelles import usual_key
from communaccord.noyau.accord.recherche.elargir import widen_perimeter
from communaccord.noyau.accord.recherche.grille import Criteria
from communaccord.noyau.partage.game import ServiceGame, Term
from communaccord.noyau.solver import Status


@st.composite
def services(draw, largest=5):
    n = draw(st.integers(2, largest))
    charge = tuple(draw(st.integers(1, 6)) for _ in range(n))
    fixed, price, step = draw(st.integers(0, 90)), draw(st.integers(0, 60)), draw(st.integers(1, 5))
    table = tuple(fixed + price * -(-total // step) for total in range(sum(charge) + 1))
    game = ServiceGame(n, (Term("sum", charge, table),), tuple(draw(st.integers(0, 9)) for _ in range(n)))
    small = st.integers(0, 4)
    rows = [tuple(draw(small) for _ in range(n)) for _ in range(2)]
    rows = tuple(row if any(row) else (1,) * n for row in rows)
    populations = tuple(draw(st.integers(1, 40)) for _ in range(n))
    limits = tuple(draw(st.none() | st.integers(-1, 200)) for _ in range(n))
    return KeyedService(game, Criteria(rows), populations), limits


def accepts(service, weights, limits, group):
    """Everybody of the group pays its part of the cost by the key, exactly, without passing its limit."""
    base = service.criteria.compute_base(weights)
    total, cost = sum(base[i] for i in group), service.game.cost(group)
    if any(limits[i] is None or limits[i] < 0 for i in group):
        return False
    return cost <= 0 if not total else all(cost * base[i] <= limits[i] * total for i in group)


def list_groups(n, smallest=2):
    return [frozenset(g) for size in range(smallest, n + 1) for g in combinations(range(n), size)]


def list_nested(service, weights, limits):
    """The groups of all those who accept a price, for every price that is the highest of somebody."""
    base = service.criteria.compute_base(weights)
    highest = {i: Fraction(t, base[i]) if base[i] else None for i, t in enumerate(limits) if t is not None and t >= 0}
    free = frozenset(i for i, price in highest.items() if price is None)
    prices = {price for price in highest.values() if price is not None}
    return [free | {i for i, h in highest.items() if h is not None and h >= price} for price in prices] + [free]


@settings(max_examples=30, deadline=None)
@given(services())
def test_the_atlas_keeps_the_largest_nested_group_that_pays(problem):
    service, limits = problem
    atlas = key_atlas(service, limits, step=Fraction(1, 5))
    for index, weights in enumerate(atlas.weights.tolist()):
        nested = [g for g in list_nested(service, weights, limits) if len(g) >= 2]
        sizes = [len(g) for g in nested if accepts(service, weights, limits, g)]
        assert atlas.sizes[index] == max(sizes, default=0)
        point = atlas.read(index)
        assert point.population == atlas.populations[index]
        assert not point.perimeter or accepts(service, weights, limits, point.perimeter)


@settings(max_examples=20, deadline=None)
@given(services(), st.randoms(use_true_random=False))
def test_the_order_of_communes_does_not_matter(problem, hasard):
    service, limits = problem
    order = list(range(service.game.n))
    hasard.shuffle(order)

    def permute(table):
        return tuple(table[i] for i in order)

    (term,) = service.game.terms
    game = ServiceGame(service.game.n, (Term("sum", permute(term.weights), term.table),), permute(service.game.own))
    criteria = Criteria(tuple(permute(row) for row in service.criteria.rows))
    moved = key_atlas(KeyedService(game, criteria, permute(service.populations)), permute(limits))
    assert moved.sizes.tolist() == key_atlas(service, limits).sizes.tolist()
    assert moved.populations.tolist() == key_atlas(service, limits).populations.tolist()


@settings(max_examples=20, deadline=None)
@given(services(), st.integers(0, 4))
def test_the_widened_perimeter_is_the_largest_population_of_all_groups(problem, weight):
    service, limits = problem
    weights = (weight, 4 - weight)
    found = widen_perimeter(service, limits, weights)
    groups = [g for g in list_groups(service.game.n) if accepts(service, weights, limits, g)]
    best = max((sum(service.populations[i] for i in g) for g in groups), default=0)
    if any(sum(service.criteria.compute_base(weights)[i] for i in g) for g in groups) or not groups:
        assert found.point.population == best
        assert found.status is Status.OPTIMAL
    assert found.bound >= best
    assert found.point.population >= found.nested


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=3, max_size=3), st.lists(st.integers(0, 900), min_size=3, max_size=3))
def test_scaling_a_criterion_changes_no_usual_key(row, shares):
    shares = [*shares[:2], shares[2] + 1]
    ones = (1, 1, 1)
    first = usual_key(shares, Criteria((tuple(row), ones)))
    scaled = usual_key(shares, Criteria((tuple(7 * value for value in row), ones)))
    assert (first.weights, first.largest, first.tied) == (scaled.weights, scaled.largest, scaled.tied)
