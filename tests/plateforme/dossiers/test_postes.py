"""The posts of a service and the people told employer by employer: what does not agree is said before freezing."""

import pytest
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_scenario, give_chiffres
from tests.plateforme.dossiers.profondeur_outils import tell_effectif
from tests.plateforme.dossiers.test_views import get, read
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import freeze_scenario, present_dossier
from communaccord.plateforme.dossiers.models import Scenario
from communaccord.plateforme.dossiers.pages.postes import differs

pytestmark = pytest.mark.django_db
ECART = "Les postes et les agents ne vont pas ensemble"


@pytest.fixture
def monde():
    """One draft whose service counts one ETP."""
    demarche = build_demarche(3)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    give_chiffres(dossier, equipe)
    return dossier, equipe, build_scenario(dossier, equipe)


def read_brouillon(monde):
    dossier, equipe, scenario = monde
    return read(get(equipe, "dossiers:scenario", dossier.pk, scenario.pk))


def freeze(monde):
    dossier, equipe, scenario = monde
    version = Scenario.objects.get(pk=scenario.pk).version
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=version)
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)


def test_six_agents_for_one_post_are_told_before_freezing_and_after(monde):
    dossier, equipe, scenario = monde
    commune = list_communes(dossier.demarche)[0]
    assert ECART not in read_brouillon(monde)
    tell_effectif(equipe, scenario, commune, avant=6, partent=6)
    tell_effectif(equipe, scenario, None, arrivent=6)
    page = read_brouillon(monde)
    assert ECART in page
    assert "Le service compte 1 ETP, mais 6 agents travailleraient pour lui (6 ETP)" in page
    assert "Figer ce scénario malgré cet écart" in page
    freeze(monde)
    assert "mais 6 agents travailleraient" in read(get(equipe, "dossiers:profondeur", dossier.pk, scenario.pk))


def test_part_time_agents_who_make_one_post_are_no_remark(monde):
    _, equipe, scenario = monde
    commune = list_communes(scenario.dossier.demarche)[0]
    tell_effectif(equipe, scenario, commune, etp={"avant": 600, "mis_a_disposition": 100}, avant=6, mis_a_disposition=6)
    assert ECART not in read_brouillon(monde)


def test_small_numbers_are_not_told_by_the_remark(monde):
    dossier, equipe, scenario = monde
    commune, autre = list_communes(dossier.demarche)[:2]
    tell_effectif(equipe, scenario, commune, avant=7, partent=3)
    tell_effectif(equipe, scenario, None, arrivent=3)
    freeze(monde)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE, autre)
    page = read(get(maire, "dossiers:profondeur", dossier.pk, scenario.pk))
    assert ECART in page
    assert "l'équipe projet y revient" in page
    assert "travailleraient" not in page
    assert "3 agents" not in page


def test_the_scenario_reads_the_staff_told_employer_by_employer(monde):
    dossier, equipe, scenario = monde
    commune, autre = list_communes(dossier.demarche)[:2]
    dossier.donnees.update(agents=None, agents_concernes=None)
    tell_effectif(equipe, scenario, commune, avant=9, partent=6)
    freeze(monde)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE, commune)
    assert "9 aujourd'hui, 6 rejoindraient le service, 3 ensuite" in read(
        get(maire, "dossiers:fiche", dossier.pk, commune.pk)
    )
    voisin = build_acteur_de(dossier.demarche, Role.MAIRE, autre)
    page = read(get(voisin, "dossiers:fiche", dossier.pk, commune.pk))
    assert "9 aujourd'hui" not in page


@pytest.mark.parametrize(
    ("postes", "agents", "centiemes", "ecart"),
    [(200, 6, 600, True), (200, 6, 200, False), (200, 6, 203, False), (200, 2, 0, False), (200, 8, 0, True)],
)
def test_what_counts_as_a_difference(postes, agents, centiemes, ecart):
    assert differs(postes, agents, centiemes) is ecart
