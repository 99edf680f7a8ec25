"""Conflicts by hand, margins of exactly zero, and solvers that stop."""

from dataclasses import replace
from fractions import Fraction

import pytest

from communaccord.noyau.accord.recherche.check import Marge, check
from communaccord.noyau.accord.recherche.equite import leximin
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Point, Service, compute_shares
from communaccord.noyau.accord.recherche.nash import nash
from communaccord.noyau.accord.recherche.points import find_fautes
from communaccord.noyau.accord.recherche.programme import Espace, build_rangs
from communaccord.noyau.accord.recherche.relax import drop_fewest, relax
from communaccord.noyau.accord.recherche.resultats import Conflict, Deal, Drop, Feasible, Relaxation, Unknown
from communaccord.noyau.accord.recherche.vehicules import build_revision_libre
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.preuves.farkas import Row, compute_bound, is_impossible
from communaccord.noyau.solver import Program, Status

TENU = Priorite.INDISPENSABLE


def build_paquet(cout=1000, budget=0):
    """Nord counts 3 inhabitants of 4, and 1 act of 3: it pays from a third to three quarters."""
    criteres = (Critere("population", (3, 1)), Critere("actes", (1, 2)))
    service = Service("voirie", cout, frozenset({0, 1}), criteres, (600, 600))
    vehicules = (build_revision_libre([budget] * 2, [budget] * 2, budget, fpu=True),) if budget else ()
    return Paquet(("Nord", "Sud"), (service,), vehicules)


def cap(nord, sud):
    return (ContributionMax("Nord", TENU, nord), ContributionMax("Sud", TENU, sud))


def test_two_caps_that_make_exactly_the_cost_hold_at_one_point_only():
    answer = check(build_paquet(), cap(417, 583))
    assert isinstance(answer, Feasible)
    assert answer.marge == 0
    (key,) = answer.point.keys
    assert compute_shares(build_paquet().services[0], key) == (417, 583)


def test_one_cent_less_is_a_conflict_of_both():
    answer = check(build_paquet(), cap(417, 582))
    assert isinstance(answer, Conflict)
    assert answer.numeros == (0, 1)
    assert answer.certificat.compute_bound() < 0
    assert sorted(answer.temoins) == [0, 1]


def test_a_margin_far_below_a_cent_is_not_read_as_none():
    # The cost is shared in thirds of a cent; Sud cannot pay less than 250 and asks for it exactly.
    assert isinstance(check(build_paquet(), cap(750, 250)), Feasible)
    assert isinstance(check(build_paquet(), cap(5000, 249)), Conflict)
    assert check(build_paquet(), cap(5000, 249)).numeros == (1,)


def test_a_transfer_settles_what_no_key_can():
    assert isinstance(check(build_paquet(), cap(300, 800)), Conflict)
    answer = check(build_paquet(budget=50), cap(300, 800))
    assert isinstance(answer, Feasible)
    (table,) = answer.point.transfers
    assert sum(table) == 0
    assert 0 < table[0] <= 50
    assert not find_fautes(build_paquet(budget=50), cap(300, 800), answer.point)


def test_without_lines_any_key_will_do():
    answer = check(build_paquet(), ())
    assert isinstance(answer, Feasible)
    assert answer.marge is None


def test_a_free_service_binds_nobody():
    assert isinstance(check(build_paquet(cout=0), cap(0, 0)), Feasible)


def test_relax_by_hand():
    answer = relax(build_paquet(), cap(400, 500), weights=(1, 3))
    assert isinstance(answer, Relaxation)
    assert {k: round(v) for k, v in answer.cents.items()} == {0: 100}
    assert answer.low <= answer.total < answer.low + Fraction(1, 1000)


def test_relax_refuses_a_weight_of_zero():
    with pytest.raises(DonneeInvalide):
        relax(build_paquet(), cap(1, 1), weights=(0, 1))


def test_drop_fewest_by_hand():
    lignes = (*cap(400, 500), GainMin("Sud", TENU, 90), GainMin("Nord", Priorite.UTILE, -200))
    answer = drop_fewest(build_paquet(), lignes)
    assert isinstance(answer, Drop)
    assert (answer.numeros, answer.total, answer.low, answer.certified, answer.gap) == ((0,), 1, 1, 1, 0)
    lourd = drop_fewest(build_paquet(), lignes, weights=(5, 1, 1, 1))
    assert isinstance(lourd, Drop)
    assert (lourd.numeros, lourd.total) == ((1, 2), 2)


def stop_solver(monkeypatch):
    solve = Program.solve

    def stopped(self):
        return replace(solve(self), status=Status.LIMIT)

    monkeypatch.setattr(Program, "solve", stopped)


@pytest.mark.parametrize("ask", [check, relax, leximin, nash])
def test_a_solver_that_stops_is_never_told_as_an_answer(monkeypatch, ask):
    stop_solver(monkeypatch)
    answer = ask(build_paquet(), cap(417, 583))
    assert isinstance(answer, Unknown)
    assert answer.status is Status.LIMIT


def test_a_leximin_stopped_between_two_levels_keeps_those_it_proved_and_is_not_told_as_finished(monkeypatch):
    solve, runs = Program.solve, []

    def stopped(self):
        runs.append(self)
        return replace(solve(self), status=Status.LIMIT) if len(runs) == 3 else solve(self)

    paquet = build_trio()
    whole = leximin(paquet)
    monkeypatch.setattr(Program, "solve", stopped)
    deal = leximin(paquet)
    assert isinstance(whole, Deal)
    assert isinstance(deal, Deal)
    assert (len(whole.levels), whole.status) == (2, Status.OPTIMAL)
    assert (len(deal.levels), deal.status) == (1, Status.LIMIT)
    assert abs(deal.value - whole.value) < Fraction(1, 1000)
    assert sum(deal.shares[1]) == 600


def test_leximin_by_hand():
    """Est pays the same whatever the keys; Nord and Sud share the rest evenly, then nothing is left to choose."""
    deal = leximin(build_trio())
    assert isinstance(deal, Deal)
    assert [round(n.value) for n in deal.levels] == [-400, -300]
    assert [round(n.high) for n in deal.levels] == [-400, -300]
    assert deal.contributions == (300, 300, 400)


def test_gains_may_be_counted_by_inhabitant():
    """Whatever the key, Sud gains 400 at most for its 3 inhabitants, and less than Nord for each of them."""
    criteres = (Critere("nord", (2, 1)), Critere("sud", (1, 2)))
    paquet = Paquet(("Nord", "Sud"), (Service("bac", 600, frozenset({0, 1}), criteres, (600, 600)),))
    deal = leximin(paquet, per=(1, 3))
    assert isinstance(deal, Deal)
    assert deal.gains == (200, 400)
    assert abs(deal.value - Fraction(400, 3)) < Fraction(1, 1000)
    assert deal.value <= deal.bound < Fraction(400, 3) + Fraction(1, 1000)
    with pytest.raises(DonneeInvalide):
        leximin(paquet, per=(0, 3))


def build_trio():
    est = Service("phare", 400, frozenset({2}), (Critere("parts", (1, 1, 1)),), (0, 0, 0))
    criteres = (Critere("nord", (2, 1, 0)), Critere("sud", (1, 2, 0)))
    return Paquet(("Nord", "Sud", "Est"), (est, Service("bac", 600, frozenset({0, 1}), criteres, (0, 0, 0))))


def test_a_branch_and_bound_that_stops_says_so_and_its_bound_holds():
    draws = [(k * 37) % 211 for k in range(40)]
    communes = tuple(f"C{i:02d}" for i in range(20))
    criteres = tuple(Critere(f"c{c}", tuple(1 + draws[i] * (c + 1) % 17 for i in range(20))) for c in range(4))
    service = Service("voirie", 100_000, frozenset(range(20)), criteres, (5000,) * 20)
    paquet = Paquet(communes, (service,))
    lignes = [ContributionMax(code, TENU, 3000 + 60 * draws[i]) for i, code in enumerate(communes)]
    whole, stopped = drop_fewest(paquet, lignes), drop_fewest(paquet, lignes, should_stop=lambda: True)
    assert isinstance(whole, Drop)
    assert isinstance(stopped, Drop)
    assert whole.status is Status.OPTIMAL
    assert stopped.certified <= stopped.low <= whole.total <= stopped.total
    assert stopped.status is Status.LIMIT or stopped.gap == 0


def test_the_same_question_has_the_same_answer_twice():
    lignes = cap(430, 600)
    assert check(build_paquet(budget=9), lignes) == check(build_paquet(budget=9), lignes)


def test_fautes_of_a_point_are_named():
    paquet = build_paquet(budget=50)
    half, zero = (Fraction(1, 2),) * 2, (Fraction(0),) * 2
    assert find_fautes(paquet, (), Point((half,), (zero,))) == ()
    assert find_fautes(paquet, (), Point(((Fraction(1, 2), Fraction(1, 3)),), (zero,))) == ("choice 0",)
    assert find_fautes(paquet, (), Point((half,), ((Fraction(1), Fraction(0)),))) == ("balance",)
    assert find_fautes(paquet, (), Point((half,), ((Fraction(51), Fraction(-51)),))) == ("choice 1",)
    assert find_fautes(paquet, cap(541, 458), Point((half,), (zero,))) == ("limit 0", "limit 1")


def test_farkas_reads_multipliers_and_refuses_a_negative_one():
    # x + y >= 3 within [0, 1] x [0, 1] is impossible; x >= 1/2 is not.
    boxes = [(0, 1), (0, 1)]
    assert is_impossible(boxes, [(Row({0: 1, 1: 1}, 3), 1)], [])
    assert compute_bound(boxes, [(Row({0: 1}, Fraction(1, 2)), 1)], []) == Fraction(1, 2)
    with pytest.raises(ValueError, match="négatif"):
        is_impossible(boxes, [(Row({0: 1}, 1), -1)], [])


def test_the_exact_vertex_decides_what_rounding_cannot():
    """A margin of zero at keys of large denominators: floats alone cannot tell it from a margin of less than zero."""
    criteres = (Critere("population", (1009, 2003)), Critere("actes", (7919, 104729)))
    service = Service("voirie", 99_999_989, frozenset({0, 1}), criteres, (0, 0))
    paquet = Paquet(("Nord", "Sud"), (service,))
    lignes = cap(20_000_003, 99_999_989 - 20_000_003)
    marge = Marge(Espace(paquet), build_rangs(paquet, lignes))
    answer = marge.decide()
    assert isinstance(answer, Feasible)
    assert answer.marge == 0
    assert answer.point.keys[0][0].denominator > 10**6


def build_septiemes(communes=12):
    """Two services whose shares are whole at keys in sevenths, and nobody can pay a cent less without another more."""
    population = tuple(101 + 37 * i * i % 89 for i in range(communes))
    actes = tuple(7 + 53 * i % 31 for i in range(communes))
    habitants, total = sum(population), sum(actes)
    criteres = (Critere("population", population), Critere("actes", actes))
    services = tuple(
        Service(nom, 7 * habitants * total, frozenset(range(communes)), criteres, (0,) * communes) for nom in "ab"
    )
    due = [5 * total * p + 9 * habitants * a for p, a in zip(population, actes, strict=True)]
    return Paquet(tuple(f"C{i:02d}" for i in range(communes)), services), due


def test_caps_that_fit_to_the_cent_are_met_and_a_cent_less_is_not():
    paquet, due = build_septiemes()
    lignes = [ContributionMax(code, TENU, cents) for code, cents in zip(paquet.communes, due, strict=True)]
    answer = check(paquet, lignes)
    assert isinstance(answer, Feasible)
    assert answer.marge == 0
    assert sum(key[0] for key in answer.point.keys) == Fraction(5, 7)
    serree = replace(lignes[4], montant=due[4] - 1)
    conflit = check(paquet, [*lignes[:4], serree, *lignes[5:]])
    assert isinstance(conflit, Conflict)
    assert 4 in conflit.numeros
    assert conflit.irreductible
    assert conflit.certificat.compute_bound() < 0


def test_what_is_given_up_is_not_given_up_by_the_writing_of_the_key_too():
    """Only A lacks something, two cents; B and C hold exactly, on thirds of a ten-thousandth."""
    criteres = (Critere("a", (3, 4, 8)), Critere("b", (7, 5, 6)))
    paquet = Paquet(("A", "B", "C"), (Service("S", 1_023_630, frozenset(range(3)), criteres, (9_999_900,) * 3),))
    montants = {"A": 249_196, "B": 275_584, "C": 498_848}
    lignes = [ContributionMax(nom, TENU, montant) for nom, montant in montants.items()]
    answer = relax(paquet, lignes)
    assert isinstance(answer, Relaxation)
    assert list(answer.cents) == [0]
    assert answer.gap < 1
    parts = compute_shares(paquet.services[0], answer.point.keys[0])
    assert all(
        part <= ligne.montant + answer.cents.get(k, 0)
        for k, (part, ligne) in enumerate(zip(parts, lignes, strict=True))
    )


@pytest.mark.parametrize(("seuil", "paie"), [(350, 350), (300, 334)])
def test_who_asks_nothing_is_spared_when_the_least_total_allows_it(seuil, paie):
    """Est asks what nobody can give, whatever the key; Nord pays from 333 1/3 to 750: it is spared as far as it can."""
    criteres = (Critere("population", (3, 1, 0)), Critere("actes", (1, 2, 0)))
    voirie = Service("voirie", 1_000, frozenset({0, 1}), criteres, (600, 600, 0))
    eau = Service("eau", 400, frozenset({1, 2}), (Critere("abonnes", (0, 1, 1)),), (0, 300, 300))
    paquet = Paquet(("Nord", "Sud", "Est"), (voirie, eau))
    lignes = [ContributionMax("Est", TENU, 150)]
    answer = relax(paquet, lignes, aussi=[ContributionMax("Nord", TENU, seuil)])
    assert isinstance(answer, Relaxation)
    assert answer.gap < 1
    assert {k: round(v) for k, v in answer.cents.items()} == {0: 50}
    assert compute_shares(voirie, answer.point.keys[0])[0] <= paie
