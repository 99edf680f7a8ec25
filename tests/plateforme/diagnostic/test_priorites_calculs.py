"""Majority judgment and Borda against their slow definitions; names of options and of communes play no part."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communaccord.plateforme.diagnostic.calculs.priorites import (
    aggregate,
    compare_classements,
    find_quantile,
    map_rangs,
)

GRADES = 3


@st.composite
def draw_bulletins(draw, grades=GRADES):
    options = draw(st.integers(1, 5))
    bulletin = st.lists(st.integers(0, grades - 1), min_size=options, max_size=options)
    rows = draw(st.lists(bulletin, min_size=1, max_size=9))
    return [dict(enumerate(row, start=1)) for row in rows]


def majority_value(notes):
    """Balinski and Laraki: the majority grade, then that of what remains when it is taken away, and so on."""
    left, value = sorted(notes), []
    while left:
        value.append(left.pop((len(left) - 1) // 2))
    return tuple(value)


def slow_borda(bulletins, option):
    return sum(
        2 * sum(b[other] < b[option] for other in b) + sum(b[other] == b[option] for other in b if other != option)
        for b in bulletins
    )


def rank_by(keys):
    return tuple(frozenset(o for o in keys if keys[o] == key) for key in sorted(set(keys.values()), reverse=True))


@given(draw_bulletins())
@settings(max_examples=150, deadline=None)
def test_both_orders_are_those_of_the_definitions(bulletins):
    found = aggregate(bulletins, GRADES)
    options = list(bulletins[0])
    assert found.majoritaire == rank_by({o: majority_value([b[o] for b in bulletins]) for o in options})
    points = {o: slow_borda(bulletins, o) for o in options}
    assert {o: found.mesures[o].borda for o in options} == points
    assert found.borda == rank_by(points)


@given(draw_bulletins(grades=11))
@settings(max_examples=60, deadline=None)
def test_points_are_grades_like_others(bulletins):
    found = aggregate(bulletins, 11)
    assert found.majoritaire == rank_by({o: majority_value([b[o] for b in bulletins]) for o in bulletins[0]})


@given(draw_bulletins(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_who_votes_and_how_options_are_numbered_change_nothing(bulletins, hasard):
    found = aggregate(bulletins, GRADES)
    shuffled = list(bulletins)
    hasard.shuffle(shuffled)
    assert aggregate(shuffled, GRADES) == found
    names = list(bulletins[0])
    others = [100 + name for name in names]
    hasard.shuffle(others)
    renamed = dict(zip(names, others, strict=True))
    again = aggregate([{renamed[o]: grade for o, grade in b.items()} for b in bulletins], GRADES)
    assert again.majoritaire == tuple(frozenset(renamed[o] for o in group) for group in found.majoritaire)
    assert again.borda == tuple(frozenset(renamed[o] for o in group) for group in found.borda)
    assert (again.memes, again.paires) == (found.memes, found.paires)


@given(draw_bulletins())
@settings(max_examples=60, deadline=None)
def test_the_measures_count_every_ballot_once(bulletins):
    for option, mesure in aggregate(bulletins, GRADES).mesures.items():
        notes = sorted(b[option] for b in bulletins)
        assert sum(mesure.repartition) == len(bulletins)
        assert mesure.mediane == notes[(len(notes) - 1) // 2]
        assert mesure.ont_la_mediane == notes.count(mesure.mediane)
        assert mesure.bas <= mesure.mediane <= mesure.haut
        assert 4 * sum(n < mesure.bas for n in notes) < len(notes)
        assert 4 * sum(n > mesure.haut for n in notes) < len(notes)


def test_a_tie_is_a_tie_and_the_next_rank_waits():
    found = aggregate([{1: 2, 2: 0, 3: 1}, {1: 0, 2: 2, 3: 1}], GRADES)
    assert found.borda == (frozenset({1, 2, 3}),)
    assert found.majoritaire == (frozenset({3}), frozenset({1, 2}))
    assert map_rangs(found.majoritaire) == {3: 1, 1: 2, 2: 2}
    assert (found.memes, found.paires) == (1, 3)


def test_the_two_methods_may_differ():
    """Three communes of five hold 1 for indispensable, two for secondary; 2 is useful to all of them."""
    found = aggregate([{1: 2, 2: 1, 3: 0}] * 3 + [{1: 0, 2: 2, 3: 1}] * 2, GRADES)
    assert map_rangs(found.majoritaire)[1] == 1
    assert found.borda[0] == frozenset({2})


def test_orders_are_compared_pair_by_pair():
    assert compare_classements((frozenset({1}), frozenset({2, 3})), (frozenset({1, 2}), frozenset({3}))) == (1, 3)


@pytest.mark.parametrize("bulletins", [[], [{}], [{1: 0}, {2: 0}], [{1: 3}], [{1: -1}]])
def test_what_is_not_a_set_of_ballots_is_refused(bulletins):
    with pytest.raises(ValueError, match="ballot"):
        aggregate(bulletins, GRADES)


def test_there_is_no_median_of_nothing():
    with pytest.raises(ValueError, match="no ballot"):
        find_quantile(Counter(), 2)
