"""The proof of a nucleolus: a true one passes, and each thing falsified is named."""

from dataclasses import replace
from fractions import Fraction

from tests.noyau.lentes.stability import build_skane

from communaccord.noyau.partage.game import TableGame, to_plain
from communaccord.noyau.partage.stability import nucleolus
from communaccord.noyau.preuves.kohlberg import Echelon, find_defauts_nucleole

GAME = build_skane()
FOUND = nucleolus(GAME)


def read(shares=FOUND.shares, levels=FOUND.levels, game=GAME, *, imputations=True):
    return find_defauts_nucleole(to_plain(game), shares, levels, imputations=imputations)


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


LIMITED = TableGame(3, (0, 40, 60, 30, 10, 60, 60, 100))


def test_a_limit_carries_weight_among_imputations_only():
    found = nucleolus(LIMITED)
    assert any(level.limits for level in found.levels)
    assert read(found.shares, found.levels, LIMITED) == []
    assert any("tous les partages" in fault for fault in read(found.shares, found.levels, LIMITED, imputations=False))


def test_a_limit_that_is_not_reached_or_weighs_nothing_is_named():
    found = nucleolus(LIMITED)
    for member, weight in ((0, 0), (1, 1), (0, -1), (2, 0)):
        levels = [replace(level, limits=((member, weight),)) for level in found.levels]
        assert any("exactement son coût seul" in fault for fault in read(found.shares, levels, LIMITED))


def test_the_pre_nucleolus_is_not_taken_for_the_nucleolus():
    free = nucleolus(LIMITED).pre_nucleolus
    assert read(free.shares, free.levels, LIMITED, imputations=False) == []
    assert "une part dépasse le coût seul" in read(free.shares, free.levels, LIMITED)


def test_a_rank_is_never_overstated():
    echelon = Echelon([(1, 1, 0), (0, 1, 1), (1, 2, 1)])
    assert echelon.rank == 2
    assert echelon.is_completed_by([(1, -1, 1)])
    assert not echelon.is_completed_by([(1, -1, 0)])
    assert not echelon.is_completed_by([])
