"""Each axiom has its counter-example: a checker that never finds anything checks nothing."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term
from communaccord.noyau.partage.game.transform import (
    add_any,
    add_own,
    count_in_smaller_units,
    permute,
    raise_total,
    raise_workload,
    scale_costs,
)
from communaccord.noyau.partage.values import (
    Allocation,
    aca,
    build_allocation,
    ensc,
    equal_gain,
    proportional,
    proportional_alone,
    serial,
    shapley_value,
    tau_value,
)
from communaccord.noyau.partage.values.axioms import (
    check_additivity,
    check_aggregate_monotonicity,
    check_anonymity,
    check_covariance,
    check_dummy,
    check_efficiency,
    check_individual_rationality,
    check_monotonicity,
    check_scale,
    check_symmetry,
    check_units,
)

TABLE = tuple(1000 + 600 * -(-total // 4) for total in range(40))
SERVICE = ServiceGame(3, (Term("sum", (2, 2, 5), TABLE),), (10, 10, 0), (1700, 1700, 2500))
AIRPORT = TableGame(2, (0, 100, 300, 300))


def split(game, parts):
    """Shares that somebody announces."""
    return build_allocation("annonce", [Fraction(part) for part in parts])


def test_shares_that_do_not_add_up():
    found = check_efficiency(AIRPORT, Allocation((100, 199), "annonce"))
    assert (found.found, found.expected) == (299, 300)
    assert "2,99\u00a0€" in found.phrase
    assert check_efficiency(AIRPORT, Allocation((100, 200), "annonce")) is None


def test_somebody_who_would_pay_less_alone():
    found = check_individual_rationality(AIRPORT, split(AIRPORT, (101, 199)))
    assert (found.members, found.found, found.expected) == ((0,), 101, 100)
    assert "seul" in found.phrase
    assert check_individual_rationality(AIRPORT, split(AIRPORT, (100, 200))) is None


def test_twins_who_do_not_pay_the_same():
    cost = SERVICE.cost(range(3))
    found = check_symmetry(SERVICE, split(SERVICE, (500, 501, cost - 1001)))
    assert (found.axiom, found.members) == ("symmetry", (0, 1))
    assert check_symmetry(SERVICE, split(SERVICE, (500, 500, cost - 1000))) is None
    # A listed group that tells them apart: they are no longer twins.
    listed = replace(SERVICE, exceptions={frozenset((0, 2)): 1})
    assert check_symmetry(listed, split(SERVICE, (500, 501, cost - 1001))) is None
    table = TableGame(2, (0, 5, 5, 8))
    assert check_symmetry(table, split(table, (3, 5))) is not None


def test_the_last_cent_between_twins_is_no_fault():
    rounded = Allocation((2, 1), "annonce")
    assert check_symmetry(TableGame(2, (0, 5, 5, 3)), rounded) is None


def test_a_member_that_only_adds_its_own_cost():
    game = TableGame(2, (0, 100, 40, 140))
    found = check_dummy(game, split(game, (90, 50)))
    assert (found.members, found.expected) == ((0,), 100)
    assert check_dummy(game, split(game, (100, 40))) is None
    assert check_dummy(game, proportional(game, (1, 1))).members == (0,)


def test_rules_that_are_not_additive():
    other = ServiceGame(3, (), (0, 0, 4000))
    assert check_additivity(shapley_value, SERVICE, other) is None
    assert check_additivity(serial, SERVICE, other) is None
    assert check_additivity(proportional_alone, SERVICE, other).axiom == "additivity"
    assert check_additivity(tau_value, TableGame(2, (0, 5, 5, 8)), TableGame(2, (0, 1, 9, 9))) is None


def test_own_costs_that_do_not_stay_with_their_owner():
    by_workload = partial(proportional, criterion=(2, 2, 5))
    assert check_covariance(by_workload, SERVICE, (0, 0, 900)).members == (0,)
    for rule in (shapley_value, tau_value, ensc, aca, equal_gain):
        assert check_covariance(rule, SERVICE, (7, 0, 900)) is None


def test_a_rule_that_reads_the_currency_or_the_unit():
    def flat(game):
        return build_allocation("forfait", [Fraction(game.cost(range(game.n)) - 100), Fraction(100)])

    assert check_scale(flat, AIRPORT, 3).axiom == "scale"
    assert check_scale(shapley_value, AIRPORT, 3) is None

    def by_first_unit(game):
        first = Fraction(max(game.terms[0].weights) % 7)
        return build_allocation("unité", [first, Fraction(0), game.cost(range(3)) - first])

    assert check_units(by_first_unit, SERVICE, 10).axiom == "units"


def test_a_rule_that_reads_the_order():
    def first_pays_less(game):
        cost = game.cost(range(game.n))
        return build_allocation("ordre", [Fraction(0), *[Fraction(cost, game.n - 1)] * (game.n - 1)])

    assert check_anonymity(first_pays_less, SERVICE, (2, 1, 0)).axiom == "anonymity"
    assert check_anonymity(shapley_value, SERVICE, (2, 1, 0)) is None


def test_a_rule_that_rewards_more_workload():
    def upside_down(game):
        weights = game.terms[0].weights
        return proportional(game, [sum(weights) - weight for weight in weights])

    assert check_monotonicity(upside_down, SERVICE, 0, 4).axiom == "monotonicity"
    assert check_monotonicity(shapley_value, SERVICE, 0, 4) is None
    with pytest.raises(DonneeInvalide, match="charge augmente"):
        check_monotonicity(shapley_value, SERVICE, 0, 0)
    with pytest.raises(DonneeInvalide, match="s'arrête"):
        raise_workload(SERVICE, 0, 100)


def test_somebody_who_pays_less_when_only_the_total_goes_up():
    games = [TableGame(3, (0, 60, 60, 100, 60, 100, 70, total)) for total in range(100, 130, 2)]
    assert all(check_aggregate_monotonicity(shapley_value, game, 3) is None for game in games)

    def rewards_cost(game):
        cost = game.cost(range(3))
        return build_allocation("inverse", [Fraction(-cost), Fraction(cost), Fraction(cost)])

    assert check_aggregate_monotonicity(rewards_cost, games[0], 3).axiom == "aggregate_monotonicity"


def test_changed_games_cost_what_they_say():
    table = TableGame(3, tuple(SERVICE.cost([m for m in range(3) if mask >> m & 1]) for mask in range(8)))
    order = (2, 0, 1)
    for group in [(0,), (1,), (0, 1), (1, 2), (0, 1, 2)]:
        old = [order[member] for member in group]
        for game in (SERVICE, table):
            assert permute(game, order).cost(group) == SERVICE.cost(old)
            assert scale_costs(game, 5).cost(group) == 5 * SERVICE.cost(group)
            assert add_own(game, (1, 2, 4)).cost(group) == SERVICE.cost(group) + sum((1, 2, 4)[m] for m in group)
            assert raise_total(game, 9).cost(group) == SERVICE.cost(group) + 9 * (len(group) == 3)
        assert count_in_smaller_units(SERVICE, 7).cost(group) == SERVICE.cost(group)


def test_changes_that_do_not_fit_are_refused():
    with pytest.raises(DonneeInvalide, match="mêmes membres"):
        add_any(SERVICE, AIRPORT)
    with pytest.raises(DonneeInvalide, match="ordre"):
        permute(SERVICE, (0, 0, 1))
    with pytest.raises(DonneeInvalide, match="facteur"):
        scale_costs(SERVICE, 0)
    with pytest.raises(DonneeInvalide, match="montants"):
        add_own(SERVICE, (1,))
