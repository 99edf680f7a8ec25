"""Swing counts read again by a counting of another kind."""

from fractions import Fraction

import pytest

from communaccord.noyau.droit.majorites import MAJORITE_CLECT, MAJORITE_QUALIFIEE
from communaccord.noyau.pouvoir import (
    banzhaf_index,
    banzhaf_swings,
    build_majority,
    majority_power,
    shapley_shubik_index,
)
from communaccord.noyau.pouvoir.majorite import build_staircase, wins
from communaccord.noyau.preuves import bascules
from communaccord.reference import get_communes


def test_seats_of_158_communes_are_counted_again():
    sieges = [commune.sieges_constates or 0 for commune in get_communes("200067106")]
    quota = sum(sieges) // 2 + 1
    swings, shapley = banzhaf_swings(sieges, quota), shapley_shubik_index(sieges, quota)
    assert bascules.check_banzhaf(swings, banzhaf_index(sieges, quota))
    member = sieges.index(max(sieges))
    again = bascules.recount_swings(sieges, [(0, quota)], frozenset(), member)
    assert sum(again) == swings[member]
    assert bascules.check_shapley_shubik(again, shapley[member])
    assert not bascules.check_shapley_shubik(again, shapley[member] + Fraction(1, 10**30))


@pytest.mark.parametrize("loi", [MAJORITE_QUALIFIEE, MAJORITE_CLECT])
def test_a_double_majority_with_a_veto_is_counted_again(loi):
    # The most populous holds a third of the inhabitants: it must accept in the first majority only.
    people = [3000, 1500, 1200, 1000, 900, 700, 500, 250, 80]
    majority = build_majority(loi)
    staircase, found = build_staircase(people, majority), majority_power(people, majority)
    for member in range(9):
        again = bascules.recount_swings(people, staircase.needs, staircase.vetoers, member)
        assert again == bascules.enumerate_swings(9, lambda group: wins(people, majority, group), member)
        assert sum(again) == found.swings[member]
        assert bascules.check_shapley_shubik(again, found.shapley_shubik[member])
    assert bascules.check_banzhaf(found.swings, found.banzhaf)
    assert not bascules.check_banzhaf(found.swings, found.banzhaf[1:])
