"""The double majority of the law on real communes, its edges, its veto, and numbers that pass 64 bits."""

from fractions import Fraction

import pytest

from communaccord.noyau.droit.majorites import MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT, MAJORITE_QUALIFIEE
from communaccord.noyau.pouvoir import (
    DonneeInvalide,
    Majority,
    Route,
    bracket_power,
    build_majority,
    majority_power,
    pass_probability,
    wins,
)
from communaccord.reference import get_communes

QUALIFIEE, LOCAL, CLECT = map(build_majority, (MAJORITE_QUALIFIEE, MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT))
SAULNOIS, TROYES = "245701206", "200069250"


def read_populations(siren: str) -> list[int]:
    return [commune.population_totale_2022 or 0 for commune in get_communes(siren)]


def test_the_articles_are_those_of_the_rules():
    assert [majority.article for majority in (QUALIFIEE, LOCAL, CLECT)] == [
        "CGCT L5211-5 II",
        "CGCT L5211-6-1 I-2° et VI",
        "CGI 1609 nonies C IV",
    ]
    assert [majority.veto_share for majority in (QUALIFIEE, LOCAL, CLECT)] == [Fraction(1, 4), Fraction(1, 4), None]


def test_exactly_two_thirds_of_the_population_is_enough_for_one_text_only():
    people = [5000, 5000, 5000, 5000, 5000, 5000]
    assert wins(people, QUALIFIEE, range(4))
    people = [7000, 7000, 6000, 4000, 3000, 3000]
    assert wins(people, QUALIFIEE, range(3))
    assert not wins(people, LOCAL, range(3))


def test_exactly_a_quarter_gives_no_veto():
    people = [2500, 1500, 1500, 1500, 1500, 1500]
    assert wins(people, QUALIFIEE, range(1, 6))
    people = [2501, 1500, 1500, 1500, 1500, 1499]
    assert not wins(people, QUALIFIEE, range(1, 6))


def test_communes_that_tie_above_a_quarter_must_all_accept():
    people = [3000, 3000, 1000, 1000, 1000]
    found = majority_power(people, QUALIFIEE)
    assert found.swings[0] == found.swings[1] > found.swings[2]
    assert not wins(people, QUALIFIEE, [0, 2, 3, 4])


def test_counts_of_a_double_majority_beyond_64_bits_are_whole():
    people = read_populations(SAULNOIS)
    before = list(people)
    found = majority_power(people, QUALIFIEE)
    assert people == before
    assert min(found.swings) > 2**63
    assert sum(found.banzhaf) == sum(found.shapley_shubik) == 1
    chance = pass_probability(people, [Fraction(1, 2)] * len(people), QUALIFIEE)
    assert chance.low <= found.passing <= chance.high


def test_who_has_more_inhabitants_never_weighs_less():
    people = read_populations(TROYES)
    found = majority_power(people, QUALIFIEE)
    ranked = sorted(zip(people, found.swings, found.shapley_shubik, strict=True))
    assert [swings for _, swings, _ in ranked] == sorted(found.swings)
    assert [part for _, _, part in ranked] == sorted(found.shapley_shubik)


def test_without_its_veto_the_ville_centre_weighs_less():
    people = read_populations(TROYES)
    assert 4 * max(people) > sum(people)
    centre = people.index(max(people))
    assert (
        majority_power(people, CLECT).shapley_shubik[centre] < majority_power(people, QUALIFIEE).shapley_shubik[centre]
    )


def test_a_metropolis_is_bracketed_not_refused_and_an_exact_answer_is_refused_not_rounded():
    people = [1000 * population for population in read_populations("200070373")]
    with pytest.raises(DonneeInvalide, match="trop grandes"):
        majority_power(people, QUALIFIEE, words=200_000)
    bracket = bracket_power(people, QUALIFIEE, words=200_000)
    exact = majority_power([population // 1000 for population in people], QUALIFIEE)
    assert bracket.unit > 500
    for bounds, known in zip(bracket.shapley_shubik, exact.shapley_shubik, strict=True):
        assert bounds.low <= known <= bounds.high
        assert bounds.high - bounds.low < Fraction(1, 100)


def test_a_rule_that_nobody_can_meet_or_that_asks_for_nothing_gives_no_power():
    never = Majority((Route(Fraction(1), Fraction(1), strict_count=True),))
    always = Majority((Route(Fraction(0), Fraction(0)),))
    for rule, passing in ((never, 0), (always, 1)):
        found = majority_power([10, 20, 30], rule)
        assert found.passing == passing
        assert set(found.swings) == set(found.banzhaf) == set(found.shapley_shubik) == {0}


@pytest.mark.parametrize(
    ("people", "mot"),
    [([], "Aucune commune"), ([0, 0], "nulles"), ([1, -1], "nombre entier"), ([1, 2.0], "nombre entier")],
)
def test_populations_that_cannot_be_are_refused(people, mot):
    with pytest.raises(DonneeInvalide, match=mot):
        majority_power(people, QUALIFIEE)


@pytest.mark.parametrize("routes", [(), (Route(Fraction(3, 2), Fraction(1, 2)),)])
def test_a_rule_without_a_clause_or_above_everything_is_refused(routes):
    with pytest.raises(DonneeInvalide, match="clause"):
        Majority(routes)


def test_too_many_communes_are_refused():
    with pytest.raises(DonneeInvalide, match="Trop de communes"):
        majority_power([1] * 300, QUALIFIEE)
