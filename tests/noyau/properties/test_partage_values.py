"""Every rule on generated games: exact sums, definitions by enumeration, what changes nothing and what adds up."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.games import serial_by_demands, service_games, step_games, table_games, tau_bounds_by_groups

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, Term, build_table
from communaccord.noyau.partage.values import (
    aca,
    ensc,
    equal_gain,
    proportional,
    proportional_alone,
    read_extremes,
    read_tau_bounds,
    serial,
    shapley_value,
    share_savings,
    talmud,
    talmud_savings,
    tau_value,
)
from communaccord.noyau.partage.values.axioms import (
    check_anonymity,
    check_covariance,
    check_efficiency,
    check_individual_rationality,
    check_scale,
    check_symmetry,
    check_units,
)
from communaccord.noyau.partage.values.claims import divide_equally, divide_losses, divide_proportionally
from communaccord.noyau.partage.values.rounding import build_allocation, round_approximate

fewer = settings(max_examples=25, deadline=None)
RULES = (shapley_value, tau_value, ensc, aca, equal_gain, proportional_alone, serial, talmud_savings)


def play(rule, game):
    """The allocation, or None where the rule says that it is not defined."""
    try:
        return rule(game)
    except DonneeInvalide:
        return None


@fewer
@given(service_games() | table_games())
def test_every_rule_shares_the_cost_to_the_cent(game):
    for rule in RULES:
        allocation = play(rule, game)
        if allocation is not None:
            assert check_efficiency(game, allocation) is None
            assert sum(allocation.exact) == game.cost(range(game.n))
            assert all(abs(a - b) < 1 for a, b in zip(allocation.cents, allocation.exact, strict=True))


@fewer
@given(service_games())
def test_a_service_and_its_table_are_shared_alike(game):
    table = build_table(game)
    assert read_extremes(game) == read_extremes(table)
    for rule in (tau_value, ensc, aca, equal_gain, proportional_alone, talmud_savings):
        assert play(rule, game) == play(rule, table)


@settings(max_examples=50, deadline=None)
@given(service_games())
def test_tau_bounds_are_those_of_the_definition(game):
    """Terms of every kind, groups listed above and below their formula."""
    bounds = read_tau_bounds(game)
    assert (bounds.least, bounds.most) == tau_bounds_by_groups(game)


@fewer
@given(step_games(8))
def test_tau_is_between_its_bounds_where_it_is_defined(game):
    bounds = read_tau_bounds(game)
    allocation = play(tau_value, game)
    assume(allocation is not None)
    assert bool(allocation.caveat) is not bounds.quasi_balanced
    if bounds.quasi_balanced:
        lies = zip(bounds.least, allocation.exact, bounds.most, strict=True)
        assert all(low <= share <= high for low, share, high in lies)


@fewer
@given(step_games(6))
def test_axioms_that_every_rule_keeps(game):
    order = list(reversed(range(game.n)))
    for rule in (tau_value, ensc, aca, equal_gain, serial, shapley_value):
        allocation = play(rule, game)
        if allocation is None:
            continue
        assert check_symmetry(game, allocation) is None
        assert check_anonymity(rule, game, order) is None
        assert check_scale(rule, game, 2) is None
        assert check_units(rule, game, 3) is None
        if rule is not serial:
            assert check_covariance(rule, game, [11 * member for member in range(game.n)]) is None


@fewer
@given(step_games(6))
def test_nobody_loses_by_equal_gain_or_own_cost_when_there_are_savings(game):
    assume(read_extremes(game).savings >= 0)
    assert all(share <= game.cost((member,)) for member, share in enumerate(equal_gain(game).exact))
    assume(any(game.cost((member,)) for member in range(game.n)))
    assert check_individual_rationality(game, proportional_alone(game)) is None or game.cost(range(game.n)) == sum(
        game.cost((member,)) for member in range(game.n)
    )


@fewer
@given(st.lists(st.integers(0, 9), min_size=1, max_size=7), st.data())
def test_serial_shares_are_those_of_the_definition(demands, data):
    table = data.draw(st.lists(st.integers(0, 10**6), min_size=sum(demands) + 1, max_size=sum(demands) + 1))
    n = len(demands)
    game = ServiceGame(n, (Term("sum", tuple(demands), tuple(table)),), (0,) * n)
    common = Fraction(table[0], n)
    expected = tuple(common + share for share in serial_by_demands(table, demands))
    assert serial(game).exact == expected


@fewer
@given(step_games(6))
def test_merging_two_members_adds_their_proportional_shares(game):
    workload = game.terms[0].weights
    merged_table = game.terms[0].table
    merged = ServiceGame(
        game.n - 1,
        (Term("sum", (workload[0] + workload[1], *workload[2:]), merged_table),),
        (game.own[0] + game.own[1], *game.own[2:]),
    )
    before, after = proportional(game, workload), proportional(merged, merged.terms[0].weights)
    assume(game.n > 2)
    assert after.exact == (before.exact[0] + before.exact[1], *before.exact[2:])


claims_and_estate = st.lists(st.integers(0, 10**6), min_size=1, max_size=8).flatmap(
    lambda claims: st.tuples(st.just(claims), st.integers(0, sum(claims)))
)


@fewer
@given(claims_and_estate)
def test_talmud_is_consistent_self_dual_and_within_claims(drawn):
    claims, estate = drawn
    parts = talmud(claims, estate).exact
    losses = talmud(claims, sum(claims) - estate).exact
    assert tuple(claim - loss for claim, loss in zip(claims, losses, strict=True)) == parts
    assert all(0 <= part <= claim for part, claim in zip(parts, claims, strict=True))
    # Any two claimants, with what they receive together, divide it as the contested garment.
    for other in range(1, len(claims)):
        one, two, pot = claims[0], claims[other], parts[0] + parts[other]
        conceded = max(Fraction(0), pot - two), max(Fraction(0), pot - one)
        assert parts[0] == conceded[0] + (pot - sum(conceded)) / 2


@fewer
@given(claims_and_estate)
def test_equal_awards_and_losses_are_dual(drawn):
    claims, estate = [Fraction(claim) for claim in drawn[0]], Fraction(drawn[1])
    awards = divide_equally(claims, estate)
    losses = divide_losses(claims, sum(claims) - estate)
    assert sum(awards) == estate
    assert [claim - award for claim, award in zip(claims, awards, strict=True)] == losses
    capped = {award for award, claim in zip(awards, claims, strict=True) if award < claim}
    assert len(capped) <= 1


@fewer
@given(step_games(6))
def test_aca_is_the_proportional_division_of_savings(game):
    found = play(aca, game)
    assume(found is not None)
    read = read_extremes(game)
    avoided = [alone - own for alone, own in zip(read.alone, read.separable, strict=True)]
    if sum(avoided):
        expected = [
            own + Fraction(read.common * part, sum(avoided)) for own, part in zip(read.separable, avoided, strict=True)
        ]
        assert list(found.exact) == expected
    assert share_savings(game, divide_proportionally, "aca") == found


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_cents_told_certain_are_those_of_every_share_within_the_bounds(data):
    """Shares drawn with many ties and near ties; the true ones anywhere within the bounds, twins equal."""
    size = data.draw(st.integers(1, 6))
    kinds = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    truths = {kind: Fraction(data.draw(st.integers(-40, 40)), 8) for kind in set(kinds)}
    noise = {kind: Fraction(data.draw(st.integers(-2, 2)), 32) for kind in set(kinds)}
    rest = -sum(truths[kind] for kind in kinds[1:]) + data.draw(st.integers(-5, 5))
    true = [rest, *(truths[kind] for kind in kinds[1:])]
    seen = [rest, *(truths[kind] + noise[kind] for kind in kinds[1:])]
    twins = [-1, *kinds[1:]]
    cents, tie, certain = round_approximate(seen, [Fraction(0), *[Fraction(1, 16)] * (size - 1)], twins, int(sum(true)))
    assert sum(cents) == sum(true)
    if certain:
        exact = build_allocation("vrai", true)
        assert (cents, tie) == (exact.cents, exact.tie)


@pytest.mark.parametrize("rule", RULES)
def test_one_member_pays_its_cost(rule):
    game = ServiceGame(1, (Term("sum", (3,), (10, 20, 30, 45)),), (5,), (47,))
    assert rule(game).cents == (47,)
