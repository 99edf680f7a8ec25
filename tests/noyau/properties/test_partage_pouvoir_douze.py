"""Games and votes of eight to fourteen members against their definitions, group by group: few draws, whole answers."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes import votes
from tests.noyau.lentes.games import build_term, cents, tau_bounds_by_groups
from tests.noyau.lentes.stability import least_slack, to_mask

from communaccord.noyau.droit.majorites import MAJORITE_ACCORD_LOCAL, MAJORITE_QUALIFIEE
from communaccord.noyau.partage.game import ServiceGame, Term, build_table, to_plain
from communaccord.noyau.partage.stability import least_core, nucleolus, separate
from communaccord.noyau.partage.values import read_tau_bounds
from communaccord.noyau.pouvoir import (
    banzhaf_index,
    banzhaf_swings,
    build_majority,
    deegan_packel_index,
    pass_probability,
    shapley_shubik_index,
    wins,
)
from communaccord.noyau.pouvoir.double import count_swings, enumerate_swings
from communaccord.noyau.pouvoir.echelle import build_scale
from communaccord.noyau.pouvoir.majorite import build_staircase
from communaccord.noyau.preuves.kohlberg import find_defauts_nucleole
from communaccord.noyau.solver import Status

PEU = settings(max_examples=6, deadline=None)


@st.composite
def services(draw):
    """Half posts by steps, a highest level or a head-count, own costs, costs alone, perhaps a listed group."""
    n = draw(st.integers(8, 12))
    workload = tuple(draw(st.lists(st.integers(0, 9), min_size=n, max_size=n)))
    price, step = draw(st.integers(1, 3_000_000)), draw(st.integers(1, 12))
    table = tuple(1_000_000 + price * -(-total // step) for total in range(sum(workload) + 1))
    terms = (Term("sum", workload, table), *draw(st.lists(build_term(n, ("count", "max")), max_size=1)))
    alone = draw(st.none() | st.lists(cents, min_size=n, max_size=n).map(tuple))
    groups = st.frozensets(st.integers(0, n - 1), min_size=1)
    own = tuple(draw(st.lists(st.integers(0, 100_000), min_size=n, max_size=n)))
    return ServiceGame(n, terms, own, alone, draw(st.dictionaries(groups, cents, max_size=1)))


@PEU
@given(game=services(), data=st.data())
def test_the_best_exit_and_the_bounds_of_tau(game, data):
    shares = data.draw(st.lists(st.integers(0, 9_000_000), min_size=game.n, max_size=game.n))
    found = separate(game, shares)
    assert (found.slack, to_mask(found.group)) == least_slack(game, shares)
    bounds = read_tau_bounds(game)
    assert (tuple(bounds.least), tuple(bounds.most)) == tau_bounds_by_groups(game)


@PEU
@given(game=services())
def test_the_nucleolus_of_the_formula_is_that_of_every_group(game):
    found, table = nucleolus(game), build_table(game)
    assert found.status is Status.OPTIMAL
    for plain in (to_plain(game), to_plain(table)):
        # A comparison of two members that the formula shows holds in the table, which tries every group.
        assert find_defauts_nucleole(plain, found.shares, found.levels, imputations=found.imputations) == []
    bounds = least_core(game)
    assert bounds.low <= (found.pre_nucleolus or found).levels[0].slack <= bounds.high


@PEU
@given(people=st.lists(st.integers(0, 400), min_size=10, max_size=14).filter(any), data=st.data())
def test_a_double_majority_by_its_table_and_by_every_group(people, data):
    loi = data.draw(st.sampled_from([MAJORITE_QUALIFIEE, MAJORITE_ACCORD_LOCAL]))
    staircase = build_staircase(people, build_majority(loi))
    read, table = (
        enumerate_swings(people, staircase),
        count_swings(people, staircase, build_scale(staircase.free, 1))[0],
    )
    for sizes, counted in zip([*read.by_member, read.passing], [*table.by_member, table.passing], strict=True):
        assert sizes[: len(counted)] == counted[: len(sizes)]
        assert sum(sizes) == sum(counted)


@settings(max_examples=3, deadline=None)
@given(
    people=st.lists(st.integers(1, 5000), min_size=9, max_size=11),
    chances=st.lists(st.fractions(0, 1, max_denominator=4), min_size=11, max_size=11),
)
def test_the_chance_to_pass_holds_the_sum_over_all_answers(people, chances):
    majority, n = build_majority(MAJORITE_QUALIFIEE), len(people)
    chances = chances[:n]
    found = pass_probability(people, chances, majority)
    assert found.low <= votes.pass_probability(n, lambda group: wins(people, majority, group), chances) <= found.high


@settings(max_examples=4, deadline=None)
@given(weights=st.lists(st.integers(0, 40), min_size=10, max_size=12).filter(any), data=st.data())
def test_a_weighted_vote_by_its_definitions(weights, data):
    quota = data.draw(st.integers(1, sum(weights)))
    n = len(weights)

    def wins_(group):
        return sum(weights[member] for member in group) >= quota

    assert list(banzhaf_index(weights, quota)) == votes.banzhaf(n, wins_)
    assert list(shapley_shubik_index(weights, quota)) == votes.shapley_shubik(n, wins_)
    assert list(deegan_packel_index(weights, quota)) == votes.deegan_packel(n, wins_)


@settings(max_examples=60, deadline=None)
@given(weights=st.lists(st.integers(0, 9), min_size=1, max_size=9).filter(any), data=st.data())
def test_swings_have_the_parity_of_the_winning_groups_and_a_dummy_doubles_them(weights, data):
    """A member is in w(i) winning groups out of w and has 2 w(i) - w swings (Dubey and Shapley 1979, from memory)."""
    quota = data.draw(st.integers(1, sum(weights)))
    swings = banzhaf_swings(weights, quota)
    groups = [group for group in votes.list_groups(len(weights)) if sum(weights[i] for i in group) >= quota]
    for member, count in enumerate(swings):
        assert count == 2 * sum(member in group for group in groups) - len(groups)
    assert len({(count - len(groups)) % 2 for count in swings}) == 1
    assert banzhaf_swings([*weights, 0], quota) == (*(2 * count for count in swings), 0)
    order = data.draw(st.permutations(range(len(weights))))
    assert banzhaf_swings([weights[i] for i in order], quota) == tuple(swings[i] for i in order)
    assert sum(banzhaf_index(weights, quota)) == Fraction(1)
