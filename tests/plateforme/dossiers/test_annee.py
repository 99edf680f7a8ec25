"""The year of reference told elsewhere equals the page of the budget, to the cent."""

import pytest
from tests.plateforme.dossiers.fabrique import LEVIERS, build_dossier, build_equipe, build_scenario, give_chiffres
from tests.plateforme.dossiers.profondeur_outils import COUTS, tell_couts
from tests.plateforme.fabriques import INSTANT, build_demarche, list_communes

from communaccord.plateforme.dossiers.actions import LigneCout, freeze_scenario
from communaccord.plateforme.dossiers.bridge.budget import read_budget
from communaccord.plateforme.dossiers.models import CoutOublie, Scenario
from communaccord.plateforme.dossiers.pages.annee import compute_annee
from communaccord.plateforme.dossiers.pages.budget import list_lignes_epci
from communaccord.plateforme.dossiers.pages.couts import compute_budget

pytestmark = pytest.mark.django_db

CAS = (
    {},
    COUTS,
    {"migration": LigneCout("chiffre", 600_001, "une_fois", 2029, "parts_egales")},
    {"migration": LigneCout("chiffre", 600_001, "une_fois", None, "cle")},
    {"locaux": LigneCout("chiffre", 380_007, "par_an", None, "cle")},
)


@pytest.mark.parametrize("couts", CAS)
@pytest.mark.parametrize("part", ["", "10 %"])
def test_one_year_is_the_year_of_the_budget(couts, part):
    demarche = build_demarche(3)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    give_chiffres(dossier, equipe)
    leviers = {"couts": {**LEVIERS["couts"], "part_epci_taux": part}} if part else {}
    scenario = build_scenario(dossier, equipe, **leviers)
    tell_couts(equipe, scenario, couts)
    version = Scenario.objects.get(pk=scenario.pk).version
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=version)
    gel = Scenario.objects.get(pk=scenario.pk).gel
    rows = list(CoutOublie.objects.filter(scenario=scenario).select_related("commune"))
    budget = compute_budget(read_budget(gel.resultat), rows)
    rang = budget.fige.annees.index(gel.annee_reference)
    contributions = {code: annees[rang].contribution for code, annees in budget.fige.communes.items()}
    found = compute_annee(gel, contributions, rows)
    depenses = next(ligne for ligne in list_lignes_epci(budget) if ligne.libelle == "Dépenses")
    assert found.depense_epci == depenses.montants[rang]
    assert found.oublies_epci == budget.oublies_epci[rang]
    for commune in list_communes(demarche):
        assert found.get_oublie(commune.code) == budget.oublies[commune.code][rang]
