"""Each fast index equals its definition by enumeration, on any small vote."""

from fractions import Fraction
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes import votes

from communaccord.noyau.droit.majorites import (
    MAJORITE_ACCORD_LOCAL,
    MAJORITE_CLECT,
    MAJORITE_QUALIFIEE,
    CommunePopulation,
    check_majorite,
)
from communaccord.noyau.pouvoir import (
    Majority,
    Route,
    banzhaf_index,
    bracket_power,
    build_majority,
    deegan_packel_index,
    majority_power,
    shapley_shubik_index,
    wins,
)

LOIS = (MAJORITE_QUALIFIEE, MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT)
petites = settings(max_examples=40, deadline=None)

poids = st.lists(st.integers(0, 9), min_size=1, max_size=8).filter(any)
populations = st.lists(
    st.one_of(st.integers(0, 30), st.sampled_from([1, 7, 300, 5000])), min_size=1, max_size=8
).filter(any)
parts = st.fractions(0, 1, max_denominator=6)
clauses = st.builds(Route, parts, parts, st.booleans(), st.booleans())
inventees = st.builds(Majority, st.lists(clauses, min_size=1, max_size=3).map(tuple), st.none() | parts)
majorites = st.sampled_from([build_majority(loi) for loi in LOIS]) | inventees


def weighted(weights, quota):
    return lambda group: sum(weights[member] for member in group) >= quota


@petites
@given(poids, st.data())
def test_indices_of_seats_are_their_definitions(weights, data):
    quota = data.draw(st.integers(1, sum(weights)))
    n, wins_ = len(weights), weighted(weights, quota)
    assert list(banzhaf_index(weights, quota)) == votes.banzhaf(n, wins_)
    assert list(shapley_shubik_index(weights, quota)) == votes.shapley_shubik(n, wins_)
    assert list(deegan_packel_index(weights, quota)) == votes.deegan_packel(n, wins_)


@petites
@given(poids, st.data())
def test_a_heavier_member_never_weighs_less_nor_does_the_order_count(weights, data):
    quota = data.draw(st.integers(1, sum(weights)))
    ordered = sorted(weights)
    for index in (banzhaf_index, shapley_shubik_index):
        values = index(ordered, quota)
        assert list(values) == sorted(values)
        assert sum(values) == 1
        assert sorted(index(weights, quota)) == list(values)


@petites
@given(poids, st.data(), st.integers(2, 10**12))
def test_the_unit_of_the_votes_does_not_count(weights, data, unit):
    quota = data.draw(st.integers(1, sum(weights)))
    larger = [weight * unit for weight in weights]
    for index in (banzhaf_index, shapley_shubik_index, deegan_packel_index):
        assert index(larger, quota * unit) == index(weights, quota)


@petites
@given(populations, majorites)
def test_the_power_in_a_double_majority_is_its_definition(people, majority):
    n, found = len(people), majority_power(people, majority)

    @cache
    def wins_(group):
        return wins(people, majority, group)

    expected = votes.swings(n, wins_)
    assert list(found.swings) == [sum(sizes) for sizes in expected]
    assert list(found.banzhaf) == [Fraction(swing, sum(found.swings) or 1) for swing in found.swings]
    assert list(found.shapley_shubik) == votes.shapley_shubik(n, wins_)
    assert found.passing * 2**n == sum(wins_(group) for group in votes.list_groups(n))
    assert found.banzhaf_absolute == tuple(Fraction(swing, 2 ** (n - 1)) for swing in found.swings)


@petites
@given(populations, majorites, st.integers(1, 5000))
def test_counting_by_units_brackets_the_truth(people, majority, words):
    exact, bracket = majority_power(people, majority), bracket_power(people, majority, words=words)
    for known, bounds in zip(
        (*exact.banzhaf, *exact.shapley_shubik, exact.passing),
        (*bracket.banzhaf, *bracket.shapley_shubik, bracket.passing),
        strict=True,
    ):
        assert bounds.low <= known <= bounds.high
        assert bracket.unit > 1 or bounds.low == bounds.high == known


@petites
@given(populations, st.sampled_from(LOIS), st.data())
def test_routes_read_the_law_as_the_law_reads_itself(people, loi, data):
    favorables = data.draw(st.sets(st.integers(0, len(people) - 1)))
    communes = [CommunePopulation(str(rank), population) for rank, population in enumerate(people)]
    expected = check_majorite(loi, communes, {str(rank) for rank in favorables}).atteinte
    assert wins(people, build_majority(loi), favorables) == expected
