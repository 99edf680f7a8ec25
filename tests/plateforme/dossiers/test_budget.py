"""How many queries a page makes: the same with 1 and 3 rows, under fifteen with 158 communes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.plateforme.dossiers.fabrique import (
    build_dossier,
    build_equipe,
    build_fige,
    build_presente,
    build_scenario,
)
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.actions import present_dossier
from communaccord.plateforme.dossiers.models import Scenario

pytestmark = pytest.mark.django_db
# Session, account, mandate in force: asked before any page of a démarche.
DOOR = 3


def count_queries(acteur, name, *args):
    client = client_for(acteur)
    adresse = chemin(acteur, name, *args)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(adresse)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3])
def test_list(rows):
    demarche = build_demarche()
    equipe = build_equipe(demarche)
    for rang in range(rows):
        dossier = build_dossier(demarche, equipe, titre=f"Dossier {rang}")
        build_fige(dossier, equipe)
        present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    maire = build_acteur_de(demarche, Role.MAIRE)
    assert count_queries(maire, "dossiers:liste") == DOOR + 1
    assert count_queries(equipe, "dossiers:liste") == DOOR + 1


@pytest.mark.parametrize("scenarios", [1, 3])
def test_dossier(scenarios):
    dossier, equipe = build_presente(scenarios=scenarios)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    agent = build_acteur_de(dossier.demarche, Role.AGENT)
    # The dossier, its scenarios, their effects, its history, its objectifs, the frame; drafts for those who prepare;
    # the staff by employer, but for those who read the words only; the forgotten costs for who acts for a commune.
    assert count_queries(maire, "dossiers:dossier", dossier.pk) == DOOR + 8
    assert count_queries(agent, "dossiers:dossier", dossier.pk) == DOOR + 5
    assert count_queries(equipe, "dossiers:dossier", dossier.pk) == DOOR + 8


# Every page of a dossier that can be read, and who reads it at its heaviest.
PAGES = (
    ("maire", "dossiers:dossier", ()),
    ("maire", "dossiers:scenario", ("fige",)),
    ("maire", "dossiers:fiche", ("commune",)),
    ("maire", "dossiers:chiffres_commune", ("commune",)),
    ("equipe", "dossiers:dossier", ()),
    ("equipe", "dossiers:scenario", ("brouillon",)),
    ("equipe", "dossiers:scenario_modifier", ("brouillon",)),
    ("equipe", "dossiers:chiffres", ()),
    ("equipe", "dossiers:modifier", ()),
    ("equipe", "dossiers:scenario_classeur", ("fige",)),
)


def test_every_page_with_158_communes():
    demarche = build_demarche(158)
    equipe = build_equipe(demarche)
    commune = list_communes(demarche)[4]
    maire = build_acteur_de(demarche, Role.MAIRE, commune)
    dossier = build_dossier(demarche, equipe)
    for rang in range(3):
        build_fige(dossier, equipe, f"S{rang}")
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    found = {
        "fige": Scenario.objects.filter(dossier=dossier).first().pk,
        "brouillon": build_scenario(dossier, equipe).pk,
        "commune": commune.pk,
    }
    acteurs = {"maire": maire, "equipe": equipe}
    for who, name, args in PAGES:
        assert count_queries(acteurs[who], name, dossier.pk, *(found[arg] for arg in args)) < 15, name
