"""Stability against its definitions, on games drawn at random: every class of cost, tables, territories."""

from fractions import Fraction

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.games import concave_games, service_games, step_games, table_games
from tests.noyau.lentes.stability import (
    difference_of,
    least_slack,
    least_undecided,
    nucleolus_by_definition,
    slack,
    solve_all,
    to_mask,
)

from communaccord.noyau.partage.game import Service, ServiceGame, Services, TableGame, Term, build_table, to_plain
from communaccord.noyau.partage.stability import (
    Separator,
    check_stability,
    cost_of_stability,
    explain,
    least_core,
    nucleolus,
    pre_nucleolus,
    separate,
    separate_levels,
    separate_services,
)
from communaccord.noyau.partage.stability.oracle import Keep, build_oracle
from communaccord.noyau.partage.stability.ordering import Ordering
from communaccord.noyau.partage.stability.rational import Span, solve_exact
from communaccord.noyau.partage.stability.undecided import measure_undecided
from communaccord.noyau.preuves.blocage import check_blocage
from communaccord.noyau.preuves.ecarts import find_least, is_no_dearer
from communaccord.noyau.preuves.equilibre import bound_least_core, bound_payable
from communaccord.noyau.preuves.kohlberg import find_defauts_nucleole
from communaccord.noyau.solver import Status

GAMES = st.one_of(service_games(lowest=2), step_games(), table_games().filter(lambda game: game.n > 1))
SLOW = settings(max_examples=40, deadline=None)
QUICK = settings(max_examples=120, deadline=None)


def draw_shares(data, n):
    return data.draw(st.lists(st.integers(-2_000_000, 40_000_000), min_size=n, max_size=n), label="shares")


@QUICK
@given(game=GAMES, data=st.data())
def test_the_best_exit_is_that_of_the_enumeration(game, data):
    shares = draw_shares(data, game.n)
    least, mask = least_slack(game, shares)
    found = separate(game, shares)
    assert (found.slack, to_mask(found.group)) == (least, mask)
    prepared = Separator(game)
    prepared.find([0] * game.n)
    assert prepared.find(shares) == found
    assert check_stability(game, shares).stable == (least >= 0)
    assert check_blocage(game.cost, shares, found.group, found.gain) == (found.gain > 0)
    levels = separate_levels(game, shares)
    assert levels[0].slack == least
    assert all(exit_.slack >= least and 0 < len(exit_.group) < game.n for exit_ in levels)


@QUICK
@given(game=GAMES, data=st.data())
def test_a_filter_keeps_the_groups_that_it_says(game, data):
    shares = draw_shares(data, game.n)
    steps = data.draw(st.lists(st.integers(-5, 5), min_size=game.n, max_size=game.n))
    modulus = data.draw(st.sampled_from([2, 3, 5]))
    keep, oracle = Keep(tuple(steps), modulus), build_oracle(game)
    expected = least_slack(game, shares, lambda group: sum(steps[i] for i in group) % modulus != 0)
    assert oracle.find(shares, keep=keep) == expected
    assert oracle.measure(shares, keep=keep) == (expected[0] if expected else None)
    many = oracle.find_many(shares, 4, keep=keep)
    assert [entry[0] for entry in many[:1]] == ([expected[0]] if expected else [])
    assert all(keep.holds(mask) for _, mask in many)
    limit = (many[0][0] if many else 0) + 1
    assert all(value < limit for value, _ in oracle.find_many(shares, 4, keep=keep, below=limit))


@SLOW
@given(game=GAMES)
def test_least_core_and_cost_of_stability_meet_the_programmes_with_all_rows(game):
    found, cost = least_core(game), cost_of_stability(game)
    whole = game.cost(range(game.n))
    assert found.status is cost.status is Status.OPTIMAL
    assert found.low <= found.high < found.low + 1
    assert abs(solve_all(game, slack=True) - found.low) < 2
    assert abs(whole - solve_all(game, slack=False) - cost.high) < 2
    assert sum(found.exact) == sum(found.shares) == whole
    assert least_slack(game, found.exact)[0] == found.low
    assert bound_least_core(game.cost, game.n, found.weights) == found.high
    assert least_slack(game, cost.exact)[0] >= 0 <= least_slack(game, cost.shares)[0]
    assert sum(cost.exact) == whole - cost.high
    assert 0 <= cost.low <= cost.high
    if cost.balanced:
        assert max(0, whole - bound_payable(game.cost, game.n, cost.balanced)) == cost.low


@SLOW
@given(game=GAMES)
def test_the_nucleolus_is_proved_again_from_the_plain_game(game):
    found, plain = nucleolus(game), to_plain(game)
    assert found.status is Status.OPTIMAL
    assert found.precision == 0
    assert find_defauts_nucleole(plain, found.shares, found.levels, imputations=found.imputations) == []
    slacks = [level.slack for level in found.levels]
    assert slacks == sorted(slacks)
    alone = [game.cost({member}) for member in range(game.n)]
    whole = game.cost(range(game.n))
    assert found.imputations == (sum(alone) >= whole) == all(map(Fraction.__le__, found.shares, alone))
    assert sum(found.allocation.cents) == whole
    assert all(abs(cents - share) < 1 for cents, share in zip(found.allocation.cents, found.shares, strict=True))
    free = pre_nucleolus(game)
    assert (found.pre_nucleolus or found).shares == free.shares
    assert (free.shares == found.shares) == (found.pre_nucleolus is None)
    assert find_defauts_nucleole(plain, free.shares, free.levels, imputations=False) == []
    bounds = least_core(game)
    assert bounds.low <= free.levels[0].slack <= bounds.high


@SLOW
@given(game=st.one_of(step_games(highest=5), table_games(highest=4).filter(lambda game: game.n > 1)))
def test_both_nucleoli_meet_the_programmes_with_all_their_rows(game):
    found = nucleolus(game)
    free = found.pre_nucleolus or found
    for shares, imputations in ((found.shares, found.imputations), (free.shares, False)):
        expected = nucleolus_by_definition(game, imputations=imputations)
        assert max(abs(share - other) for share, other in zip(shares, expected, strict=True)) < 1


@QUICK
@given(game=GAMES, data=st.data())
def test_undecided_groups_are_read_as_by_enumeration(game, data):
    """By the search and by the checkers: the least slack of the groups that some vector does not sum to 0 on."""
    shares = [Fraction(share, 6) for share in draw_shares(data, game.n)]
    entries = st.lists(st.integers(-3, 3), min_size=game.n - 1, max_size=game.n - 1)
    drawn = data.draw(st.lists(entries, min_size=1, max_size=game.n), label="normals")
    normals = [(*normal, -sum(normal)) for normal in drawn]
    expected = least_undecided(game, shares, normals)
    assert find_least(to_plain(game), shares, normals) == expected
    if len(normals) < game.n - 1:
        found = measure_undecided(build_oracle(game), [int(6 * share) for share in shares], 6, normals)
        assert found == (None if expected is None else 6 * expected)


@SLOW
@given(game=concave_games().filter(lambda game: game.n > 1))
def test_when_costs_rise_less_and_less_the_core_holds_the_nucleolus(game):
    assert least_core(game).high >= 0
    assert 0 <= cost_of_stability(game).high < 1
    assert least_slack(game, nucleolus(game).shares)[0] >= 0


@SLOW
@given(game=step_games(highest=5), data=st.data())
def test_renaming_the_members_renames_the_shares(game, data):
    order = data.draw(st.permutations(range(game.n)))
    costs = [0] * (1 << game.n)
    for mask in range(1, 1 << game.n):
        costs[mask] = game.cost({order[i] for i in range(game.n) if mask >> i & 1})
    renamed = nucleolus(TableGame(game.n, tuple(costs))).shares
    assert [renamed[i] for i in range(game.n)] == [nucleolus(game).shares[order[i]] for i in range(game.n)]


@SLOW
@given(game=step_games(highest=5), data=st.data(), factor=st.integers(1, 9))
def test_own_costs_and_units_pass_to_the_shares(game, data, factor):
    more = data.draw(st.lists(st.integers(-900_000, 900_000), min_size=game.n, max_size=game.n))
    costs = build_table(game).costs
    moved = [factor * cost + sum(more[i] for i in range(game.n) if mask >> i & 1) for mask, cost in enumerate(costs)]
    shares = nucleolus(TableGame(game.n, tuple(moved))).shares
    assert shares == tuple(factor * share + own for share, own in zip(nucleolus(game).shares, more, strict=True))


# Totals that no group reaches lie between those that groups do, in a table that goes up and down there.
ECARTES = ServiceGame(2, (Term("sum", (0, 2), (0, 1, 0)),), (0, 0))
NIVEAUX = ServiceGame(2, (Term("max", (0, 2), (1, 9, 1)),), (0, 0))
# One of two tables of the same total falls, and less than the other rises.
ENSEMBLE = ServiceGame(
    3, (Term("sum", (1, 2, 2), (0, 5, 3, 2, 1, 0)), Term("sum", (1, 2, 2), (0, 0, 4, 9, 15, 22))), (0,) * 3
)


@SLOW
@given(game=service_games(lowest=2, highest=5))
@example(ECARTES)
@example(NIVEAUX)
@example(ENSEMBLE)
def test_members_that_are_compared_are_so_for_every_group(game):
    ordering, true = Ordering(game), difference_of(game)
    for i in range(game.n):
        for j in range(game.n):
            told = ordering.find_difference(i, j) if i != j else None
            assert told is None or told <= true(i, j)
            assert told is None or is_no_dearer(to_plain(game), i, j, Fraction(told))
            for more in (0, 1) if i != j else ():
                difference = Fraction(true(i, j) + more)
                assert is_no_dearer(to_plain(build_table(game)), i, j, difference) == (not more)
                assert not (more and is_no_dearer(to_plain(game), i, j, difference))
    assert all(ordering.before[pair] for pair in ordering.pairs)


@SLOW
@given(game=GAMES, data=st.data())
def test_an_explanation_names_the_groups_that_bind(game, data):
    shares = draw_shares(data, game.n)
    for told in explain(game, shares):
        member = told.member
        assert told.alone == game.cost({member})
        assert told.gain == told.alone - shares[member]
        assert told.inside.slack == least_slack(game, shares, lambda group, i=member: i in group)[0]
        assert told.outside.slack == least_slack(game, shares, lambda group, i=member: i not in group)[0]
        assert member in told.inside.group
        assert member not in told.outside.group


@st.composite
def packages(draw):
    n = draw(st.integers(2, 5))
    services = []
    for _ in range(draw(st.integers(1, 3))):
        game = draw(service_games(highest=n))
        members = draw(st.permutations(range(n)))[: game.n]
        services.append(Service(game, tuple(members)))
    return Services(n, tuple(services))


@SLOW
@given(services=packages(), data=st.data())
def test_leaving_one_service_or_all_of_them(services, data):
    shares = [draw_shares(data, service.game.n) for service in services.services]
    transfers = draw_shares(data, services.n)
    found = separate_services(services, shares, transfers=transfers)
    paid = list(transfers)
    for service, parts in zip(services.services, shares, strict=True):
        for member, part in zip(service.members, parts, strict=True):
            paid[member] += part
    least = least_slack(services, paid)[0]
    assert found.joint.status is Status.OPTIMAL
    assert found.joint.low <= least <= found.joint.exit.slack <= least + 2
    assert found.joint.exit.slack == slack(services, paid, found.joint.exit.group)
    for service, parts, exit_ in zip(services.services, shares, found.single, strict=True):
        if service.game.n > 1:
            assert exit_.slack == least_slack(service.game, parts)[0]
            assert exit_.group <= set(service.members)
        else:
            assert exit_ is None


@QUICK
@given(data=st.data(), n=st.integers(1, 6))
def test_systems_are_solved_in_fractions_and_normals_are_orthogonal(data, n):
    entries = st.lists(st.integers(-3, 3), min_size=n, max_size=n)
    rows = data.draw(st.lists(entries, min_size=n, max_size=n + 2))
    truth = [Fraction(data.draw(st.integers(-99, 99)), data.draw(st.integers(1, 99))) for _ in range(n)]
    unit = 1
    for value in truth:
        unit *= value.denominator
    rhs = [int(unit * sum(a * x for a, x in zip(row, truth, strict=True))) for row in rows]
    span = Span(n)
    for row in rows:
        span.add(row)
    found = solve_exact(np.array(rows), rhs)
    assert found == ([unit * value for value in truth] if span.rank == n else None)
    normals = span.find_orthogonal()
    assert len(normals) == n - span.rank
    assert not any(sum(a * b for a, b in zip(row, normal, strict=True)) for row in rows for normal in normals)


def test_a_service_game_of_one_member_has_no_exit():
    assert build_oracle(ServiceGame(1, (), (5,))).find((3,)) is None
