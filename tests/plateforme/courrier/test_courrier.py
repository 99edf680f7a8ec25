"""Messages: asked once, sent once, tried again five times, seen by those they concern."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.courrier.actions import (
    ESSAIS,
    OUVERTE,
    REPRISE,
    Piece,
    claim,
    post_courriel,
    send_courriels,
)
from communaccord.plateforme.courrier.enums import EtatCourriel
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.territoires.enums import EtatDemarche
from communaccord.plateforme.territoires.models import Demarche

pytestmark = pytest.mark.django_db


def post(cle="un", **values):
    values = {"adresse": "mairie@example.fr", "sujet": "Sujet", "corps": "Texte", "instant": INSTANT, **values}
    return post_courriel(cle=cle, **values)


def test_asked_twice_it_goes_once_with_its_files():
    assert post(pieces=[Piece("seance.ics", "text/calendar", b"BEGIN")]) is not None
    assert post() is None
    assert send_courriels(INSTANT) == 1
    assert send_courriels(INSTANT) == 0
    assert [(m.to, m.subject) for m in mail.outbox] == [(["mairie@example.fr"], "Sujet")]
    assert mail.outbox[0].attachments[0][0] == "seance.ics"
    assert Courriel.objects.get().envoye_le == INSTANT


def test_without_an_address_nothing_is_asked():
    assert post(adresse="") is None
    assert not Courriel.objects.exists()


def test_a_subject_on_several_lines_cannot_add_headers():
    assert post(sujet="Sujet\r\nBcc: autre@example.fr").sujet == "Sujet Bcc: autre@example.fr"


def test_two_workers_never_take_the_same():
    courriel = post()
    stale = Courriel.objects.get(pk=courriel.pk)
    assert claim(courriel, INSTANT)
    assert not claim(stale, INSTANT)


def test_a_message_left_by_a_dead_worker_is_taken_up():
    claim(post(), INSTANT)
    assert send_courriels(INSTANT + REPRISE) == 0
    assert send_courriels(INSTANT + REPRISE + timedelta(seconds=1)) == 1


def test_a_broken_server_is_tried_again_then_left(monkeypatch):
    post()

    def fail(self):
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailMessage, "send", fail)
    states = []
    for _ in range(ESSAIS):
        send_courriels(INSTANT)
        states.append(Courriel.objects.get().etat)
    assert states == [EtatCourriel.A_ENVOYER] * (ESSAIS - 1) + [EtatCourriel.ECHEC]
    assert Courriel.objects.get().erreur == "SMTPServerDisconnected"


def test_a_message_whose_last_try_was_cut_short_is_left():
    post()
    Courriel.objects.update(etat=EtatCourriel.EN_COURS, essais=ESSAIS, pris_le=INSTANT)
    later = INSTANT + REPRISE + timedelta(seconds=1)
    assert send_courriels(later) == 0
    courriel = Courriel.objects.get()
    assert (courriel.etat, courriel.erreur) == (EtatCourriel.ECHEC, "envoi interrompu")
    assert not mail.outbox


@pytest.mark.parametrize(("etat", "attendu"), [("ouverte", 1), ("a_confirmer", 0), ("close", 0)])
def test_nobody_is_written_to_in_the_name_of_a_demarche_that_is_not_open(etat, attendu):
    demarche = build_demarche()
    assert EtatDemarche.OUVERTE == OUVERTE
    Demarche.objects.filter(pk=demarche.pk).update(etat=etat, confirmee_le=INSTANT if etat != "a_confirmer" else None)
    assert (post(demarche_id=demarche.pk) is not None) is bool(attendu)
    assert Courriel.objects.count() == attendu


@pytest.mark.parametrize("role", Role.values)
def test_each_sees_their_own_the_equipe_sees_all(role):
    demarche = build_demarche()
    acteur = build_acteur_de(demarche, role)
    post("à lui", demarche_id=demarche.pk, mandat_id=acteur.mandat_id)
    post("à un autre", demarche_id=demarche.pk)
    post("ailleurs", demarche_id=build_demarche().pk)
    assert Courriel.objects.visible_to(acteur).count() == (2 if acteur.est_equipe else 1)
