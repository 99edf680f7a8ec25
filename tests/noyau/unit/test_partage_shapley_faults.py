"""Faults seen in other engines, and the edges of this one."""

from fractions import Fraction

import pytest

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term
from communaccord.noyau.partage.values import proportional, read_tau_bounds, shapley, shapley_value, tau_value
from communaccord.noyau.partage.values.counting import count_shares
from communaccord.noyau.partage.values.quadrature import build_rule, integrate_shares, measure_rule
from communaccord.noyau.partage.values.rounding import round_approximate


def build_service(workload, price=4_800_000, step=150, fixed=4_000_000):
    table = tuple(fixed + price * -(-total // step) for total in range(sum(workload) + 1))
    return ServiceGame(len(workload), (Term("sum", tuple(workload), table),), (40_000,) * len(workload))


WORKLOAD_158 = tuple(1 + (37 * k * k + 11 * k) % 34 for k in range(158))


def test_counts_of_groups_beyond_64_bits_do_not_overflow():
    """`powerindices` 1.0.2 is wrong from 81 members on: counts of groups exceed 2^63.

    One member of weight w among m of weight 1: it is the one that reaches the quota in w of the m + 1 places.
    """
    for m, big, quota in [(80, 5, 43), (157, 9, 90), (300, 7, 150)]:
        table = tuple(int(total >= quota) for total in range(m + big + 1))
        shares = count_shares((big,) + (1,) * m, table)
        assert shares[0] == Fraction(big, m + 1)
        assert shares[1] == (1 - shares[0]) / m
        floats, bounds = integrate_shares((big,) + (1,) * m, table)
        assert abs(floats[big] - shares[0]) <= bounds[big] < Fraction(1, 10**9)


def test_158_members_float_and_exact_agree():
    game = build_service(WORKLOAD_158)
    quick, audit = shapley_value(game), shapley_value(game, audit=True)
    assert (quick.exact, quick.certain) == (None, True)
    assert 0 < quick.bound < Fraction(1, 10_000)
    assert quick.cents == audit.cents
    assert sum(audit.exact) == sum(quick.cents) == game.cost(range(158))


def test_lists_given_are_not_changed():
    """`power_bdd` changes the list of weights that it is given."""
    weights, table = [3, 1, 2, 2], [0, 5, 9, 12, 14, 20, 21, 22, 30]
    count_shares(weights, table)
    integrate_shares(weights, table)
    assert (weights, table) == ([3, 1, 2, 2], [0, 5, 9, 12, 14, 20, 21, 22, 30])
    criterion = [3, 1, 2, 2]
    proportional(ServiceGame(4, (), (1, 2, 3, 4)), criterion)
    assert criterion == [3, 1, 2, 2]


def test_amounts_that_floats_cannot_hold_are_shared_exactly():
    huge = 10**30
    table = tuple(huge * total * total for total in range(7))
    assert integrate_shares((1, 2, 3), table) is None
    game = ServiceGame(3, (Term("sum", (1, 2, 3), table),), (0, 0, 0))
    assert shapley_value(game).exact == (6 * huge, 12 * huge, 18 * huge)
    assert shapley_value(TableGame(2, (0, huge, huge, 3 * huge))).cents == (3 * huge // 2,) * 2


def test_a_rounding_that_floats_cannot_decide_is_decided_exactly(monkeypatch):
    """Shares of a straight cost are whole cents: no float says on which side of the cent they are."""
    workload = (1, 2, 3, 4)
    game = ServiceGame(4, (Term("sum", workload, tuple(range(0, 110, 10))),), (0,) * 4)
    monkeypatch.setattr(shapley, "CHEAP", 0)
    decided = shapley_value(game)
    assert (decided.cents, decided.certain) == ((10, 20, 30, 40), True)
    assert decided.exact is not None
    monkeypatch.setattr(shapley, "AFFORDABLE", 0)
    told = shapley_value(game)
    assert (told.exact, told.certain, told.tie) == (None, False, None)
    assert sum(told.cents) == 100


def test_a_share_that_is_a_whole_cent_by_itself_does_not_call_the_exact_computation(monkeypatch):
    """A member without workload pays a whole number of cents, known exactly: no float stands near a rounding."""
    table = (0, 0, 0, 10, 20, 20, 23, 47, 50, 61)
    game = ServiceGame(4, (Term("sum", (0, 3, 4, 2), table),), (500, 0, 0, 0))
    monkeypatch.setattr(shapley, "CHEAP", 0)
    found = shapley_value(game)
    assert (found.exact, found.certain, found.cents) == (None, True, (500, 24, 30, 7))


def test_equal_members_that_cannot_all_have_the_last_cent_are_told():
    three = shapley_value(ServiceGame(3, (Term("sum", (5, 5, 5), (0,) * 15 + (100,)),), (0, 0, 0)))
    assert three.cents == (34, 33, 33)
    assert (three.tie.codes, three.tie.servis) == (("000000", "000001", "000002"), ("000000",))


def test_bounds_wider_than_a_cent_are_never_told_certain():
    cents, tie, certain = round_approximate([Fraction(1, 3)] * 3, [Fraction(3)] * 3, [0, 1, 2], 1)
    assert (sum(cents), tie, certain) == (1, None, False)


@pytest.mark.parametrize("n", [1, 2, 3, 8, 24, 79, 158])
def test_the_rule_of_quadrature_is_measured(n):
    rule = build_rule(n)
    assert 0 < rule.defect < Fraction(1, 10**12)
    assert (rule.nodes > 0).all()
    assert (rule.nodes <= 0.5).all()


def test_a_bad_rule_is_seen():
    """The defect is of the rule, not of what the rule was meant to be: one node moved, and it shows."""
    rule = build_rule(8)
    nodes = rule.nodes.copy()
    nodes[0] += 1e-4
    assert measure_rule(nodes, rule.weights, 8) > Fraction(1, 10**6)


def test_negative_costs_and_refunds_add_up():
    game = ServiceGame(3, (Term("sum", (1, 1, 2), (-100, -7, -50, -3, -200)),), (0, -5, 2))
    found = shapley_value(game)
    assert sum(found.cents) == game.cost(range(3)) == -203


def test_members_without_workload_share_the_fixed_cost_only():
    game = ServiceGame(2, (Term("sum", (0, 4), (1000, 0, 0, 0, 1600)),), (0, 0))
    assert shapley_value(game).exact == (500, 1100)


def test_more_than_16_members_without_a_formula_are_refused():
    class Unknown:
        n = 17

        def cost(self, group):
            return len(set(group))

    for rule in (shapley_value, tau_value):
        with pytest.raises(DonneeInvalide, match="de 1 à 16 joueurs"):
            rule(Unknown())


def test_a_workload_in_too_many_units_is_refused_before_it_fills_the_memory():
    workload = tuple(range(10_000, 10_200))
    game = ServiceGame(200, (Term("sum", workload, (0,) * (sum(workload) + 1)),), (0,) * 200)
    for audit in (False, True):
        with pytest.raises(DonneeInvalide, match="trop d'unités"):
            shapley_value(game, audit=audit)


def test_tau_refuses_what_it_cannot_hold_rather_than_overflow():
    huge = ServiceGame(3, (Term("sum", (1, 2, 3), tuple(10**19 * k * k for k in range(7))),), (0, 0, 0))
    with pytest.raises(DonneeInvalide, match="trop grands"):
        read_tau_bounds(huge)
    n = 40
    crossed = tuple(
        Term("sum", tuple(1 + (k * step) % 50 for k in range(n)), tuple(total * total for total in range(n * 60)))
        for step in (7, 11, 13)
    )
    with pytest.raises(DonneeInvalide, match="croise trop de grandeurs"):
        read_tau_bounds(ServiceGame(n, crossed, (0,) * n))


def test_tau_says_when_it_is_outside_its_domain():
    """Three members; each alone is cheaper than what it adds to the others."""
    game = TableGame(3, (0, 10, 10, 30, 10, 30, 30, 80))
    assert tau_value(game).caveat
    assert not read_tau_bounds(game).quasi_balanced
