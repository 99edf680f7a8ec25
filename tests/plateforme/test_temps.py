"""Simulated months: what the clock does, in the hours and days of those who live there.

Two démarches at once, one in the zone of Paris, one in La Réunion, over two months in which Paris puts its clocks
forward (28 March 2027): the same things happen at the same local hours, once each.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.plateforme.accords.fabrique import build_table, draw_and_accept, prepare
from tests.plateforme.fabriques import build_acteur_de, build_demarche, client_for, set_horloge
from tests.plateforme.instances.outils import Table as TableInstances

from communaccord.plateforme.accords import actions, coffre
from communaccord.plateforme.accords.actions import lettres
from communaccord.plateforme.accords.enums import EtatTour, ModeOuverture, PhaseTour
from communaccord.plateforme.accords.models import Annonce, Resultat, Tour
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte
from communaccord.plateforme.courrier import actions as courrier
from communaccord.plateforme.courrier.enums import EtatCourriel
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.instances import actions as instances
from communaccord.plateforme.instances.bridge import build_delai
from communaccord.plateforme.instances.enums import TypeInstance
from communaccord.plateforme.instances.models import Convocation
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.management.commands.veiller import veiller
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.territoires.actions.demarche import write_phases_calculees
from communaccord.plateforme.territoires.enums import Phase

pytestmark = pytest.mark.django_db
PARIS, REUNION = "Europe/Paris", "Indian/Reunion"
FUSEAUX = (PARIS, REUNION)
HEURE = timedelta(hours=1)
SEPT, NEUF = (datetime(2027, 2, 15, heure, tzinfo=UTC) for heure in (7, 9))
FIN = datetime(2027, 4, 15, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rapide(settings, tmp_path, monkeypatch):
    """Light hashing, and a safe of this test."""
    monkeypatch.setattr(coffre, "ARGON2_MEMOIRE", 1024 * 1024)
    monkeypatch.delenv(coffre.VARIABLE, raising=False)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DOSSIER_DONNEES = tmp_path


def at(fuseau, mois, jour, heure, minute=0):
    """This hour of 2027, where they live."""
    return datetime(2027, mois, jour, heure, minute, tzinfo=ZoneInfo(fuseau)).astimezone(UTC)


def found(fuseau, mode=ModeOuverture.HORLOGE):
    """A table whose round opens on 1 March at 8 and closes on 2 April at 18; the first commune answers on 20 March."""
    table = build_table(3, fuseau=fuseau, mode=mode)
    prepare(table, ouvre_le=at(fuseau, 3, 1, 8), cloture_le=at(fuseau, 4, 2, 18))
    if mode == ModeOuverture.ASSESSEURS:
        draw_and_accept(table)
    table.tour = actions.open_tour(acteur=table.equipe, instant=SEPT, tour=table.tour)
    return table


def convoke(table, debut, instant, kind=TypeInstance.COPIL):
    """A séance of an instance where all the mayors sit, convoked at ``instant``."""
    president = build_acteur_de(table.demarche, Role.PRESIDENT)
    room = TableInstances(table.demarche, table.equipe, president, table.maires, [])
    seance = room.open_seance(room.open_instance(kind), debut=debut)
    instances.convoke_seance(acteur=table.equipe, instant=instant, seance=seance)
    return seance


def sweep(start, end, *acts):
    """Each hour from ``start`` to ``end``; ``acts`` (instant, what people do) are done when their hour has come."""
    waiting = sorted(acts, key=lambda act: act[0])
    instant = start
    while instant <= end:
        while waiting and waiting[0][0] <= instant:
            when, act = waiting.pop(0)
            act(when)
        assert -1 not in veiller(instant).values()
        instant += HEURE


def tell_chronicle(demarche):
    """What was sent, in the hours of those who live there: (month, day, hour, what): how many letters."""
    letters = Counter()
    for row in Courriel.objects.filter(demarche=demarche, envoye_le__isnull=False):
        local = row.envoye_le.astimezone(demarche.zone)
        what = row.cle.split(":")[2] if row.cle.startswith("seance") else row.cle.split("-", 2)[2].rpartition("-")[0]
        letters[local.month, local.day, local.hour, what] += 1
    return dict(sorted(letters.items()))


def test_two_months_swept_each_hour_in_two_zones_send_each_message_once():
    tables = [found(fuseau) for fuseau in FUSEAUX]
    acts = []
    for table in tables:
        fuseau = table.demarche.fuseau
        seance = convoke(table, at(fuseau, 3, 30, 14), SEPT)
        coming = Convocation.objects.get(seance=seance, mandat=table.maires[0].mandat)
        acts.append((at(fuseau, 3, 10, 9), lambda when, t=table, c=coming: answer_convocation(t.maires[0], when, c)))
        acts.append((at(fuseau, 3, 20, 10), lambda when, t=table: t.answer(0, instant=when)))
    sweep(SEPT, FIN, *acts)
    for table in tables:
        told = tell_chronicle(table.demarche)
        reminders = [key for key in told if key[3] == "rappel"]
        assert [key[:2] for key in reminders] == [(3, 27)]
        assert [told.pop(key) for key in reminders] == [3]
        convoked = 8 if table.demarche.fuseau == PARIS else 11
        assert told == {
            (2, 15, convoked, "convocation"): 4,
            (3, 1, 8, "ouverture"): 8,
            (3, 26, 8, "rappel-7-2027-04-02"): 4,
            (3, 31, 8, "rappel-2-2027-04-02"): 4,
            (4, 2, 18, "resultat"): 8,
        }
        resultat = Resultat.objects.get(tour=table.tour)
        assert resultat.calcule_le == at(table.demarche.fuseau, 4, 2, 18)
        assert resultat.publication
    asked = Counter(Courriel.objects.values_list("adresse", "sujet"))
    assert Counter((message.to[0], message.subject) for message in mail.outbox) == asked
    assert asked.total() == 2 * 31
    assert set(Courriel.objects.values_list("etat", "essais")) == {(EtatCourriel.ENVOYE, 1)}


def answer_convocation(maire, instant, convocation):
    instances.answer_convocation(acteur=maire, instant=instant, convocation=convocation, reponse="present")


@pytest.mark.parametrize("fuseau", FUSEAUX)
def test_with_assesseurs_the_clock_calls_them_and_opens_nothing(fuseau):
    table = found(fuseau, ModeOuverture.ASSESSEURS)
    sweep(at(fuseau, 4, 2, 7), at(fuseau, 4, 4, 8))
    called = [key for key in tell_chronicle(table.demarche) if key[3].startswith("cloture")]
    assert [key[:3] for key in called] == [(4, 2, 18)]
    assert Tour.objects.get(pk=table.tour.pk).etat == EtatTour.OUVERT
    assert not Resultat.objects.exists()


@pytest.mark.parametrize(("fuseau", "utc"), [(PARIS, 16), (REUNION, 14)])
def test_the_closing_comes_at_the_second_where_people_live(fuseau, utc):
    """Decided when it was winter in Paris, the hour of the closing is that of the summer in which it comes."""
    tour = found(fuseau).tour
    assert tour.cloture_le == datetime(2027, 4, 2, utc, tzinfo=UTC)
    second = timedelta(seconds=1)
    assert tour.get_phase(tour.ouvre_le - second) == PhaseTour.A_VENIR
    assert tour.get_phase(tour.ouvre_le) == PhaseTour.OUVERT
    assert tour.get_phase(tour.cloture_le - second) == PhaseTour.OUVERT
    assert tour.get_phase(tour.cloture_le) == PhaseTour.CLOS
    veiller(tour.cloture_le - second)
    assert not Resultat.objects.exists()
    veiller(tour.cloture_le)
    assert Resultat.objects.get().tour_id == tour.pk


@pytest.mark.parametrize("fuseau", FUSEAUX)
def test_an_answer_of_the_last_second_is_counted_and_that_of_the_next_is_kept_as_a_draft(fuseau):
    table = found(fuseau)
    table.answer(0, instant=table.tour.cloture_le - timedelta(seconds=1))
    with pytest.raises(Conflit, match="clos"):
        table.answer(1, instant=table.tour.cloture_le)
    veiller(table.tour.cloture_le)
    assert Resultat.objects.get().tour.reponses.validated().count() == 1


def test_keys_are_kept_for_the_months_of_the_rule_then_destroyed():
    table = found(PARIS)
    veiller(at(PARIS, 4, 2, 18))
    depouille = Tour.objects.get(pk=table.tour.pk).depouille_le
    later = depouille.replace(year=2029)
    veiller(later - timedelta(seconds=1))
    assert Tour.objects.get(pk=table.tour.pk).cles_oubliees_le is None
    veiller(later)
    assert Tour.objects.get(pk=table.tour.pk).cles_oubliees_le == later


# The council sits on Tuesday 30 March 2027; five clear days before: the letters leave on Wednesday 24 at the latest,
# which ends at 23:00 UTC in Paris (still in winter time), at 20:00 UTC in La Réunion.
@pytest.mark.parametrize(("fuseau", "minuit"), [(PARIS, 23), (REUNION, 20)])
def test_the_delay_of_a_council_is_counted_in_the_days_of_the_territory(fuseau, minuit):
    table = build_table(2, fuseau=fuseau)
    limit = datetime(2027, 3, 24, minuit, tzinfo=UTC)
    for number, (sent, late) in enumerate(((limit - timedelta(minutes=1), False), (limit, True))):
        kind = TypeInstance.CONSEIL_COMMUNAUTAIRE
        if number:
            table = build_table(2, fuseau=fuseau)
        seance = convoke(table, at(fuseau, 3, 30, 18), sent, kind)
        delai = build_delai(seance, horloge.get_jour(sent, fuseau))
        assert delai.envoi_max == date(2027, 3, 24)
        assert delai.est_tardive is late
    assert Convocation.objects.filter(par_courriel=True).count() == 6


@pytest.mark.parametrize("fuseau", FUSEAUX)
def test_a_convocation_of_the_same_days_is_its_own_reminder_and_one_made_again_reminds_again(fuseau):
    table = build_table(1, fuseau=fuseau)
    seance = convoke(table, at(fuseau, 3, 30, 14), at(fuseau, 3, 28, 9))
    sweep(at(fuseau, 3, 29, 22), at(fuseau, 3, 30, 15))
    assert {key[3] for key in tell_chronicle(table.demarche)} == {"convocation"}
    other = build_table(1, fuseau=fuseau)
    seance = convoke(other, at(fuseau, 3, 30, 14), at(fuseau, 3, 1, 9))
    instances.convoke_seance(acteur=other.equipe, instant=at(fuseau, 3, 20, 9), seance=seance)
    sweep(at(fuseau, 3, 26, 22), at(fuseau, 3, 28, 2))
    assert Courriel.objects.filter(demarche=other.demarche, cle__contains=":rappel:2:").count() == 2
    assert Courriel.objects.filter(demarche=other.demarche, cle__contains=":rappel:").count() == 2


# Midnight at the end of 31 March 2027 (summer in Paris), of 31 January (winter).
@pytest.mark.parametrize(
    ("fuseau", "fin", "minuit"),
    [
        (PARIS, date(2027, 3, 31), datetime(2027, 3, 31, 22, tzinfo=UTC)),
        (PARIS, date(2027, 1, 31), datetime(2027, 1, 31, 23, tzinfo=UTC)),
        (REUNION, date(2027, 3, 31), datetime(2027, 3, 31, 20, tzinfo=UTC)),
    ],
)
def test_the_mandate_of_a_consultant_ends_with_its_last_day(monkeypatch, fuseau, fin, minuit):
    demarche = build_demarche(fuseau=fuseau)
    consultant = build_acteur_de(demarche, Role.CONSULTANT, fin=fin)
    client = client_for(consultant)
    for instant, status in ((minuit - timedelta(seconds=1), 200), (minuit, 404), (minuit + timedelta(days=60), 404)):
        set_horloge(monkeypatch, instant)
        pages = (f"/m/{consultant.mandat_id}/{page}" for page in ("", "dossiers/", "table/"))
        assert {client.get(page).status_code for page in pages} == {status}


@pytest.mark.parametrize("fuseau", FUSEAUX)
def test_nobody_whose_mandate_is_over_is_written_to(fuseau):
    table = found(fuseau)
    mandat = table.maires[1].mandat
    type(mandat).objects.filter(pk=mandat.pk).update(fin=date(2027, 3, 25))
    for mois, jour, heure in ((3, 1, 8), (3, 25, 8), (3, 26, 8), (3, 31, 8), (4, 2, 18)):
        veiller(at(fuseau, mois, jour, heure))
    assert list(Courriel.objects.filter(mandat_id=mandat.pk).values_list("cle", flat=True)) == [
        f"tour-{table.tour.pk}-ouverture-{mandat.pk}"
    ]


@pytest.mark.parametrize(
    ("fuseau", "midnight"),
    [(PARIS, datetime(2027, 3, 31, 22, tzinfo=UTC)), (REUNION, datetime(2027, 3, 31, 20, tzinfo=UTC))],
)
def test_the_second_factor_is_due_after_seven_days_of_the_territory(monkeypatch, fuseau, midnight):
    """An account made on 25 March, in the winter of Paris, has until the end of the 31st, in its summer."""
    demarche = build_demarche(fuseau=fuseau)
    equipe = build_acteur_de(demarche, Role.EQUIPE_PROJET)
    Compte.objects.update(date_joined=at(fuseau, 3, 25, 0, 30))
    client = client_for(equipe, second_facteur=False)
    for instant, status in ((midnight - timedelta(seconds=1), 200), (midnight, 302)):
        set_horloge(monkeypatch, instant)
        assert client.get(f"/m/{equipe.mandat_id}/").status_code == status


@pytest.mark.parametrize(("fuseau", "jour"), [(PARIS, date(2027, 2, 28)), (REUNION, date(2027, 3, 1))])
def test_phases_begin_on_the_day_it_is_where_people_live(fuseau, jour):
    """At 21:00 UTC on 28 February it is already 1 March in La Réunion; the five phases follow, up to the council."""
    demarche = build_demarche(fuseau=fuseau, creee_le=datetime(2027, 2, 28, 21, tzinfo=UTC))
    demarche.approbation_visee = date(2027, 9, 30)
    write_phases_calculees(demarche, jour)
    phases = list(demarche.phases.order_by("debut", "pk"))
    assert [row.phase for row in phases] == list(Phase)
    assert phases[0].debut == jour
    assert all(row.debut <= row.fin for row in phases)


class Killed(BaseException):
    """As a process is killed: no `except Exception` holds it back."""


def kill_at(monkeypatch, owner, name, rang):
    """The call of this rank to ``owner.name`` never comes back, the others do their work."""
    real, calls = getattr(owner, name), [0]

    def call(*args, **kwargs):
        calls[0] += 1
        if calls[0] == rang:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize("rang", [1, 3, 7])
@pytest.mark.parametrize(
    ("owner", "name"),
    [(lettres, "post_courriel"), (courrier, "claim"), (EmailBackend, "send_messages")],
    ids=["while-asking", "between-two", "while-sending"],
)
def test_a_sweep_killed_then_replayed_sends_each_letter_once(monkeypatch, owner, name, rang):
    table = found(PARIS)
    opening = table.tour.ouvre_le
    with monkeypatch.context() as broken:
        kill_at(broken, owner, name, rang)
        with pytest.raises(Killed):
            veiller(opening)
    sent = len(mail.outbox)
    assert sent == (0 if owner is lettres else rang - 1)
    for minutes in range(1, 15):
        veiller(opening + timedelta(minutes=minutes))
    assert Annonce.objects.filter(cle="ouverture").count() == 1
    assert set(Counter(message.to[0] for message in mail.outbox).values()) == {1}
    assert len(mail.outbox) == Courriel.objects.count() == 7


def test_an_opening_killed_in_the_middle_leaves_nothing_half_open(monkeypatch):
    table = found(PARIS)
    table.answer(0, instant=at(PARIS, 3, 20, 10))
    with monkeypatch.context() as broken:
        kill_at(broken, actions.depouillement, "write_partages", 1)
        with pytest.raises(Killed):
            veiller(table.tour.cloture_le)
    assert Tour.objects.get(pk=table.tour.pk).etat == EtatTour.OUVERT
    assert not Resultat.objects.exists()
    veiller(table.tour.cloture_le + HEURE)
    assert Resultat.objects.count() == 1
    assert Courriel.objects.filter(cle__contains="resultat").count() == 7


def test_a_mail_server_that_is_down_for_an_hour_loses_nothing(monkeypatch):
    table = found(REUNION)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(OSError("panne")))
        veiller(table.tour.ouvre_le)
    assert not mail.outbox
    veiller(table.tour.ouvre_le + HEURE)
    assert len(mail.outbox) == 7


class TestHorlogeDeDemo:
    """The clock of a demo, and of a demo only, is moved forward by a command."""

    def test_it_moves_forward_and_says_what_time_it_is(self, settings):
        settings.DEMO = True
        told = StringIO()
        call_command("avancer_horloge", jours=21, stdout=told)
        call_command("avancer_horloge", heures=3, stdout=told)
        assert horloge.read_decalage() == timedelta(days=21, hours=3)
        assert told.getvalue().count("il est maintenant") == 2

    def test_it_never_goes_back(self, settings):
        settings.DEMO = True
        with pytest.raises(CommandError, match="avance"):
            call_command("avancer_horloge", jours=-1)
        assert horloge.read_decalage() == timedelta()

    def test_elsewhere_nothing_moves(self, settings, tmp_path):
        settings.DEMO = False
        with pytest.raises(CommandError, match="démonstration"):
            call_command("avancer_horloge", jours=1)
        (tmp_path / horloge.FICHIER).write_text("86400", encoding="ascii")
        assert horloge.read_decalage() == timedelta()


def test_a_mandate_begins_on_its_day_where_people_live(monkeypatch):
    """One that begins on 1 March is in force from 20:00 UTC the day before, in La Réunion."""
    drh = build_acteur_de(build_demarche(fuseau=REUNION), Role.DRH, debut=date(2027, 3, 1))
    client = client_for(drh)
    for instant, status in ((at(REUNION, 2, 28, 23, 59), 404), (at(REUNION, 3, 1, 0), 200)):
        set_horloge(monkeypatch, instant)
        assert client.get(f"/m/{drh.mandat_id}/").status_code == status
