"""Reminders: three days before, once, counted where the people live."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.plateforme.fabriques import INSTANT
from tests.plateforme.instances.outils import build_table

from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.instances import actions
from communaccord.plateforme.instances.models import Convocation

pytestmark = pytest.mark.django_db


def count_rappels():
    return Courriel.objects.filter(cle__contains=":rappel:").count()


def test_un_rappel_part_a_trois_jours_une_seule_fois_a_qui_n_a_pas_repondu():
    table = build_table(2)
    seance = table.convoke(table.open_seance())
    answered = Convocation.objects.get(seance=seance, mandat=table.maires[0].mandat)
    actions.answer_convocation(acteur=table.maires[0], instant=INSTANT, convocation=answered, reponse="excuse")
    assert actions.veiller(seance.debut - timedelta(days=4)) == 0
    assert actions.veiller(seance.debut - timedelta(days=3)) == 2
    assert actions.veiller(seance.debut - timedelta(days=2)) == 0
    assert count_rappels() == 2
    assert not Courriel.objects.filter(cle__contains=":rappel:", mandat=table.maires[0].mandat).exists()


def test_ni_apres_la_seance_ni_pour_une_seance_annulee():
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    assert actions.veiller(seance.debut + timedelta(minutes=1)) == 0
    actions.cancel_seance(acteur=table.equipe, instant=INSTANT, seance=seance, motif="Report")
    assert actions.veiller(seance.debut - timedelta(days=1)) == 0


def test_une_convocation_tardive_est_son_propre_rappel():
    table = build_table(1)
    table.convoke(table.open_seance(debut=INSTANT + timedelta(days=2)))
    assert actions.veiller(INSTANT + timedelta(hours=1)) == 0


def test_le_jour_est_celui_de_la_reunion():
    table = build_table(1, fuseau="Indian/Reunion")
    # 8 a.m. on 10 December at La Réunion is 4 a.m. in UTC: the third day before begins there on the 6th at 20:00 UTC.
    seance = table.convoke(table.open_seance(debut=datetime(2026, 12, 10, 4, 0, tzinfo=UTC)))
    assert seance.debut_local.hour == 8
    assert actions.veiller(datetime(2026, 12, 6, 19, 59, tzinfo=UTC)) == 0
    assert actions.veiller(datetime(2026, 12, 6, 20, 0, tzinfo=UTC)) == 2


def test_sans_adresse_ni_courriel_ni_rappel():
    table = build_table(1)
    personne = table.maires[0].mandat.personne
    type(personne).objects.filter(pk=personne.pk).update(compte=None, courriel="")
    seance = table.open_seance()
    assert actions.convoke_seance(acteur=table.equipe, instant=INSTANT, seance=seance) == 1
    assert Convocation.objects.get(seance=seance, mandat=table.maires[0].mandat).par_courriel is False
    assert actions.veiller(seance.debut - timedelta(days=3)) == 1
