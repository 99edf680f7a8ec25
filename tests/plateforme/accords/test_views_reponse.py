"""The answer of a commune, page by page: kept, compared, refused with its text, validated, read again, taken back."""

import pytest
from django.urls import reverse
from tests.plateforme.accords.fabrique import (
    APRES,
    CODE,
    INSTANT,
    SECRET_NOTES,
    SECRET_PLI,
    build_elements,
    build_scenarios,
    build_table,
    open_table,
    prepare,
)
from tests.plateforme.accords.outils_vues import chemin, get, lire, post, read_champ
from tests.plateforme.fabriques import set_horloge

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.enums import EtatReponse

pytestmark = pytest.mark.django_db
SAISIE = {
    "position": "sous_conditions",
    "position_visibilite": "pli",
    "motif": "Notre équipe suffit",
    "c1_type": "contribution_max",
    "c1_degre": "condition_indispensable",
    "c1_montant": "1 234,50",
    "c1_visibilite": "pli",
    "priorite": "utile",
    "priorite_visibilite": "partage",
    "notes": "en parler à l'adjoint",
}


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch, INSTANT)


@pytest.fixture
def table():
    return open_table(3)


def open_two_dossiers():
    """A table of two dossiers, whose round is open."""
    built = build_table(3)
    built.scenarios += build_scenarios(built.demarche, 1, "Second dossier fictif")
    prepare(built)
    built.tour = actions.open_tour(acteur=built.equipe, instant=INSTANT, tour=built.tour)
    return built


class TestRepondre:
    def test_the_page_opens_on_what_it_changes_for_my_commune(self, table):
        page = lire(get(table.maires[1], "repondre", table.tour.pk, 1))
        assert "Commune 002 paierait 1 000 € par an, 200 € de moins qu'aujourd'hui (2028)." in page
        assert "Un maximum est jugé sur l'année la plus chère : 2027, environ 1 000 €" in page
        assert "Position du ou de la maire, n'engage pas le conseil municipal." in page
        assert "Si elles sont réunies, je le présente favorablement à mon conseil." in page

    def test_what_is_typed_is_kept_then_shown_again(self, table):
        secretaire = table.secretaires[1]
        response = post(secretaire, "repondre", table.tour.pk, 1, version=0, action="garder", **SAISIE)
        assert response.status_code == 303
        assert response.url == chemin(secretaire, "table") + "?fait=brouillon"
        page = get(table.maires[1], "repondre", table.tour.pk, 1)
        html = page.content.decode()
        assert read_champ(page, "version") == "1"
        assert 'value="1\u202f234,50"' in html
        assert "Notre équipe suffit" in html
        assert "en parler à l&#39;adjoint" in html
        assert 'value="sous_conditions" id="position-2" checked' in html

    def test_the_next_dossier_then_the_whole_answer(self):
        table = open_two_dossiers()
        maire = table.maires[0]
        first = post(maire, "repondre", table.tour.pk, 1, version=0, action="continuer", **SAISIE)
        assert first.url == chemin(maire, "repondre", table.tour.pk, 2)
        second = post(maire, "repondre", table.tour.pk, 2, version=0, action="continuer", position="favorable")
        assert second.url == chemin(maire, "reponse", table.tour.pk)
        page = lire(get(maire, "reponse", table.tour.pk))
        assert "2 réponses à valider sur 2 dossiers : relisez, puis validez." in page
        assert "Ma commune ne paie pas plus de 1 234,50 € par an" in page

    def test_a_wrong_value_comes_back_with_its_sentence_and_the_rest_is_kept(self, table):
        wrong = SAISIE | {"c1_montant": "beaucoup"}
        response = post(table.maires[0], "repondre", table.tour.pk, 1, version=0, action="continuer", **wrong)
        assert response.status_code == 422
        html = response.content.decode()
        assert 'href="#c1-montant"' in html
        assert 'value="beaucoup"' in html
        assert read_champ(response, "version") == "1"
        assert table.get_reponse(0).version == 1

    @pytest.mark.parametrize("name", ["brouillon", "repondre"])
    def test_a_value_that_cannot_be_read_never_erases_the_one_recorded(self, table, name):
        maire = table.maires[0]
        deux = SAISIE | {"c2_type": "annee_min", "c2_annee": "2029"}
        post(maire, "brouillon", table.tour.pk, 1, version=0, **deux)
        wrong = deux | {"c1_montant": "beaucoup", "c2_annee": "2031"}
        response = post(maire, name, table.tour.pk, 1, version=1, action="garder", **wrong)
        said = lire(response)
        assert "sauf ce qui est à corriger. Demande 1 :" in said
        assert "Ce qui y était enregistré avant n'a pas changé." in said
        assert ('value="beaucoup"' in response.content.decode()) is (name == "repondre")
        again = get(maire, "repondre", table.tour.pk, 1).content.decode()
        assert 'value="1\u202f234,50"' in again
        assert 'value="2031"' in again
        assert "beaucoup" not in again

    def test_a_request_taken_out_does_not_come_back_for_a_wrong_one(self, table):
        maire = table.maires[0]
        deux = SAISIE | {"c2_type": "annee_min", "c2_annee": "2029"}
        post(maire, "brouillon", table.tour.pk, 1, version=0, **deux)
        wrong = deux | {"c2_annee": "bientôt"}
        post(maire, "repondre", table.tour.pk, 1, version=1, retirer=1, **wrong)
        again = get(maire, "repondre", table.tour.pk, 1).content.decode()
        assert "234,50" not in again
        assert 'value="2029"' in again

    def test_a_wrong_value_is_no_same_text(self, table):
        post(table.secretaires[0], "brouillon", table.tour.pk, 1, version=0, **SAISIE)
        wrong = SAISIE | {"c2_type": "annee_min", "c2_annee": "bientôt"}
        response = post(table.maires[0], "repondre", table.tour.pk, 1, version=0, action="garder", **wrong)
        assert response.status_code == 409

    def test_a_request_is_removed_without_javascript(self, table):
        maire = table.maires[0]
        deux = SAISIE | {"c2_type": "autre", "c2_texte": "garder le guichet"}
        response = post(maire, "repondre", table.tour.pk, 1, version=0, retirer=1, **deux)
        assert response.url.endswith("#titre-demandes")
        html = get(maire, "repondre", table.tour.pk, 1).content.decode()
        assert "garder le guichet" in html
        assert "234,50" not in html

    def test_a_get_writes_nothing(self, table):
        get(table.maires[0], "repondre", table.tour.pk, 1)
        get(table.maires[0], "reponse", table.tour.pk)
        assert table.get_reponse(0).version == 0


class TestConnexionPerdue:
    def test_the_page_knows_where_to_sign_in_again(self, table):
        html = get(table.maires[0], "repondre", table.tour.pk, 1).content.decode()
        assert f'data-connexion="{reverse("account_login")}"' in html

    def test_the_draft_of_somebody_signed_out_is_led_to_the_sign_in(self, table, client):
        """What the script of the page recognises: a redirection, never the answer of a draft."""
        response = client.post(
            chemin(table.maires[0], "brouillon", table.tour.pk, 1), SAISIE, headers={"Sec-Fetch-Dest": "empty"}
        )
        assert response.status_code == 302
        assert reverse("account_login") in response.url
        assert "X-Brouillon" not in response.headers


class TestBrouillon:
    def test_it_is_kept_as_it_is_typed(self, table):
        response = post(table.maires[0], "brouillon", table.tour.pk, 1, version=0, **SAISIE)
        assert response.headers["X-Brouillon"] == "oui"
        assert read_champ(response, "version") == "1"
        assert "Brouillon enregistré le 23 novembre à 10 h par" in lire(response)
        assert table.get_reponse(0).etat == EtatReponse.BROUILLON

    def test_it_says_what_is_not_complete_yet(self, table):
        wrong = SAISIE | {"c1_montant": ""}
        page = lire(post(table.maires[0], "brouillon", table.tour.pk, 1, version=0, **wrong))
        assert "sauf ce qui est à corriger. Demande 1 : donnez un montant en euros par an" in page

    def test_somebody_else_wrote_meanwhile(self, table):
        post(table.secretaires[0], "brouillon", table.tour.pk, 1, version=0, **SAISIE)
        response = post(table.maires[0], "brouillon", table.tour.pk, 1, version=0, position="favorable")
        assert read_champ(response, "version") == "0"
        assert "Appuyez sur « Enregistrer » pour comparer les deux" in lire(response)

    def test_too_late_it_says_so_and_keeps_nothing(self, table, monkeypatch):
        set_horloge(monkeypatch, APRES)
        page = lire(post(table.maires[0], "brouillon", table.tour.pk, 1, version=0, **SAISIE))
        assert "Le tour est clos" in page
        assert table.get_reponse(0).version == 0


class TestConflit:
    def test_both_versions_are_shown_and_one_chooses_field_by_field(self, table):
        secretaire, maire = table.secretaires[0], table.maires[0]
        post(secretaire, "repondre", table.tour.pk, 1, version=0, action="garder", **SAISIE)
        mine = {"position": "defavorable", "motif": "trop cher", "notes": "à moi"}
        response = post(maire, "repondre", table.tour.pk, 1, version=0, action="continuer", **mine)
        assert response.status_code == 409
        page = lire(response)
        assert "Défavorable : trop cher" in page
        assert "Favorable sous conditions : Notre équipe suffit" in page
        assert "Rien n'est perdu" in page
        choix = {"choix": "oui", "garder_position": "autre", "garder_c1": "autre", "garder_notes": "mienne"}
        version = read_champ(response, "version")
        done = post(maire, "repondre", table.tour.pk, 1, version=version, action="continuer", **mine, **choix)
        assert done.status_code == 303
        kept = lire(get(maire, "reponse", table.tour.pk))
        assert "Favorable sous conditions : Notre équipe suffit" in kept
        assert "1 234,50 € par an" in kept
        assert "à moi" in kept
        assert "trop cher" not in kept

    def test_the_same_text_twice_is_no_conflict(self, table):
        post(table.maires[0], "repondre", table.tour.pk, 1, version=0, action="garder", **SAISIE)
        again = post(table.maires[0], "repondre", table.tour.pk, 1, version=0, action="garder", **SAISIE)
        assert again.status_code == 303
        assert table.get_reponse(0).version == 1

    def test_a_validated_answer_gives_the_text_back(self, table):
        table.answer(0)
        response = post(table.secretaires[0], "repondre", table.tour.pk, 1, version=0, action="garder", **SAISIE)
        assert response.status_code == 409
        assert "Position : Favorable sous conditions : Notre équipe suffit" in lire(response)
        assert SECRET_PLI not in response.content.decode()


class TestCloture:
    def test_the_text_is_given_back_and_can_be_kept_in_a_file(self, table, monkeypatch):
        set_horloge(monkeypatch, APRES)
        maire = table.maires[0]
        response = post(maire, "repondre", table.tour.pk, 1, version=0, action="continuer", **SAISIE)
        assert response.status_code == 409
        page = lire(response)
        assert "Le tour est clos" in page
        assert "Ma commune ne paie pas plus de 1 234,50 € par an" in page
        fichier = post(maire, "texte", table.tour.pk, 1, **SAISIE)
        assert fichier.headers["Content-Disposition"] == 'attachment; filename="ma-reponse.txt"'
        assert "Notre équipe suffit" in fichier.content.decode()
        assert table.get_reponse(0).version == 0

    def test_the_form_leads_to_what_was_answered(self, table, monkeypatch):
        set_horloge(monkeypatch, APRES)
        response = get(table.maires[0], "repondre", table.tour.pk, 1)
        assert response.url == chemin(table.maires[0], "reponse", table.tour.pk)
        assert "n'a pas validé de réponse à ce tour" in lire(get(table.maires[0], "reponse", table.tour.pk))


class TestValider:
    def draft(self, table, rang=0):
        saved = actions.save_brouillon(
            acteur=table.secretaires[rang],
            instant=INSTANT,
            reponse=table.get_reponse(rang),
            version=0,
            elements=build_elements(),
        )
        return saved.version

    def test_the_secretary_hands_over_and_the_mayor_validates(self, table):
        version = self.draft(table)
        handed = post(table.secretaires[0], "soumettre", table.tour.pk, version_1=version)
        assert handed.url.endswith("?fait=soumise")
        page = get(table.maires[0], "reponse", table.tour.pk)
        done = post(table.maires[0], "valider", table.tour.pk, version_1=read_champ(page, "version-1"), code=CODE)
        assert done.url.endswith("?fait=validee")
        assert table.get_reponse(0).etat == EtatReponse.VALIDEE

    def test_a_wrong_code_validates_nothing_and_says_so(self, table):
        version = self.draft(table)
        response = post(table.maires[0], "valider", table.tour.pk, version_1=version, code="1111 2222")
        assert response.status_code == 422
        assert "Ce n'est pas le bon code" in lire(response)
        assert table.get_reponse(0).etat == EtatReponse.BROUILLON

    def test_what_changed_since_it_was_read_is_read_again_first(self, table):
        version = self.draft(table)
        post(table.secretaires[0], "brouillon", table.tour.pk, 1, version=version, position="favorable")
        response = post(table.maires[0], "valider", table.tour.pk, version_1=version, code=CODE)
        assert response.status_code == 409
        assert "a modifié cette réponse entre-temps : relisez-la ici, puis validez" in lire(response)
        assert table.get_reponse(0).etat == EtatReponse.BROUILLON

    def test_the_secretary_has_no_code_to_give(self, table):
        version = self.draft(table)
        assert "Votre code personnel" not in lire(get(table.secretaires[0], "reponse", table.tour.pk))
        response = post(table.secretaires[0], "valider", table.tour.pk, version_1=version, code=CODE)
        assert response.status_code == 403

    def test_without_position_nothing_is_to_be_validated(self, table):
        post(table.maires[0], "repondre", table.tour.pk, 1, version=0, action="garder", notes="plus tard")
        page = lire(get(table.maires[0], "reponse", table.tour.pk))
        assert "Choisissez d'abord votre position sur un dossier." in page
        response = post(table.maires[0], "valider", table.tour.pk, version_1=1, code=CODE)
        assert response.status_code == 422
        assert "Choisissez une position" in lire(response)

    def test_a_received_envelope_is_told_before_the_code_is_typed(self, table):
        self.draft(table)
        commune = table.maires[0].commune
        actions.register_enveloppe(acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=commune)
        page = lire(get(table.maires[0], "reponse", table.tour.pk))
        assert "Enveloppe n° 1 : reçue, fermée." in page
        assert "Votre code personnel" not in page

    def test_once_validated_the_mairie_sees_a_closed_envelope(self, table):
        table.answer(0)
        for acteur in (table.maires[0], table.secretaires[0]):
            response = get(acteur, "reponse", table.tour.pk)
            assert "votre position et 1 demande" in lire(response)
            assert SECRET_PLI not in response.content.decode()
            assert SECRET_NOTES in response.content.decode()


class TestPlis:
    def test_the_code_opens_them_for_the_time_of_a_page(self, table):
        table.answer(0)
        response = post(table.maires[0], "plis", table.tour.pk, 1, geste="relire", code=CODE)
        assert response.status_code == 200
        assert SECRET_PLI in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
        assert SECRET_PLI not in get(table.maires[0], "plis", table.tour.pk, 1).content.decode()

    def test_a_wrong_code_opens_nothing(self, table):
        table.answer(0)
        response = post(table.maires[0], "plis", table.tour.pk, 1, geste="relire", code="1111 2222")
        assert response.status_code == 422
        assert SECRET_PLI not in response.content.decode()
        assert "Ce n'est pas le bon code" in lire(response)

    def test_the_secretary_is_told_why_not(self, table):
        table.answer(0)
        response = get(table.secretaires[0], "plis", table.tour.pk, 1)
        assert "Cet acte revient au ou à la maire" in lire(response)
        refused = post(table.secretaires[0], "plis", table.tour.pk, 1, geste="relire", code=CODE)
        assert refused.status_code == 403

    def test_taken_back_it_is_a_draft_again(self, table):
        version = table.answer(0).version
        maire = table.maires[0]
        response = post(maire, "plis", table.tour.pk, 1, geste="reprendre", code=CODE, version=version)
        assert response.url == chemin(maire, "repondre", table.tour.pk, 1)
        assert SECRET_PLI in get(maire, "repondre", table.tour.pk, 1).content.decode()

    def test_withdrawn_only_the_notes_stay(self, table):
        version = table.answer(0).version
        response = post(table.maires[0], "plis", table.tour.pk, 1, geste="retirer", code=CODE, version=version)
        assert response.url.endswith("?fait=retiree")
        assert table.get_reponse(0).etat == EtatReponse.A_PREPARER
        assert SECRET_NOTES in get(table.maires[0], "reponse", table.tour.pk).content.decode()

    def test_an_unknown_gesture_does_nothing(self, table):
        table.answer(0)
        assert post(table.maires[0], "plis", table.tour.pk, 1, geste="x", code=CODE).status_code == 422

    def test_after_closing_it_is_read_but_not_taken_back(self, table, monkeypatch):
        version = table.answer(0).version
        set_horloge(monkeypatch, APRES)
        page = lire(get(table.maires[0], "plis", table.tour.pk, 1))
        assert "Le tour est clos : la réponse ne se reprend plus." in page
        assert "Reprendre ma réponse" not in page
        late = post(table.maires[0], "plis", table.tour.pk, 1, geste="reprendre", code=CODE, version=version)
        assert late.status_code == 422
        assert "Le tour est clos" in lire(late)
