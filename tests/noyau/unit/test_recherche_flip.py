"""What brings a commune in, by hand and against small searches; cents rounded together."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.recherche import hold_all, lignes_de, list_keys, list_points, list_transfers, paquets

from communaccord.noyau.accord.recherche.arrondi import round_cents
from communaccord.noyau.accord.recherche.flip import Levier, flip, list_consentantes
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, NiveauMin
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Point, Service
from communaccord.noyau.accord.recherche.vehicules import build_revision_libre
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.solver import Status

TENU = Priorite.INDISPENSABLE
MOITIE = (Fraction(1, 2), Fraction(1, 2))


def build_paquet(budget=100):
    """By population Nord pays 750, by acts a third; half and half on the table: 541.67 and 458.33."""
    criteres = (Critere("population", (3, 1)), Critere("actes", (1, 2)))
    service = Service("voirie", 1000, frozenset({0, 1}), criteres, (600, 600), annee=2027)
    return Paquet(("Nord", "Sud"), (service,), (build_revision_libre([budget] * 2, [budget] * 2, budget, fpu=True),))


POINT = Point((MOITIE,), ((Fraction(0), Fraction(0)),))


def ask(paquet, lignes, commune="Nord", **options):
    return {c.levier: c for c in flip(paquet, lignes, POINT, commune, **options)}


def test_each_lever_by_hand():
    lignes = [ContributionMax("Nord", TENU, 500), ContributionMax("Sud", TENU, 520)]
    found = ask(build_paquet(), lignes)
    # A twelfth of the weight moved is worth 1000 x (3/4 - 1/3) / 12; it takes 541.67 - 500.
    assert found[Levier.CLE].ampleur == found[Levier.CLE].low == Fraction(1, 5)
    assert found[Levier.CLE].point.keys == ((Fraction(2, 5), Fraction(3, 5)),)
    assert found[Levier.TRANSFERT].ampleur == found[Levier.TRANSFERT].low == Fraction(125, 3)
    assert found[Levier.PRIX].ampleur == 1000 - Fraction(500 * 24, 13)
    assert found[Levier.MONTEE].status is Status.INFEASIBLE


def test_what_is_paid_in_common_is_the_least_over_the_services():
    """Nord bears 3/4 of one cost and 1/3 of the other: a demand on both is met by the first, one on a service by it."""
    voirie = replace(build_paquet().services[0], criteres=build_paquet().services[0].criteres[:1])
    autre = Service("accueil", 600, frozenset({0, 1}), (Critere("agents", (1, 2)),), (600, 600), annee=2027)
    paquet = replace(build_paquet(), services=(voirie, autre))
    point = Point(((Fraction(1),), (Fraction(1),)), POINT.transfers)

    def find(*lignes):
        (concession,) = flip(paquet, lignes, point, "Nord", leviers=(Levier.PRIX,))
        assert concession.status is Status.OPTIMAL
        return concession.ampleur, concession.low, [service.cout for service in concession.paquet.services]

    assert find(ContributionMax("Nord", TENU, 800)) == (200, 200, [800, 600])
    assert find(ContributionMax("Nord", TENU, 150, "accueil")) == (150, 150, [1000, 450])
    assert find(ContributionMax("Nord", TENU, 100)) == (1300, 1300, [0, 300])
    assert find(ContributionMax("Nord", TENU, 800), ContributionMax("Nord", TENU, 150, "accueil")) == (
        150 + Fraction(400, 3),
        150 + Fraction(400, 3),
        [866, 450],
    )


def test_a_phase_in_helps_the_year_that_a_line_reads():
    found = ask(build_paquet(), [ContributionMax("Nord", TENU, 500, annee=2027)])
    concession = found[Levier.MONTEE]
    assert concession.ampleur == Fraction(1, 13)
    assert concession.paquet.services[0].montee == (Fraction(12, 13),)


def test_the_others_keep_what_they_asked_for():
    lignes = [ContributionMax("Nord", TENU, 500), ContributionMax("Sud", TENU, 480)]
    found = ask(build_paquet(), lignes)
    assert {levier: c.status for levier, c in found.items() if c.status is not Status.INFEASIBLE} == {
        Levier.PRIX: Status.OPTIMAL
    }
    sans = ask(build_paquet(), lignes, keep=())
    assert sans[Levier.CLE].ampleur == Fraction(1, 5)


def test_who_received_may_be_asked_to_give():
    point = Point((MOITIE,), ((Fraction(60), Fraction(-60)),))
    lignes = [ContributionMax("Sud", TENU, 400)]
    (found,) = flip(build_paquet(), lignes, point, "Sud", leviers=[Levier.TRANSFERT])
    assert found.point.transfers == ((Fraction(-175, 3), Fraction(175, 3)),)
    assert found.ampleur == found.low == 60 + Fraction(175, 3)


def test_a_transfer_beyond_the_vehicle_is_proved_impossible():
    lignes = [ContributionMax("Nord", TENU, 500)]
    found = ask(build_paquet(budget=40), lignes, leviers=[Levier.TRANSFERT])
    assert found[Levier.TRANSFERT].status is Status.INFEASIBLE
    sans = replace(build_paquet(), vehicules=())
    assert flip(sans, lignes, Point((MOITIE,)), "Nord", leviers=[Levier.TRANSFERT])[0].status is Status.INFEASIBLE


def test_who_is_in_needs_nothing_and_who_wants_a_level_is_not_bought():
    assert {c.ampleur for c in flip(build_paquet(), [GainMin("Nord", TENU, 58)], POINT, "Nord")} == {0}
    found = flip(build_paquet(), [NiveauMin("Nord", TENU, "voirie", 1)], POINT, "Nord")
    assert {c.status for c in found} == {Status.INFEASIBLE}


def test_consenting_communes_are_those_whose_lines_all_hold():
    lignes = [GainMin("Nord", TENU, 59), GainMin("Sud", TENU, 141)]
    assert list_consentantes(build_paquet(), lignes, POINT) == ("Sud",)


@settings(max_examples=25, deadline=None)
@given(paquets(3).flatmap(lambda p: st.tuples(st.just(p), lignes_de(p, 3))), st.data())
def test_no_key_nor_transfer_of_the_grid_is_a_smaller_concession(cas, data):
    paquet, lignes = cas
    depart = data.draw(st.sampled_from(list(list_points(paquet))))
    code = lignes[0].commune
    keep = {ligne.commune for ligne in lignes}
    cle, transfert = flip(paquet, lignes, depart, code, keep, (Levier.CLE, Levier.TRANSFERT))
    for concession in (cle, transfert):
        assert concession.status in (Status.OPTIMAL, Status.INFEASIBLE)
        if concession.status is Status.OPTIMAL:
            assert hold_all(paquet, concession.point, lignes)
            assert concession.low == concession.ampleur
    keys = [tuple(k) for k in list_keys(paquet.services[0])] if len(paquet.services) == 1 else []
    for key in keys:
        if hold_all(paquet, Point((key,), depart.transfers), lignes):
            moved = sum(abs(a - b) for a, b in zip(key, depart.keys[0], strict=True))
            assert cle.status is Status.OPTIMAL
            assert cle.ampleur <= moved
    for transfers in list_transfers(paquet):
        if hold_all(paquet, Point(depart.keys, transfers), lignes):
            assert transfert.status is Status.OPTIMAL
            pairs = zip(transfers, depart.transfers, strict=True)
            moved = sum(max(Fraction(0), a - b) for new, old in pairs for a, b in zip(new, old, strict=True))
            assert transfert.ampleur <= moved


@settings(max_examples=40, deadline=None)
@given(paquets(), st.data())
def test_cents_are_rounded_together(paquet, data):
    points = list(list_points(paquet))
    a, b = data.draw(st.sampled_from(points)), data.draw(st.sampled_from(points))
    part = data.draw(st.fractions(0, 1, max_denominator=97))

    def mix(ones, others):
        return tuple(
            tuple(x + part * (y - x) for x, y in zip(one, other, strict=True))
            for one, other in zip(ones, others, strict=True)
        )

    point = Point(mix(a.keys, b.keys), mix(a.transfers, b.transfers))
    cents = round_cents(paquet, point)
    assert cents is not None
    assert [sum(table) for table in cents.shares] == [service.cout for service in paquet.services]
    assert sum(sum(table) for table in cents.transfers) == 0
    for exact, whole in zip(point.transfers, cents.transfers, strict=True):
        assert all(abs(e - w) < 1 for e, w in zip(exact, whole, strict=True))
