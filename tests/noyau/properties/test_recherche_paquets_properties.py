"""The search for packages against every package, on small menus."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.recherche_paquets import find_best

from communaccord.noyau.accord.recherche.grille import Criteria
from communaccord.noyau.accord.recherche.lignes import AvecCommune, ContributionMax, GainMin, NiveauMin, SeulementSi
from communaccord.noyau.accord.recherche.menu import Menu, MenuService, Option
from communaccord.noyau.accord.recherche.modele import Vehicule
from communaccord.noyau.accord.recherche.paquets import search_packages
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.partage.game import ServiceGame, Term
from communaccord.noyau.preuves.borne import compute_tree_bound
from communaccord.noyau.solver import Status

FERME = Priorite.INDISPENSABLE
petits = settings(max_examples=15, deadline=None)


@st.composite
def games(draw, n):
    weights = tuple(draw(st.integers(1, 6)) for _ in range(n))
    total = sum(weights)
    kind = draw(st.sampled_from(["stairs", "affine", "any"]))
    fixed, price = draw(st.integers(0, 60)), draw(st.integers(1, 40))
    if kind == "any":
        table = tuple(draw(st.lists(st.integers(0, 150), min_size=total + 1, max_size=total + 1)))
    else:
        step = 1 if kind == "affine" else draw(st.integers(2, 6))
        table = tuple(fixed + price * -(-load // step) for load in range(total + 1))
    terms = [Term("sum", weights, table)]
    if draw(st.booleans()):
        levels = tuple(draw(st.integers(0, 2)) for _ in range(n))
        terms.append(Term("max", levels, tuple(draw(st.integers(0, 30)) for _ in range(3))))
    if draw(st.booleans()):
        terms.append(Term("count", (), tuple(draw(st.integers(0, 20)) for _ in range(n + 1))))
    return ServiceGame(n, tuple(terms), tuple(draw(st.integers(0, 9)) for _ in range(n)))


@st.composite
def menus(draw):
    n = draw(st.integers(2, 4))
    communes = tuple("ABCD"[:n])
    services = []
    for j in range(draw(st.integers(1, 2))):
        rows = tuple(tuple(draw(st.integers(1, 9)) for _ in range(n)) for _ in range(2))
        options = []
        for p in range(draw(st.integers(1, 2))):
            weight = Fraction(draw(st.integers(0, 4)), 4)
            members = st.frozensets(st.integers(0, n - 1), max_size=1)
            required = draw(members)
            price, niveau = Fraction(draw(st.integers(40, 500))), draw(st.integers(0, 2))
            option = Option(
                f"{j}{p}", draw(games(n)), (weight, 1 - weight), price, niveau,
                required=required, barred=draw(members) - required, fewest=draw(st.integers(2, 3)),
            )  # fmt: skip
            options.append(option)
        seul = tuple(draw(st.integers(0, 150)) for _ in range(n))
        services.append(MenuService(f"S{j}", Criteria(rows), ("a", "b"), seul, tuple(options)))
    vehicules = ()
    if draw(st.booleans()):
        most = [tuple(draw(st.integers(0, 60)) for _ in range(n)) for _ in range(2)]
        vehicules = (Vehicule("AC", "R-6.4", "CGI 1609 nonies C", "", *most, draw(st.integers(0, 80))),)
    return Menu(communes, tuple(draw(st.integers(1, 50)) for _ in range(n)), tuple(services), vehicules)


@st.composite
def problems(draw):
    menu = draw(menus())
    noms = st.sampled_from([service.nom for service in menu.services])
    lignes = []
    for k, code in enumerate(menu.communes):
        other = menu.communes[k - 1]
        ligne = st.one_of(
            st.builds(ContributionMax, st.just(code), st.just(FERME), st.integers(0, 200), st.none() | noms),
            st.builds(GainMin, st.just(code), st.just(FERME), st.integers(-60, 40), st.none() | noms),
            st.builds(NiveauMin, st.just(code), st.just(FERME), noms, st.integers(0, 2)),
            st.builds(SeulementSi, st.just(code), st.just(FERME), noms, st.just(other)),
            st.builds(SeulementSi, st.just(code), st.just(FERME), noms, st.none(), noms),
            st.builds(AvecCommune, st.just(code), st.just(FERME), st.just(other)),
        )
        lignes += draw(st.lists(ligne, max_size=2))
    return menu, lignes


@petits
@given(problems())
def test_the_search_finds_the_best_of_all_packages(problem):
    menu, lignes = problem
    found = search_packages(menu, lignes, gap=Fraction(0), leaves=12)
    assert found.status is Status.OPTIMAL
    assert found.value == found.bound == find_best(menu, lignes)
    assert found.proved >= found.value
    if found.certificate:
        modele = found.certificate.modele
        again = compute_tree_bound(modele.objective, modele.boxes, modele.rows, found.certificate.leaves)
        assert again == found.certificate.bound >= found.value


@petits
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_communes_does_not_matter(problem, hasard):
    menu, lignes = problem
    order = list(range(len(menu.communes)))
    hasard.shuffle(order)
    place = {old: new for new, old in enumerate(order)}

    def permute(table):
        return tuple(table[i] for i in order)

    def permute_option(option):
        game = option.game
        terms = tuple(replace(t, weights=permute(t.weights) if t.weights else ()) for t in game.terms)
        return replace(
            option, game=replace(game, terms=terms, own=permute(game.own)),
            required=frozenset(place[i] for i in option.required), barred=frozenset(place[i] for i in option.barred),
        )  # fmt: skip

    services = tuple(
        replace(
            s, criteria=Criteria(tuple(permute(row) for row in s.criteria.rows)), seul=permute(s.seul),
            options=tuple(permute_option(option) for option in s.options),
        )
        for s in menu.services
    )  # fmt: skip
    vehicules = tuple(replace(v, donner=permute(v.donner), recevoir=permute(v.recevoir)) for v in menu.vehicules)
    moved = Menu(permute(menu.communes), permute(menu.poids), services, vehicules)
    first = search_packages(menu, lignes, gap=Fraction(0), leaves=0)
    assert search_packages(moved, lignes, gap=Fraction(0), leaves=0).value == first.value


@petits
@given(problems())
def test_every_deal_adds_up_and_holds_by_a_reading_of_its_own(problem):
    menu, lignes = problem
    for deal in search_packages(menu, lignes, leaves=0).deals:
        assert sum(sum(table) for table in deal.transfers) == 0
        for j, paid in zip(deal.choice, deal.shares, strict=True):
            option = menu.services[j].options[deal.choice[j]]
            assert sum(paid) == option.game.cost(deal.members[j])
            assert {i for i, value in enumerate(paid) if value} <= deal.members[j]
        assert deal.value == sum(menu.poids[i] for i in deal.consenting)
        assert sum(deal.contributions) == sum(map(sum, deal.shares))
        for ligne in lignes:
            i = menu.communes.index(ligne.commune)
            if i not in deal.consenting or getattr(ligne, "service", None):
                continue
            if isinstance(ligne, ContributionMax):
                assert deal.contributions[i] <= ligne.montant
            if isinstance(ligne, GainMin):
                assert deal.gains[i] >= ligne.montant
