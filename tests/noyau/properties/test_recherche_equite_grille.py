"""Fair deals against every point of a grid: levels, order of the communes, product, regret, cents that add up."""

from dataclasses import replace
from fractions import Fraction
from math import prod

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.recherche import contribute, gain, hold_all, lignes_de, list_points, paquets, permute

from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.equite import leximin, maxmin, read_bound
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin
from communaccord.noyau.accord.recherche.nash import nash
from communaccord.noyau.accord.recherche.regret import find_ideals, min_regret
from communaccord.noyau.accord.recherche.resultats import Conflict, Deal, Feasible
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.solver import Status

CAS = paquets().flatmap(lambda p: st.tuples(st.just(p), st.one_of(st.just(()), lignes_de(p, 3))))
CENT = Fraction(1, 1000)


def list_members(paquet):
    return [i for i in range(paquet.n) if any(i in s.perimetre for s in paquet.services)]


def list_gains(paquet, point):
    return sorted(gain(paquet, point, i) for i in list_members(paquet))


@settings(max_examples=25, deadline=None)
@given(CAS)
def test_leximin_is_not_beaten_on_the_grid_and_each_level_is_proved(cas):
    paquet, lignes = cas
    deal = leximin(paquet, lignes)
    if not isinstance(check(paquet, lignes), Feasible):
        assert isinstance(deal, Conflict)
        return
    assert isinstance(deal, Deal)
    assert deal.status is Status.OPTIMAL
    assert hold_all(paquet, deal.point, lignes)
    reached = list_gains(paquet, deal.point)
    assert deal.value == reached[0] <= deal.bound
    assert deal.gap < CENT
    for niveau in deal.levels:
        assert niveau.value <= niveau.high == read_bound(niveau.certificat)
        assert niveau.high - niveau.value < CENT
    for point in list_points(paquet):
        if hold_all(paquet, point, lignes):
            autre = list_gains(paquet, point)
            differ = [(a, b) for a, b in zip(reached, autre, strict=True) if abs(a - b) > CENT]
            assert not differ or differ[0][0] > differ[0][1]


@settings(max_examples=25, deadline=None)
@given(CAS, st.randoms())
def test_leximin_does_not_depend_on_the_order(cas, draws):
    paquet, lignes = cas
    order = list(range(paquet.n))
    draws.shuffle(order)
    deal, autre = leximin(paquet, lignes), leximin(permute(paquet, tuple(order)), tuple(reversed(lignes)))
    assert type(deal) is type(autre)
    if isinstance(deal, Deal) and isinstance(autre, Deal):
        for k, i in enumerate(order):
            ici = gain(paquet, deal.point, i)
            # Each level is known within CENT, and a later one inherits what the earlier ones leave open.
            assert abs(ici - gain(permute(paquet, tuple(order)), autre.point, k)) < (1 + len(deal.levels)) * CENT


@settings(max_examples=20, deadline=None)
@given(CAS)
def test_maxmin_is_the_first_level(cas):
    paquet, lignes = cas
    deal, first = leximin(paquet, lignes), maxmin(paquet, lignes)
    if isinstance(deal, Deal):
        assert isinstance(first, Deal)
        assert abs(first.value - deal.value) < CENT
        assert first.bound + CENT > deal.value


@settings(max_examples=20, deadline=None)
@given(paquets())
def test_nash_multiplies_gains_more_than_any_other(paquet):
    deal = nash(paquet)
    tout = tuple(GainMin(paquet.communes[i], Priorite.INDISPENSABLE, 1) for i in list_members(paquet))
    if isinstance(deal, Conflict):
        assert not any(hold_all(paquet, point, tout) for point in list_points(paquet))
        return
    assert isinstance(deal, Deal)
    # On costs of a few cents the path may stop above the gap: it is told as stopped, and its bound still holds.
    assert deal.bound >= 0
    assert (deal.status is Status.OPTIMAL) == (deal.bound <= Fraction(1e-7))
    mine = prod(list_gains(paquet, deal.point))
    autres = [list_gains(paquet, point) for point in list_points(paquet) if hold_all(paquet, point, tout)]
    lex = leximin(paquet, tout)
    assert isinstance(lex, Deal)
    autres.append(list_gains(paquet, lex.point))
    # e^b is at least 1 + b + b^2/2; a deal of a product above mine x e^bound would refute the certificate.
    growth = 1 + deal.bound + deal.bound**2 / 2 + deal.bound**3
    assert all(prod(other) <= mine * growth for other in autres)


def turn(paquet, order, draws):
    """The same package, communes in another order and criteria too."""
    autre = permute(paquet, order)
    services = []
    for service in autre.services:
        criteres = list(service.criteres)
        draws.shuffle(criteres)
        services.append(replace(service, criteres=tuple(criteres)))
    return replace(autre, services=tuple(services))


@settings(max_examples=40, deadline=None)
@given(CAS, st.sampled_from((1, 997, 10**5)), st.randoms())
def test_nash_is_optimal_only_within_its_bound_and_no_order_moves_it_by_more_than_a_cent(cas, echelle, draws):
    paquet, lignes = cas
    services = tuple(
        replace(s, cout=s.cout * echelle, seul=tuple((v + 2000) * echelle for v in s.seul)) for s in paquet.services
    )
    # Generous alternatives: every commune may gain, so that most draws have an answer.
    paquet = replace(paquet, services=services)
    lignes = lignes if echelle == 1 else ()
    order = list(range(paquet.n))
    draws.shuffle(order)
    deal, autre = nash(paquet, lignes), nash(turn(paquet, tuple(order), draws), tuple(reversed(lignes)))
    assert type(deal) is type(autre)
    if isinstance(deal, Deal) and isinstance(autre, Deal):
        for one in (deal, autre):
            assert (one.status is Status.OPTIMAL) == (one.bound <= Fraction(1e-7))
        stopped = Status.LIMIT in (deal.status, autre.status)
        assert stopped or all(abs(deal.contributions[i] - autre.contributions[k]) <= 1 for k, i in enumerate(order))


@settings(max_examples=25, deadline=None)
@given(CAS)
def test_least_regret_is_not_beaten_on_the_grid(cas):
    paquet, lignes = cas
    deal = min_regret(paquet, lignes)
    if not isinstance(deal, Deal):
        assert isinstance(deal, Conflict)
        return
    ideals = find_ideals(paquet, lignes)
    members = list_members(paquet)
    assert deal.value == max(ideals.gains[i] - gain(paquet, deal.point, i) for i in members)
    assert deal.value - CENT < deal.bound <= deal.value
    for point in list_points(paquet):
        if hold_all(paquet, point, lignes):
            gains = {i: gain(paquet, point, i) for i in members}
            assert all(gains[i] <= ideals.gains[i] for i in members)
            assert max(ideals.gains[i] - gains[i] for i in members) >= deal.bound


@settings(max_examples=25, deadline=None)
@given(CAS)
def test_cents_add_up_and_keep_every_line_of_full_regime(cas):
    paquet, lignes = cas
    deal = leximin(paquet, lignes)
    if not isinstance(deal, Deal):
        return
    assert [sum(table) for table in deal.shares] == [service.cout for service in paquet.services]
    assert sum(sum(table) for table in deal.transfers) == 0
    for vehicule, table in zip(paquet.vehicules, deal.transfers, strict=True):
        assert sum(t for t in table if t > 0) <= vehicule.total
        assert all(-d <= t <= r for d, r, t in zip(vehicule.donner, vehicule.recevoir, table, strict=True))
    for i in range(paquet.n):
        assert abs(deal.contributions[i] - contribute(paquet, deal.point, i, None)) < 1
        assert sum(t[i] for t in deal.shares) - sum(t[i] for t in deal.transfers) == deal.contributions[i]
    for ligne in lignes:
        i = paquet.communes.index(ligne.commune)
        if isinstance(ligne, ContributionMax) and ligne.annee is None and ligne.service is None:
            assert deal.contributions[i] <= ligne.montant
        if isinstance(ligne, GainMin) and ligne.annee is None and ligne.service is None:
            assert deal.gains[i] >= ligne.montant
