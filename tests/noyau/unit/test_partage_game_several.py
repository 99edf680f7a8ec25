"""Several years and several services stay games: each group costs the sum of what it costs in each."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.games import list_groups, service_games, shapley_by_groups

from communaccord.noyau.exact import round_exact
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import (
    Service,
    ServiceGame,
    Services,
    Term,
    Year,
    add_games,
    add_years,
    list_factors,
    phase_in,
    scale_amounts,
)
from communaccord.noyau.partage.values import shapley, shapley_value

fewer = settings(max_examples=20, deadline=None)
factors = st.fractions(0, 2, max_denominator=50)
several_years = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.tuples(service_games(n, n), factors), min_size=1, max_size=3)
)


@fewer
@given(several_years)
def test_a_group_costs_the_sum_of_its_rounded_years(drawn):
    whole = add_years([Year(game, factor) for game, factor in drawn])
    rounded = [scale_amounts(game, factor) for game, factor in drawn]
    for group in list_groups(whole.n):
        assert whole.cost(group) == sum(game.cost(group) for game in rounded)
    sums = zip(*(shapley_by_groups(game) for game in rounded), strict=True)
    assert shapley_value(whole).exact == tuple(map(sum, sums))


@fewer
@given(several_years)
def test_rounding_stays_within_half_a_cent_an_amount(drawn):
    whole = add_years([Year(game, factor) for game, factor in drawn])
    for group in list_groups(whole.n):
        amounts = sum(len(game.terms) + len(group) for game, _ in drawn)
        unrounded = sum(factor * game.cost(group) for game, factor in drawn)
        assert abs(whole.cost(group) - unrounded) <= Fraction(max(amounts, len(drawn)), 2)


@fewer
@given(service_games(4), st.fractions(0, 1, max_denominator=12))
def test_phase_in_pays_a_part_together_and_the_rest_alone(game, part):
    year = phase_in(game, part)
    for group in list_groups(game.n):
        together = part * game.cost(group) + (1 - part) * sum(game.cost((member,)) for member in group)
        assert abs(year.cost(group) - together) <= Fraction(len(game.terms) + 2 * len(group) + 1, 2)
    whole = phase_in(game, Fraction(1))
    assert all(whole.cost(group) == game.cost(group) for group in list_groups(game.n))


def test_phase_in_by_hand():
    """Alone 100 each, 120 together; a quarter is pooled: 75 + 75 stay, and a quarter of 120."""
    game = ServiceGame(2, (Term("count", (), (0, 100, 120)),), (0, 0))
    assert phase_in(game, Fraction(1, 4)).cost((0, 1)) == 180
    assert phase_in(game, Fraction(1, 4)).cost((0,)) == 100


def test_factors_of_discount():
    assert list_factors(Fraction(1, 4), 3) == (1, Fraction(4, 5), Fraction(16, 25))
    assert list_factors(Fraction(0), 2) == (1, 1)
    with pytest.raises(DonneeInvalide):
        list_factors(Fraction(-1), 2)


def test_halves_of_a_cent_go_away_from_zero():
    game = ServiceGame(2, (Term("count", (), (0, 3, 5)),), (1, -1))
    half = scale_amounts(game, Fraction(1, 2))
    assert (half.terms[0].table, half.own) == ((0, 2, 3), (1, -1))
    assert round_exact(Fraction(-1, 2)) == -1


services = st.integers(2, 4).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(
            st.integers(1, n).flatmap(
                lambda size: st.tuples(service_games(size, size), st.permutations(range(n)).map(lambda p: p[:size]))
            ),
            min_size=1,
            max_size=3,
        ),
    )
)


@fewer
@given(services)
def test_shapley_of_several_services_is_that_of_leaving_all(drawn):
    n, parts = drawn
    whole = Services(n, tuple(Service(game, tuple(members)) for game, members in parts))
    assert shapley_value(whole).exact == shapley_by_groups(whole)


def test_services_too_large_to_count_are_shared_in_floats(monkeypatch):
    planning = ServiceGame(3, (Term("sum", (2, 5, 4), tuple(7 * k + k * k % 7 for k in range(12))),), (0, 0, 100))
    payroll = ServiceGame(4, (Term("sum", (3, 3, 1, 2), tuple(k * k % 7 + 11 for k in range(10))),), (0, 5, 0, 0))
    whole = Services(4, (Service(planning, (2, 0, 3)), Service(payroll, (0, 1, 2, 3))))
    exact = shapley_value(whole)
    monkeypatch.setattr(shapley, "CHEAP", 0)
    found = shapley_value(whole)
    assert (found.exact, found.certain, found.cents) == (None, True, exact.cents)
    errors = [abs(a - b) for a, b in zip(found.approximate, exact.exact, strict=True)]
    assert max(errors) <= found.bound < Fraction(1, 1000)


def test_a_group_leaves_one_service_or_all():
    planning = ServiceGame(2, (Term("count", (), (0, 100, 150)),), (0, 0))
    payroll = ServiceGame(3, (Term("count", (), (0, 40, 50, 60)),), (0, 0, 0))
    whole = Services(3, (Service(planning, (2, 0)), Service(payroll, (0, 1, 2))))
    assert [service.game.cost(service.localize((0, 1))) for service in whole.services] == [100, 50]
    assert whole.cost((0, 1)) == 150
    assert whole.cost((1,)) == 40
    assert whole.cost(()) == 0
    assert sum(shapley_value(whole).cents) == 210


@pytest.mark.parametrize("members", [(0,), (0, 0), (0, 3)])
def test_a_perimeter_that_does_not_fit_is_refused(members):
    game = ServiceGame(2, (), (1, 2))
    with pytest.raises(DonneeInvalide, match="périmètre"):
        Services(3, (Service(game, members),))


def test_years_of_different_sizes_are_refused():
    one, two = ServiceGame(1, (), (1,)), ServiceGame(2, (), (1, 2))
    for games in ([], [one, two]):
        with pytest.raises(DonneeInvalide, match="mêmes membres"):
            add_games(games)
    with pytest.raises(DonneeInvalide, match="entre 0 et 1"):
        phase_in(two, Fraction(3, 2))
