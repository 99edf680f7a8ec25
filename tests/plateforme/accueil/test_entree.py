"""The entrance and the search: what they say, in which order they answer, and what they do with anything typed."""

from html import unescape

import pytest
from django.urls import reverse
from tests.plateforme.territoires.fabrique import AGEN, GRAND_PARIS, LYON, PAYS_BASQUE, load_petite_france

from communaccord.plateforme.accueil.queries.recherche import REPONSES_MAX, read_noms, search_territoires
from communaccord.plateforme.territoires.models import Commune
from communaccord.plateforme.territoires.recherche import build_cle, build_nom_court

pytestmark = [pytest.mark.django_db, pytest.mark.base]


def find(typed):
    return [row.nom for row in search_territoires(typed).reponses]


def read_page(client, typed=None, **headers):
    name, parameters = ("accueil:entree", {}) if typed is None else ("accueil:recherche", {"q": typed})
    response = client.get(reverse(name), parameters, headers=headers)
    assert response.status_code == 200
    assert b"<script>" not in response.content
    return " ".join(unescape(response.content.decode()).split())  # every space, no-break or not, is one space


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bayonne", "Bayonne"),
        ("BAYONNE", "Bayonne"),
        ("hasparren", "Hasparren"),
        ("pays basque", "CA du Pays Basque"),
        ("pays-basque", "CA du Pays Basque"),
        ("communaute d'agglomeration du pays basque", "CA du Pays Basque"),
        ("CA du Pays Basque", "CA du Pays Basque"),
        ("200067106", "CA du Pays Basque"),
        ("64102", "Bayonne"),
        ("st jean de luz", "Saint-Jean-de-Luz"),
        ("saint jean pied", "Saint-Jean-Pied-de-Port"),
        ("ustari", "Ustaritz"),
        ("luz", "Saint-Jean-de-Luz"),
        ("luz jean", "Saint-Jean-de-Luz"),
        ("œyregave", None),
    ],
)
def test_what_is_typed_finds_the_territory(typed, first):
    load_petite_france()
    assert (find(typed) or [None])[0] == first


def test_the_search_follows_the_data_put_in_place():
    load_petite_france(PAYS_BASQUE)
    assert find("agen") == []
    load_petite_france(PAYS_BASQUE, AGEN)
    assert find("agen")[0] == "Agen"
    load_petite_france(PAYS_BASQUE)
    assert find("agen") == []


def test_a_territory_that_has_just_gone_is_left_out():
    load_petite_france()
    assert find("bayonne") == ["Bayonne"]
    Commune.objects.filter(pk="64102").delete()  # another process loads a new version between two queries
    assert find("bayonne") == []


def test_before_the_data_nothing_is_found_and_nothing_is_kept():
    assert find("bayonne") == []
    load_petite_france()
    assert find("bayonne") == ["Bayonne"]


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "%%%___", "'; drop table", "\\", "«»", "?" * 120])
def test_signs_of_the_database_are_only_signs(typed):
    load_petite_france()
    assert len(search_territoires(typed).reponses) <= REPONSES_MAX
    if not build_cle(typed):
        assert search_territoires(typed).reponses == ()


def test_a_sign_of_the_database_is_not_a_joker():
    load_petite_france()
    assert find("bay%nne") == []
    assert find("bay_nne") == []


def test_answers_are_cut_and_say_so(client):
    load_petite_france()
    assert len(search_territoires("a").reponses) == REPONSES_MAX
    assert "Les 12 premières réponses ; précisez" in read_page(client, "a")


def test_a_misspelt_name_is_guessed(client):
    load_petite_france()
    assert next(row.nom for row in search_territoires("bayone").propositions) == "Bayonne"
    assert "Cherchiez-vous… ?" in read_page(client, "bayone")


def test_one_good_word_is_enough_to_propose():
    load_petite_france()
    assert [row.nom for row in search_territoires("mairie de bayonne").propositions] == ["Bayonne"]


def test_nothing_found_says_what_to_do(client):
    load_petite_france()
    page = read_page(client, "zzzzzz")
    assert "Aucun territoire ne répond à « zzzzzz »" in page
    assert "Essayez le nom officiel" in page


def test_a_commune_leads_to_the_portrait_where_it_is_pinned(client):
    load_petite_france()
    assert 'href="/territoires/200067106/?commune=64102"' in read_page(client, "bayonne")


def test_each_answer_says_its_departement(client):
    load_petite_france()
    assert "Commune, Pyrénées-Atlantiques (64)" in read_page(client, "bayonne")


def test_an_island_outside_any_epci_is_said_plainly(client):
    load_petite_france()
    page = read_page(client, "brehat")
    assert "n’est membre d’aucune intercommunalité à fiscalité propre au 1er janvier 2026" in page
    assert "?commune=22016" not in page


def test_an_overseas_collectivity_is_said_plainly(client):
    load_petite_france()
    assert "Les collectivités d’outre-mer ont leurs propres règles" in read_page(client, "noumea")


def test_lyon_and_grand_paris_are_found():
    load_petite_france(LYON, GRAND_PARIS)
    assert "Métropole de Lyon" in find("metropole lyon")
    assert "Métropole du Grand Paris" in find("grand paris")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("é" * 121, "Ce nom est trop long : 120 caractères suffisent"),
        ("x" * 100_000, "Ce nom est trop long"),
        ("pau\0", "Ce texte contient un caractère invisible"),
        ("%%%", "Tapez au moins une lettre ou un chiffre"),
        ("<script>alert(1)</script>", "Aucun territoire ne répond"),
        ("🦆🦆", "Tapez au moins une lettre ou un chiffre"),
    ],
)
def test_garbage_gets_a_clear_sentence(client, typed, said):
    load_petite_france()
    assert said in read_page(client, typed)


def test_an_empty_search_is_only_a_field(client):
    load_petite_france()
    page = read_page(client, "")
    assert 'name="q"' in page
    assert "data-dit" not in page
    assert client.get(reverse("accueil:recherche")).status_code == 200


@pytest.mark.parametrize("typed", ["bayonne", "zzzzzz", "%", "pau\0", ""])
def test_the_fragment_is_a_part_of_the_page(client, typed):
    load_petite_france()
    address = reverse("accueil:recherche")
    whole = client.get(address, {"q": typed})
    part = client.get(address, {"q": typed}, headers={"HX-Request": "true"})
    assert part.content.decode().strip() in whole.content.decode()
    assert b"<html" not in part.content
    assert "HX-Request" in whole["Vary"]


def test_the_number_of_queries_does_not_depend_on_the_answers(client, django_assert_num_queries):
    load_petite_france(PAYS_BASQUE, AGEN)
    read_noms.cache_clear()
    with django_assert_num_queries(4):  # version, names of EPCI, names of communes, one commune
        read_page(client, "bayonne")
    with django_assert_num_queries(2):  # version, one commune
        read_page(client, "bayonne")
    with django_assert_num_queries(3):  # the same, and the EPCI found
        read_page(client, "a")
    with django_assert_num_queries(2):  # a misspelt name costs no more
        read_page(client, "bayone")


def test_the_entrance_says_what_it_is_and_shows_a_true_example(client, django_assert_num_queries):
    load_petite_france()
    with django_assert_num_queries(5):  # two counts; EPCI, communes and map of the example
        page = read_page(client)
    assert "Tapez le nom de votre intercommunalité ou de votre commune" in page
    assert "son conseil compte 231 sièges constatés quand la règle ordinaire en donne 232" in page
    assert "Rien n’est gardé" in page
    assert '<link rel="canonical" href="http://testserver/">' in page


def test_the_entrance_before_the_data_says_what_to_run(client):
    page = read_page(client)
    assert "charger_reference" in page
    assert 'id="q"' not in page
    assert "Un exemple" not in page


def test_robots_find_every_portrait(client):
    load_petite_france(PAYS_BASQUE, AGEN)
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    plan = client.get("/sitemap.xml").content.decode()
    assert plan.startswith("<?xml")
    assert "<loc>http://testserver/territoires/200067106/</loc>" in plan
    assert plan.count("<loc>") == 3


@pytest.mark.parametrize("name", ["entree", "recherche", "robots", "plan_du_site"])
def test_only_reading_is_possible(client, name):
    assert client.post(reverse(f"accueil:{name}")).status_code == 405


@pytest.mark.parametrize(
    ("nom", "court"),
    [
        ("CA du Pays Basque", "pays basque"),
        ("CC de l'Oisans", "oisans"),
        ("CC Le Grésivaudan", "gresivaudan"),
        ("CU d'Arras", "arras"),
        ("Métropole du Grand Paris", "metropole du grand paris"),
        ("CC La", "la"),
        ("CC", ""),
    ],
)
def test_an_epci_is_known_by_its_short_name(nom, court):
    assert build_nom_court(nom) == court


def test_a_key_is_short_whatever_is_typed():
    assert build_cle("a " * 100) == " ".join("a" * 8)
    assert build_cle("é" * 500) == "e" * 120
