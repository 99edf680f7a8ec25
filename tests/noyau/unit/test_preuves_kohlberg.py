"""The proof of a nucleolus: a true one passes, and each thing falsified is named."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.noyau.lentes.stability import build_skane, difference_of, floor_of

from communaccord.noyau.partage.game import TableGame
from communaccord.noyau.partage.stability import nucleolus
from communaccord.noyau.preuves.kohlberg import Echelon, find_defauts, list_questions

GAME = build_skane()
FOUND = nucleolus(GAME)


def read(shares=FOUND.shares, levels=FOUND.levels, game=GAME):
    return find_defauts(game.cost, shares, levels, floor_of(game, shares), difference_of(game))


def test_a_true_proof_has_nothing_missing():
    assert len(FOUND.levels) > 1
    assert read() == []


def test_other_shares_are_refused():
    moved = (FOUND.shares[0] + 1, FOUND.shares[1] - 1, *FOUND.shares[2:])
    assert any("exactement" in fault for fault in read(shares=moved))
    dearer = (FOUND.shares[0] + 1, *FOUND.shares[1:])
    assert "les parts ne font pas le coût de tous" in read(shares=dearer)


def test_a_level_left_out_is_named():
    assert "les paliers laissent une direction libre" in read(levels=FOUND.levels[:-1])
    assert read(levels=FOUND.levels[1:])


def change(number, **fields):
    levels = list(FOUND.levels)
    levels[number] = replace(levels[number], **fields)
    return read(levels=levels)


def test_weights_that_do_not_balance_or_are_not_positive_are_named():
    (group, weight), *others = FOUND.levels[0].groups
    assert any("somme pondérée" in fault for fault in change(0, groups=((group, weight + 1), *others)))
    assert any("exactement" in fault for fault in change(0, groups=((group, -weight), *others)))
    assert any("somme pondérée" in fault for fault in change(0, groups=()))


def test_a_slack_above_the_true_one_is_named():
    faults = change(0, slack=FOUND.levels[0].slack + 1)
    assert any("un groupe non décidé" in fault for fault in faults)


def test_normals_that_hide_directions_are_named():
    assert any("normales" in fault for fault in change(1, normals=FOUND.levels[1].normals[1:]))
    first, *rest = FOUND.levels[1].normals
    assert any("normales" in fault for fault in change(1, normals=((first[0] + 1, *first[1:]), *rest)))


def test_a_comparison_that_is_not_reached_is_named():
    assert any("comparaison" in fault for fault in change(0, pairs=(((0, 1), 1),)))


def test_two_shares_that_are_equal_are_no_nucleolus_when_a_member_is_worth_less():
    game = TableGame(2, (0, 60, 40, 80))
    levels = nucleolus(game).levels
    assert read((Fraction(50), Fraction(30)), levels, game) == []
    assert read((Fraction(40), Fraction(40)), levels, game)


def test_primes_pass_what_a_normal_can_sum_to():
    questions = list_questions([(1, 1, 1, -4), (0, 1, -1, 0)])
    assert questions == [((1, 1, 1, -4), 2), ((1, 1, 1, -4), 3), ((0, 1, -1, 0), 2)]
    with pytest.raises(ValueError, match="too large"):
        list_questions([(10**60,)])


def test_a_rank_is_never_overstated():
    echelon = Echelon([(1, 1, 0), (0, 1, 1), (1, 2, 1)])
    assert echelon.rank == 2
    assert echelon.is_completed_by([(1, -1, 1)])
    assert not echelon.is_completed_by([(1, -1, 0)])
    assert not echelon.is_completed_by([])
