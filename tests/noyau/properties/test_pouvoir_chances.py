"""Chance that a vote passes, and that each decides: bounds that hold the enumerated truth."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes import votes

from communaccord.noyau.droit.majorites import MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT, MAJORITE_QUALIFIEE
from communaccord.noyau.pouvoir import (
    DonneeInvalide,
    Shock,
    build_majority,
    majority_power,
    pass_probability,
    pivotal_probabilities,
    wins,
)
from communaccord.reference import get_communes

MAJORITES = [build_majority(loi) for loi in (MAJORITE_QUALIFIEE, MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT)]
UN, DEMI = Fraction(1), Fraction(1, 2)
peu = settings(max_examples=20, deadline=None)
chances = st.one_of(st.sampled_from([Fraction(0), UN, DEMI]), st.fractions(0, 1, max_denominator=50))
communes = st.lists(
    st.tuples(st.one_of(st.integers(0, 30), st.sampled_from([1, 300, 5000])), chances), min_size=1, max_size=6
).filter(lambda liste: any(population for population, _ in liste))
cellules = st.sampled_from([10**6, 200, 20, 1])


def truth(people, majority, probabilities):
    return votes.pass_probability(len(people), lambda group: wins(people, majority, group), probabilities)


@peu
@given(communes, st.sampled_from(MAJORITES), cellules)
def test_the_chance_to_pass_is_within_its_bounds(liste, majority, cells):
    people, probabilities = zip(*liste, strict=True)
    found = pass_probability(people, probabilities, majority, cells=cells)
    assert found.low <= truth(people, majority, probabilities) <= found.high
    assert cells < 10**6 or found.high - found.low < Fraction(1, 10**11)


@peu
@given(communes, st.sampled_from(MAJORITES), cellules)
def test_the_chance_to_decide_is_within_its_bounds(liste, majority, cells):
    people, probabilities = zip(*liste, strict=True)
    for member, found in enumerate(pivotal_probabilities(people, probabilities, majority, cells=cells)):
        with_it, without = (
            truth(people, majority, [*probabilities[:member], answer, *probabilities[member + 1 :]])
            for answer in (1, 0)
        )
        assert found.low <= with_it - without <= found.high
        assert cells < 10**6 or found.high - found.low < Fraction(1, 10**11)


@peu
@given(communes, st.sampled_from(MAJORITES), st.sampled_from([10**9, 2_000, 1]))
def test_a_bound_of_the_work_is_paid_by_packets_and_the_truth_stays_within(liste, majority, work):
    people, probabilities = zip(*liste, strict=True)
    exact = pivotal_probabilities(people, probabilities, majority)
    for bounds, known in zip(pivotal_probabilities(people, probabilities, majority, work=work), exact, strict=True):
        assert bounds.low <= known.high
        assert known.low <= bounds.high
        assert work < 10**9 or bounds == known


def test_a_work_too_long_counts_inhabitants_by_packets_and_says_so_by_its_bounds():
    people = [1000 + 37 * rank * rank for rank in range(12)]
    exact, short = (pivotal_probabilities(people, [DEMI] * 12, MAJORITES[0], work=w) for w in (10**9, 10**5))
    assert all(known.high - known.low < Fraction(1, 10**10) for known in exact)
    assert any(bounds.high - bounds.low > Fraction(1, 10**4) for bounds in short)
    for bounds, known in zip(short, exact, strict=True):
        assert bounds.low <= known.low <= known.high <= bounds.high


@peu
@given(communes, st.sampled_from(MAJORITES), st.fractions(0, 1, max_denominator=5), st.data())
def test_shocks_are_mixed_by_their_weights(liste, majority, weight, data):
    people, probabilities = zip(*liste, strict=True)
    by_commune = data.draw(st.tuples(*[st.sampled_from([-UN, Fraction(-1, 4), Fraction(0), DEMI])] * len(people)))
    shocks = (Shock(weight, Fraction(-1, 5)), Shock(1 - weight, by_commune))
    expected = Fraction(0)
    for share, moves in ((weight, [Fraction(-1, 5)] * len(people)), (1 - weight, by_commune)):
        held = [min(UN, max(0 * UN, p + by)) for p, by in zip(probabilities, moves, strict=True)]
        expected += share * truth(people, majority, held)
    found = pass_probability(people, probabilities, majority, shocks)
    assert found.low <= expected <= found.high


def test_fair_coins_give_back_the_exact_count_of_24_real_communes():
    people = [commune.population_totale_2022 or 0 for commune in get_communes("200070373")]
    majority, coins = MAJORITES[0], [DEMI] * 24
    exact = majority_power(people, majority)
    found = pass_probability(people, coins, majority)
    assert found.low <= exact.passing <= found.high
    assert found.high - found.low < Fraction(1, 10**11)
    assert abs(found.middle - exact.passing) < Fraction(1, 10**11)
    for bounds, known in zip(pivotal_probabilities(people, coins, majority), exact.banzhaf_absolute, strict=True):
        assert bounds.low <= known <= bounds.high


def test_a_shared_turn_of_opinion_changes_the_chance_though_the_mean_stays():
    people, likely = [100] * 9, [Fraction(7, 10)] * 9
    alone = pass_probability(people, likely, MAJORITES[0])
    moved = (Shock(DEMI, Fraction(-3, 10)), Shock(DEMI, Fraction(3, 10)))
    together = pass_probability(people, likely, MAJORITES[0], moved)
    assert together.high < alone.low


@pytest.mark.parametrize(
    ("probabilities", "shocks", "mot"),
    [
        ([DEMI], (), "une probabilité par commune"),
        ([DEMI, 0.5], (), "nombre exact"),
        ([DEMI, Fraction(3, 2)], (), "nombre exact"),
        ([DEMI, DEMI], (Shock(DEMI, 0),), "ne font pas 1"),
        ([DEMI, DEMI], (Shock(2 * UN, 0), Shock(-UN, 0)), "ne font pas 1"),
        ([DEMI, DEMI], (Shock(UN, (0,)),), "une probabilité par commune"),
    ],
)
def test_chances_that_cannot_be_are_refused(probabilities, shocks, mot):
    for function in (pass_probability, pivotal_probabilities):
        with pytest.raises(DonneeInvalide, match=mot):
            function([10, 20], probabilities, MAJORITES[0], shocks)
