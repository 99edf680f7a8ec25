"""The end of the time of keeping: what is destroyed, what stays on the table, and once only."""

from datetime import timedelta

import pytest
from tests.plateforme.accords.fabrique import APRES, CODE, INSTANT, build_elements, open_table

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.actions.veille import end_conservation
from communaccord.plateforme.accords.enums import EtatEnveloppe, NatureElement
from communaccord.plateforme.accords.models import AVousSeule, Element, Partage, Tour
from communaccord.plateforme.journal.models import Acte

pytestmark = pytest.mark.django_db


def test_after_the_time_of_keeping_the_database_and_the_safe_read_nothing_of_a_commune():
    table = open_table(6)
    for rang in range(5):
        table.answer(rang)
    unfinished = table.get_reponse(5)
    actions.save_brouillon(
        acteur=table.secretaires[5], instant=INSTANT, reponse=unfinished, version=0, elements=build_elements()
    )
    actions.veiller(APRES)
    row = AVousSeule.objects.visible_to(table.maires[0]).get()
    kept = actions.share_a_vous_seule(acteur=table.maires[0], instant=APRES, a_vous_seule=row, code=CODE)
    assert actions.veiller(APRES + timedelta(days=600)) == 0
    assert (AVousSeule.objects.count(), Element.objects.filter(nature=NatureElement.NOTES).count()) == (5, 6)
    assert actions.veiller(APRES + timedelta(days=731)) == 1
    assert not AVousSeule.objects.exists()
    # What was put on the table stays on it: the priorities of the answers, and what one mayor chose to show.
    left = Element.objects.filter(contenu__isnull=False)
    assert {element.nature for element in left} == {NatureElement.PRIORITE}
    assert Partage.objects.filter(element__in=left).count() == left.count() == 5
    assert Partage.objects.filter(pk=kept.pk).exists()
    (act,) = Acte.objects.filter(verbe="end_conservation")
    assert "les notes, les brouillons et les retours faits" in act.phrase
    assert actions.veiller(APRES + timedelta(days=732)) == 0


def test_the_text_of_a_round_that_was_stopped_is_kept_as_long_as_the_rule_says_then_destroyed():
    table = open_table(3)
    table.answer(0)
    actions.abandon_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour, motif="Essai fictif")
    assert not Element.objects.filter(copie__isnull=False).exists()
    assert Element.objects.filter(nature=NatureElement.NOTES).exists()
    assert actions.veiller(INSTANT + timedelta(days=600)) == 0
    assert actions.veiller(INSTANT + timedelta(days=731)) == 1
    assert not Element.objects.filter(contenu__isnull=False).exists()
    assert actions.veiller(INSTANT + timedelta(days=732)) == 0


def test_the_copy_of_an_envelope_does_not_outlive_the_round():
    table = open_table(3)
    enveloppe = actions.register_enveloppe(
        acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=table.maires[0].commune
    )
    copied = {table.dossier.pk: build_elements()[:2]}
    actions.enter_enveloppe(acteur=table.equipe, instant=APRES, enveloppe=enveloppe, reponses=copied)
    actions.declare_non_depouillable(acteur=table.equipe, instant=APRES, tour=table.tour, motif="Essai fictif")
    enveloppe.refresh_from_db()
    assert (enveloppe.etat, enveloppe.saisie) == (EtatEnveloppe.RECUE, None)


def test_two_sweeps_at_once_destroy_the_keys_and_say_it_once():
    table = open_table(3)
    actions.veiller(APRES)
    table.tour = Tour.objects.with_regle().get(pk=table.tour.pk)
    late = APRES + timedelta(days=731)
    assert [end_conservation(table.tour, late + timedelta(seconds=s)) for s in (0, 1)] == [1, 0]
    assert Acte.objects.filter(verbe="end_conservation").count() == 1
    assert Tour.objects.get().cles_oubliees_le == late
