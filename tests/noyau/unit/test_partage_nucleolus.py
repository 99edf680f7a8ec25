"""The nucleolus: reference games, proofs, and the faults seen in other engines."""

import random
import sys
from fractions import Fraction

import pytest
from tests.noyau.lentes.stability import (
    TVA,
    build_bankruptcy,
    build_skane,
    difference_of,
    floor_of,
    nucleolus_by_definition,
)

from communaccord.noyau.partage.game import ServiceGame, TableGame, Term, build_table
from communaccord.noyau.partage.stability import least_core, nucleolus
from communaccord.noyau.preuves.kohlberg import find_defauts
from communaccord.noyau.solver import Status

# The package gives the function of the same name.
MODULE = sys.modules["communaccord.noyau.partage.stability.nucleolus"]


def draw_service(n, seed):
    """Whole posts by steps, costs alone that follow the workload from afar: the core is often empty."""
    draws = random.Random(seed)
    workload = tuple(draws.randint(1, 30) for _ in range(n))
    table = tuple(4_000_000 + 2_400_000 * -(-total // 40) for total in range(sum(workload) + 1))
    alone = tuple(150_000 + 24_000 * work * draws.randint(2, 6) for work in workload)
    return ServiceGame(n, (Term("sum", workload, table),), (40_000,) * n, alone)


def test_skane_in_thousandths():
    """Recomputed here and by another engine; the article prints 18.32 and 19.49 for M and T (from memory)."""
    found = nucleolus(build_skane(1000))
    assert [round(share / 100) for share in found.shares] == [20350, 12057, 4997, 8607, 18320, 19490]
    assert found.rational
    assert found.status is Status.OPTIMAL


def test_tennessee_valley_authority():
    found = nucleolus(TVA)
    assert [round(share) for share in found.shares] == [116_234, 93_540, 202_810]
    assert sum(found.allocation.cents) == 412_584


@pytest.mark.parametrize(
    ("estate", "shares"), [(100, (Fraction(100, 3),) * 3), (200, (50, 75, 75)), (300, (50, 100, 150))]
)
def test_the_three_widows_of_the_talmud(estate, shares):
    """Aumann and Maschler 1985: the division of the Mishna is the nucleolus of the bankruptcy game."""
    found = nucleolus(build_bankruptcy(estate, (100, 200, 300)))
    assert tuple(-share for share in found.shares) == shares
    assert sum(found.allocation.cents) == -estate


def test_ten_members_as_in_the_programmes_with_all_their_rows():
    game = draw_service(10, 1)
    expected = nucleolus_by_definition(game)
    assert max(abs(share - other) for share, other in zip(nucleolus(game).shares, expected, strict=True)) < 1


def test_sixteen_members_by_the_formula_as_by_every_group():
    """An engine of the field is wrong by 4,200 euros on such a game."""
    game = draw_service(16, 2)
    found, table = nucleolus(game), nucleolus(build_table(game))
    assert found.shares == table.shares
    assert found.status is table.status is Status.OPTIMAL
    assert any(level.pairs for level in found.levels)
    assert not any(level.pairs for level in table.levels)


def test_no_imputation_at_all_is_no_error_and_is_told():
    found = nucleolus(TableGame(3, (0, 10, 20, 30, 30, 40, 50, 300)))
    assert found.status is Status.OPTIMAL
    assert not found.rational
    assert sum(found.shares) == 300


def test_one_and_two_members():
    assert nucleolus(TableGame(1, (0, 77))).shares == (77,)
    assert nucleolus(TableGame(2, (0, 60, 50, 101))).shares == (Fraction(111, 2), Fraction(91, 2))
    assert sorted(nucleolus(TableGame(2, (0, 60, 50, 101))).allocation.cents) == [45, 56]


def test_a_stopped_search_is_never_told_as_the_nucleolus():
    game = draw_service(30, 3)
    for found in (nucleolus(game, iterations=2), nucleolus(game, should_stop=lambda: True)):
        assert found.status is Status.LIMIT
        assert not found.levels
        assert found.allocation.caveat
        assert not found.allocation.certain
        assert sum(found.allocation.cents) == game.cost(range(30))


def test_the_same_answer_twice():
    game = draw_service(20, 4)
    assert nucleolus(game) == nucleolus(game)


def test_the_proof_is_read_without_the_search():
    """Every group by enumeration, every comparison of members by its definition."""
    for game in (build_skane(), draw_service(8, 5), TVA):
        found = nucleolus(game)
        proof = (game.cost, found.shares, found.levels, floor_of(game, found.shares), difference_of(game))
        assert find_defauts(*proof) == []
        assert found.precision == 0


def test_a_large_territory_to_the_last_level():
    game = draw_service(60, 6)
    found, bounds = nucleolus(game), least_core(game)
    assert found.status is Status.OPTIMAL
    assert found.precision == 0
    assert bounds.low <= found.levels[0].slack <= bounds.high < bounds.low + 1


def test_a_group_that_the_mixtures_miss_is_found_by_the_proof(monkeypatch):
    game = draw_service(12, 1)
    expected = nucleolus(game).shares
    monkeypatch.setattr(MODULE, "MIXTURES", 0)
    refused = []
    prove = MODULE.prove
    monkeypatch.setattr(MODULE, "prove", lambda *told: prove(*told) or refused.append(told))
    found = nucleolus(game)
    assert len(refused) == 1
    assert (found.shares, found.status) == (expected, Status.OPTIMAL)


def test_a_proof_that_does_not_pass_is_told_as_a_failure(monkeypatch):
    monkeypatch.setattr(MODULE, "find_defauts", lambda *told: ["a fault"])
    found = nucleolus(TVA)
    assert found.status is Status.FAILED
    assert not found.levels
    assert found.allocation.caveat
    assert sum(found.allocation.cents) == 412_584
