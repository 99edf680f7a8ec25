"""The answer of a commune: starting from the earlier round, what error reports keep, for whom the page opens."""

from datetime import timedelta

import pytest
from tests.plateforme.accords.fabrique import (
    APRES,
    CODE,
    INSTANT,
    SECRET_PLI,
    open_table,
    prepare,
)
from tests.plateforme.accords.outils_vues import chemin, get, lire, post
from tests.plateforme.accords.test_views_reponse import SAISIE
from tests.plateforme.fabriques import build_acteur_de, client_for, set_horloge

from communaccord.plateforme.accords import actions
from communaccord.plateforme.comptes.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch, INSTANT)


@pytest.fixture
def table():
    return open_table(3)


class TestTourPrecedent:
    def test_the_next_round_starts_from_the_answer_of_the_last_one(self, table, monkeypatch):
        for rang in range(3):
            table.answer(rang)
        set_horloge(monkeypatch, APRES)
        actions.veiller(APRES)
        table.tour.refresh_from_db()
        suite = {"ouvre_le": APRES, "cloture_le": APRES + timedelta(days=10), "precedent": table.tour}
        prepare(table, titre="Second tour", **suite)
        table.tour = actions.open_tour(acteur=table.equipe, instant=APRES, tour=table.tour)
        maire = table.maires[0]
        assert "Partir de ma réponse du tour précédent" in lire(get(maire, "repondre", table.tour.pk, 1))
        wrong = post(maire, "partir_du_precedent", table.tour.pk, 1, version=0, code="1111 2222")
        assert wrong.status_code == 422
        done = post(maire, "partir_du_precedent", table.tour.pk, 1, version=0, code=CODE)
        assert done.url == chemin(maire, "repondre", table.tour.pk, 1)
        assert SECRET_PLI in get(maire, "repondre", table.tour.pk, 1).content.decode()

    def test_a_commune_that_gave_no_answer_is_not_offered_to_start_from_it(self, table, monkeypatch):
        table.answer(0)
        set_horloge(monkeypatch, APRES)
        actions.veiller(APRES)
        table.tour.refresh_from_db()
        suite = {"ouvre_le": APRES, "cloture_le": APRES + timedelta(days=10), "precedent": table.tour}
        prepare(table, titre="Second tour", **suite)
        table.tour = actions.open_tour(acteur=table.equipe, instant=APRES, tour=table.tour)
        offered = "Partir de ma réponse du tour précédent"
        assert offered in lire(get(table.maires[0], "repondre", table.tour.pk, 1))
        assert offered not in lire(get(table.maires[1], "repondre", table.tour.pk, 1))

    def test_a_first_round_has_none(self, table):
        assert get(table.maires[0], "partir_du_precedent", table.tour.pk, 1).status_code == 404


class TestRapportsDErreur:
    @pytest.mark.parametrize("name", ["repondre", "brouillon", "texte", "valider", "plis", "partir_du_precedent"])
    def test_what_is_sent_is_kept_out_of_the_reports_of_errors(self, table, name):
        rang = () if name == "valider" else (1,)
        response = post(table.maires[0], name, table.tour.pk, *rang, version=0, code=CODE, **SAISIE)
        assert response.wsgi_request.sensitive_post_parameters == "__ALL__"


class TestPourQui:
    @pytest.mark.parametrize("name", ["reponse", "repondre", "plis"])
    def test_those_who_act_for_no_commune_have_no_such_page(self, table, name):
        rang = () if name == "reponse" else (1,)
        for acteur in (table.equipe, build_acteur_de(table.demarche, Role.PRESIDENT)):
            assert get(acteur, name, table.tour.pk, *rang).status_code == 404

    def test_each_commune_has_its_own_and_no_other(self, table):
        post(table.maires[0], "repondre", table.tour.pk, 1, version=0, action="garder", **SAISIE)
        for acteur in (table.maires[1], table.secretaires[2]):
            page = get(acteur, "repondre", table.tour.pk, 1).content.decode()
            assert "Notre équipe suffit" not in page
            assert "234,50" not in page

    def test_a_round_of_another_demarche_is_not_there(self, table):
        autre = open_table(2)
        assert get(autre.maires[0], "repondre", table.tour.pk, 1).status_code == 404
        assert get(table.maires[0], "repondre", table.tour.pk, 9).status_code == 404

    @pytest.mark.parametrize("communes", [1, 3])
    @pytest.mark.parametrize(("name", "suite", "count"), [("repondre", (1,), 9), ("reponse", (), 8)])
    def test_the_number_of_requests_does_not_grow(self, communes, name, suite, count, django_assert_num_queries):
        table = open_table(communes)
        client, adresse = client_for(table.maires[0]), chemin(table.maires[0], name, table.tour.pk, *suite)
        with django_assert_num_queries(count):
            client.get(adresse)
