"""Published power indices, read whole; and the faults seen in other libraries."""

from fractions import Fraction

import pytest

from communaccord.noyau.pouvoir import (
    DonneeInvalide,
    banzhaf_absolute,
    banzhaf_index,
    banzhaf_swings,
    deegan_packel_index,
    holler_index,
    shapley_shubik_index,
)
from communaccord.reference import get_communes

CEE_1958 = (4, 4, 4, 2, 2, 1)
NICE = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)
GRANDS_ELECTEURS = (
    54, 33, 32, 25, 23, 22, 21, 18, 15, 14, 13, 13, 12, 12, *[11] * 4, *[10] * 2, *[9] * 2, *[8] * 6, *[7] * 3,
    *[6] * 2, *[5] * 4, *[4] * 6, *[3] * 8,
)  # fmt: skip
PAYS_BASQUE = "200067106"


def parts(*textes: str) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, textes))


def test_the_six_of_1958_where_luxembourg_never_counted():
    assert banzhaf_swings(CEE_1958, 12) == (10, 10, 10, 6, 6, 0)
    assert banzhaf_index(CEE_1958, 12) == parts("5/21", "5/21", "5/21", "1/7", "1/7", "0")
    assert shapley_shubik_index(CEE_1958, 12) == parts("7/30", "7/30", "7/30", "3/20", "3/20", "0")
    assert deegan_packel_index(CEE_1958, 12) == parts("5/24", "5/24", "5/24", "3/16", "3/16", "0")


def test_deegan_and_packel_give_more_to_a_lighter_member():
    assert deegan_packel_index((3, 2, 1, 1, 1), 5) == parts("3/10", "3/20", "11/60", "11/60", "11/60")


def test_holler_counts_places_in_minimal_groups():
    # Minimal groups: {3,2} and {3,1,1} three times, {2,1,1,1}: 4, 2 and 3 places each.
    assert holler_index((3, 2, 1, 1, 1), 5) == parts("4/15", "2/15", "1/5", "1/5", "1/5")


def rounded(values: tuple[Fraction, ...], digits: int) -> list[str]:
    return [f"{value:.{digits}f}" for value in map(float, dict.fromkeys(values))]


def test_the_union_of_27_under_nice_by_votes_alone():
    """Values recomputed by two libraries in moteur.md 7.5; the population and State clauses are left out."""
    assert (len(NICE), sum(NICE)) == (27, 345)
    expected = ".07783 .07420 .04259 .03974 .03684 .03092 .02181 .01250 .00942"
    assert rounded(banzhaf_index(NICE, 255), 5) == [f"0{value}" for value in expected.split()]
    expected = ".08674 .07997 .03994 .03683 .03407 .02819 .01961 .01104 .00818"
    assert rounded(shapley_shubik_index(NICE, 255), 5) == [f"0{value}" for value in expected.split()]


def test_the_american_electoral_college_of_1992():
    assert (len(GRANDS_ELECTEURS), sum(GRANDS_ELECTEURS)) == (51, 538)
    shapley = shapley_shubik_index(GRANDS_ELECTEURS, 270)
    assert rounded(shapley, 6)[0] == "0.108125"
    assert f"{float(shapley[-1]):.7f}" == "0.0054055"
    assert f"{float(banzhaf_absolute(GRANDS_ELECTEURS, 270)[0]):.6f}" == "0.466454"


@pytest.fixture(scope="module")
def sieges() -> list[int]:
    """Seats found in the national register for the 158 communes of Pays Basque."""
    return [commune.sieges_constates or 0 for commune in get_communes(PAYS_BASQUE)]


def test_counts_beyond_64_bits_are_whole(sieges):
    """A peer counts in int64 and overflows without a word from 81 members on."""
    quota = sum(sieges) // 2 + 1
    swings = banzhaf_swings(sieges, quota)
    assert min(swing for swing in swings if swing) > 2**63
    assert sum(banzhaf_index(sieges, quota)) == sum(shapley_shubik_index(sieges, quota)) == 1
    assert sum(deegan_packel_index(sieges, quota)) == 1


def test_the_list_given_is_left_as_it_was(sieges):
    """A peer sorts the caller's list, and answers for the wrong members afterwards."""
    weights, before = list(sieges[::-1]), list(sieges[::-1])
    for index in (banzhaf_index, shapley_shubik_index, deegan_packel_index, holler_index):
        index(weights, 100)
        assert weights == before


def test_few_members_with_weights_in_the_billions():
    weights = [4 * 10**15, 4 * 10**15, 4 * 10**15, 2 * 10**15, 2 * 10**15, 10**15]
    assert banzhaf_index(weights, 12 * 10**15) == banzhaf_index(CEE_1958, 12)
    assert shapley_shubik_index(weights, 12 * 10**15) == shapley_shubik_index(CEE_1958, 12)
    assert deegan_packel_index(weights, 12 * 10**15) == deegan_packel_index(CEE_1958, 12)


@pytest.mark.parametrize(
    ("weights", "quota", "mot"),
    [
        ((), 1, "Aucun membre"),
        ((1, -1), 1, "entier positif"),
        ((1, True), 1, "entier positif"),
        ((1, 2), 0, "quota 0"),
        ((1, 2), 4, "3 voix en tout"),
        ((1, 2), 1.5, "quota 1.5"),
    ],
)
def test_what_is_no_vote_is_refused_with_a_way_out(weights, quota, mot):
    with pytest.raises(DonneeInvalide, match=mot) as refusal:
        shapley_shubik_index(weights, quota)
    assert refusal.value.remede.startswith("Donnez")


def test_a_vote_too_large_to_count_is_refused():
    weights = [10**300 + 3**rank for rank in range(600)]
    for index in (shapley_shubik_index, deegan_packel_index):
        with pytest.raises(DonneeInvalide, match="Trop de totaux"):
            index(weights, sum(weights) // 2)
