"""The room and the conduct of a round: list, rule, preparation, launch, follow-up, visits, extension, end."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.plateforme.accords.fabrique import (
    APRES,
    CLOTURE,
    CODE,
    INSTANT,
    build_scenarios,
    build_table,
    draw_and_accept,
    open_table,
    prepare,
)
from tests.plateforme.accords.outils_vues import chemin, get, lire, post
from tests.plateforme.fabriques import build_acteur_de, build_demarche, client_for, list_communes, set_horloge

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.enums import EtatReponse, EtatTour, ModeOuverture, Origine
from communaccord.plateforme.accords.models import Assesseur, RegleDuJeu, Tour
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.courrier.models import Courriel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch, INSTANT)


def fill(table, **values):
    """The form of a round, as a browser would send it."""
    return {
        "titre": "Premier tour fictif",
        "regle": table.regle.pk,
        "mode": "horloge",
        "ouvre_jour": "2026-11-30",
        "ouvre_heure": "09:00",
        "cloture_jour": "2026-12-18",
        "cloture_heure": "18:00",
        "scenarios": [scenario.pk for scenario in table.scenarios],
        **values,
    }


def send(acteur, name, *args, **donnees):
    """Names of these fields keep their underscores."""
    return client_for(acteur).post(chemin(acteur, name, *args), donnees)


class TestTable:
    def test_an_empty_room_says_what_a_round_is_and_the_first_act(self):
        demarche = build_demarche(3)
        page = lire(get(build_acteur_de(demarche, Role.EQUIPE_PROJET), "table"))
        assert "Aucun tour de consultation n'est en cours." in page
        assert "Préparez d'abord la règle du jeu : un tour s'y réfère." in page

    def test_an_elu_is_not_told_that_no_round_goes_on(self):
        table = open_table(3)
        elu = build_acteur_de(table.demarche, Role.CONSEILLER_MUNICIPAL, list_communes(table.demarche)[0])
        page = lire(get(elu, "table"))
        assert "Aucun tour en cours ne vous est ouvert : vous lisez ici les résultats" in page
        assert "Aucun tour de consultation n'est en cours" not in page

    def test_each_person_reads_what_waits_for_them(self):
        table = open_table(3)
        page = lire(get(table.maires[0], "table"))
        assert (
            "Un tour est ouvert jusqu'au vendredi 4 décembre à 18 h. Votre réponse est attendue sur 1 dossier." in page
        )
        post(table.secretaires[0], "repondre", table.tour.pk, 1, version=0, action="garder", position="favorable")
        assert "Votre réponse est commencée." in lire(get(table.maires[0], "table"))
        post(table.secretaires[0], "soumettre", table.tour.pk, version_1=1)
        assert "Votre réponse est prête à valider." in lire(get(table.maires[0], "table"))
        post(table.maires[0], "valider", table.tour.pk, version_1=2, code=CODE)
        assert "Votre réponse est validée." in lire(get(table.maires[0], "table"))
        assert "Votre réponse" not in lire(get(table.equipe, "table"))

    def test_hours_are_those_of_the_territory(self):
        table = open_table(3, fuseau="Indian/Reunion")
        assert "jusqu'au vendredi 4 décembre à 21 h" in lire(get(table.maires[0], "table"))

    def test_who_sits_elsewhere_has_no_such_room(self):
        table = open_table(3)
        assert get(build_acteur_de(table.demarche, Role.AGENT), "table").status_code == 404
        conseiller = build_acteur_de(table.demarche, Role.CONSEILLER_MUNICIPAL)
        assert "Tour fictif" not in lire(get(conseiller, "table"))

    @pytest.mark.parametrize("tours", [1, 3])
    def test_the_number_of_requests_does_not_grow(self, tours, django_assert_num_queries):
        table = build_table(3)
        for rang in range(tours):
            prepare(table, titre=f"Tour {rang}")
        client, adresse = client_for(table.maires[0]), chemin(table.maires[0], "table")
        with django_assert_num_queries(7):
            client.get(adresse)


class TestRegle:
    def test_from_the_proposed_text_to_its_adoption(self):
        equipe = build_acteur_de(build_demarche(3), Role.EQUIPE_PROJET)
        created = post(equipe, "regle_preparer")
        regle = RegleDuJeu.objects.get()
        assert created.url == chemin(equipe, "regle_modifier", regle.pk)
        form = {"mode": "assesseurs", "seuil": "6", "conservation": "12", "titre-1": "Un", "texte-1": "Texte un"}
        client = client_for(equipe)
        assert client.post(created.url, {**form, "titre-2": "", "texte-2": ""}).status_code == 303
        regle.refresh_from_db()
        assert (regle.mode_ouverture, regle.seuil, regle.conservation_mois) == ("assesseurs", 6, 12)
        assert regle.articles == [{"titre": "Un", "texte": "Texte un"}]
        adopter = chemin(equipe, "regle_adopter", regle.pk)
        assert client.post(adopter, {"jour": "", "instance": "x"}).status_code == 422
        assert client.post(adopter, {"jour": "2026-12-25", "instance": "x"}).status_code == 422
        assert client.post(adopter, {"jour": "2026-11-20", "instance": "la conférence"}).status_code == 303
        assert "Adoptée par la conférence le 20 novembre 2026." in lire(get(equipe, "regle", regle.pk))
        assert get(equipe, "regle_modifier", regle.pk).status_code == 303
        assert client.post(created.url, form).status_code == 422

    def test_what_cannot_be_is_given_back_whole(self):
        equipe = build_acteur_de(build_demarche(3), Role.EQUIPE_PROJET)
        post(equipe, "regle_preparer")
        regle = RegleDuJeu.objects.get()
        wrong = {"mode": "horloge", "seuil": "deux", "conservation": "12", "titre-1": "Sans texte", "texte-1": ""}
        response = client_for(equipe).post(chemin(equipe, "regle_modifier", regle.pk), wrong)
        assert response.status_code == 422
        assert "Sans texte" in response.content.decode()
        assert 'value="deux"' in response.content.decode()

    def test_a_project_is_not_shown_to_the_table(self):
        table = build_table(3)
        post(table.equipe, "regle_preparer")
        projet = RegleDuJeu.objects.order_by("-version").first()
        assert get(table.equipe, "regle", projet.pk).status_code == 200
        assert get(table.maires[0], "regle", projet.pk).status_code == 404
        assert post(table.maires[0], "regle_preparer").status_code == 403

    def test_it_is_printed(self):
        table = build_table(3)
        response = get(table.maires[0], "regle_pdf", table.regle.pk)
        assert response.content.startswith(b"%PDF")


class TestPreparer:
    def test_the_form_is_useful_as_it_opens(self):
        table = build_table(3)
        html = get(table.equipe, "preparer").content.decode()
        assert 'value="2026-11-30"' in html
        assert 'value="2026-12-21"' in html
        assert f'value="{table.scenarios[0].pk}"' in html

    def test_a_round_is_prepared_in_the_zone_of_the_territory(self):
        table = build_table(3, scenarios=2, fuseau="Indian/Reunion")
        response = send(table.equipe, "preparer", **fill(table))
        tour = Tour.objects.get()
        assert response.url == chemin(table.equipe, "tour", tour.pk) + "?fait=prepare"
        assert tour.cloture_le == datetime(2026, 12, 18, 14, 0, tzinfo=UTC)
        assert tour.etat == EtatTour.PREPARATION
        page = lire(get(table.equipe, "tour", tour.pk))
        assert "Scénario A : Scénario fictif 1" in page
        assert "En préparation, ouverture prévue le lundi 30 novembre à 9 h." in page

    @pytest.mark.parametrize(
        ("values", "mots"),
        [
            ({"titre": ""}, "Donnez un titre au tour"),
            ({"scenarios": []}, "Cochez au moins un scénario."),
            ({"cloture_jour": "2026-11-29"}, "La clôture vient avant l'ouverture"),
            ({"ouvre_jour": "demain"}, "Donnez le jour et l'heure de l'ouverture."),
            ({"mode": "magie"}, "Dites comment les plis sont ouverts."),
            ({"regle": ""}, "Choisissez la version de la règle du jeu."),
            ({"scenarios": ["999999"]}, "Un choix n'est plus disponible"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(self, values, mots):
        table = build_table(3)
        response = send(table.equipe, "preparer", **fill(table, **values))
        assert response.status_code == 422
        assert mots in lire(response)
        assert 'value="2026-12-18"' in response.content.decode() or "cloture_jour" in values
        assert not Tour.objects.exists()

    def test_it_is_changed_while_it_is_prepared(self):
        table = build_table(3)
        tour = prepare(table)
        assert f'value="{tour.titre}"' in get(table.equipe, "modifier", tour.pk).content.decode()
        response = send(table.equipe, "modifier", tour.pk, **fill(table, titre="Autre titre"))
        assert response.url.endswith("?fait=modifie")
        assert "Autre titre" in lire(get(table.equipe, "tour", tour.pk))

    def test_others_do_not_prepare(self):
        table = build_table(3)
        for acteur in (table.maires[0], build_acteur_de(table.demarche, Role.PRESIDENT)):
            assert get(acteur, "preparer").status_code == 403
            assert send(acteur, "preparer", **fill(table)).status_code == 403

    def test_without_any_scenario_it_says_where_to_go(self):
        equipe = build_acteur_de(build_demarche(3), Role.EQUIPE_PROJET)
        assert "Aucun scénario n'est prêt" in lire(get(equipe, "preparer"))


class TestConduire:
    def test_it_is_launched(self):
        table = build_table(3)
        tour = prepare(table)
        assert post(table.equipe, "lancer", tour.pk).url.endswith("?fait=lance")
        assert "Ouvert jusqu'au vendredi 4 décembre à 18 h." in lire(get(table.maires[0], "tour", tour.pk))
        again = post(table.equipe, "lancer", tour.pk)
        assert again.status_code == 409
        assert "n'est plus en préparation" in lire(again)

    def test_the_button_says_why_not(self):
        table = build_table(3, mode=ModeOuverture.ASSESSEURS)
        tour = prepare(table)
        page = lire(get(table.equipe, "tour", tour.pk))
        assert "Trois maires assesseurs doivent avoir accepté ; à ce jour : 0." in page

    def test_three_assesseurs_are_drawn_and_the_draw_is_told(self):
        table = build_table(4, mode=ModeOuverture.ASSESSEURS)
        tour = prepare(table)
        assert post(table.equipe, "tirage", tour.pk, graine="dit en séance").url.endswith("?fait=tire")
        page = lire(get(table.maires[0], "tour", tour.pk))
        assert page.count("réponse attendue") == 3
        assert "dit en séance" in page
        assert post(table.equipe, "tirage", tour.pk, graine="encore").status_code == 409
        called = Assesseur.objects.get(rang=2)
        assert post(table.equipe, "remplacer", tour.pk, called.pk).url.endswith("?fait=remplace")
        assert "a décliné" in lire(get(table.equipe, "tour", tour.pk))
        assert Assesseur.objects.filter(rang=4).exists()
        assert post(table.maires[0], "remplacer", tour.pk, called.pk).status_code == 403

    def test_the_closing_is_put_off_with_a_reason(self):
        table = open_table(3)
        lieu = (table.equipe, "prolonger", table.tour.pk)
        values = {"jour": "2026-12-11", "heure": "18:00", "motif": "Une semaine de plus"}
        assert post(*lieu, **values | {"motif": ""}).status_code == 422
        assert post(*lieu, **values | {"jour": ""}).status_code == 422
        assert post(*lieu, **values | {"jour": "2026-12-01"}).status_code == 422
        assert post(*lieu, **values).url.endswith("?fait=reporte")
        page = lire(get(table.maires[0], "tour", table.tour.pk))
        assert "vendredi 11 décembre 2026 à 18 h" in page
        assert "Une semaine de plus" in page

    def test_it_is_abandoned_with_a_reason_told_to_all(self):
        table = open_table(3)
        lieu = (table.equipe, "abandonner", table.tour.pk)
        assert post(*lieu, motif="").status_code == 422
        assert post(*lieu, motif="Les chiffres étaient faux").url.endswith("?fait=arrete")
        assert "Les chiffres étaient faux" in lire(get(table.maires[0], "table"))

    def test_a_round_that_cannot_be_opened_is_declared_so(self, monkeypatch):
        table = build_table(3, mode=ModeOuverture.ASSESSEURS)
        prepare(table)
        draw_and_accept(table)
        table.tour = actions.open_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour)
        early = post(table.equipe, "non_depouillable", table.tour.pk, motif="trop tôt")
        assert early.status_code == 422
        set_horloge(monkeypatch, APRES)
        assert "Déclarer non dépouillable" in lire(get(table.equipe, "tour", table.tour.pk))
        done = post(table.equipe, "non_depouillable", table.tour.pk, motif="Deux parts perdues")
        assert done.status_code == 303
        assert "Deux parts perdues" in lire(get(table.maires[0], "table"))

    @pytest.mark.parametrize("name", ["lancer", "tirage", "prolonger", "abandonner", "non_depouillable"])
    def test_others_do_not_conduct(self, name):
        table = build_table(3)
        tour = prepare(table)
        for acteur in (table.maires[0], table.secretaires[0], build_acteur_de(table.demarche, Role.PRESIDENT)):
            assert post(acteur, name, tour.pk, motif="x").status_code == 403
        tour.refresh_from_db()
        assert tour.etat == EtatTour.PREPARATION

    @pytest.mark.parametrize("dossiers", [1, 3])
    def test_the_number_of_requests_does_not_grow(self, dossiers, django_assert_num_queries):
        table = build_table(3)
        for rang in range(dossiers - 1):
            table.scenarios += build_scenarios(table.demarche, 2, f"Dossier fictif {rang}")
        tour = prepare(table)
        client, adresse = client_for(table.equipe), chemin(table.equipe, "tour", tour.pk)
        with django_assert_num_queries(7):
            client.get(adresse)


class TestSuivi:
    def test_it_says_how_far_each_commune_is_and_nothing_else(self):
        table = open_table(3)
        table.answer(0)
        response = get(table.equipe, "suivi", table.tour.pk)
        page = lire(response)
        assert "1 commune sur 3 a validé sa réponse." in page
        assert "Commune 001 validée en ligne" in page
        assert page.count("à venir") == 2
        assert "sous_conditions" not in response.content.decode()

    def test_it_is_for_the_equipe_projet_alone(self):
        table = open_table(3)
        president = build_acteur_de(table.demarche, Role.PRESIDENT)
        for acteur in (table.maires[0], table.secretaires[0], president):
            assert get(acteur, "suivi", table.tour.pk).status_code == 403
            assert post(acteur, "relancer", table.tour.pk, table.maires[1].commune_id).status_code == 403

    def test_a_reminder_goes_once_a_day(self):
        table = open_table(3)
        Courriel.objects.all().delete()
        lieu = (table.equipe, "relancer", table.tour.pk, table.maires[1].commune_id)
        assert post(*lieu).url.endswith("?fait=relance")
        assert Courriel.objects.count() == 2
        again = post(*lieu)
        assert again.status_code == 409
        assert "déjà été relancée" in lire(again)

    def test_an_envelope_is_told_and_no_reminder_is_offered(self):
        table = open_table(1)
        commune = table.maires[0].commune
        actions.register_enveloppe(acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=commune)
        page = lire(get(table.equipe, "suivi", table.tour.pk))
        assert "enveloppe n° 1 reçue" in page
        assert "Rappeler" not in page

    def test_the_paper_answer_is_for_the_equipe_and_for_its_commune(self):
        table = open_table(3)
        commune = table.maires[0].commune_id
        for acteur in (table.equipe, table.maires[0], table.secretaires[0]):
            assert get(acteur, "papier", table.tour.pk, commune).content.startswith(b"%PDF")
        assert get(table.maires[1], "papier", table.tour.pk, commune).status_code == 403

    @pytest.mark.parametrize("communes", [1, 3])
    def test_the_number_of_requests_does_not_grow(self, communes, django_assert_num_queries):
        table = open_table(communes)
        client, adresse = client_for(table.equipe), chemin(table.equipe, "suivi", table.tour.pk)
        with django_assert_num_queries(6):
            client.get(adresse)


class TestRecueillir:
    def lieu(self, table, rang=1):
        return (table.equipe, "recueillir", table.tour.pk, table.maires[1].commune_id, 1)

    def test_what_a_mayor_says_is_written_then_validated_by_the_mayor(self):
        table = open_table(3)
        page = lire(get(*self.lieu(table)))
        assert "Commune 002 paierait" in page
        assert "Mes notes personnelles" not in page
        done = post(*self.lieu(table), version=0, origine="telephone", position="favorable", motif="dit au téléphone")
        assert done.url == chemin(table.equipe, "suivi", table.tour.pk) + "?fait=recueillie"
        reponse = table.get_reponse(1)
        assert (reponse.origine, reponse.etat) == (Origine.TELEPHONE, EtatReponse.BROUILLON)
        assert "dit au téléphone" in lire(get(table.maires[1], "reponse", table.tour.pk))
        again = get(*self.lieu(table))
        assert "dit au téléphone" not in lire(again)
        assert "ce que vous écrivez ici la remplace" in lire(again)

    def test_what_the_mairie_began_is_left_to_it(self):
        table = open_table(3)
        post(table.maires[1], "repondre", table.tour.pk, 1, version=0, action="garder", position="favorable")
        assert get(*self.lieu(table)).status_code == 409
        refused = post(*self.lieu(table), version=1, origine="visite", position="defavorable", motif="mon texte")
        assert refused.status_code == 409
        assert "mon texte" in lire(refused)
        fichier = post(
            table.equipe, "texte_recueilli", *self.lieu(table)[2:], position="defavorable", motif="mon texte"
        )
        assert "mon texte" in fichier.content.decode()

    def test_a_wrong_value_comes_back(self):
        table = open_table(3)
        response = post(*self.lieu(table), version=0, position="favorable", c1_type="annee_min", c1_annee="bientôt")
        assert response.status_code == 422
        assert "bientôt" in response.content.decode()

    def test_not_after_the_closing(self, monkeypatch):
        table = open_table(3)
        set_horloge(monkeypatch, CLOTURE + timedelta(seconds=1))
        assert get(*self.lieu(table)).status_code == 409
        late = post(*self.lieu(table), version=0, position="favorable", motif="trop tard")
        assert late.status_code == 409
        assert "trop tard" in lire(late)

    def test_others_do_not(self):
        table = open_table(3)
        commune = table.maires[1].commune_id
        assert get(table.maires[1], "recueillir", table.tour.pk, commune, 1).status_code == 403
        assert get(table.equipe, "recueillir", table.tour.pk, commune, 7).status_code == 404
