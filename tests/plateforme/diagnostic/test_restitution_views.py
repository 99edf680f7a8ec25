"""The restitution as its readers see it: one sentence, the same figures everywhere, nothing of what is not theirs."""

import re

import pytest
from tests.plateforme.diagnostic.monde_restitution import build_monde
from tests.plateforme.fabriques import build_acteur_de, client_for

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin

pytestmark = pytest.mark.django_db


def get(acteur, name, *args, **parametres):
    return client_for(acteur).get(chemin(acteur, name, *args), parametres)


def read(response):
    assert response.status_code == 200, response
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"[ \u00a0\u202f\n]+", " ", text).replace("&#39;", "'").replace("’", "'")


@pytest.fixture
def campagne():
    return build_monde()


def test_the_synthese_says_its_result_first(campagne):
    page = read(get(build_acteur_de(campagne.demarche, Role.PRESIDENT), "diagnostic:synthese"))
    assert "5 communes sur 9 ont validé leur fiche" in page


def test_a_mairie_reads_its_carnet(campagne):
    commune = campagne.demarche.communes.get(code="F002")
    maire = build_acteur_de(campagne.demarche, Role.MAIRE, commune)
    page = read(get(maire, "diagnostic:carnet", commune.pk))
    assert "Commune 002 décrit 3 services" in page


def test_the_carnet_on_paper(campagne, tmp_path):
    commune = campagne.demarche.communes.get(code="F002")
    maire = build_acteur_de(campagne.demarche, Role.MAIRE, commune)
    response = get(maire, "diagnostic:carnet_pdf", commune.pk)
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == 'attachment; filename="carnet-commune-002-fictif.pdf"'
