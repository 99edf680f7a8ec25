"""The choice of priorities on its pages: prepared, opened, ballots, a closing, what each reads, how many queries."""

import html
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from tests.plateforme.diagnostic.outils_collecte import build_ouverte
from tests.plateforme.diagnostic.outils_priorites import (
    A_POINTS,
    CONTENU,
    build_preparee,
    build_priorisation,
    close,
    list_options,
    vote,
)
from tests.plateforme.fabriques import build_acteur_de, client_for, list_communes, set_horloge

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.forms.priorites import name_champ
from communaccord.plateforme.diagnostic.models import BulletinPriorites, OptionPriorite, Priorisation

pytestmark = pytest.mark.django_db
NOTES = [(2, 1, 0), (2, 1, 0), (2, 0, 1), (1, 2, 0), (2, 1, 1), (0, 2, 1)]
POINTS = [(8, 2, 0), (5, 5, 0), (4, 3, 3), (10, 0, 0), (0, 10, 0), (6, 4, 0)]
MOTS = ("secondaire", "utile", "indispensable")


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    set_horloge(monkeypatch)


def read(response):
    text = html.unescape(response.content.decode())
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def show(acteur, priorisation):
    return client_for(acteur).get(chemin(acteur, "diagnostic:priorisation", priorisation.pk))


def post(acteur, priorisation, mots, suite="deposer", version=0):
    champs = {name_champ(o): mot for o, mot in zip(list_options(priorisation), mots, strict=True)}
    adresse = chemin(acteur, "diagnostic:priorisation_bulletin", priorisation.pk)
    return client_for(acteur).post(adresse, {**champs, "suite": suite, "version": version})


def build_close(contenu=CONTENU, notes=tuple(NOTES)):
    priorisation, equipe, mairies = build_priorisation(contenu=contenu)
    for mairie, note in zip(mairies, notes, strict=False):
        vote(mairie, priorisation, note)
    close(equipe, priorisation)
    priorisation.refresh_from_db()
    return priorisation, equipe, mairies


def test_the_equipe_prepares_edits_and_opens_from_the_needs_of_the_questionnaire():
    _, equipe = build_ouverte()
    client = client_for(equipe)
    assert "Préparer un choix des priorités" in read(client.get(chemin(equipe, "diagnostic:priorites")))
    form = read(client.get(chemin(equipe, "diagnostic:priorisation_creer")))
    assert "Voirie" in form
    fields = {"titre": "Priorités", "question": "Par où ?", "mode": "mentions", "points": "10", "fin": "2026-12-18"}
    wrong = client.post(chemin(equipe, "diagnostic:priorisation_creer"), {**fields, "fin": "", "options": "Voirie"})
    assert wrong.status_code == 422
    assert "Écrivez entre 2 et 60 options" in read(wrong)
    assert "Choisissez le dernier jour" in read(wrong)
    options = "\n".join(line for line in form.split("<textarea")[1].split(">")[1].split("<")[0].split("\n") if line)
    done = client.post(chemin(equipe, "diagnostic:priorisation_creer"), {**fields, "options": options + "\nArchives"})
    assert done.status_code == 302
    row = Priorisation.objects.get()
    assert OptionPriorite.objects.get(libelle="Archives").service == ""
    assert OptionPriorite.objects.exclude(service="").count() == OptionPriorite.objects.count() - 1 > 3
    edited = client.post(
        chemin(equipe, "diagnostic:priorisation_modifier", row.pk),
        {**fields, "titre": "Nos priorités", "options": "Archives\nVoirie", "version": 1},
    )
    assert edited.status_code == 302
    late = client.post(
        chemin(equipe, "diagnostic:priorisation_modifier", row.pk),
        {**fields, "titre": "Autre", "options": "Archives\nVoirie", "version": 1},
    )
    assert late.status_code == 409
    assert 'name="version" value="2"' in read(late)
    assert client.post(chemin(equipe, "diagnostic:priorisation_ouvrir", row.pk)).status_code == 302
    assert client.post(chemin(equipe, "diagnostic:priorisation_ouvrir", row.pk)).status_code == 409
    second = client.post(chemin(equipe, "diagnostic:priorisation_creer"), {**fields, "options": "A\nB"})
    assert second.status_code == 409


def test_a_mairie_keeps_a_draft_then_deposits():
    priorisation, _, mairies = build_priorisation()
    page = read(show(mairies[0], priorisation))
    assert "0 commune sur 6 a déposé son bulletin" in page
    assert post(mairies[0], priorisation, ("utile", "", ""), "brouillon").status_code == 302
    refused = post(mairies[0], priorisation, ("utile", "", "utile"), version=1)
    assert refused.status_code == 422
    assert "Il manque une mention à 1 option : « Urbanisme »." in read(refused)
    assert post(mairies[0], priorisation, ("utile", "indispensable", "utile"), version=1).status_code == 302
    page = read(show(mairies[0], priorisation))
    assert "Déposé" in page
    assert "1 commune sur 6 a déposé son bulletin" in page


def test_a_second_writer_is_told_and_nothing_is_lost():
    priorisation, _, mairies = build_priorisation()
    post(mairies[0], priorisation, ("utile", "utile", "utile"))
    told = post(mairies[0], priorisation, ("secondaire", "utile", "indispensable"))
    assert told.status_code == 409
    page = read(told)
    assert "Ce qui est enregistré maintenant" in page
    assert "Voirie : utile" in page
    assert page.count("checked") == 3
    assert 'name="version" value="1"' in page


def test_points_are_typed_as_numbers():
    priorisation, _, mairies = build_priorisation(contenu=A_POINTS)
    wrong = post(mairies[0], priorisation, ("six", "4", ""))
    assert wrong.status_code == 422
    assert "Écrivez un nombre entier de points" in read(wrong)
    too_many = post(mairies[0], priorisation, ("8", "4", ""))
    assert "2 points de trop" in read(too_many)
    assert post(mairies[0], priorisation, ("6", "4", "")).status_code == 302


def test_nothing_is_told_before_the_closing_nor_below_five_ballots():
    priorisation, equipe, mairies = build_priorisation()
    for mairie, note in zip(mairies[:4], NOTES, strict=False):
        vote(mairie, priorisation, note)
    page = read(show(equipe, priorisation))
    assert "4 communes sur 6 ont déposé" in page
    assert "L'ordre des options" not in page
    assert "Clore et compter" in page
    adresse = chemin(equipe, "diagnostic:priorisation_classeur", priorisation.pk)
    assert client_for(equipe).get(adresse).status_code == 404
    done = client_for(equipe).post(chemin(equipe, "diagnostic:priorisation_clore", priorisation.pk))
    assert done.status_code == 302
    page = read(show(equipe, priorisation))
    assert "en dessous de 5, rien n'est dit" in page
    assert "L'ordre des options" not in page
    assert client_for(equipe).get(adresse).status_code == 404


def test_the_result_says_first_then_shows_both_methods():
    priorisation, _, mairies = build_close()
    page = read(show(mairies[1], priorisation))
    assert "« Voirie » vient en tête : indispensable pour 4 communes sur 6. 6 communes sur 6 ont déposé" in page
    assert "Jugement majoritaire (Balinski et Laraki, 2007)" in page
    assert "Les deux méthodes donnent le même ordre, sur 3 paires d'options." in page
    assert "Le bulletin de" in page
    workbook = CalamineWorkbook.from_filelike(
        BytesIO(
            client_for(mairies[1]).get(chemin(mairies[1], "diagnostic:priorisation_classeur", priorisation.pk)).content
        )
    )
    rows = workbook.get_sheet_by_index(0).to_python()
    voirie = next(row for row in rows if row[0] == "Voirie")
    assert voirie[1:4] == ["1er", "indispensable", "4"]
    assert voirie[-3:] == [1, 1, 4]


def test_ties_are_shown_as_ties_and_in_the_order_of_the_list():
    notes = [(2, 2, 0), (2, 2, 0), (1, 1, 0), (0, 0, 0), (2, 2, 1)]
    priorisation, equipe, _ = build_close(notes=notes)
    page = read(show(equipe, priorisation))
    assert "« Voirie » et « Urbanisme » viennent ensemble en tête, sans que rien ne les départage." in page
    assert page.count("1er, à égalité") >= 2
    assert "2 options sont à égalité et gardent le même rang" in page


def test_points_are_told_with_borda_first():
    priorisation, equipe, _ = build_close(A_POINTS, POINTS)
    page = read(show(equipe, priorisation))
    assert "« Voirie » vient en tête, avec 33 points en tout." in page
    assert "Méthode de Borda, sur 6 bulletins." in page
    assert "3 points ou plus" in page


@pytest.mark.parametrize("role", ["dgs_epci", "president", "drh", "conseiller_municipal", "consultant", "maire"])
def test_the_ballot_of_a_commune_is_on_nobody_else_s_page(role):
    """Planted: one commune alone deposits, and drafts; the words of its ballot reach nobody."""
    priorisation, _, mairies = build_priorisation()
    demarche = priorisation.campagne.demarche
    vote(mairies[0], priorisation, (2, None, None), depose=False)
    autre = list_communes(demarche)[1] if role in ("maire", "conseiller_municipal") else None
    reader = build_acteur_de(demarche, role, autre)
    for name, args in (("diagnostic:priorites", ()), ("diagnostic:priorisation", (priorisation.pk,))):
        page = client_for(reader).get(chemin(reader, name, *args))
        assert page.status_code == 200
        assert "Brouillon gardé" not in read(page)
        assert mairies[0].mandat.personne.nom not in read(page)
        assert " checked" not in read(page)


def test_who_is_outside_reads_nothing():
    priorisation, _, _ = build_priorisation()
    demarche = priorisation.campagne.demarche
    agent = build_acteur_de(demarche, Role.AGENT)
    assert show(agent, priorisation).status_code == 403
    stranger = build_acteur_de(build_preparee()[0].campagne.demarche, Role.MAIRE)
    assert show(stranger, priorisation).status_code == 404
    assert post(build_acteur_de(demarche, Role.DGS_EPCI), priorisation, ("utile",) * 3).status_code == 403
    assert not BulletinPriorites.objects.exists()


def test_what_is_prepared_is_not_shown_to_mairies():
    priorisation, _ = build_preparee()
    mairie = build_acteur_de(
        priorisation.campagne.demarche, Role.MAIRE, list_communes(priorisation.campagne.demarche)[0]
    )
    assert show(mairie, priorisation).status_code == 404
    page = read(client_for(mairie).get(chemin(mairie, "diagnostic:priorites")))
    assert "apparaîtra ici à son ouverture" in page


@pytest.mark.parametrize("communes", [6, 12])
def test_queries_do_not_depend_on_the_communes(communes, django_assert_num_queries):
    priorisation, equipe, mairies = build_priorisation(communes)
    client, adresse = client_for(mairies[0]), chemin(mairies[0], "diagnostic:priorites")
    client.get(adresse)
    with django_assert_num_queries(8):
        client.get(adresse)
    for mairie in mairies:
        vote(mairie, priorisation, (2, 1, 0))
    close(equipe, priorisation)
    with django_assert_num_queries(7):
        client.get(adresse)


def test_the_carnet_takes_the_options_and_never_the_ballot():
    priorisation, equipe, mairies = build_priorisation()
    commune = mairies[0].commune

    def read_part(reader):
        page = read(client_for(reader).get(chemin(reader, "diagnostic:carnet", commune.pk)))
        return page.split('id="priorites"')[1].split("<section")[0]

    before = read_part(equipe)
    assert "Un service des archives" in before
    assert "Le bulletin de la commune est dans « Priorités »" in before
    vote(mairies[0], priorisation, (2, 1, 0))
    assert read_part(equipe) == read_part(mairies[0]) == before
