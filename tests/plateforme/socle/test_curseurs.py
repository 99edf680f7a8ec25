"""Parts that sum to a hundred, on the server and in the browser by the same rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.socle.curseurs import rebalance_parts

parts = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 100), min_size=1)


@pytest.mark.parametrize(
    ("before", "moved", "locked", "after"),
    [
        ({"a": 60, "b": 30, "c": 20}, "a", (), {"a": 60, "b": 24, "c": 16}),
        ({"a": 60, "b": 30, "c": 20}, "a", ("c",), {"a": 60, "b": 20, "c": 20}),
        ({"a": 100, "b": 30, "c": 20}, "a", ("c",), {"a": 80, "b": 0, "c": 20}),
        ({"a": 40, "b": 0, "c": 0}, "a", (), {"a": 40, "b": 30, "c": 30}),
        ({"a": 1, "b": 1, "c": 1}, None, (), {"a": 34, "b": 33, "c": 33}),
        ({"a": 30, "b": 40}, "a", ("b",), {"a": 60, "b": 40}),
        ({"a": 70, "b": 70}, None, ("a", "b"), {"a": 70, "b": 70}),
        ({"a": 70, "b": 70, "c": 5}, None, ("a", "b"), {"a": 70, "b": 70, "c": 0}),
    ],
)
def test_examples(before, moved, locked, after):
    assert rebalance_parts(before, moved=moved, locked=locked) == after


@pytest.mark.parametrize(
    ("before", "moved", "unfit", "after"),
    [
        ({"a": 0, "b": 0, "c": 0, "d": 0}, "a", ("c", "d"), {"a": 0, "b": 100, "c": 0, "d": 0}),
        ({"a": 40, "b": 0, "c": 0, "d": 0}, "a", ("d",), {"a": 40, "b": 30, "c": 30, "d": 0}),
        ({"a": 40, "b": 0, "c": 20}, "a", ("c",), {"a": 40, "b": 0, "c": 60}),
        ({"a": 40, "b": 0, "c": 0}, "a", ("b", "c"), {"a": 40, "b": 30, "c": 30}),
        ({"a": 0, "b": 0}, None, ("a",), {"a": 0, "b": 100}),
    ],
)
def test_what_has_no_data_gets_nothing_by_itself(before, moved, unfit, after):
    assert rebalance_parts(before, moved=moved, unfit=unfit) == after


@given(parts)
def test_sum_is_a_hundred_and_twice_changes_nothing(before):
    once = rebalance_parts(before)
    assert sum(once.values()) == 100
    assert all(part >= 0 for part in once.values())
    assert rebalance_parts(once) == once


@given(parts.filter(lambda p: len(p) > 1))
def test_the_moved_part_keeps_what_it_is_given(before):
    moved = next(iter(before))
    after = rebalance_parts(before, moved=moved)
    assert after[moved] == before[moved]
    assert sum(after.values()) == 100


def test_a_negative_part_is_refused():
    with pytest.raises(ValueError, match="négative"):
        rebalance_parts({"a": -1})
