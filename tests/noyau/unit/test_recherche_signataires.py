"""Who signs, round by round, on packages small enough to be done by hand (invented figures)."""

from fractions import Fraction

import pytest

from communaccord.noyau.accord.recherche.grille import Criteria
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, HausseMax, NiveauMin, SeulementSi
from communaccord.noyau.accord.recherche.menu import Menu, MenuService, Option
from communaccord.noyau.accord.recherche.modele import Vehicule
from communaccord.noyau.accord.recherche.sensibilite import cost_range, price_range, workload_range
from communaccord.noyau.accord.recherche.signataires import who_signs
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, Term

FERME = Priorite.INDISPENSABLE
TOUS = {0: frozenset(range(4))}


def build_menu(fixe=12_000, pas=10, prix=1_000, required=frozenset(), services=1, vehicules=(), charge=(5, 5, 5, 5)):
    """Equal shares of `fixe` + `prix` by started step of `pas` acts; 8,000 cents alone."""
    table = tuple(fixe + prix * -(-total // pas) for total in range(60))
    game = ServiceGame(4, (Term("sum", charge, table),), (0,) * 4)
    option = Option("égal", game, (Fraction(1), Fraction(0)), Fraction(1), 1, required=required)
    criteria = Criteria(((1, 1, 1, 1), charge))
    rooms = tuple(MenuService(f"S{j}", criteria, ("égal", "actes"), (8_000,) * 4, (option,)) for j in range(services))
    return Menu(tuple("ABCD"), (10, 20, 30, 40), rooms, vehicules)


def limit(code, cents, service=None):
    return ContributionMax(code, FERME, cents, service)


def test_everybody_signs_when_every_line_holds():
    """14,000 cents among four: 3,500 each."""
    found = who_signs(build_menu(), {0: 0}, TOUS, [limit(code, 3_500) for code in "ABCD"])
    assert (found.signs, found.etapes, found.collapsed) == (frozenset(range(4)), (), False)
    assert found.paquet is not None
    assert found.paquet.services[0].cout == 14_000


def test_one_refusal_may_bring_the_others_down_round_by_round():
    """A refuses 3,500; then three share 14,000 (15 acts: two steps), 4,667 each: B refuses; then 13,000 by two."""
    lignes = [limit("A", 3_499), limit("B", 4_000), limit("C", 6_000), limit("D", 7_000)]
    found = who_signs(build_menu(), {0: 0}, TOUS, lignes)
    assert [sorted(refus.commune for refus in etape.refusals) for etape in found.etapes] == [[0], [1], [2]]
    assert [etape.costs[0] for etape in found.etapes] == [14_000, 14_000, 13_000]
    assert [etape.refusals[0].manque for etape in found.etapes] == [1, 667, 500]
    assert found.etapes[-1].closed == (0,)
    assert found.collapsed
    assert found.paquet is None
    assert found.etapes[0].phrases[0].startswith("A ne signe pas le paquet.")
    assert "ne tient plus" in found.etapes[-1].phrases[-1]


def test_the_service_may_stand_without_those_that_refuse():
    lignes = [limit("A", 3_499), limit("B", 5_000), limit("C", 6_000), limit("D", 7_000)]
    found = who_signs(build_menu(), {0: 0}, TOUS, lignes)
    assert found.signs == {1, 2, 3}
    assert found.paquet is not None
    assert found.paquet.services[0].cout == 14_000


def test_a_required_commune_that_leaves_closes_the_service():
    found = who_signs(build_menu(required=frozenset({0})), {0: 0}, TOUS, [limit("A", 3_499)])
    assert found.collapsed
    assert found.etapes[0].closed == (0,)


def test_a_line_on_one_service_makes_its_commune_leave_that_one_only():
    members = {0: frozenset(range(4)), 1: frozenset(range(4))}
    found = who_signs(build_menu(services=2), {0: 0, 1: 0}, members, [limit("A", 3_499, "S1")])
    assert found.members == {0: frozenset(range(4)), 1: frozenset({1, 2, 3})}
    assert found.signs == frozenset(range(4))


def test_a_commune_may_leave_since_another_left():
    lignes = [NiveauMin("A", FERME, "S0", 2), SeulementSi("B", FERME, "S0", "A")]
    found = who_signs(build_menu(), {0: 0}, TOUS, lignes)
    assert [[refus.commune for refus in etape.refusals] for etape in found.etapes] == [[0], [1]]
    assert [etape.refusals[0].manque for etape in found.etapes] == [None, None]
    assert found.signs == {2, 3}


def test_a_condition_on_a_service_that_closed_fails_and_a_limit_on_it_does_not():
    members = {0: frozenset(range(4)), 1: frozenset({0, 1})}
    lignes = [limit("A", 1, "S1"), SeulementSi("B", FERME, "S0", aussi="S1"), limit("B", 9_000, "S1")]
    found = who_signs(build_menu(services=2), {0: 0, 1: 0}, members, lignes)
    assert found.members == {0: frozenset({0, 2, 3})}
    gain = GainMin("C", FERME, 1, "S1")
    assert who_signs(build_menu(services=2), {0: 0, 1: 0}, members, [*lignes, gain]).signs == {0, 3}


def test_transfers_end_when_one_of_those_that_make_them_leaves():
    """D gives 600 to C; A leaves: they go on. Then D leaves: C gets nothing more."""
    vehicule = Vehicule("AC", "R-6.4", "CGI 1609 nonies C V 1° bis", "", (900,) * 4, (900,) * 4, 900)
    menu, transfers = build_menu(vehicules=(vehicule,)), [(0, 0, 600, -600)]
    lignes = [limit("C", 2_900), limit("D", 4_100)]
    assert who_signs(menu, {0: 0}, TOUS, lignes, transfers).signs == frozenset(range(4))
    found = who_signs(menu, {0: 0}, TOUS, [limit("C", 4_667), limit("D", 4_099)], transfers)
    assert found.etapes[0].cut
    assert "transferts" in found.etapes[0].phrases[-1]
    assert found.signs == {0, 1, 2}


def test_a_wrong_choice_is_told():
    with pytest.raises(DonneeInvalide, match="option"):
        who_signs(build_menu(), {0: 3}, TOUS, [])
    with pytest.raises(DonneeInvalide, match="périmètre"):
        who_signs(build_menu(), {0: 0}, {0: frozenset({7})}, [])


def judge(menu, lignes):
    """Who refuses in the first round: the verdict whose ranges are told."""
    etapes = who_signs(menu, {0: 0}, TOUS, lignes).etapes
    return [(refus.commune, refus.ligne) for refus in etapes[0].refusals] if etapes else []


LIGNES = [limit("A", 3_450), limit("B", 3_600), GainMin("C", FERME, 4_300), limit("D", 9_999)]


def test_the_range_of_a_cost_is_exact_on_both_sides():
    """3,500 each: A refuses until 13,800 (-200), B stays up to 14,400 (+400)."""
    menu = build_menu()
    found = cost_range(menu, {0: 0}, TOUS, LIGNES, service=0)
    assert (found.low, found.high) == (-200, 400)
    now = judge(menu, LIGNES)
    for shift, same in [(-200, False), (-199, True), (400, True), (401, False)]:
        assert (judge(build_menu(fixe=12_000 + shift), LIGNES) == now) is same
    assert [found.low_line, found.high_line] == [LIGNES[0], LIGNES[1]]


def test_a_cost_that_no_line_reads_has_no_limit():
    found = cost_range(build_menu(), {0: 0}, TOUS, [NiveauMin("A", FERME, "S0", 2)], service=0)
    assert (found.low, found.high) == (None, None)


def test_the_range_of_a_price_is_a_part_of_what_varies():
    """2,000 of 14,000 vary with the workload: -200 is -10 %, +400 is +20 %."""
    found = price_range(build_menu(), {0: 0}, TOUS, LIGNES, service=0, term=0)
    assert (found.low, found.high) == (Fraction(-1, 10), Fraction(1, 5))


def test_the_range_of_a_workload_moves_by_whole_steps():
    """20 acts: two steps of 1,000; one act more starts a third, 15,000 in all: B refuses; one less changes nothing."""
    found = workload_range(build_menu(), {0: 0}, TOUS, LIGNES, service=0, commune=3)
    assert (found.low, found.high) == (-5, 0)
    assert found.high_line == LIGNES[1]
    assert found.low_line is None


def test_the_range_of_a_workload_that_is_also_a_criterion():
    """All by acts: D pays 5/20 of 14,000 now. With k more acts it pays more, the others less."""
    menu = build_menu(pas=100)
    (room,) = menu.services
    (option,) = room.options
    by_acts = Option("actes", option.game, (Fraction(0), Fraction(1)), Fraction(1))
    menu = Menu(menu.communes, menu.poids, (MenuService("S0", room.criteria, room.noms, room.seul, (by_acts,)),))
    found = workload_range(menu, {0: 0}, TOUS, [limit("D", 5_000)], service=0, commune=3, critere=1)
    assert (
        13_000 * Fraction(5 + found.high, 20 + found.high) <= 5_000 < 13_000 * Fraction(6 + found.high, 21 + found.high)
    )


def test_a_yearly_rise_is_read_in_the_first_round():
    """Nothing the first year then all: no rise can be promised."""
    menu = build_menu()
    (room,) = menu.services
    (option,) = room.options
    slow = Option("lent", option.game, option.key, option.price, annee=2027, montee=(Fraction(1, 2),))
    menu = Menu(menu.communes, menu.poids, (MenuService("S0", room.criteria, room.noms, room.seul, (slow,)),))
    assert who_signs(menu, {0: 0}, TOUS, [HausseMax("A", FERME, Fraction(1))]).signs == frozenset(range(4))
    assert who_signs(menu, {0: 0}, TOUS, [HausseMax("A", FERME, Fraction(99, 100))]).signs == {1, 2, 3}


def test_a_cost_or_a_price_goes_down_to_nothing_and_no_further():
    """D asks more than it would gain for free: no cost, however low, meets it; a price below zero is none."""
    lignes = [GainMin("D", FERME, 8_001)]
    for found in (
        cost_range(build_menu(), {0: 0}, TOUS, lignes, service=0),
        price_range(build_menu(), {0: 0}, TOUS, lignes, service=0, term=0),
    ):
        assert (found.low, found.low_line, found.high) == (None, None, None)
    # Only a price below zero would do: 3,000 each without the posts, and 2,999 asked.
    cheap = [limit("D", 2_999)]
    assert price_range(build_menu(), {0: 0}, TOUS, cheap, service=0, term=0).low is None
    assert cost_range(build_menu(), {0: 0}, TOUS, cheap, service=0).low == -2_004


def test_a_workload_is_followed_until_the_caller_stops():
    calls = iter(range(100))
    lignes = [limit(code, 8_000) for code in "ABCD"]
    found = workload_range(
        build_menu(), {0: 0}, TOUS, lignes, service=0, commune=0, should_stop=lambda: next(calls) >= 3
    )
    assert (found.low, found.high, found.low_line) == (-3, 0, None)
