"""Votes of few members read group by group: the same answers as tables of sums, and as the definitions."""

import time
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes import votes
from tests.noyau.properties.test_pouvoir_properties import majorites, populations, weighted

from communaccord.noyau.pouvoir import (
    DonneeInvalide,
    banzhaf_index,
    bracket_power,
    deegan_packel_index,
    holler_index,
    majority_power,
    shapley_shubik_index,
    wins,
)
from communaccord.noyau.pouvoir import minimales as minimales_
from communaccord.noyau.pouvoir import sommes as sommes_
from communaccord.noyau.pouvoir.double import count_swings, enumerate_swings
from communaccord.noyau.pouvoir.echelle import build_scale
from communaccord.noyau.pouvoir.majorite import build_staircase

PETITES = settings(max_examples=60, deadline=None)
INDICES = (banzhaf_index, shapley_shubik_index, deegan_packel_index, holler_index)
# Machine integers hold the sums of the first; not those of the second.
GRANDS = st.sampled_from([1, 10**12, 10**30])


@PETITES
@given(st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any), GRANDS, st.data())
def test_every_group_read_gives_the_definitions(weights, unit, data):
    weights = [weight * unit + data.draw(st.integers(0, 3)) * bool(weight) for weight in weights]
    quota = data.draw(st.integers(1, sum(weights)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sommes_, "FEW_SUMS", 0)
        found = [index(weights, quota) for index in INDICES]
        patch.setattr(sommes_, "FEW_SUMS", 1 << 60)
        assert found == [index(weights, quota) for index in INDICES]
    n, wins_ = len(weights), weighted(weights, quota)
    assert list(found[0]) == votes.banzhaf(n, wins_)
    assert list(found[1]) == votes.shapley_shubik(n, wins_)
    assert list(found[2]) == votes.deegan_packel(n, wins_)


@PETITES
@given(populations, majorites)
def test_every_group_read_gives_the_swings_of_the_table(people, majority):
    staircase = build_staircase(people, majority)
    read, (counted, _) = (
        enumerate_swings(people, staircase),
        count_swings(people, staircase, build_scale(staircase.free, 1)),
    )
    assert sum(read.passing) == sum(counted.passing)

    @cache
    def wins_(group):
        return wins(people, majority, group)

    expected = votes.swings(len(people), wins_)
    for sizes, table, by_accepting in zip(read.by_member, counted.by_member, expected, strict=True):
        # One counts those who refused before, the other those who accepted before.
        padded = [*sizes, *[0] * len(people)][: len(people)]
        assert padded == by_accepting[::-1]
        assert [size for size in padded if size] == [size for size in table if size]


@settings(max_examples=25, deadline=None)
@given(populations, majorites, st.integers(1000, 5000), st.sampled_from([1, 10**20]))
def test_a_bracket_holds_the_chance_to_decide(people, majority, words, unit):
    people = [population * unit for population in people]
    exact, bracket = majority_power(people, majority), bracket_power(people, majority, words=words)
    for known, bounds in zip(exact.banzhaf_absolute, bracket.banzhaf_absolute, strict=True):
        assert 0 <= bounds.low <= known <= bounds.high <= 1


@pytest.mark.parametrize("index", INDICES)
def test_sixteen_voters_of_any_weight_are_weighed_at_once(index):
    draws = Random(1)
    weights = [draws.randint(1, 10**12) for _ in range(16)]
    start = time.process_time()
    found = index(weights, sum(weights) // 2 + 1)
    assert time.process_time() - start < 1, "a table of the sums took seconds"
    assert sum(found) == 1


def test_too_many_sums_for_so_many_distinct_weights_are_refused_before_they_are_counted(monkeypatch):
    monkeypatch.setattr(minimales_, "MAX_STEPS", 1000)
    weights = [2**rank for rank in range(23)]
    for index in (deegan_packel_index, holler_index):
        with pytest.raises(DonneeInvalide, match="Trop de totaux"):
            index(weights, 2**12)
    assert sum(banzhaf_index(weights, 2**12)) == 1
