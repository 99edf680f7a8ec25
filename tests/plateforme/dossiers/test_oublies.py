"""What a mayor reads counts the costs often forgotten: the fiche, on screen and on paper, the page of the dossier."""

import pytest
from tests.plateforme.dossiers.fabrique import LEVIERS, build_dossier, build_equipe, build_scenario, give_chiffres
from tests.plateforme.dossiers.profondeur_outils import tell_couts
from tests.plateforme.dossiers.test_views import get, read
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, list_communes

from communaccord.noyau.partage.resultats import Famille
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import LigneCout, freeze_scenario, present_dossier
from communaccord.plateforme.dossiers.documents.fiche import build_data
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.dossier import MISE_EN_PLACE
from communaccord.plateforme.dossiers.pages.fiche import build_fiche
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.oublies import read_oublies
from communaccord.plateforme.dossiers.queries import list_effets_de_commune, list_scenarios

pytestmark = pytest.mark.django_db


def build_monde(oublies, **leviers):
    demarche = build_demarche(3)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    give_chiffres(dossier, equipe)
    scenario = build_scenario(dossier, equipe, **leviers)
    tell_couts(equipe, scenario, oublies)
    version = Scenario.objects.get(pk=scenario.pk).version
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=version)
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    commune = list_communes(demarche)[0]
    return dossier, commune, build_acteur_de(demarche, Role.MAIRE, commune)


def read_pages(dossier, commune, maire):
    """The three places in which a mayor reads what the commune would pay."""
    fiche = get(maire, "dossiers:fiche", dossier.pk, commune.pk)
    return [read(page) for page in (fiche, get(maire, "dossiers:dossier", dossier.pk))]


def test_forgotten_costs_are_in_what_a_mayor_reads():
    """The same total as on the page of the budget, in the sentence and beside the contribution."""
    couts = {"indirects": LigneCout("chiffre", 300_000, "par_an", None, "parts_egales")}
    dossier, commune, maire = build_monde(couts)
    effet = EffetCommune.objects.get(commune=commune)
    plume = Plume()
    total = plume.write(effet.contribution + 100_000).replace("\u202f", " ").replace("\u00a0", " ")
    for page in read_pages(dossier, commune, maire):
        assert f"s'y ajoutent : 1 000 € par an, soit {total} en tout" in page
        assert f"avec les coûts souvent oubliés : {total}, écart" in page
    budget = read(get(maire, "dossiers:budget", dossier.pk, list_scenarios(maire, dossier)[0].pk))
    assert f"paierait {total}" in budget
    scenarios = list_scenarios(maire, dossier)
    effets = list_effets_de_commune(maire, scenarios, commune.pk)
    fiche = build_fiche(maire, dossier, commune, scenarios, effets, read_oublies(maire, scenarios, commune.code))
    (ligne,) = build_data(fiche, "https://exemple.test/")["lignes"]
    assert total in ligne["oublies"].replace("\u202f", " ").replace("\u00a0", " ")


def test_forgotten_costs_not_told_are_said_not_told():
    dossier, commune, maire = build_monde({"locaux": LigneCout("sans_objet", motif="Les murs existent.")})
    for page in read_pages(dossier, commune, maire):
        assert "coûts souvent oubliés : pas encore chiffrés" in page
        assert "s'y ajoutent" not in page


def test_forgotten_costs_of_others_change_nothing_here():
    dossier, commune, maire = build_monde({"locaux": LigneCout("chiffre", 700_000, "par_an", None, "epci")})
    for page in read_pages(dossier, commune, maire):
        assert "avec les coûts souvent oubliés" not in page
        assert "pas encore chiffrés" not in page


def test_a_year_that_pays_for_the_setting_up_is_never_called_cruise():
    assert Famille.MISE_EN_PLACE.value == MISE_EN_PLACE
    mise_en_place = {"mise_en_place": "3 000", "mise_en_place_annees": "3"}
    for leviers, dit in (({}, False), ({"couts": {**LEVIERS["couts"], **mise_en_place}}, True)):
        dossier, commune, maire = build_monde({}, **leviers)
        for page in read_pages(dossier, commune, maire):
            assert "croisière" not in page
            assert ("2027, mise en place comprise" in page) is dit


def test_the_budget_says_where_the_costs_of_communes_are_and_that_today_stays_flat():
    dossier, _, maire = build_monde({"indirects": LigneCout("chiffre", 300_000, "par_an", None, "parts_egales")})
    page = read(get(maire, "dossiers:budget", dossier.pk, list_scenarios(maire, dossier)[0].pk))
    assert "que paient les communes (3 000 € en 2027) ne passent pas par ce budget" in page
    assert "La dépense d'aujourd'hui est reprise telle quelle chaque année." in page
    dossier, _, maire = build_monde({})
    page = read(get(maire, "dossiers:budget", dossier.pk, list_scenarios(maire, dossier)[0].pk))
    assert "ne passent pas par ce budget" not in page
