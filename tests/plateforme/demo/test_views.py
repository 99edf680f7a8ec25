"""The entrance of the demo: open on a demo, absent elsewhere."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.plateforme.fabriques import INSTANT, build_compte, build_demarche, build_mandat, list_communes, set_horloge

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte, Mandat
from communaccord.plateforme.demo.reglages import CODE, MOT_DE_PASSE
from communaccord.plateforme.demo.territoire.noms import EPCI
from communaccord.plateforme.territoires.models import Demarche

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    demarche = build_demarche(communes=8, nom_epci=EPCI)
    petite = list_communes(demarche)[-1]

    def build(cle, role, *args):
        return build_mandat(demarche, role, *args, compte=build_compte(f"{cle}@val.example"))

    return {
        "equipe": build("equipe", Role.EQUIPE_PROJET),
        "maire": build("maire", Role.MAIRE, petite),
        "secretaire": build("secretaire", Role.SECRETAIRE, petite),
        "autre": build("autre", Role.MAIRE, list_communes(demarche)[3]),
    }


def test_the_entrance_lists_one_account_a_role_and_tells_the_password(demo, django_assert_num_queries):
    with django_assert_num_queries(3):
        response = Client().get("/demo/")
    page = response.content.decode()
    assert response.status_code == 200
    assert MOT_DE_PASSE in page
    assert CODE in page
    for cle in ("equipe", "maire", "secretaire"):
        assert f"/demo/entrer/{demo[cle].pk}/" in page
    assert f"/demo/entrer/{demo['autre'].pk}/" not in page


def test_an_empty_demo_says_what_to_do(settings):
    settings.DEMO = True
    page = Client().get("/demo/").content.decode()
    assert "communaccord demo" in page
    assert MOT_DE_PASSE not in page


def test_a_door_signs_in_and_leads_to_the_page_of_that_hat(demo):
    client = Client()
    response = client.post(f"/demo/entrer/{demo['maire'].pk}/")
    assert response.status_code == 302
    assert response.url == f"/m/{demo['maire'].pk}/"
    assert client.session["_auth_user_id"] == str(demo["maire"].personne.compte_id)


def test_a_mandate_that_is_not_a_door_does_not_open(demo):
    client = Client()
    assert client.post(f"/demo/entrer/{demo['autre'].pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "change",
    [
        lambda mandat: Compte.objects.filter(pk=mandat.personne.compte_id).update(email="quelqu-un@vrai.fr"),
        lambda mandat: Compte.objects.filter(pk=mandat.personne.compte_id).update(is_staff=True),
        lambda mandat: Mandat.objects.filter(pk=mandat.pk).update(fin=INSTANT.date() - timedelta(days=1)),
    ],
    ids=["une adresse qui joint quelqu'un", "l'administration du site", "un mandat fini"],
)
def test_a_door_leads_only_to_an_invented_account_in_force(demo, monkeypatch, change):
    set_horloge(monkeypatch, INSTANT)
    change(demo["maire"])
    client = Client()
    assert f"/demo/entrer/{demo['maire'].pk}/" not in client.get("/demo/").content.decode()
    assert client.post(f"/demo/entrer/{demo['maire'].pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_demo_is_not_loaded_beside_a_real_demarche(settings):
    settings.DEMO = True
    build_demarche(fictive=False, siren="200000000")
    with pytest.raises(CommandError, match="territoire réel"):
        call_command("charger_demo")
    assert not Demarche.objects.filter(fictive=True).exists()


def test_a_mandate_of_another_demarche_does_not_open(demo):
    reel = build_mandat(build_demarche(), Role.EQUIPE_PROJET)
    assert Client().post(f"/demo/entrer/{reel.pk}/").status_code == 404


def test_a_get_does_not_sign_in(demo):
    client = Client()
    assert client.get(f"/demo/entrer/{demo['maire'].pk}/").status_code == 405
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("methode", ["get", "post"])
def test_nothing_of_it_exists_outside_a_demo(demo, settings, methode):
    settings.DEMO = False
    client = Client()
    assert getattr(client, methode)("/demo/").status_code == 404
    assert getattr(client, methode)(f"/demo/entrer/{demo['maire'].pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_door_asks_for_the_token_of_the_form(demo):
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/demo/entrer/{demo['maire'].pk}/").status_code == 403
