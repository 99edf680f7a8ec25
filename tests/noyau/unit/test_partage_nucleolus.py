"""The nucleolus: reference games, proofs, and the faults seen in other engines."""

import random
import sys
from fractions import Fraction

import pytest
from tests.noyau.lentes.stability import (
    TVA,
    build_bankruptcy,
    build_skane,
    nucleolus_by_definition,
)

from communaccord.noyau.partage.game import ServiceGame, TableGame, Term, build_table, to_plain
from communaccord.noyau.partage.stability import least_core, nucleolus, pre_nucleolus
from communaccord.noyau.preuves.kohlberg import find_defauts_nucleole
from communaccord.noyau.solver import Status

# The package gives the function of the same name.
MODULE = sys.modules["communaccord.noyau.partage.stability.nucleolus"]
NEST = sys.modules["communaccord.noyau.partage.stability.nest"]


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
    assert not found.imputations
    assert not found.rational
    assert found == pre_nucleolus(TableGame(3, (0, 10, 20, 30, 30, 40, 50, 300)))
    assert sum(found.shares) == 300


def test_no_member_pays_more_than_alone_when_all_can_be_held_to_it():
    """A and B cost 30 together and 100 with C, who costs 10 alone: compared freely, C would pay 40."""
    game = TableGame(3, (0, 40, 60, 30, 10, 60, 60, 100))
    found, free = nucleolus(game), pre_nucleolus(game)
    assert free.shares == (30, 30, 40)
    assert not free.rational
    assert found.pre_nucleolus == free
    assert found.imputations
    assert found.shares == (40, 50, 10)
    assert found.levels[0].limits == ((2, 1),)


@pytest.mark.parametrize(("n", "seed"), [(6, 1), (8, 2), (9, 3)])
def test_imputations_as_in_the_programmes_with_all_their_rows(n, seed):
    game = draw_service(n, seed)
    found = nucleolus(game)
    assert found.imputations
    expected = nucleolus_by_definition(game, imputations=True)
    assert max(abs(share - other) for share, other in zip(found.shares, expected, strict=True)) < 1
    expected = nucleolus_by_definition(game)
    free = found.pre_nucleolus or found
    assert max(abs(share - other) for share, other in zip(free.shares, expected, strict=True)) < 1


def test_a_second_search_that_is_stopped_keeps_the_first():
    game, first, asked = draw_service(12, 1), [], []
    pre_nucleolus(game, should_stop=lambda: first.append(None))
    found = nucleolus(game, should_stop=lambda: asked.append(None) or len(asked) > len(first))
    assert len(asked) == len(first) + 1
    assert found.status is Status.LIMIT
    assert not found.levels
    assert found.pre_nucleolus.status is Status.OPTIMAL


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
    """Every slack again from the plain data of the game: tables, services, imputations or not."""
    for game in (build_skane(), draw_service(8, 5), TVA, draw_service(24, 3)):
        found = nucleolus(game)
        assert found.precision == 0
        assert find_defauts_nucleole(to_plain(game), found.shares, found.levels, imputations=found.imputations) == []


def test_a_large_territory_to_the_last_level():
    game = draw_service(60, 6)
    found, bounds = nucleolus(game), least_core(game)
    assert found.status is Status.OPTIMAL
    assert found.precision == 0
    first = (found.pre_nucleolus or found).levels[0]
    assert bounds.low <= first.slack <= bounds.high < bounds.low + 1


def test_a_group_that_the_mixtures_miss_is_found_by_the_proof(monkeypatch):
    game = draw_service(12, 1)
    expected = nucleolus(game).shares
    monkeypatch.setattr(NEST, "MIXTURES", 0)
    refused = []
    prove = MODULE.prove
    monkeypatch.setattr(MODULE, "prove", lambda *told, **how: prove(*told, **how) or refused.append(told))
    found = nucleolus(game)
    assert len(refused) == 2, "one for each search"
    assert (found.shares, found.status) == (expected, Status.OPTIMAL)


def test_a_proof_that_does_not_pass_is_told_as_a_failure(monkeypatch):
    monkeypatch.setattr(MODULE, "find_defauts", lambda *told, **how: ["a fault"])
    found = nucleolus(TVA)
    assert found.status is Status.FAILED
    assert not found.levels
    assert found.allocation.caveat
    assert sum(found.allocation.cents) == 412_584
