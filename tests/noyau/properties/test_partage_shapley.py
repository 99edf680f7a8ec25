"""The Shapley value of any game is the one of the definition, exactly; floats stay within the bound they claim."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.games import (
    concave_games,
    is_in_core,
    service_games,
    shapley_by_groups,
    shapley_by_orders,
    step_games,
    table_games,
)

from communaccord.noyau.partage.game import ServiceGame, Term, add_games, build_table
from communaccord.noyau.partage.values import shapley, shapley_value
from communaccord.noyau.partage.values.axioms import (
    check_additivity,
    check_aggregate_monotonicity,
    check_anonymity,
    check_covariance,
    check_dummy,
    check_efficiency,
    check_monotonicity,
    check_scale,
    check_symmetry,
    check_units,
)
from communaccord.noyau.partage.values.counting import count_shares
from communaccord.noyau.partage.values.quadrature import integrate_shares

fewer = settings(max_examples=25, deadline=None)


@fewer
@given(service_games())
def test_service_game_is_shared_as_by_the_definition(game):
    assert shapley_value(game).exact == shapley_by_groups(game)


@fewer
@given(table_games(5))
def test_table_is_shared_as_by_all_orders_of_arrival(game):
    assert shapley_value(game).exact == shapley_by_orders(game)


@settings(max_examples=8, deadline=None)
@given(step_games(12, lowest=9))
def test_twelve_members_are_shared_as_by_the_table(game):
    assert shapley_value(game, audit=True).exact == shapley_value(build_table(game)).exact


@fewer
@given(service_games(8))
def test_floats_stay_within_their_bound_and_give_the_exact_cents(game):
    found = shapley.approximate_services(game, shapley.list_services(game), shapley.AFFORDABLE + 1)
    true = shapley_value(game, audit=True)
    assert found.bound < Fraction(1, 1000)
    assert sum(found.cents) == game.cost(range(game.n))
    if found.certain:
        assert (found.cents, found.tie) == (true.cents, true.tie)


weights_and_table = st.lists(st.integers(0, 30), min_size=1, max_size=40).flatmap(
    lambda weights: st.tuples(
        st.just(weights),
        st.lists(st.integers(-(10**12), 10**12), min_size=sum(weights) + 1, max_size=sum(weights) + 1),
    )
)


@settings(max_examples=25, deadline=None)
@given(weights_and_table)
def test_each_share_is_within_its_own_proven_bound(drawn):
    weights, table = drawn
    shares, bounds = integrate_shares(weights, table)
    for weight, true in zip(weights, count_shares(weights, table), strict=True):
        assert abs(shares[weight] - true) <= bounds[weight]


@fewer
@given(concave_games())
def test_concave_costs_put_shapley_in_the_core(game):
    assert is_in_core(game, shapley_value(game).exact)


@fewer
@given(service_games(5))
def test_shapley_keeps_its_axioms_on_any_service_game(game):
    allocation = shapley_value(game)
    order = list(reversed(range(game.n)))
    assert check_efficiency(game, allocation) is None
    assert check_symmetry(game, allocation) is None
    assert check_dummy(game, allocation) is None
    assert check_anonymity(shapley_value, game, order) is None
    assert check_covariance(shapley_value, game, [7 * member - 3 for member in range(game.n)]) is None
    assert check_scale(shapley_value, game, 3) is None
    assert check_units(shapley_value, game, 4) is None
    assert check_aggregate_monotonicity(shapley_value, game, 12_345) is None


@fewer
@given(st.integers(1, 5).flatmap(lambda n: st.tuples(service_games(n, n), service_games(n, n))))
def test_shapley_is_additive_over_games(games):
    assert check_additivity(shapley_value, *games) is None


@fewer
@given(step_games(), st.integers(0, 6), st.integers(1, 20))
def test_a_member_that_brings_more_pays_as_much_or_more(game, member, more):
    assert check_monotonicity(shapley_value, game, member % game.n, more) is None


@fewer
@given(service_games(5))
def test_terms_are_additive_one_by_one(game):
    parts = [ServiceGame(game.n, (term,), (0,) * game.n) for term in game.terms]
    parts.append(replace(game, terms=()))
    whole = add_games([replace(part, alone=None, exceptions={}) for part in parts])
    sums = [shapley_value(replace(part, alone=None, exceptions={})).exact for part in parts]
    assert shapley_value(whole).exact == tuple(sum(column) for column in zip(*sums, strict=True))


@fewer
@given(st.lists(st.integers(0, 8), min_size=2, max_size=6), st.integers(1, 9), st.integers(1, 10**7))
def test_finer_steps_tend_to_the_share_of_the_workload(workload, price, scale):
    """A straight cost is paid by the workload: the step that goes to 0."""
    straight = Term("sum", tuple(workload), tuple(price * scale * total for total in range(sum(workload) + 1)))
    shares = shapley_value(ServiceGame(len(workload), (straight,), (0,) * len(workload))).exact
    assert shares == tuple(Fraction(price * scale * weight) for weight in workload)


@fewer
@given(step_games())
def test_nothing_given_is_changed(game):
    weights, table = list(game.terms[0].weights), list(game.terms[0].table)
    kept = (weights.copy(), table.copy())
    count_shares(weights, table)
    integrate_shares(weights, table)
    assert (weights, table) == kept


@pytest.mark.parametrize("audit", [False, True])
def test_the_same_question_has_the_same_answer(audit):
    workload = tuple(range(1, 40))
    table = tuple(4_000_000 + 2_400_000 * -(-total // 150) for total in range(sum(workload) + 1))
    game = ServiceGame(39, (Term("sum", workload, table),), (40_000,) * 39)
    assert shapley_value(game, audit=audit) == shapley_value(game, audit=audit)
