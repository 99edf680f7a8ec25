"""How many queries the restitution makes: the same with three communes and nine, in so many words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.plateforme.diagnostic.monde_restitution import build_monde
from tests.plateforme.fabriques import build_acteur_de, client_for, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.documents import papier

pytestmark = pytest.mark.django_db
# Session, account, mandate in force: asked before any page of a démarche.
DOOR = 3
# The campaign, its lines, its sheets.
CADRE = 3
# The reference picture, who reads several communes.
FIGES = 2
# All the answers, once; flows.
MATIERE = 2 + FIGES
# Staff, costs and figures of all; the answers of the sheet; its flows; needs and levels; public data;
# the options of the choice of priorities.
CARNET = 6 + FIGES


def count_queries(acteur, name, *args):
    client = client_for(acteur)
    adresse = chemin(acteur, name, *args)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(adresse)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("communes", [3, 9])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("diagnostic:synthese", DOOR + CADRE + MATIERE + 1),
        ("diagnostic:synthese_classeur", DOOR + CADRE + MATIERE),
        ("diagnostic:synthese_csv", DOOR + CADRE + MATIERE),
        ("diagnostic:synthese_note", DOOR + CADRE + MATIERE + 1),
    ],
)
def test_synthese(communes, name, queries):
    demarche = build_monde(communes).demarche
    assert count_queries(build_acteur_de(demarche, Role.PRESIDENT), name) == queries


@pytest.mark.parametrize("communes", [3, 9])
@pytest.mark.parametrize("name", ["diagnostic:carnet", "diagnostic:carnet_pdf"])
def test_carnet(communes, name, monkeypatch):
    monkeypatch.setattr(papier, "render_pdf", lambda *_args, **_options: b"")
    demarche = build_monde(communes).demarche
    commune = list_communes(demarche)[1]
    maire = build_acteur_de(demarche, Role.MAIRE, commune)
    assert count_queries(maire, name, commune.pk) == DOOR + CADRE + CARNET


@pytest.mark.parametrize("communes", [3, 9])
def test_list_of_carnets(communes):
    demarche = build_monde(communes).demarche
    assert count_queries(build_acteur_de(demarche, Role.DRH), "diagnostic:carnets") == DOOR + 2
