"""Pages of people: in whose name one acts, the room of persons, codes; what each role sees, and at what cost."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.plateforme.fabriques import (
    INSTANT,
    build_acteur_de,
    build_compte,
    build_demarche,
    build_mandat,
    client_for,
    client_for_compte,
    give_code,
    list_communes,
    set_horloge,
)

from communaccord.plateforme.comptes.codes import check_code
from communaccord.plateforme.comptes.enums import EQUIPE, Role
from communaccord.plateforme.comptes.models import Compte, Mandat, Personne
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.territoires.enums import EtatDemarche

pytestmark = pytest.mark.django_db
GETS = ("", "ajouter/", "importer/", "modele.xlsx")


@pytest.fixture
def equipe():
    return build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)


def test_one_hat_leads_straight_to_its_page(equipe):
    answer = client_for(equipe).get("/mes-demarches/")
    assert answer["Location"] == f"/m/{equipe.mandat_id}/"


def test_several_hats_are_told_apart(equipe):
    first, second, _ = list_communes(equipe.demarche)
    compte = build_compte("mairie@example.fr")
    maire = build_mandat(equipe.demarche, Role.MAIRE, first, compte=compte)
    secretaires = [build_mandat(equipe.demarche, Role.SECRETAIRE, c, compte=compte) for c in (first, second)]
    page = client_for_compte(compte).get("/mes-demarches/").content.decode()
    for mandat in (maire, *secretaires):
        assert f'href="/m/{mandat.pk}/"' in page
        assert mandat.personne.nom.replace("'", "’")[:20] in page.replace("&#39;", "’").replace("'", "’")
    assert "fictif" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_hats_cost_the_same_whatever_their_number(count, django_assert_num_queries):
    demarche = build_demarche()
    compte = build_compte()
    for commune in list_communes(demarche)[:count]:
        build_mandat(demarche, Role.SECRETAIRE, commune, compte=compte)
    client = client_for_compte(compte)
    with django_assert_num_queries(3):
        assert client.get("/mes-demarches/?choisir").status_code == 200


def test_a_mandate_that_is_over_opens_nothing(equipe, monkeypatch):
    mandat = build_mandat(equipe.demarche, Role.CONSULTANT, fin=INSTANT.date())
    client = client_for_compte(mandat.personne.compte)
    set_horloge(monkeypatch, INSTANT)
    assert client.get(f"/m/{mandat.pk}/").status_code == 200
    set_horloge(monkeypatch, INSTANT + timedelta(days=1))
    assert client.get(f"/m/{mandat.pk}/").status_code == 404
    assert "Aucun mandat" in client.get("/mes-demarches/").content.decode()


def test_the_last_day_ends_where_people_live(equipe, monkeypatch):
    demarche = build_demarche(fuseau="Indian/Reunion")
    mandat = build_mandat(demarche, Role.CONSULTANT, fin=INSTANT.date())
    client = client_for_compte(mandat.personne.compte)
    for heures, statut in ((10.9, 200), (11, 404)):
        set_horloge(monkeypatch, INSTANT + timedelta(hours=heures))
        assert client.get(f"/m/{mandat.pk}/").status_code == statut


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("page", GETS)
def test_the_room_of_persons_is_open_to_the_equipe_only(role, page):
    acteur = build_acteur_de(build_demarche(), role)
    answer = client_for(acteur).get(f"/m/{acteur.mandat_id}/personnes/{page}")
    assert answer.status_code == (200 if role in EQUIPE else 403)


def test_without_an_account_one_signs_in_first(equipe):
    for adresse in (f"/m/{equipe.mandat_id}/personnes/", "/mes-demarches/", "/compte/", "/compte/administration/"):
        answer = Client().get(adresse)
        assert answer["Location"].startswith("/compte/login/?next="), adresse


def test_the_people_of_another_demarche_are_out_of_reach(equipe):
    other = build_mandat(build_demarche(), Role.MAIRE)
    base = f"/m/{equipe.mandat_id}/personnes"
    client = client_for(equipe)
    assert client.get(f"{base}/{other.personne_id}/").status_code == 404
    for suite in (f"{other.personne_id}/code/", f"{other.personne_id}/inviter/", f"mandats/{other.pk}/finir/"):
        assert client.post(f"{base}/{suite}", {"fin": "2026-12-01"}).status_code == 404
    assert client.get(f"{base}/communes/{other.commune_id}/renouveler/").status_code == 404
    assert client.get(f"/m/{other.pk}/personnes/").status_code == 404


def test_adding_somebody_by_the_form(equipe):
    client = client_for(equipe)
    adresse = f"/m/{equipe.mandat_id}/personnes/ajouter/"
    answer = client.post(adresse, {"nom": "", "role": "maire", "courriel": "non"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('href="#id_') == 3
    commune = list_communes(equipe.demarche)[0]
    values = {"nom": "La maire", "role": "maire", "commune": commune.pk, "courriel": "maire@example.fr"}
    answer = client.post(adresse, values)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "La personne est ajoutée" in page
    assert "Code personnel" in page


def test_the_page_of_somebody_corrects_invites_ends_and_gives_hats(equipe):
    mandat = build_mandat(equipe.demarche, Role.MAIRE)
    base = f"/m/{equipe.mandat_id}/personnes/{mandat.personne_id}/"
    client = client_for(equipe)
    assert client.post(base, {"nom": "", "courriel": ""}).status_code == 422
    assert client.post(base, {"nom": "Autre", "courriel": "autre@example.fr"}).status_code == 302
    assert client.post(f"{base}inviter/").status_code == 302
    assert "/mes-demarches/" in Courriel.objects.get(sujet__contains="la démarche de mutualisation").corps
    assert client.post(f"{base}mandat/", {"role": "secretaire"}).status_code == 422
    assert client.post(f"{base}mandat/", {"role": "vice_president"}).status_code == 302
    finir = f"/m/{equipe.mandat_id}/personnes/mandats/{mandat.pk}/finir/"
    assert client.post(finir, {"fin": "hier"}).status_code == 422
    assert client.post(finir, {"fin": "2026-12-31"}).status_code == 302
    page = client.get(base).content.decode()
    assert "Autre" in page
    assert "31\xa0décembre 2026" in page


def test_a_code_is_shown_once_or_printed_and_replaced_by_the_mayor(equipe, monkeypatch):
    set_horloge(monkeypatch)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    adresse = f"/m/{equipe.mandat_id}/personnes/{maire.personne_id}/code/"
    client = client_for(equipe)
    answer = client.post(adresse)
    code = re.search(r"<strong>(\d{4} \d{4})</strong>", answer.content.decode()).group(1)
    assert "no-store" in answer["Cache-Control"]
    assert code not in client.get(f"/m/{equipe.mandat_id}/personnes/{maire.personne_id}/").content.decode()
    mon_code = f"/m/{maire.mandat_id}/mon-code/"
    mine = client_for(maire)
    faulty = {"ancien": code, "nouveau": "1618 0339", "encore": "1618 0338"}
    assert mine.post(mon_code, faulty).status_code == 422
    assert mine.post(mon_code, {**faulty, "encore": "1618 0339"})["Location"].endswith("?fait=choisi")
    check_code(personne=maire.mandat.personne, code="16180339", instant=INSTANT)
    letter = client.post(adresse, {"lettre": "oui"})
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF")


@pytest.mark.parametrize("role", [r for r in Role.values if r not in ("maire", "president", "vice_president")])
def test_roles_without_a_code_are_told_why(role):
    acteur = build_acteur_de(build_demarche(), role)
    answer = client_for(acteur).get(f"/m/{acteur.mandat_id}/mon-code/")
    assert answer.status_code == 403
    assert "ne valide rien" in answer.content.decode()


def test_the_letter_of_a_mairie_without_address(equipe):
    personne = build_mandat(equipe.demarche, Role.MAIRE, avec_compte=False).personne
    answer = client_for(equipe).get(f"/m/{equipe.mandat_id}/personnes/{personne.pk}/lettre/")
    assert answer.content.startswith(b"%PDF")


def count_queries(client, adresse):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(adresse).status_code == 200
    return len(captured)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(count, django_assert_num_queries):
    demarche = build_demarche(communes=3)
    equipe = build_acteur_de(demarche, Role.EQUIPE_PROJET)
    for commune in list_communes(demarche)[:count]:
        build_mandat(demarche, Role.MAIRE, commune)
    client = client_for(equipe)
    with django_assert_num_queries(5):
        client.get(f"/m/{equipe.mandat_id}/personnes/")


def test_158_communes_under_15_queries_and_100_ms():
    demarche = build_demarche(communes=158)
    equipe = build_acteur_de(demarche, Role.EQUIPE_PROJET)
    communes = list_communes(demarche)
    comptes = Compte.objects.bulk_create(Compte(email=f"mairie{n}@example.fr") for n in range(158))
    rows = [Personne(demarche=demarche, compte=compte, nom=f"Personne {n}") for n, compte in enumerate(comptes * 2)]
    personnes = Personne.objects.bulk_create(rows)
    roles = [Role.MAIRE] * 158 + [Role.SECRETAIRE] * 158
    Mandat.objects.bulk_create(
        Mandat(personne=personne, role=role, commune=commune, debut="2026-04-01")
        for personne, role, commune in zip(personnes, roles, communes * 2, strict=True)
    )
    client = client_for(equipe)
    adresse = f"/m/{equipe.mandat_id}/personnes/"
    assert count_queries(client, adresse) < 15
    seen = [len(re.findall(r"/renouveler/", client.get(f"{adresse}?page={n}").content.decode())) for n in (1, 2, 3)]
    assert seen == [149, 150, 17]
    times = []
    for _ in range(5):
        start = time.process_time()
        client.get(adresse)
        times.append(time.process_time() - start)
    assert min(times) < 0.1, times


def test_the_filter_finds_by_words_role_and_state(equipe):
    first, second, _ = list_communes(equipe.demarche)
    build_mandat(equipe.demarche, Role.MAIRE, first)
    build_mandat(equipe.demarche, Role.SECRETAIRE, second, avec_compte=False)
    client = client_for(equipe)
    base = f"/m/{equipe.mandat_id}/personnes/"
    for query, found in (
        ("q=commune+001", ["Commune 001"]),
        ("role=secretaire", ["Commune 002"]),
        ("etat=sans+adresse", ["Commune 002"]),
        ("q=rien-de-tel", []),
    ):
        page = client.get(f"{base}?{query}").content.decode()
        assert [c for c in ("Commune 001", "Commune 002") if f">{c}<span" in page] == found


class TestSecondFacteur:
    """The équipe projet has seven days."""

    @pytest.fixture
    def neuve(self, monkeypatch):
        acteur = build_acteur_de(build_demarche(), Role.EQUIPE_PROJET, debut=INSTANT.date())
        Compte.objects.update(date_joined=INSTANT)
        return acteur

    @pytest.mark.parametrize(("jours", "statut"), [(0, 200), (6, 200), (7, 302), (400, 302)])
    def test_the_days_are_counted(self, neuve, monkeypatch, jours, statut):
        set_horloge(monkeypatch, INSTANT + timedelta(days=jours))
        client = client_for(neuve, second_facteur=False)
        answer = client.get(f"/m/{neuve.mandat_id}/personnes/")
        assert answer.status_code == statut
        if statut == 302:
            assert answer["Location"] == f"/compte/second-facteur/?next=%2Fm%2F{neuve.mandat_id}%2Fpersonnes%2F"
            assert client.get(answer["Location"]).status_code == 200
        else:
            assert "Un second facteur avant le 30" in answer.content.decode()

    def test_with_one_nothing_is_asked(self, neuve, monkeypatch):
        set_horloge(monkeypatch, INSTANT + timedelta(days=8))
        client = client_for(neuve, second_facteur=False)
        Authenticator.objects.create(user=neuve.mandat.personne.compte, type="recovery_codes", data={})
        assert client.get(f"/m/{neuve.mandat_id}/personnes/").status_code == 302
        Authenticator.objects.create(user=neuve.mandat.personne.compte, type="webauthn", data={})
        page = client.get(f"/m/{neuve.mandat_id}/personnes/").content.decode()
        assert "Un second facteur avant" not in page

    def test_never_in_the_demo(self, neuve, monkeypatch, settings):
        settings.DEMO = True
        set_horloge(monkeypatch, INSTANT + timedelta(days=8))
        assert client_for(neuve, second_facteur=False).get(f"/m/{neuve.mandat_id}/personnes/").status_code == 200

    @pytest.mark.parametrize("role", [r for r in Role.values if r not in EQUIPE])
    def test_no_other_role_is_asked(self, role):
        acteur = build_acteur_de(build_demarche(), role)
        assert client_for(acteur).get(f"/m/{acteur.mandat_id}/").status_code == 200


def test_a_demarche_that_waits_says_so_on_every_page():
    equipe = build_acteur_de(build_demarche(etat=EtatDemarche.A_CONFIRMER), Role.EQUIPE_PROJET)
    page = client_for(equipe).get(f"/m/{equipe.mandat_id}/personnes/").content.decode()
    assert "Démarche à confirmer" in page
    assert 'aria-disabled="true"' in page


def test_a_renewal_by_the_page(equipe):
    mandat = build_mandat(equipe.demarche, Role.MAIRE)
    client = client_for(equipe)
    adresse = f"/m/{equipe.mandat_id}/personnes/communes/{mandat.commune_id}/renouveler/"
    assert mandat.personne.nom.split(" ")[0] in client.get(adresse).content.decode()
    assert client.post(adresse, {}).status_code == 422
    assert client.post(adresse, {"fin": "2026-12-31"}).status_code == 302
    assert Mandat.objects.get(pk=mandat.pk).fin.isoformat() == "2026-12-31"


def test_a_provisional_code_is_announced_to_its_owner():
    maire = build_acteur_de(build_demarche(), Role.MAIRE)
    give_code(maire, provisoire=True)
    page = client_for(maire).get(f"/m/{maire.mandat_id}/mon-code/").content.decode()
    assert "Votre code est provisoire" in page


def test_the_list_counts_persons_and_calls_come_those_who_acted(equipe):
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    build_mandat(equipe.demarche, Role.VICE_PRESIDENT, personne=maire.mandat.personne)
    record_acte(acteur=maire, instant=INSTANT, verbe="essai", phrase="a essayé", portee=Portee.PERSONNE)
    page = client_for(equipe).get(f"/m/{equipe.mandat_id}/personnes/").content.decode()
    assert re.search(r"<strong>2\spersonnes</strong>", page)
    assert "2 déjà venues" in page.replace("\xa0", " ").replace("\u202f", " ")
