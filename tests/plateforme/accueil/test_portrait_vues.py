"""The portrait as it is served: each state of a territory, its files, its fragment, and bad addresses."""

import csv
import gzip
import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.plateforme.territoires.fabrique import AGEN, GRAND_PARIS, LYON, PAYS_BASQUE, load_petite_france

from communaccord.plateforme.territoires.models import Carte, Commune, Epci

pytestmark = [pytest.mark.django_db, pytest.mark.base]
AIX_MARSEILLE, DOUARNENEZ = "200054807", "242900645"
CAP_EXCELLENCE, BREST, SAINTES, AMIENS = "200018653", "242900314", "200036473", "248000531"
HAUT_PAYS_DU_VELAY = "244300307"


@pytest.fixture
def au_23_novembre(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))


def read_page(client, siren, **parameters):
    response = client.get(reverse("accueil:portrait", kwargs={"siren": siren}), parameters)
    assert response.status_code == 200
    assert b"<script>" not in response.content
    return " ".join(unescape(response.content.decode()).split())  # every space, no-break or not, is one space


def read_text(page):
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_pays_basque_opens_on_its_true_sentence(client):
    load_petite_france()
    assert (
        "La communauté d’agglomération du Pays Basque réunit 158 communes et 325 721 habitants ; son conseil "
        "compte 231 sièges constatés quand la règle ordinaire en donne 232 : sans doute un siège vacant."
    ) in read_page(client, PAYS_BASQUE)


@pytest.mark.parametrize(
    ("siren", "sentence"),
    [
        (AGEN, "exactement ceux que donne la règle ordinaire"),
        (CAP_EXCELLENCE, "peut-être un accord local, mais Pointe-à-Pitre serait hors des limites"),
        (BREST, "sans doute des sièges supplémentaires décidés par les communes"),
        (SAINTES, "le registre national des élus est incomplet pour son conseil"),
        (AMIENS, "un écart que cette règle n’explique pas seule"),
        (GRAND_PARIS, "204 sièges constatés, suit des règles qui lui sont propres"),
        (LYON, "son conseil suit des règles qui lui sont propres"),
    ],
)
def test_each_state_of_a_council_is_said_in_the_sentence(client, siren, sentence):
    load_petite_france(siren)
    assert sentence in read_page(client, siren)


def test_what_only_one_reading_of_the_law_admits_is_to_be_confirmed(client):
    load_petite_france(HAUT_PAYS_DU_VELAY)
    text = read_text(read_page(client, HAUT_PAYS_DU_VELAY))
    assert "admis si le minimum d’un siège suffit, ce que le texte laisse ouvert" in text
    assert "Communes : Montregard, Raucoules." in text


@pytest.mark.parametrize("siren", [LYON, GRAND_PARIS])
def test_out_of_scope_is_said_and_everything_else_shown(client, siren):
    load_petite_france(siren)
    page = read_page(client, siren)
    assert "Hors du champ de la règle ordinaire" in page
    assert "Règle ordinaire" not in page
    assert 'id="carte"' in page
    assert 'id="table-communes"' in page
    assert 'id="calendrier"' in page


def test_lyon_is_not_asked_the_instances_of_an_epci(client):
    load_petite_france(LYON)
    page = read_page(client, LYON)
    assert "n’est pas une intercommunalité mais une collectivité" in page
    assert "Conférence des maires" not in page


def test_no_page_shows_the_code_of_a_commune_instead_of_its_name(client):
    load_petite_france(DOUARNENEZ)
    text = read_text(read_page(client, DOUARNENEZ))
    assert "29046" not in text
    assert "aurait plus de la moitié des sièges (Douarnenez)." in text


def test_the_words_of_the_first_sentence_are_explained_under_it(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE)
    head = page[: page.index('id="territoire"')]
    for word in ("terme-constates", "terme-ordinaire"):
        assert f'popovertarget="{word}"' in head
        assert page.count(f'id="{word}"') == 1


def test_nothing_optional_is_called_compulsory(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE)
    assert "C’est une faculté, jamais une obligation." in page
    for nom in ("Commissions thématiques", "Comité consultatif", "COPIL", "COTECH"):
        block = page[page.index(nom) :][:600]
        assert "obligatoire</span>" not in block.split("</li>")[0]


def test_what_is_remembered_is_never_shown_as_established(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE)
    block = page[page.index(">Présidence<") :].split("</li>")[0]
    assert "obligatoire ; article à confirmer" in block
    assert "de mémoire, à vérifier" in block
    assert "Vérifié le" not in block, "ce qui est de mémoire n'a pas été vérifié"
    assert "etat-oui" not in block


def test_the_state_of_the_texts_is_said_once_under_the_sources(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE)
    sources = page[page.index('id="sources"') :]
    assert "Le texte publié sur Légifrance fait foi." in sources
    assert "texte lu dans sa version de décembre 2023" in page


def test_a_register_with_gaps_gives_neither_difference_nor_share(client):
    load_petite_france(SAINTES)
    epci = Epci.objects.get(pk=SAINTES)
    held = epci.communes.exclude(sieges_constates=None).first()
    page = read_page(client, SAINTES, commune=held.code)
    assert "Le conseil communautaire, ce que le registre en dit" in page
    mine = read_text(page[page.index('id="mienne-titre"') : page.index('id="territoire"')])
    assert "par rapport à la règle ordinaire" not in mine
    assert "des sièges constatés" not in mine
    assert f"sur {epci.nombre_communes} n’y" in mine
    table = read_text(page[page.index('id="table-communes"') : page.index('id="instances"')])
    assert table.count("non comparable") == epci.nombre_communes + 1
    exported = client.get(reverse("accueil:sieges_csv", kwargs={"siren": SAINTES})).content.decode("utf-8-sig")
    assert exported.count("non comparable") == epci.nombre_communes


def test_a_complete_register_is_compared(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE, commune="64102")
    assert "non comparable" not in page
    assert "Le conseil communautaire tel qu’il est" in page


def test_the_size_of_the_conseil_municipal_is_presumed_and_never_told_for_marseille(client):
    load_petite_france(AIX_MARSEILLE)
    presumed = "présumé d’après la population"
    assert presumed in read_page(client, AIX_MARSEILLE, commune="13001")
    marseille = read_page(client, AIX_MARSEILLE, commune="13055")
    assert presumed not in marseille
    assert "nous ne l’avons pas vérifié" in marseille


def test_the_debate_on_the_budget_is_a_window_and_a_landmark(client, au_23_novembre):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE)
    line = read_text(page[: page.index("Débat d’orientation budgétaire 2027") + 300].rsplit("<li", 1)[1])
    assert "du 4 février 2027 au mercredi 14 avril 2027" in line.split("Débat")[0]
    assert "Repère." in line


def test_the_calendar_is_the_one_of_today(client, au_23_novembre):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE)
    assert "Le calendrier du mandat, au 23 novembre 2026" in page
    assert "avant le 15 mars 2027" in page
    assert "le lundi 14 décembre 2026" in page
    assert "(le lundi 21 décembre 2026 si une commune au moins a voté au second tour)" in page


def test_the_calendar_says_when_the_useful_departure_is_past(client, monkeypatch):
    load_petite_france()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 2, 1, 9, tzinfo=UTC))
    page = read_page(client, PAYS_BASQUE)
    assert "était le lundi 14 décembre 2026" in page
    assert "restent possibles" in page


def test_the_date_is_the_one_of_the_territory(client, monkeypatch):
    load_petite_france(CAP_EXCELLENCE)  # Guadeloupe
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert "au 22 novembre 2026" in read_page(client, CAP_EXCELLENCE)


def test_my_commune_is_pinned_everywhere(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE, commune="64483", tri="nom")
    assert "Ma commune : Saint-Jean-de-Luz" in page
    assert "commune commune-mienne" in page
    rows = re.findall(r'<tr role="row"[^>]*>.*?</tr>', page)
    assert 'class="mienne"' in rows[1]
    assert "Saint-Jean-de-Luz" in rows[1]


@pytest.mark.parametrize("code", ["99999", "64102\0", "%", "<script>", "é" * 500])
def test_a_commune_that_is_not_here_is_said(client, code):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE, commune=code)
    assert "Commune non trouvée ici" in page


def test_sorting_and_filtering_without_javascript(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE, tri="-constates", filtre="saint jean")
    assert 'aria-sort="descending"' in page
    text = read_text(page)
    assert "répondent à «" in text
    assert "Saint-Jean-Pied-de-Port" in text
    assert "Total de ces communes" in text
    assert "Hendaye" not in read_text(page[page.index('id="table-communes"') :])


def test_an_unknown_sort_and_a_filter_without_letter_change_nothing(client):
    load_petite_france()
    assert "Bayonne" in read_page(client, PAYS_BASQUE, tri="';drop", filtre="%_\0")


def test_a_filter_that_nothing_answers_says_so(client):
    load_petite_france()
    assert "Aucune commune ne répond" in read_page(client, PAYS_BASQUE, filtre="zzz")


def test_my_commune_stays_when_the_filter_does_not_name_it(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE, commune="64102", filtre="hendaye")
    assert "1 commune sur 158 répond à" in page
    table = read_text(page[page.index('id="table-communes"') :])
    assert "Bayonne" in table
    assert "Hendaye" in table
    assert "Anglet" not in table


def test_the_fragment_is_the_table_of_the_page(client):
    load_petite_france()
    address = reverse("accueil:portrait", kwargs={"siren": PAYS_BASQUE})
    whole = client.get(address, {"filtre": "saint", "commune": "64102"})
    part = client.get(address, {"filtre": "saint", "commune": "64102"}, headers={"HX-Request": "true"})
    assert part.content.decode().strip() in whole.content.decode()
    assert b"<html" not in part.content
    assert "HX-Request" in whole["Vary"]


@pytest.mark.parametrize("siren", [AMIENS, PAYS_BASQUE])
def test_the_number_of_queries_does_not_depend_on_the_number_of_communes(client, django_assert_num_queries, siren):
    load_petite_france(AMIENS, PAYS_BASQUE)
    with django_assert_num_queries(4):  # EPCI, communes, carte, provenances
        read_page(client, siren)
    with django_assert_num_queries(2):  # EPCI, communes
        client.get(reverse("accueil:portrait", kwargs={"siren": siren}), headers={"HX-Request": "true"})


def test_a_map_that_is_missing_is_said(client):
    load_petite_france(AGEN)
    Carte.objects.all().delete()
    assert "Les contours de ces communes manquent" in read_page(client, AGEN)


def test_a_commune_without_seat_is_never_a_zero(client):
    load_petite_france(AGEN)
    Commune.objects.filter(pk="47001").update(sieges_constates=None)
    Epci.objects.filter(pk=AGEN).update(constat_complet=False)
    assert "non constaté" in read_page(client, AGEN)


def test_search_engines_find_a_title_a_description_and_one_address(client):
    load_petite_france()
    page = read_page(client, PAYS_BASQUE, commune="64102")
    assert '<link rel="canonical" href="http://testserver/territoires/200067106/">' in page
    assert 'name="description" content="Communauté d’agglomération du Pays Basque' in page
    assert "noindex" not in page


def test_158_communes_hold_in_100_kilobytes(client):
    load_petite_france()
    page = client.get(reverse("accueil:portrait", kwargs={"siren": PAYS_BASQUE})).content
    assert len(gzip.compress(page, 6)) < 100_000


UNKNOWN = ["200067107", "123", "abc", "64102", "%00", "2000671061234567", "é" * 30, "200067106%00", "-1"]


@pytest.mark.parametrize("siren", UNKNOWN)
@pytest.mark.parametrize("suffix", ["", "sieges.csv", "sieges.xlsx", "calendrier.ics"])
def test_an_unknown_territory_is_a_page_that_helps(client, siren, suffix):
    load_petite_france()
    response = client.get(f"/territoires/{siren}/{suffix}")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Aucune intercommunalité ne porte le numéro" in page
    assert 'id="q"' in page


@pytest.mark.parametrize("siren", ["200067107", "64102"])
def test_the_closest_territory_is_proposed(client, siren):
    load_petite_france()
    page = client.get(f"/territoires/{siren}/").content.decode()
    assert 'href="/territoires/200067106/"' in page


def test_the_csv_opens_in_a_french_spreadsheet(client):
    load_petite_france()
    response = client.get(reverse("accueil:sieges_csv", kwargs={"siren": PAYS_BASQUE}))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "sieges-200067106.csv" in response["Content-Disposition"]
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 159
    assert rows[1][:3] == ["64102", "Bayonne", "53312"]
    assert rows[1][3].startswith("0,16")
    assert sum(int(row[4] or 0) for row in rows[1:]) == 231
    assert sum(int(row[5]) for row in rows[1:]) == 232


def test_a_name_is_never_a_formula(client):
    load_petite_france(AGEN)
    Commune.objects.filter(pk="47001").update(nom='=HYPERLINK("x")')
    rows = client.get(reverse("accueil:sieges_csv", kwargs={"siren": AGEN})).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in rows
    content = client.get(reverse("accueil:sieges_xlsx", kwargs={"siren": AGEN})).content
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Sièges").to_python()
    assert any(row[1] == '=HYPERLINK("x")' for row in sheet)


def test_the_xlsx_holds_the_table_and_its_sources(client):
    load_petite_france()
    content = client.get(reverse("accueil:sieges_xlsx", kwargs={"siren": PAYS_BASQUE})).content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == ["Sièges", "Sources"]
    rows = book.get_sheet_by_name("Sièges").to_python()
    assert rows[4][:3] == ["64102", "Bayonne", 53312]
    assert rows[-1][1] == "Total"
    assert (rows[-1][2], rows[-1][4], rows[-1][5]) == (325721, 231, 232)
    assert any("INSEE" in str(cell) for row in book.get_sheet_by_name("Sources").to_python() for cell in row)


def test_the_agenda_holds_each_date_once(client, au_23_novembre):
    load_petite_france()
    response = client.get(reverse("accueil:calendrier_ics", kwargs={"siren": PAYS_BASQUE}))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().replace("\r\n ", "").split("\r\n")
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == lines.count("BEGIN:VEVENT") > 10
    assert all(uid.endswith(f"-{PAYS_BASQUE}@communaccord") for uid in uids)
    assert "DTSTAMP:20261123T090000Z" in lines
    starts = [line.removeprefix("DTSTART;VALUE=DATE:") for line in lines if line.startswith("DTSTART")]
    assert min(starts) >= "20261123", "une date passée n'a rien à faire dans un agenda"
    for jour, lendemain, cas in (
        ("20261214", "20261215", "si aucune commune n'a voté au second tour"),
        ("20261221", "20261222", "si une commune au moins a voté au second tour"),
    ):
        start = lines.index(f"SUMMARY:Dernier départ utile du rapport pour trois mois d'avis ({cas})") - 2
        assert lines[start : start + 2] == [f"DTSTART;VALUE=DATE:{jour}", f"DTEND;VALUE=DATE:{lendemain}"]
    descriptions = [line for line in lines if line.startswith("DESCRIPTION:")]
    assert len(descriptions) == len(uids)
    assert all("Fiabilité : " in description for description in descriptions)


def test_the_agenda_is_the_same_at_any_address(client, au_23_novembre, settings):
    load_petite_france(AGEN)
    settings.ALLOWED_HOSTS = ["*"]
    address = reverse("accueil:calendrier_ics", kwargs={"siren": AGEN})
    here, there = (client.get(address, headers={"Host": host}).content for host in ("exemple.fr", "[::1]:8000"))

    def list_uids(content):
        return [line for line in content.replace(b"\r\n ", b"").split(b"\r\n") if line.startswith(b"UID:")]

    assert list_uids(here) == list_uids(there)
    assert b"http://[::1]:8000/" in there


@pytest.mark.parametrize("name", ["portrait", "sieges_csv", "sieges_xlsx", "calendrier_ics"])
def test_only_reading_is_possible(client, name):
    assert client.post(reverse(f"accueil:{name}", kwargs={"siren": PAYS_BASQUE})).status_code == 405
