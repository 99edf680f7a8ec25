"""A campaign that asks of services which the précadrage excludes says so, and goes on."""

import pytest
from tests.plateforme.diagnostic.fabrique import build_campagne
from tests.plateforme.fabriques import build_acteur_de, client_for, set_horloge
from tests.plateforme.projet.fabrique_cadre import build_valide

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin

pytestmark = pytest.mark.django_db
TITRE = "Ce questionnaire sort du précadrage validé"


@pytest.mark.parametrize(("services", "dit"), [(["paie", "police"], True), (["paie", "voirie"], False)])
def test_what_is_excluded_is_told(monkeypatch, services, dit):
    set_horloge(monkeypatch)
    campagne = build_campagne(services=services)
    equipe = build_acteur_de(campagne.demarche, Role.EQUIPE_PROJET)
    client, address = client_for(equipe), chemin(equipe, "diagnostic:accueil")
    assert TITRE not in client.get(address).text
    cadre = build_valide(equipe, services_inclus=("paie",), services_exclus=("police",))
    page = client.get(address).text
    assert (TITRE in page) is dit
    assert (chemin(equipe, "projet:cadre_version", cadre.pk) in page) is dit
