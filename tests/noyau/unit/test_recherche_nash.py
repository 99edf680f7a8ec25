"""The Nash product by hand: equal gains where money moves freely, to the cent, and a status that the bound decides."""

from fractions import Fraction

import pytest

from communaccord.noyau.accord.recherche.lignes import ContributionMax
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Service
from communaccord.noyau.accord.recherche.nash import nash
from communaccord.noyau.accord.recherche.resultats import Deal
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.solver import Status

SEUL = {"A": 34_481_649, "B": 38_398_330}


def build_duo(communes=("A", "B"), criteres=("A", "B")):
    """One criterion charges A alone, the other B alone: the key sets what each pays."""
    tables = tuple(Critere(f"tout {qui}", tuple(int(code == qui) for code in communes)) for qui in criteres)
    seul = tuple(SEUL[code] for code in communes)
    return Paquet(communes, (Service("S", 36_692_467, frozenset({0, 1}), tables, seul),))


@pytest.mark.parametrize("communes", [("A", "B"), ("B", "A")])
@pytest.mark.parametrize("criteres", [("A", "B"), ("B", "A")])
def test_two_communes_that_may_share_anyhow_gain_the_same_to_the_cent(communes, criteres):
    deal = nash(build_duo(communes, criteres))
    assert isinstance(deal, Deal)
    assert deal.status is Status.OPTIMAL
    assert deal.bound < Fraction(1, 10**9)
    assert dict(zip(communes, deal.contributions, strict=True)) == {"A": 16_387_893, "B": 20_304_574}
    assert deal.gains == (18_093_756, 18_093_756)


def test_a_limit_that_binds_is_met_to_the_cent_and_the_others_share_what_is_left():
    deal = nash(build_duo(), (ContributionMax("A", Priorite.INDISPENSABLE, 16_000_000),))
    assert isinstance(deal, Deal)
    assert deal.status is Status.OPTIMAL
    assert deal.contributions == (16_000_000, 20_692_467)


def test_a_search_cut_short_is_not_told_as_optimal_and_its_bound_holds():
    paquet = build_duo()
    short = nash(paquet, rounds=2)
    whole = nash(paquet)
    assert isinstance(short, Deal)
    assert isinstance(whole, Deal)
    assert short.status is Status.LIMIT
    assert short.bound > Fraction(1, 10**7)
    ratio = Fraction(whole.gains[0] * whole.gains[1], short.gains[0] * short.gains[1])
    # e^b is at least 1 + b.
    assert ratio <= 1 + short.bound + short.bound**2


@pytest.mark.parametrize("gap", [1e-3, 1e-7, 1e-15])
def test_the_status_says_whether_the_bound_is_within_the_gap_asked(gap):
    deal = nash(build_duo(), gap=gap)
    assert isinstance(deal, Deal)
    assert (deal.status is Status.OPTIMAL) == (deal.bound <= Fraction(gap))
    assert deal.contributions == (16_387_893, 20_304_574)


def test_columns_that_nothing_lets_choose_are_left_as_they_are():
    """One key is imposed, so nothing is to choose for it; the other service is shared as evenly as gains allow."""
    impose = Service("phare", 400, frozenset({0, 1}), (Critere("parts", (1, 3), Fraction(1), Fraction(1)),), (500, 500))
    tables = (Critere("tout A", (1, 0)), Critere("tout B", (0, 1)))
    deal = nash(Paquet(("A", "B"), (impose, Service("bac", 600, frozenset({0, 1}), tables, (600, 600)))))
    assert isinstance(deal, Deal)
    assert deal.status is Status.OPTIMAL
    assert deal.shares[0] == (100, 300)
    assert deal.contributions == (500, 500)


def test_a_limit_that_just_fails_to_bind_moves_nothing():
    """Its multiplier is nil and its margin too: the end of the path must be far enough for both."""
    deal = nash(build_duo(), (ContributionMax("A", Priorite.INDISPENSABLE, 16_387_893),))
    assert isinstance(deal, Deal)
    assert deal.contributions == (16_387_893, 20_304_574)


def test_a_key_of_one_criterion_alone_has_the_weight_one_and_the_path_goes_on_beside_it():
    """Its column may not move although its two bounds are 0 and 1: the path needs room on both sides of the others."""
    communes = ("A", "B", "C", "D", "E")
    tous = frozenset(range(5))
    seuls = ((1153052, 911011, 736132, 1865644, 560406), (1614933, 3018610, 3948593, 2700563, 3657268))
    premiers = (Critere("population", (4931, 2053, 1204, 4363, 777)), Critere("actes", (286, 169, 51, 241, 37)))
    tables = ((1168, 1817, 4449, 1955, 4650), (32, 124, 97, 166, 170), (1, 1, 1, 1, 1))
    paquet = Paquet(
        communes,
        (
            Service("S0", 3440567, frozenset({0, 3, 2}), premiers, seuls[0]),
            Service("S1", 11652219, tous, tuple(Critere(f"c{k}", t) for k, t in enumerate(tables)), seuls[1]),
            Service("S2", 12758172, tous, (Critere("population", (317, 1067, 658, 1226, 736)),), (4500000,) * 5),
        ),
    )
    deal = nash(paquet)
    assert isinstance(deal, Deal)
    assert deal.status is Status.OPTIMAL
    assert deal.bound < Fraction(1, 10**9)


def test_weights_whose_highest_bounds_only_just_make_a_whole_key_are_fixed():
    seul = tuple(SEUL.values())
    hauts = (Critere("tout A", (1, 0), haut=Fraction(2, 5)), Critere("tout B", (0, 1), haut=Fraction(3, 5)))
    libres = (Critere("tout A", (1, 0)), Critere("tout B", (0, 1)))
    force = Service("phare", 1_000, frozenset({0, 1}), hauts, (500, 900))
    deal = nash(Paquet(("A", "B"), (force, Service("S", 36_692_467, frozenset({0, 1}), libres, seul))))
    assert isinstance(deal, Deal)
    assert deal.status is Status.OPTIMAL
    assert deal.shares[0] == (400, 600)
    assert abs(deal.gains[0] - deal.gains[1]) <= 1


def test_lines_that_leave_no_room_at_all_are_met_and_the_deal_is_proved():
    lignes = (
        ContributionMax("A", Priorite.INDISPENSABLE, 16_000_000),
        ContributionMax("B", Priorite.INDISPENSABLE, 20_692_467),
    )
    deal = nash(build_duo(), lignes)
    assert isinstance(deal, Deal)
    assert deal.contributions == (16_000_000, 20_692_467)
    assert deal.status is Status.OPTIMAL
