"""An account made by a stranger, then adopted: nothing that the stranger holds opens it."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.plateforme.fabriques import (
    INSTANT,
    MOT_DE_PASSE,
    build_acteur_de,
    build_compte,
    build_demarche,
    client_for_compte,
    list_communes,
    set_horloge,
)

from communaccord.plateforme.comptes.actions import add_personne
from communaccord.plateforme.comptes.actions.personnes import Entree
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte
from communaccord.plateforme.socle.permis import Conflit

pytestmark = pytest.mark.django_db
ADRESSE = "mairie@victime.example"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def equipe(monkeypatch):
    set_horloge(monkeypatch, INSTANT)
    return build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)


def adopt(equipe, courriel=ADRESSE):
    commune = list_communes(equipe.demarche)[0]
    entree = Entree(nom="Maire", role=Role.MAIRE, commune=commune, courriel=courriel)
    return add_personne(acteur=equipe, instant=INSTANT, entree=entree)


def sign_in(client, **values):
    cache.clear()
    return client.post(reverse("account_login"), {"login": ADRESSE, **values})


def test_a_password_given_at_sign_up_opens_nothing_once_the_mayor_came(equipe):
    pirate, maire = Client(), Client()
    pirate.post(reverse("account_signup"), {"email": ADRESSE, "password1": MOT_DE_PASSE})
    assert not Compte.objects.get(email=ADRESSE).has_usable_password()
    mandat = adopt(equipe)
    sign_in(maire)
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)
    assert maire.post(reverse("account_confirm_login_code"), {"code": code})["Location"] == "/mes-demarches/"
    sign_in(pirate, password=MOT_DE_PASSE)
    pirate.get(reverse("account_email_verification_sent"))
    assert "_auth_user_id" not in pirate.session
    assert pirate.get(f"/m/{mandat.pk}/").status_code == 302
    assert maire.get(f"/m/{mandat.pk}/").status_code == 200


def test_what_an_unproved_account_holds_is_forgotten_when_it_is_adopted(equipe):
    compte = build_compte(ADRESSE, password=MOT_DE_PASSE)
    TOTP.activate(compte, "JBSWY3DPEHPK3PXP")
    pirate = client_for_compte(compte)
    mandat = adopt(equipe)
    compte.refresh_from_db()
    assert not compte.has_usable_password()
    assert not compte.authenticator_set.exists()
    assert pirate.get(f"/m/{mandat.pk}/").status_code == 302


def test_an_account_that_proved_its_address_keeps_its_password(equipe):
    compte = build_compte(ADRESSE, password=MOT_DE_PASSE)
    EmailAddress.objects.filter(user=compte).update(verified=True)
    adopt(equipe)
    compte.refresh_from_db()
    assert compte.check_password(MOT_DE_PASSE)


def test_an_account_of_the_administration_enters_no_invented_demarche():
    build_compte(ADRESSE, is_staff=True)
    equipe = build_acteur_de(build_demarche(fictive=True), Role.EQUIPE_PROJET)
    with pytest.raises(Conflit, match="administre le site"):
        adopt(equipe)
    assert adopt(
        build_acteur_de(build_demarche(fictive=False, siren="200000000"), Role.EQUIPE_PROJET)
    ).personne.compte.is_staff
