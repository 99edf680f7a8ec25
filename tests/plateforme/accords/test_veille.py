"""The clock: simulated weeks, in Paris and in La Réunion; each letter once, to the right people, in neutral words."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.plateforme.accords.fabrique import APRES, CLOTURE, INSTANT, build_table, open_table, prepare

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.actions.veille import add_mois
from communaccord.plateforme.accords.enums import EtatTour, ModeOuverture
from communaccord.plateforme.accords.models import Annonce, Resultat, Tour
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


def list_letters(fragment):
    return Courriel.objects.filter(cle__contains=fragment)


def list_told(fragment):
    return set(list_letters(fragment).values_list("mandat_id", flat=True))


def sweep_hours(start, end):
    instant = start
    while instant <= end:
        actions.veiller(instant)
        instant += timedelta(hours=1)


@pytest.mark.parametrize(
    ("fuseau", "hour"),
    [("Europe/Paris", 7), ("Indian/Reunion", 4), ("America/Guadeloupe", 12), ("Pacific/Auckland", 19)],
)
def test_reminders_leave_at_eight_in_the_morning_where_the_people_live(fuseau, hour):
    table = open_table(2, fuseau=fuseau)
    local = table.tour.cloture_le.astimezone(table.demarche.zone)
    due = (local - timedelta(days=7)).replace(hour=8, minute=0, second=0).astimezone(UTC)
    assert due.hour == hour
    actions.veiller(due - timedelta(seconds=1))
    assert not list_letters("rappel").exists()
    actions.veiller(due)
    assert list_letters("rappel-7").count() == 4
    assert not list_letters("rappel-2").exists()


def test_a_whole_round_swept_each_hour_writes_each_letter_once():
    table = open_table(3, fuseau="Indian/Reunion")
    table.answer(0)
    sweep_hours(INSTANT, APRES + timedelta(hours=3))
    assert list(Annonce.objects.order_by("instant").values_list("cle", flat=True)) == [
        "ouverture",
        "rappel-7-2026-12-04",
        "rappel-2-2026-12-04",
    ]
    assert len(list_told("ouverture")) == list_letters("ouverture").count() == 7
    waited = {m.mandat_id for m in (*table.maires[1:], *table.secretaires[1:])}
    assert list_told("rappel-7") == list_told("rappel-2") == waited
    assert list_letters("resultat").count() == 7
    assert Resultat.objects.get().calcule_le == datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


def test_a_late_sweep_sends_the_nearest_reminder_only():
    open_table(1)
    actions.veiller(CLOTURE - timedelta(days=1, hours=6))
    assert [a.cle for a in Annonce.objects.order_by("pk")] == ["ouverture", "rappel-2-2026-12-04"]


def test_nobody_is_reminded_on_the_day_of_the_opening():
    table = build_table(1)
    prepare(table, cloture_le=INSTANT + timedelta(days=1))
    actions.open_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour)
    actions.veiller(INSTANT + timedelta(hours=1))
    assert not list_letters("rappel").exists()
    actions.veiller(INSTANT + timedelta(hours=23))
    assert list_letters("rappel-2").count() == 2


def test_an_envelope_received_is_an_answer_for_the_reminders():
    table = open_table(2)
    actions.register_enveloppe(acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=table.maires[0].commune)
    actions.veiller(CLOTURE - timedelta(days=2))
    assert list_told("rappel") == {table.maires[1].mandat_id, table.secretaires[1].mandat_id}


def test_a_closing_put_off_is_reminded_again():
    table = open_table(1)
    actions.veiller(CLOTURE - timedelta(days=2))
    later = CLOTURE + timedelta(days=14)
    actions.extend_cloture(
        acteur=table.equipe, instant=CLOTURE - timedelta(days=1), tour=table.tour, cloture_le=later, motif="Neige"
    )
    actions.veiller(later - timedelta(days=7))
    assert Annonce.objects.filter(cle__startswith="rappel").count() == 2
    assert not Resultat.objects.exists()


def test_a_round_to_come_tells_nobody_before_its_day():
    table = build_table(1)
    prepare(table, ouvre_le=INSTANT + timedelta(days=3))
    actions.open_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour)
    assert actions.veiller(INSTANT + timedelta(days=2)) == 0
    assert actions.veiller(INSTANT + timedelta(days=3)) == 1
    assert list_letters("ouverture").count() == 3


def test_no_letter_says_who_has_not_answered():
    table = open_table(3)
    table.answer(0)
    sweep_hours(CLOTURE - timedelta(days=2), APRES)
    communes = [maire.commune.nom for maire in table.maires]
    for letter in Courriel.objects.all():
        mine = {m.commune.nom for m in Mandat.objects.filter(pk=letter.mandat_id, commune__isnull=False)}
        assert {nom for nom in communes if nom in letter.corps} <= mine


def test_one_address_for_several_hats_receives_one_letter():
    table = open_table(3)
    compte = table.secretaires[0].mandat.personne.compte
    for secretaire in table.secretaires[1:]:
        personne = secretaire.mandat.personne
        personne.courriel, personne.compte = compte.email, compte
        personne.save()
    actions.veiller(INSTANT)
    letter = list_letters("ouverture").get(adresse=compte.email)
    assert "Commune 001, Commune 002 et Commune 003" in letter.corps


def test_a_mandate_that_has_ended_receives_nothing():
    table = open_table(1)
    Mandat.objects.filter(pk=table.maires[0].mandat_id).update(fin=INSTANT.date() - timedelta(days=1))
    actions.veiller(INSTANT)
    assert table.maires[0].mandat_id not in list_told("ouverture")


def test_the_equipe_reminds_a_commune_once_a_day_and_only_while_it_is_awaited():
    table = open_table(2)
    table.answer(1)
    call = {"acteur": table.equipe, "instant": INSTANT, "tour": table.tour, "commune": table.maires[0].commune}
    assert actions.remind_commune(**call) == 2
    with pytest.raises(Conflit, match="déjà été relancée"):
        actions.remind_commune(**call)
    assert actions.remind_commune(**{**call, "instant": INSTANT + timedelta(days=1)}) == 2
    with pytest.raises(Conflit, match="Aucune réponse"):
        actions.remind_commune(**{**call, "commune": table.maires[1].commune})
    with pytest.raises(ActionRefusee):
        actions.remind_commune(**{**call, "acteur": table.maires[1]})


def test_the_assesseurs_are_called_at_the_closing():
    table = open_table(4, mode=ModeOuverture.ASSESSEURS)
    actions.veiller(APRES)
    actions.veiller(APRES + timedelta(minutes=1))
    called = set(table.tour.assesseurs.values_list("mandat_id", flat=True))
    assert list_told("cloture") == called | {table.equipe.mandat_id}


def test_one_round_that_fails_does_not_stop_the_others(monkeypatch, caplog):
    tables = [open_table(1), open_table(1)]
    broken = tables[0].tour.pk
    post = actions.veille.announce_ouverture

    def fail(tour, instant):
        if tour.pk == broken:
            raise RuntimeError("contenu qui ne doit pas sortir")
        return post(tour, instant)

    monkeypatch.setattr(actions.veille, "announce_ouverture", fail)
    assert actions.veiller(INSTANT) == 1
    assert "RuntimeError" in caplog.text
    assert "contenu" not in caplog.text


def test_the_sweep_of_a_quiet_minute_is_cheap(django_assert_num_queries):
    open_table(3)
    actions.veiller(INSTANT)
    with django_assert_num_queries(5):
        assert actions.veiller(INSTANT + timedelta(minutes=1)) == 0


@pytest.mark.parametrize(
    ("instant", "mois", "expected"),
    [
        (datetime(2026, 1, 31, 9, tzinfo=UTC), 1, datetime(2026, 2, 28, 9, tzinfo=UTC)),
        (datetime(2026, 12, 4, 17, tzinfo=UTC), 24, datetime(2028, 12, 4, 17, tzinfo=UTC)),
        (datetime(2026, 12, 31, tzinfo=UTC), 2, datetime(2027, 2, 28, tzinfo=UTC)),
    ],
)
def test_months_are_added_by_the_calendar(instant, mois, expected):
    assert add_mois(instant, mois) == expected


def test_a_round_abandoned_or_in_preparation_is_left_alone():
    table = build_table(1)
    prepare(table)
    assert actions.veiller(APRES) == 0
    assert Tour.objects.get().etat == EtatTour.PREPARATION
