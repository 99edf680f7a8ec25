"""The sheet on its pages: several sittings, mistakes given back, two writers, questions, validation."""

import html
from datetime import timedelta

import pytest
from tests.plateforme.diagnostic.outils_collecte import (
    build_mairie,
    build_ouverte,
    find_ligne,
    name,
    post_volet,
    read_form,
    record,
)
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, list_communes, set_horloge

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.enums import EtatFiche, Volet
from communaccord.plateforme.diagnostic.models import Campagne, DonneePublique, QuestionLigne, Reponse
from communaccord.plateforme.socle import horloge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    set_horloge(monkeypatch)


@pytest.fixture
def monde():
    """An open campaign, a secretary, the sheet, the browser."""
    campagne, equipe = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    return campagne, equipe, secretaire, fiche, client_for(secretaire)


def read(response):
    """The page as it is read: spaces and apostrophes plain."""
    text = html.unescape(response.content.decode())
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def test_every_part_opens_and_says_where_it_stands(monde):
    _, _, secretaire, fiche, client = monde
    for volet in Volet.values:
        page = client.get(chemin(secretaire, "diagnostic:volet", fiche.pk, volet))
        assert page.status_code == 200
    assert "26 lignes à remplir" in read(client.get(chemin(secretaire, "diagnostic:fiche", fiche.pk)))


def test_a_part_is_saved_and_leads_to_the_next(monde):
    _, _, secretaire, fiche, client = monde
    champs = read_form(fiche, "reperes")
    typed = {"population__valeur": "1 234", "frais_personnel__valeur": "123 456,78 €"}
    response = post_volet(client, secretaire, fiche, "reperes", {**champs, "source": "Comptes"}, **typed)
    assert response.status_code == 302
    assert response["Location"] == chemin(secretaire, "diagnostic:volet", fiche.pk, "personnel") + "?fait=enregistre"
    kept = {r.ligne.cle: r for r in Reponse.objects.select_related("ligne")}
    assert {cle: r.valeurs for cle, r in kept.items()} == {
        "population": {"valeur": 123_400},
        "frais_personnel": {"valeur": 12_345_678},
    }
    assert {(r.annee, r.source, r.qualite) for r in kept.values()} == {(2025, "Comptes", "estime")}
    page = read(client.get(chemin(secretaire, "diagnostic:volet", fiche.pk, "reperes")))
    assert 'value="123 456,78"' in page
    assert "2 lignes sur 4" in page


def test_what_is_wrong_is_given_back_and_the_rest_is_kept(monde):
    _, _, secretaire, fiche, client = monde
    champs = read_form(fiche, "personnel")
    response = post_volet(
        client,
        secretaire,
        fiche,
        "personnel",
        champs,
        voirie_effectifs__agents="2",
        voirie_effectifs__departs="3",
        ecoles_effectifs__agents="deux",
        ecoles_effectifs__etp="1,5",
        secretariat_effectifs__agents="1",
    )
    assert response.status_code == 422
    page = read(response)
    assert [r.ligne.cle for r in Reponse.objects.all()] == ["secretariat_effectifs"]
    assert 'value="deux"' in page
    assert 'value="1,5"' in page
    assert "3 points à corriger" not in page
    assert "2 points à corriger" in page
    assert f'href="#{name(fiche, "voirie_effectifs", "departs")}"' in page
    assert "il y en a plus que d'agents" in page
    assert Reponse.objects.get().valeurs == {"agents": 100}


def test_a_year_that_cannot_be_read_stops_the_figures_and_keeps_the_text(monde):
    _, _, secretaire, fiche, client = monde
    champs = {**read_form(fiche, "reperes"), "annee": "l'an dernier"}
    response = post_volet(client, secretaire, fiche, "reperes", champs, population__valeur="1 234")
    assert response.status_code == 422
    assert not Reponse.objects.exists()
    page = read(response)
    assert 'value="1 234"' in page
    assert "Écrivez l'année sur quatre chiffres" in page


def test_a_year_to_come_is_refused_line_by_line(monde):
    _, _, secretaire, fiche, client = monde
    champs = {**read_form(fiche, "reperes"), "annee": "2099"}
    response = post_volet(client, secretaire, fiche, "reperes", champs, population__valeur="1 234")
    assert response.status_code == 422
    assert "2099 n'est pas encore venue" in read(response)
    assert not Reponse.objects.exists()


def test_i_do_not_know_sets_recorded_figures_aside_in_one_gesture(monde):
    _, _, secretaire, fiche, client = monde
    typed = {"voirie_effectifs__agents": "2", "voirie_effectifs__etp": "1,5"}
    post_volet(client, secretaire, fiche, "personnel", read_form(fiche, "personnel"), **typed)
    shown = read_form(fiche, "personnel")
    changed = post_volet(
        client, secretaire, fiche, "personnel", shown, voirie_effectifs__inconnu="oui", voirie_effectifs__etp="2"
    )
    assert changed.status_code == 422
    assert post_volet(client, secretaire, fiche, "personnel", shown, voirie_effectifs__inconnu="oui").status_code == 302
    reponse = Reponse.objects.get()
    assert (reponse.inconnu, reponse.valeurs) == (True, {})


@pytest.mark.parametrize("typed", [{"inconnu": "oui"}, {"valeur": "je ne sais pas"}, {"valeur": "?"}])
def test_i_do_not_know_is_an_answer_of_a_figure(monde, typed):
    _, _, secretaire, fiche, client = monde
    over = {f"population__{champ}": texte for champ, texte in typed.items()}
    assert post_volet(client, secretaire, fiche, "reperes", read_form(fiche, "reperes"), **over).status_code == 302
    reponse = Reponse.objects.get()
    assert (reponse.inconnu, reponse.valeurs) == (True, {})


def test_choices_are_kept_by_their_value(monde):
    _, _, secretaire, fiche, client = monde
    post_volet(client, secretaire, fiche, "partages", read_form(fiche, "partages"), voirie_partage__valeur="3")
    post_volet(client, secretaire, fiche, "possibles", read_form(fiche, "possibles"), voirie_besoin__valeur="?")
    kept = {r.ligne.cle: (r.valeurs, r.inconnu) for r in Reponse.objects.select_related("ligne")}
    assert kept == {"voirie_partage": ({"valeur": "3"}, False), "voirie_besoin": ({}, True)}


def test_a_line_says_its_own_year_and_source(monde):
    _, _, secretaire, fiche, client = monde
    champs = {**read_form(fiche, "reperes"), "source": "Comptes", "qualite": "etabli"}
    typed = {"population__valeur": "1 234", "population__annee": "2023", "population__qualite": "estime"}
    post_volet(client, secretaire, fiche, "reperes", champs, depenses_fonctionnement__valeur="500 000", **typed)
    own = {r.ligne.cle: (r.annee, r.source, r.qualite) for r in Reponse.objects.select_related("ligne")}
    assert own == {
        "population": (2023, "Comptes", "estime"),
        "depenses_fonctionnement": (2025, "Comptes", "etabli"),
    }


def test_what_was_not_touched_is_not_written_whoever_changed_it(monde):
    _, equipe, secretaire, fiche, client = monde
    record(secretaire, fiche, "population", valeur=123_400)
    champs = read_form(fiche, "reperes")
    record(equipe, fiche, "population", 1, valeur=150_000)
    response = post_volet(client, secretaire, fiche, "reperes", champs, frais_personnel__valeur="100")
    assert response.status_code == 302
    kept = {r.ligne.cle: (r.valeurs["valeur"], r.version) for r in Reponse.objects.select_related("ligne")}
    assert kept == {"population": (150_000, 2), "frais_personnel": (10_000, 1)}


def test_the_second_of_two_writers_is_told_with_both_texts_then_chooses(monde):
    _, equipe, secretaire, fiche, client = monde
    champs = read_form(fiche, "reperes")
    record(equipe, fiche, "population", valeur=150_000)
    response = post_volet(client, secretaire, fiche, "reperes", champs, population__valeur="1 234")
    assert response.status_code == 409
    page = read(response)
    assert 'value="1 234"' in page
    assert "« 1 500 »" in page
    assert Reponse.objects.get().valeurs == {"valeur": 150_000}
    shown = {**champs, name(fiche, "population", "version"): "1", name(fiche, "population", "lu"): "autre"}
    assert f'name="{name(fiche, "population", "version")}" value="1"' in page
    assert post_volet(client, secretaire, fiche, "reperes", shown, population__valeur="1 234").status_code == 302
    assert Reponse.objects.get().valeurs == {"valeur": 123_400}


def test_closed_meanwhile_nothing_is_written_and_the_text_is_given_back(monde):
    campagne, equipe, secretaire, fiche, client = monde
    champs = read_form(fiche, "reperes")
    actions.close_campagne(acteur=equipe, instant=INSTANT, campagne=campagne)
    response = post_volet(client, secretaire, fiche, "reperes", champs, population__valeur="1 234")
    assert response.status_code == 409
    assert 'value="1 234"' in read(response)
    assert not Reponse.objects.exists()
    assert "sans réponse" in read(client.get(chemin(secretaire, "diagnostic:volet", fiche.pk, "reperes")))


def test_a_question_goes_with_the_part_and_its_answer_comes_back_on_the_line(monde):
    campagne, equipe, secretaire, fiche, client = monde
    champs = read_form(fiche, "reperes")
    response = post_volet(client, secretaire, fiche, "reperes", champs, population__question="Laquelle ?")
    assert response["Location"].endswith("?fait=enregistre_question")
    question = QuestionLigne.objects.get()
    assert (question.texte, question.posee_par) == ("Laquelle ?", secretaire.nom)
    desk = client_for(equipe)
    assert "1 question attend" in read(desk.get(chemin(equipe, "diagnostic:questions", campagne.pk)))
    adresse = chemin(equipe, "diagnostic:question_repondre", question.pk)
    assert desk.post(adresse, {"reponse": " "}).status_code == 422
    assert desk.post(adresse, {"reponse": "La municipale."}).status_code == 302
    assert desk.post(adresse, {"reponse": "Une autre."}).status_code == 409
    assert "La municipale." in read(client.get(chemin(secretaire, "diagnostic:volet", fiche.pk, "reperes")))
    assert "a répondu à la question posée" in read(client.get(chemin(secretaire, "accueil:chez_moi")))


def test_a_question_asked_twice_by_a_reload_is_asked_once(monde):
    _, _, secretaire, fiche, client = monde
    for _ in range(2):
        post_volet(client, secretaire, fiche, "avis", read_form(fiche, "avis"), avis_besoins__question="Pour qui ?")
    assert QuestionLigne.objects.count() == 1


def test_a_public_datum_is_taken_in_one_click_and_never_over_an_answer(monde):
    _, _, secretaire, fiche, client = monde
    DonneePublique.objects.create(
        demarche=fiche.campagne.demarche,
        commune=fiche.commune,
        cle="population_municipale",
        centiemes=117_200,
        annee=2023,
        source="Insee",
        importee_par="essai",
        importee_le=INSTANT,
    )
    adresse = chemin(secretaire, "diagnostic:volet", fiche.pk, "reperes")
    assert "1 172 habitants en 2023 (Insee)" in read(client.get(adresse))
    ligne = find_ligne(fiche.campagne, "population")
    typed = {"reprendre": str(ligne.pk), name(fiche, "frais_personnel"): "50"}
    assert client.post(adresse, {**read_form(fiche, "reperes"), **typed}).status_code == 302
    reponse = Reponse.objects.get(ligne=ligne)
    assert (reponse.valeurs, reponse.annee, reponse.source) == ({"valeur": 117_200}, 2023, "Insee")
    assert (reponse.origine, reponse.qualite) == ("publique", "etabli")
    assert Reponse.objects.count() == 2
    client.post(adresse, read_form(fiche, "reperes"))
    reponse.refresh_from_db()
    assert (reponse.origine, reponse.version) == ("publique", 1)


def test_a_sheet_is_validated_read_then_taken_up_again(monde):
    _, _, secretaire, fiche, client = monde
    record(secretaire, fiche, "voirie_effectifs", agents=200, masse_salariale=6_512_345)
    page = read(client.get(chemin(secretaire, "diagnostic:fiche", fiche.pk)))
    assert "25 lignes restent sans réponse" in page
    assert client.post(chemin(secretaire, "diagnostic:fiche_valider", fiche.pk)).status_code == 302
    lecture = read(client.get(chemin(secretaire, "diagnostic:volet", fiche.pk, "personnel")))
    assert "2 agents ; rémunérations chargées : 65 123,45 €" in lecture
    assert "<form" not in lecture.split("<main")[1]
    assert client.post(chemin(secretaire, "diagnostic:fiche_rouvrir", fiche.pk)).status_code == 302
    fiche.refresh_from_db()
    assert fiche.etat == EtatFiche.EN_COURS


def test_another_mairie_knows_nothing_of_a_sheet(monde):
    campagne, _, secretaire, fiche, _ = monde
    record(secretaire, fiche, "voirie_effectifs", agents=300, masse_salariale=7_654_321)
    other, _ = build_mairie(campagne, 1)
    client = client_for(other)
    for nom, *args in (("fiche",), ("volet", "personnel")):
        assert client.get(chemin(other, f"diagnostic:{nom}", fiche.pk, *args)).status_code == 404
    for nom in ("fiche_valider", "fiche_rouvrir"):
        assert client.post(chemin(other, f"diagnostic:{nom}", fiche.pk)).status_code == 404
    assert post_volet(client, other, fiche, "personnel", {}).status_code == 404


def test_the_drh_reads_a_sheet_and_writes_nothing(monde):
    campagne, _, secretaire, fiche, _ = monde
    record(secretaire, fiche, "voirie_effectifs", agents=300)
    drh = build_acteur_de(campagne.demarche, Role.DRH)
    client = client_for(drh)
    assert "3 agents" in read(client.get(chemin(drh, "diagnostic:volet", fiche.pk, "personnel")))
    assert post_volet(client, drh, fiche, "personnel", read_form(fiche, "personnel")).status_code == 403


def test_the_equipe_fills_the_sheet_of_the_intercommunalite_which_is_asked_less():
    campagne, equipe = build_ouverte()
    fiche = campagne.fiches.get(commune=None)
    client = client_for(equipe)
    page = read(client.get(chemin(equipe, "diagnostic:fiche", fiche.pk)))
    assert "18 lignes à remplir" in page
    assert client.get(chemin(equipe, "diagnostic:volet", fiche.pk, "possibles")).status_code == 404
    post_volet(client, equipe, fiche, "reperes", read_form(fiche, "reperes"), population__valeur="9 000")
    assert client.post(chemin(equipe, "diagnostic:fiche_valider", fiche.pk)).status_code == 302


def test_a_secretary_of_three_communes_goes_from_one_to_the_next():
    campagne, _ = build_ouverte()
    un, deux, trois = list_communes(campagne.demarche)
    secretaire = build_acteur_de(campagne.demarche, Role.SECRETAIRE, un)
    others = [
        build_acteur_de(campagne.demarche, Role.SECRETAIRE, commune, personne=secretaire.mandat.personne)
        for commune in (deux, trois)
    ]
    page = read(client_for(secretaire).get(chemin(secretaire, "diagnostic:accueil")))
    for other in others:
        assert f'href="{chemin(other, "diagnostic:accueil")}">{other.commune.nom}</a>' in page


@pytest.mark.parametrize(("jours", "est", "avant"), [(1, "est", "Avant le"), (-1, "était", "Attendu pour le")])
def test_a_day_that_is_gone_is_not_told_as_to_come(monde, jours, est, avant):
    campagne, _, secretaire, fiche, client = monde
    jour = horloge.read_jour("Europe/Paris") + timedelta(days=jours)
    Campagne.objects.filter(pk=campagne.pk).update(echeance=jour)
    assert f"Elle {est} attendue pour le" in read(client.get(chemin(secretaire, "diagnostic:fiche", fiche.pk)))
    sont = {"est": "sont", "était": "étaient"}[est]
    assert f"Les réponses {sont} attendues" in read(client.get(chemin(secretaire, "diagnostic:accueil")))
    assert avant in read(client.get(chemin(secretaire, "accueil:chez_moi")))
