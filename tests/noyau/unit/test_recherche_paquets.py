"""The search for packages: stopped, stretched, refused; and its checker on packages spoilt one by one."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.noyau.lentes.recherche_paquets import list_groups

from communaccord.noyau.accord.recherche.atlas import KeyedService
from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.depart import find_departs
from communaccord.noyau.accord.recherche.exploration import Exploration
from communaccord.noyau.accord.recherche.grille import Criteria
from communaccord.noyau.accord.recherche.lignes import (
    ContributionMax,
    DistanceMax,
    EngagementPris,
    GainMin,
    HausseMax,
    NiveauMin,
    PasAvant,
    PersonnelGaranti,
    SeulementSi,
)
from communaccord.noyau.accord.recherche.menu import (
    Menu,
    MenuService,
    Option,
    build_options,
    limit_budget,
    spread_prices,
)
from communaccord.noyau.accord.recherche.modele import Vehicule
from communaccord.noyau.accord.recherche.offre_exacte import build_deal
from communaccord.noyau.accord.recherche.paquets import search_packages
from communaccord.noyau.accord.recherche.points import find_fautes
from communaccord.noyau.accord.recherche.programme_menu import Offres, Programme
from communaccord.noyau.accord.recherche.resultats import Feasible
from communaccord.noyau.accord.types import Engagement, Priorite
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term
from communaccord.noyau.preuves.borne import (
    Choice,
    Leaf,
    Row,
    Vehicle,
    compute_dual_bound,
    compute_gap,
    compute_tree_bound,
    find_package_faults,
)
from communaccord.noyau.solver import Status

FERME = Priorite.INDISPENSABLE
CHARGE = (3, 5, 2, 7, 4, 6)
CODES = tuple("ABCDEF")
POIDS = (10, 20, 30, 40, 50, 60)


def build_game(fixe=1_000, pas=5, prix=500):
    table = tuple(fixe + prix * -(-total // pas) for total in range(sum(CHARGE) + 1))
    return ServiceGame(6, (Term("sum", CHARGE, table),), (10,) * 6)


def build_service(nom="S0", options=None, seul=1_000, **more):
    game = build_game()
    criteria = Criteria((CHARGE, (1,) * 6))
    options = options or (Option("actes", game, (Fraction(1), Fraction(0)), Fraction(4_900)),)
    return MenuService(nom, criteria, ("actes", "égal"), (seul,) * 6, options, **more)


def build_menu(*services, **more):
    return Menu(CODES, POIDS, services or (build_service(),), **more)


def test_everybody_is_billed_the_cost_and_no_more_than_posted():
    found = search_packages(build_menu(), [])
    assert (found.value, found.bound, found.status, found.gap) == (210, 210, Status.OPTIMAL, 0)
    (deal,) = found.deals
    assert sum(deal.shares[0]) == build_game().cost(range(6)) == 4_060
    assert deal.gains == tuple(1_000 - paid for paid in deal.shares[0])
    assert deal.paquet.services[0].cout == 4_060


def test_a_package_found_is_feasible_at_fixed_perimeter_too():
    lignes = [GainMin(code, FERME, 100) for code in CODES]
    deal = search_packages(build_menu(build_service(seul=1_500)), lignes).deals[0]
    binding = [ligne for ligne in lignes if CODES.index(ligne.commune) in deal.consenting]
    assert binding
    assert isinstance(check(deal.paquet, binding), Feasible)
    assert find_fautes(deal.paquet, binding, deal.point) == ()


def test_no_service_stands_when_prices_cannot_pay():
    cheap = Option("trop bas", build_game(), (Fraction(1), Fraction(0)), Fraction(100))
    found = search_packages(build_menu(build_service(options=(cheap,))), [])
    assert (found.deals, found.value, found.bound, found.status) == ((), 0, 0, Status.OPTIMAL)


def test_a_search_stopped_at_once_is_told_as_a_limit_with_an_honest_bound():
    lignes = [ContributionMax("F", FERME, 10)]
    found = search_packages(build_menu(), lignes, should_stop=lambda: True)
    assert found.status is Status.LIMIT
    assert found.value <= 150 <= found.bound
    assert found.gap == 1 - Fraction(found.value, found.bound)
    whole = search_packages(build_menu(), lignes)
    assert (whole.value, whole.bound, whole.status) == (150, 150, Status.OPTIMAL)


def test_no_node_means_a_limit_or_a_proof_but_never_a_false_one():
    lignes = [GainMin(code, FERME, 250 + 10 * i) for i, code in enumerate(CODES)]
    whole = search_packages(build_menu(build_service(), build_service("S1", seul=900)), lignes, gap=Fraction(0))
    short = search_packages(build_menu(build_service(), build_service("S1", seul=900)), lignes, nodes=0)
    assert short.value <= whole.value == whole.bound <= short.bound
    assert (short.status is Status.OPTIMAL) == (short.value == short.bound)


def test_the_same_question_has_the_same_answer():
    lignes = [GainMin(code, FERME, 200) for code in CODES]
    menu = build_menu(build_service(), build_service("S1", seul=700))
    first, second = (search_packages(menu, lignes) for _ in range(2))
    assert [replace(first, certificate=None), first.certificate is None] == [
        replace(second, certificate=None), second.certificate is None,
    ]  # fmt: skip


def test_a_seed_and_a_budget_of_nodes_give_one_answer_and_every_seed_a_valid_one():
    """Three services free in turn in the order of the seed; the solver draws by it."""
    lignes = [GainMin(code, FERME, 150 + 40 * i) for i, code in enumerate(CODES)]
    menu = build_menu(build_service(), build_service("S1", seul=900), build_service("S2", seul=800))
    whole = search_packages(menu, lignes, gap=Fraction(0))
    for seed in (0, 1, 2, 20_261_123):
        first, second = (search_packages(menu, lignes, nodes=3, seed=seed) for _ in range(2))
        assert replace(first, certificate=None) == replace(second, certificate=None)
        assert first.value <= whole.value == whole.bound <= first.bound <= first.proved
        assert search_packages(menu, lignes, gap=Fraction(0), seed=seed).value == whole.value


def test_services_are_freed_in_the_order_of_the_seed():
    low, high = (
        Option(nom, build_game(), (Fraction(1), Fraction(0)), Fraction(price))
        for nom, price in (("bas", 4_800), ("haut", 4_900))
    )
    menu = build_menu(*(build_service(nom, (low, high)) for nom in ("S0", "S1", "S2")))
    programme = Programme(Offres(menu, []))

    def list_freed(seed):
        search = Exploration(programme, budget=0, gap=Fraction(0), seed=seed, should_stop=None, progress=None)
        x = np.zeros(len(programme.modele.units))
        x[[programme.opens[j, 0] for j in range(3)]] = 1
        return [sorted(places) for places in search.list_neighbours(x)]

    assert list_freed(0) == [
        [(0, 0), (1, 0), (2, 0)],
        [(0, 0), (0, 1), (1, 0), (2, 0)],
        [(0, 0), (1, 0), (1, 1), (2, 0)],
        [(0, 0), (1, 0), (2, 0), (2, 1)],
    ]
    assert list_freed(2) == [list_freed(0)[k] for k in (0, 3, 1, 2)]


def test_progress_tells_values_that_never_fall_under_a_bound():
    told = []
    found = search_packages(build_menu(), [], progress=lambda value, bound: told.append((value, bound)))
    assert told[-1] == (found.value, found.bound)
    assert all(value <= bound for value, bound in told)


def test_money_moves_only_by_a_vehicle_and_within_its_budget():
    """D pays 1,000 alone and posted 1,167; it wants 100 of gain."""
    seul = (1_000, 1_000, 1_000, 1_100, 1_000, 1_000)
    option = Option("tous", build_game(), (Fraction(1), Fraction(0)), Fraction(4_060), required=frozenset(range(6)))
    service = replace(build_service(options=(option,)), seul=seul)
    lignes = [GainMin("D", FERME, 100)]
    assert search_packages(build_menu(service), lignes).value == 0
    vehicule = Vehicule("AC", "R-6.4", "CGI 1609 nonies C V 1° bis", "", (200,) * 6, (200,) * 6, 200)
    found = search_packages(build_menu(service, vehicules=(vehicule,)), lignes)
    assert found.value == 210
    (deal,) = found.deals
    assert deal.gains[3] == 100
    assert sum(deal.transfers[0]) == 0
    assert max(deal.transfers[0]) == deal.transfers[0][3] == deal.shares[0][3] - 1_000
    tight = limit_budget(build_menu(service, vehicules=(vehicule,)), Fraction(1, 1_000))
    assert tight.vehicules[0].total == 6
    assert search_packages(tight, lignes).value == 0


def test_lines_that_an_option_decides_choose_the_option():
    low = Option("bas", build_game(), (Fraction(1), Fraction(0)), Fraction(4_900), niveau=1, annee=2027)
    high = Option("haut", build_game(1_200), (Fraction(1), Fraction(0)), Fraction(5_400), niveau=2, annee=2029)
    service = build_service(options=(low, high), distances=(100,) * 6, postes=(50,) * 6)
    menu = build_menu(service, engagements=frozenset({Engagement.AGENT}))

    def choose(*lignes):
        found = search_packages(menu, lignes, gap=Fraction(0))
        return found.value, dict(found.deals[0].choice) if found.deals else None

    assert choose(NiveauMin("F", FERME, "S0", 2)) == (210, {0: 1})
    assert choose(PasAvant("F", FERME, 2028)) == (210, {0: 1})
    assert choose(PasAvant("F", FERME, 2028), NiveauMin("E", FERME, "S0", 2)) == (210, {0: 1})
    assert choose(DistanceMax("F", FERME, "S0", 99))[0] == 150
    assert choose(PersonnelGaranti("F", FERME, "S0", 50))[0] == 210
    assert choose(EngagementPris("F", FERME, Engagement.AGENT))[0] == 210
    assert choose(EngagementPris("F", FERME, Engagement.PERMANENCE))[0] == 150
    assert choose(SeulementSi("F", FERME, "S0", "E"), EngagementPris("E", FERME, Engagement.PERMANENCE))[0] == 100


def test_a_phase_in_is_read_in_the_year_of_the_line():
    slow = Option(
        "lent", build_game(), (Fraction(1), Fraction(0)), Fraction(4_900), annee=2027, montee=(Fraction(1, 2),)
    )
    menu = build_menu(build_service(options=(slow,)))
    posted = Offres(menu, []).posted[0, 0][5]
    assert search_packages(menu, [ContributionMax("F", FERME, -(-posted // 2), annee=2027)]).value == 210
    assert search_packages(menu, [ContributionMax("F", FERME, -(-posted // 2), annee=2028)]).value == 150


def test_a_table_or_an_exception_asks_for_a_fixed_perimeter():
    table = TableGame(6, (0, *(3_000 for _ in range(63))))
    free = Option("libre", table, (Fraction(1), Fraction(0)), Fraction(4_900))
    with pytest.raises(DonneeInvalide, match="périmètre fixé"):
        search_packages(build_menu(build_service(options=(free,))), [])
    fixed = replace(free, required=frozenset(range(5)), barred=frozenset({5}))
    assert search_packages(build_menu(build_service(options=(fixed,))), []).value == 150


def test_options_come_from_the_atlas_one_a_perimeter():
    keyed = KeyedService(build_game(), Criteria((CHARGE, (1,) * 6)), POIDS)
    options = build_options(keyed, (700, 900, 500, 1_300, 800, 600), 3, nom="clé")
    assert options
    assert [option.nom for option in options] == [f"clé {k + 1}" for k in range(len(options))]
    menu = build_menu(build_service(options=options))
    lignes = [ContributionMax(c, FERME, m) for c, m in zip(CODES, (700, 900, 500, 1_300, 800, 600), strict=True)]
    assert search_packages(menu, lignes).value > 0


def test_what_a_menu_cannot_promise_is_told():
    with pytest.raises(DonneeInvalide, match="hausse"):
        search_packages(build_menu(), [HausseMax("A", FERME, Fraction(1, 50))])
    with pytest.raises(DonneeInvalide, match="pas dans le menu"):
        search_packages(build_menu(), [ContributionMax("Z", FERME, 1)])
    with pytest.raises(DonneeInvalide, match="pas dans le menu"):
        search_packages(build_menu(), [ContributionMax("A", FERME, 1, "S9")])
    with pytest.raises(DonneeInvalide, match="année"):
        search_packages(build_menu(), [PasAvant("A", FERME, 2028)])
    with pytest.raises(DonneeInvalide, match="n'est pas connue"):
        search_packages(build_menu(), [DistanceMax("A", FERME, "S0", 5)])
    with pytest.raises(DonneeInvalide, match="exigée et exclue"):
        replace(build_service().options[0], required=frozenset({1}), barred=frozenset({1}))
    with pytest.raises(DonneeInvalide, match="clé ou prix"):
        replace(build_service().options[0], price=Fraction(-1))
    with pytest.raises(DonneeInvalide, match="même nom"):
        build_menu(build_service(), build_service())


def test_a_choice_that_does_not_hold_is_no_deal():
    offres = Offres(build_menu(), [ContributionMax("F", FERME, 10)])
    assert build_deal(offres, {0: 0}, {0: frozenset(range(6))}) is None
    assert build_deal(offres, {0: 0}, {0: frozenset()}) is None
    values = [depart.value for depart in find_departs(offres)]
    assert values == sorted(values)


def test_the_checker_names_each_fault():
    posted, paid = (50, 50, 50), (30, 30, 0)
    choice = Choice(lambda group: 30 * len(group), frozenset({0, 1}), frozenset({0}), frozenset({2}), 2, posted, paid)
    vehicle = Vehicle((10,) * 3, (10,) * 3, 10, (5, -5, 0))

    def check(value=3, consenting=frozenset({0, 1}), choice=choice, vehicle=vehicle):
        return find_package_faults((1, 2, 4), consenting, value, [choice], [vehicle])

    assert check() == ()
    assert check(value=4) == ("objective",)
    assert check(value=7, consenting=frozenset({0, 1, 2})) == ("consenting",)
    spoilt = [
        {"payments": (31, 30, 0)}, {"payments": (30, 29, 1)}, {"payments": (51, 9, 0)}, {"required": frozenset({2})},
        {"barred": frozenset({1})}, {"fewest": 3}, {"cost": lambda group: 61}, {"payments": (61, -1, 0)},
    ]  # fmt: skip
    for change in spoilt:
        assert check(choice=choice._replace(**change)) == ("service 0",), change
    assert check(vehicle=vehicle._replace(received=(5, -4, 0))) == ("balance",)
    for change in [{"received": (5, 0, -5)}, {"total": 4}, {"give": (0, 4, 0)}, {"receive": (4, 0, 0)}]:
        assert check(vehicle=vehicle._replace(**change)) == ("vehicle 0",), change


def test_a_dual_bound_is_redone_by_hand():
    """max x + y, x + 2y <= 4, both in [0, 3]: multiplier 1/2 gives 2 + 3/2."""
    rows = [Row(None, {0: 1, 1: 2}, 4), Row(1, {0: 1}, None)]
    bound = compute_dual_bound((1, 1), [(0, 3), (0, 3)], rows, (Fraction(1, 2), 0))
    assert bound == Fraction(7, 2)
    assert compute_dual_bound((1, 1), [(0, 3), (0, 3)], rows, (0, 0)) == 6
    assert compute_dual_bound((-1, 0), [(0, 3), (0, 3)], rows, (0, -1)) == -1
    with pytest.raises(ValueError, match="côté"):
        compute_dual_bound((1, 1), [(0, 3), (0, 3)], rows, (-1, 0))


def test_a_bound_by_parts_covers_every_choice_and_beats_the_whole():
    """max 3x + 2y, x + y <= 3/2, both 0 or 1: 4 relaxed, 3 in truth."""
    rows = [Row(None, {0: 1, 1: 1}, Fraction(3, 2))]
    boxes, objective = [(0, 1), (0, 1)], (3, 2)
    assert compute_tree_bound(objective, boxes, rows, [Leaf({}, (2,))]) == 4
    apart = [Leaf({0: 0}, (0,)), Leaf({0: 1, 1: 0}, (0,)), Leaf({0: 1, 1: 1}, (100,))]
    assert compute_tree_bound(objective, boxes, rows, apart) == 3
    for missing in range(3):
        with pytest.raises(ValueError, match="couvrent"):
            compute_tree_bound(objective, boxes, rows, apart[:missing] + apart[missing + 1 :])
    with pytest.raises(ValueError, match="couvrent"):
        compute_tree_bound(objective, boxes, rows, [])


def test_a_gap_is_a_part_of_the_bound():
    assert compute_gap(90, 100) == Fraction(1, 10)
    assert compute_gap(0, 0) == 0
    with pytest.raises(ValueError, match="borne"):
        compute_gap(5, 4)


def test_options_keep_within_the_bounds_of_the_criteria():
    keyed = KeyedService(build_game(), Criteria((CHARGE, (1,) * 6)), POIDS)
    limits = (700, 900, 500, 1_300, 800, 600)
    half = Fraction(1, 2)
    options = build_options(keyed, limits, 3, bornes=[(Fraction(0), half), (Fraction(0), Fraction(1))])
    assert options
    assert all(option.key[0] <= half for option in options)
    assert build_options(keyed, limits, 3, bornes=[(Fraction(1), Fraction(1)), (Fraction(1), Fraction(1))]) == ()


def test_a_free_price_is_tried_where_a_group_pays_its_cost_and_a_price_that_is_said_is_kept():
    limits, free = (700, 900, 500, 1_300, 800, 600), replace(build_service().options[0], free=True)
    service = build_service(options=(free,))
    spread = spread_prices(service, free, limits, POIDS, count=100)
    assert spread[0] == replace(free, free=False)
    assert len({option.price for option in spread}) == len(spread)
    base = [Fraction(charge, sum(CHARGE)) for charge in CHARGE]
    for group in list_groups(6):
        cost = free.game.cost(group)
        if len(group) < 2 or any(cost * base[i] > limits[i] * sum(base[k] for k in group) for i in group):
            continue
        assert any(
            all(option.price * base[i] <= limits[i] for i in group)
            and option.price * sum(base[i] for i in group) >= cost
            for option in spread
        )
    assert spread_prices(service, free, limits, POIDS, count=2) == spread[:2]
    assert spread_prices(service, spread[1], limits, POIDS, count=100) == (spread[1],)
