"""Who is still needed: least cost and minimal sets equal their enumeration, their proofs stand without the solver."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes import votes

from communaccord.noyau.droit.majorites import MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT, MAJORITE_QUALIFIEE
from communaccord.noyau.pouvoir import DonneeInvalide, build_majority, cheapest_supporters, minimal_winning, wins
from communaccord.noyau.pouvoir.majorite import build_staircase
from communaccord.noyau.preuves import gagnantes
from communaccord.reference import get_communes

MAJORITES = [build_majority(loi) for loi in (MAJORITE_QUALIFIEE, MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT)]
peu = settings(max_examples=30, deadline=None)
COTES = ("oui", "jamais", "hésite", "hésite")
communes = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 30), st.sampled_from([1, 300, 5000])),
        st.sampled_from(COTES),
        st.one_of(st.integers(0, 3), st.integers(0, 10**9)),
    ),
    min_size=1,
    max_size=7,
).filter(lambda liste: any(population for population, _, _ in liste))


def read(liste):
    people, sides, costs = zip(*liste, strict=True)
    yes, never = ({rank for rank, side in enumerate(sides) if side == wanted} for wanted in ("oui", "jamais"))
    return people, yes, never, costs


def is_proved(people, majority, yes, never, costs, found, low) -> bool:
    staircase = build_staircase(people, majority)
    held = staircase.vetoers | yes
    candidates = set(range(len(people))) - held - never
    forced = sum(costs[member] for member in staircase.vetoers - yes)
    return gagnantes.check_least_cost(
        people, costs, staircase.needs, held, candidates, low - forced, found.trees
    )  # fmt: skip


@peu
@given(communes, st.sampled_from(MAJORITES))
def test_no_set_of_supporters_costs_less(liste, majority):
    people, yes, never, costs = read(liste)

    def wins_(group):
        return wins(people, majority, group)

    expected = votes.cheapest(len(people), wins_, yes, never, costs)
    found = cheapest_supporters(people, majority, yes, never, costs)
    assert found.cost == expected
    if expected is None:
        assert found.is_impossible
        assert found.members is None
        return
    assert found.is_optimal
    assert sum(costs[member] for member in found.members) == expected
    assert wins_(yes | set(found.members))
    assert not never & set(found.members)
    assert is_proved(people, majority, yes, never, costs, found, expected)
    assert not is_proved(people, majority, yes, never, costs, found, expected + 1)


@peu
@given(communes, st.sampled_from(MAJORITES))
def test_minimal_sets_are_all_found_once(liste, majority):
    people, yes, never, _ = read(liste)

    def wins_(group):
        return wins(people, majority, group)

    expected = {
        tuple(sorted(group))
        for group in votes.list_groups(len(people))
        if not group & (yes | never) and gagnantes.check_minimal(wins_, yes, group)
    }
    found = minimal_winning(people, majority, yes, never, k=200)
    assert found.is_complete
    assert len(found.sets) == len(set(found.sets))
    assert set(found.sets) == expected
    assert [len(members) for members in found.sets] == sorted(len(members) for members in found.sets)


@pytest.fixture(scope="module")
def pays_basque() -> list[int]:
    return [commune.population_totale_2022 or 0 for commune in get_communes("200067106")]


def test_the_fewest_supporters_of_158_real_communes(pays_basque):
    majority = MAJORITES[0]
    yes, never = set(range(0, 158, 5)), set(range(1, 158, 11)) - set(range(0, 158, 5))
    found = cheapest_supporters(pays_basque, majority, yes, never)
    assert found.is_optimal
    assert gagnantes.check_minimal(lambda group: wins(pays_basque, majority, group), yes, found.members)
    assert is_proved(pays_basque, majority, yes, never, [1] * 158, found, found.cost)
    first = minimal_winning(pays_basque, majority, yes, never, k=1)
    assert not first.is_complete
    assert len(first.sets[0]) == found.cost


def test_a_search_cut_short_never_says_it_is_the_least(pays_basque):
    """A peer tells a solver stopped by its limit as optimal."""
    rng = random.Random(1)
    costs = [37 * population + rng.randint(0, 5000) for population in pays_basque]
    found = cheapest_supporters(pays_basque, MAJORITES[0], range(0, 158, 5), range(1, 158, 5), costs, nodes=30)
    assert not found.is_optimal
    assert 0 < found.low < found.cost
    assert 1000 * (found.cost - found.low) < found.cost
    assert is_proved(pays_basque, MAJORITES[0], set(range(0, 158, 5)), set(range(1, 158, 5)), costs, found, found.low)


def test_a_walk_cut_short_does_not_say_it_saw_everything(pays_basque):
    found = minimal_winning(pays_basque, MAJORITES[0], k=1000, steps=50)
    assert not found.is_complete


def test_the_most_populous_commune_may_stop_everything():
    people = [400, 100, 100, 100, 100, 100, 100]
    assert cheapest_supporters(people, MAJORITES[0], range(1, 7), never=[0]).is_impossible
    assert minimal_winning(people, MAJORITES[0], range(1, 7), never=[0]).sets == ()
    assert minimal_winning(people, MAJORITES[0], range(1, 7)).sets == ((0,),)
    # The same answers approve the report of the CLECT: its text does not give this power.
    assert minimal_winning(people, MAJORITES[2], range(1, 7), never=[0]).sets == ((),)


def test_a_proof_with_a_negative_price_or_a_choice_made_twice_is_refused():
    with pytest.raises(ValueError, match="price"):
        gagnantes.prove([1], [1], (1, 1), frozenset({0}), 0, ("prices", -1, 0))
    end = ("prices", 0, 0)
    with pytest.raises(ValueError, match="already decided"):
        gagnantes.prove([1], [1], (1, 1), frozenset({0}), 0, ("choice", 0, ("choice", 0, end, end), end))
    assert not gagnantes.check_least_cost([1], [1], [(1, 1)], [], [0], 0, [])


@pytest.mark.parametrize(
    ("yes", "never", "cost"), [([0], [0], None), ([3], [], None), ([], [-1], None), ([], [], [1]), ([], [], [1, 2, -1])]
)
def test_sides_and_costs_that_cannot_be_are_refused(yes, never, cost):
    with pytest.raises(DonneeInvalide):
        cheapest_supporters([10, 20, 30], MAJORITES[0], yes, never, cost)
