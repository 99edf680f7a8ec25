"""The maires assesseurs: drawn once from a text said aloud, accepting in person, replaced in the order of the draw."""

from datetime import date

import pytest
from tests.plateforme.accords.fabrique import CODE, INSTANT, build_table, draw_and_accept, open_table, prepare

from communaccord.noyau import accord
from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.enums import EtatAssesseur, ModeOuverture
from communaccord.plateforme.accords.models import Assesseur, Tour
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


def build_round_with_assesseurs(communes=5):
    table = build_table(communes, mode=ModeOuverture.ASSESSEURS)
    prepare(table)
    return table


def test_the_draw_is_done_once_and_anybody_can_do_it_again():
    table = build_round_with_assesseurs()
    draw_and_accept(table)
    table.tour.refresh_from_db()
    drawn = [a.mandat.commune.code for a in Assesseur.objects.order_by("rang")]
    codes = [commune.code for commune in table.demarche.communes.all()]
    assert tuple(drawn) == accord.draw_assesseurs(table.tour.graine, codes)
    assert table.tour.graine.startswith("dit en séance ")
    # The mayors read the journal: the text of the draw is on the page of the round, its characters are not a sentence.
    assert table.tour.graine.rsplit(" ", 1)[1] not in Acte.objects.get(verbe="draw_assesseurs").phrase
    with pytest.raises(Conflit, match="déjà eu lieu"):
        actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=table.tour, graine="un autre texte")


@pytest.mark.parametrize("graine", ["", "   ", "x", "a  b  c  d"])
def test_nothing_is_drawn_from_a_text_that_nobody_said(graine):
    table = build_round_with_assesseurs()
    with pytest.raises(Conflit, match="texte dit à voix haute"):
        actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=table.tour, graine=graine)
    assert Tour.objects.get().graine == ""


def test_nobody_can_prepare_the_draw_by_choosing_the_text():
    texts = set()
    for _ in range(3):
        table = build_round_with_assesseurs()
        actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=table.tour, graine="le même texte")
        texts.add(Tour.objects.get(pk=table.tour.pk).graine)
    assert len(texts) == 3


def test_a_mayor_who_declines_is_replaced_by_the_next_of_the_draw():
    table = build_round_with_assesseurs(4)
    called = actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=table.tour, graine="dit en séance")
    maire = next(m for m in table.maires if m.mandat_id == called[0].mandat_id)
    following = actions.decline_assesseur(acteur=maire, instant=INSTANT, assesseur=called[0])
    assert following.rang == 4
    assert following.mandat_id not in {a.mandat_id for a in called}
    assert actions.decline_assesseur(acteur=table.equipe, instant=INSTANT, assesseur=called[1]) is None
    assert Assesseur.objects.in_charge().count() == 2
    with pytest.raises(Conflit, match="Trois maires"):
        actions.open_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour)


def test_fewer_than_three_mayors_draw_nothing():
    table = build_round_with_assesseurs(3)
    Mandat.objects.filter(pk=table.maires[0].mandat_id).update(fin=date(2026, 11, 22))
    with pytest.raises(Conflit, match="au moins trois"):
        actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=table.tour, graine="dit en séance")
    assert Tour.objects.get().graine == ""


def test_the_key_of_a_round_of_assesseurs_is_kept_nowhere():
    table = open_table(5, mode=ModeOuverture.ASSESSEURS)
    tour = Tour.objects.get()
    assert tour.cle_privee is None
    parts = Assesseur.objects.filter(tour=table.tour)
    assert all(a.part_scellee and a.cle_privee and a.part_en_attente is None for a in parts)
    assert parts.count() == 3


def test_an_assesseur_accepts_once_and_in_person():
    table = build_round_with_assesseurs()
    called = actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=table.tour, graine="dit en séance")
    maire = next(m for m in table.maires if m.mandat_id == called[0].mandat_id)
    other = next(m for m in table.maires if m.mandat_id != called[0].mandat_id)
    for acteur in (other, table.equipe):
        with pytest.raises(ActionRefusee):
            actions.accept_assesseur(acteur=acteur, instant=INSTANT, assesseur=called[0], code=CODE)
    actions.accept_assesseur(acteur=maire, instant=INSTANT, assesseur=called[0], code=CODE)
    with pytest.raises(Conflit, match="n'attend plus"):
        actions.accept_assesseur(acteur=maire, instant=INSTANT, assesseur=called[0], code=CODE)
    assert Assesseur.objects.get(pk=called[0].pk).etat == EtatAssesseur.ACCEPTE
