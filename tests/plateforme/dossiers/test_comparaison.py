"""Side by side, the scenarios say who pays what is not shared, and which years still pay for the setting up."""

import pytest
from tests.plateforme.dossiers.fabrique import LEVIERS, build_dossier, build_equipe, build_fige
from tests.plateforme.dossiers.test_profondeur_calculs import flatten
from tests.plateforme.dossiers.test_views import get, read
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import present_dossier
from communaccord.plateforme.dossiers.bridge.budget import read_budget
from communaccord.plateforme.dossiers.models import Gel
from communaccord.plateforme.dossiers.pages.montants import Plume

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    demarche = build_demarche(3)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    couts = {**LEVIERS["couts"], "mise_en_place": "9 000", "mise_en_place_annees": "2"}
    build_fige(dossier, equipe, "A vingt", couts={**couts, "part_epci_taux": "20 %"})
    build_fige(dossier, equipe, "B rien", couts=couts)
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    return dossier


def write(centimes):
    return flatten(Plume().write(centimes))


def test_what_the_intercommunalite_keeps_is_a_line(dossier):
    """Scenario A is cheaper for the communes because the EPCI keeps a fifth: the table says so."""
    page = read(get(build_acteur_de(dossier.demarche, Role.MAIRE), "dossiers:comparaison", dossier.pk))
    gel = Gel.objects.get(scenario__libelle="A vingt")
    gardee = -sum(cents for famille, _, _, cents in gel.couts if famille == "Part de l'EPCI")
    assert gardee > 0
    assert f"À la charge de l'intercommunalité {write(gardee)} par an (2027) rien" in page


def test_the_cost_of_each_year_is_told(dossier):
    page = read(get(build_acteur_de(dossier.demarche, Role.MAIRE), "dossiers:comparaison", dossier.pk))
    assert "croisière" not in page
    assert "par an (2027, mise en place comprise)" in page
    fige = read_budget(Gel.objects.get(scenario__libelle="B rien").resultat)
    assert fige.a_repartir[0] > fige.a_repartir[-1]
    for annee, cout in zip(fige.annees, fige.a_repartir, strict=True):
        assert f"{annee} : {write(cout)}" in page


def test_on_a_phone_each_cell_names_its_scenario(dossier):
    """The table becomes one card a subject: both scenarios are read without sliding."""
    html = get(build_acteur_de(dossier.demarche, Role.MAIRE), "dossiers:comparaison", dossier.pk).content.decode()
    assert "tableau-cartes" in html
    assert html.count('data-titre="Scénario A"') == html.count('data-titre="Scénario B"') > 10
