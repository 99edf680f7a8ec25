"""Least core and cost of stability: reference games, bounds that stay valid, and what a stopped search may say."""

from fractions import Fraction

import pytest
from tests.noyau.lentes.stability import TVA, build_skane, name_group, solve_all

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term
from communaccord.noyau.partage.stability import cost_of_stability, least_core, separate
from communaccord.noyau.preuves.equilibre import bound_least_core, bound_payable, check_noyau_vide
from communaccord.noyau.solver import Status

WORKLOAD = tuple(1 + (37 * k * k + 11 * k) % 34 for k in range(60))
SERVICE = ServiceGame(
    60, (Term("sum", WORKLOAD, tuple(4_000_000 + 2_400_000 * -(-k // 150) for k in range(sum(WORKLOAD) + 1))),),
    (40_000,) * 60, tuple(150_000 + 23_456 * w + 7_919 * k for k, w in enumerate(WORKLOAD)),
)  # fmt: skip


def test_skane_leaves_1_60_to_the_group_that_complains_most():
    found = least_core(build_skane(10))
    assert found.low == found.high
    assert round(found.low) == 1600
    assert name_group("MT") in [exit_.group for exit_ in found.tight]
    assert found.status is Status.OPTIMAL


def test_an_empty_core_is_proved_by_balanced_weights():
    """Three members, any two of which would do: the classic game without a core."""
    game = TableGame(3, (0, 60, 60, 60, 60, 60, 60, 120))
    found = least_core(game)
    assert found.low == found.high == -20
    assert check_noyau_vide(game.cost, 3, found.weights)
    cost = cost_of_stability(game)
    assert cost.low == cost.high == 30
    assert cost.exact == cost.shares == (30, 30, 30)


def test_no_imputation_at_all_is_no_error():
    """Each pays less alone than any share can leave: other engines stop here."""
    game = TableGame(2, (0, 10, 20, 100))
    found = least_core(game)
    assert found.low == found.high == -35
    assert found.shares == (45, 55)
    assert cost_of_stability(game).high == 70


def test_bounds_of_a_stopped_search_are_valid_and_never_told_as_optimal():
    end = least_core(SERVICE)
    assert end.status is Status.OPTIMAL
    for iterations in (0, 1, 3):
        early = least_core(SERVICE, iterations=iterations)
        assert early.status is Status.LIMIT
        assert early.low <= end.low <= end.high <= early.high
        assert early.low < early.high - 1
        assert bound_least_core(SERVICE.cost, 60, early.weights) == early.high
    asked = least_core(SERVICE, should_stop=lambda: True)
    assert asked.status is Status.LIMIT


def test_cost_of_stability_stopped_early_holds_the_true_one():
    end = cost_of_stability(SERVICE)
    early = cost_of_stability(SERVICE, iterations=2)
    assert (end.status, early.status) == (Status.OPTIMAL, Status.LIMIT)
    assert early.low <= end.low <= end.high <= early.high


@pytest.mark.parametrize("game", [SERVICE, TVA, build_skane()])
def test_what_is_told_is_what_the_shares_and_weights_prove(game):
    found = least_core(game)
    assert sum(found.exact) == sum(found.shares) == game.cost(range(game.n))
    assert bound_least_core(game.cost, game.n, found.weights) == found.high
    assert separate(game, found.shares).slack >= found.low - game.n
    cost = cost_of_stability(game)
    assert separate(game, cost.shares).slack >= 0
    payable = bound_payable(game.cost, game.n, cost.balanced) if cost.balanced else game.cost(range(game.n))
    assert cost.low == max(0, game.cost(range(game.n)) - payable)
    assert cost.high == game.cost(range(game.n)) - sum(cost.exact)


def test_the_interval_holds_the_programme_with_all_its_rows():
    game = build_skane()
    assert abs(solve_all(game, slack=True) - least_core(game).low) < Fraction(1, 1000)
    assert cost_of_stability(game).high == 0


def test_one_member_has_no_group_to_speak_of():
    for search in (least_core, cost_of_stability):
        with pytest.raises(DonneeInvalide):
            search(TableGame(1, (0, 100)))
