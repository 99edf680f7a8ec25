"""How many queries the pages of the collecte make: the same with 3 and 158 communes; who sees what of the follow-up."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.plateforme.diagnostic.outils_collecte import (
    build_mairie,
    build_ouverte,
    find_ligne,
    post_volet,
    read_form,
    record,
)
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, set_horloge

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.projet.catalogue import CATALOGUE

pytestmark = pytest.mark.django_db
# Session, account, mandate in force: asked before any page of a démarche.
DOOR = 3


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    set_horloge(monkeypatch)


def count_queries(acteur, name, *args):
    client = client_for(acteur)
    adresse = chemin(acteur, f"diagnostic:{name}", *args)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(adresse)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("communes", [3, 158])
def test_pages_cost_the_same_however_many_communes(communes):
    campagne, equipe = build_ouverte(communes, services=tuple(service.cle for service in CATALOGUE))
    secretaire, fiche = build_mairie(campagne, 1)
    for cle in ("population", "frais_personnel"):
        record(secretaire, fiche, cle, valeur=1_000)
    ligne = find_ligne(campagne, "population")
    actions.ask_question(acteur=secretaire, instant=INSTANT, fiche=fiche, ligne=ligne, texte="Laquelle ?")
    # The campaign, its sheets, its lines.
    assert count_queries(equipe, "suivi", campagne.pk) == DOOR + 3
    # The campaign, its questions.
    assert count_queries(equipe, "questions", campagne.pk) == DOOR + 2
    # The campaign, its lines, what is proposed.
    assert count_queries(equipe, "questionnaire", campagne.pk) == DOOR + 3
    # The campaign, the counts, my sheet, the lines, the frame, the other mandates, the history.
    assert count_queries(secretaire, "accueil") == DOOR + 7
    # The same but the mandates; what awaits the équipe projet, in one.
    assert count_queries(equipe, "accueil") == DOOR + 7
    # The sheet, the lines, the answers, the questions, the history.
    assert count_queries(secretaire, "fiche", fiche.pk) == DOOR + 5
    # The sheet, the lines, the answers, the questions; public data where a line has some.
    assert count_queries(secretaire, "volet", fiche.pk, "reperes") == DOOR + 5
    assert count_queries(secretaire, "volet", fiche.pk, "personnel") == DOOR + 4


def test_saving_a_part_reads_its_answers_once_and_writes_what_changed():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    client, champs = client_for(secretaire), read_form(fiche, "reperes")
    with CaptureQueriesContext(connection) as untouched:
        assert post_volet(client, secretaire, fiche, "reperes", champs).status_code == 302
    assert not [q for q in untouched if q["sql"].startswith(("UPDATE", "INSERT"))]


def test_the_follow_up_is_sorted_as_asked_and_names_nobody_late():
    campagne, equipe = build_ouverte(4)
    (un, fiche), (deux, autre) = build_mairie(campagne, 0), build_mairie(campagne, 2)
    actions.validate_fiche(acteur=un, instant=INSTANT, fiche=fiche)
    record(deux, autre, "population", valeur=1_000)
    client, adresse = client_for(equipe), chemin(equipe, "diagnostic:suivi", campagne.pk)

    def order(tri):
        page = client.get(adresse, {"tri": tri}).content.decode()
        places = {name: page.index(f">{name}<") for name in ("Commune 001", "Commune 002", "Commune 003")}
        assert not [mot for mot in ("retard", "manquante", "défaillante") if mot in page]
        return sorted(places, key=places.get)

    assert order("") == order("commune") == order("n'importe") == ["Commune 001", "Commune 002", "Commune 003"]
    assert order("-commune") == ["Commune 003", "Commune 002", "Commune 001"]
    assert order("etat") == ["Commune 002", "Commune 003", "Commune 001"]
    assert order("-remplies") == ["Commune 003", "Commune 001", "Commune 002"]


READERS = {Role.DGS_EPCI: 200, Role.EQUIPE_PROJET: 200, Role.DRH: 200}


@pytest.mark.parametrize("role", Role)
def test_only_counts_are_shown_to_the_others(role):
    campagne, _ = build_ouverte()
    acteur = build_acteur_de(campagne.demarche, role)
    client = client_for(acteur)
    assert client.get(chemin(acteur, "diagnostic:suivi", campagne.pk)).status_code == READERS.get(role, 403)
    page = client.get(chemin(acteur, "diagnostic:accueil"))
    assert page.status_code == 200
    assert "Commune 002" not in page.content.decode()
    assert "fiches validées" in page.content.decode()


def test_a_reminder_leaves_from_the_page_once_a_week():
    campagne, equipe = build_ouverte()
    client = client_for(equipe)
    adresse = chemin(equipe, "diagnostic:campagne_rappeler", campagne.pk)
    assert client.post(adresse).status_code == 302
    assert client.post(adresse).status_code == 409
    assert "un par semaine au plus" in client.get(chemin(equipe, "diagnostic:suivi", campagne.pk)).content.decode()
