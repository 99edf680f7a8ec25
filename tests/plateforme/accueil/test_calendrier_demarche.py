"""The calendar of a démarche: read by all, proposed backwards, adjusted by the équipe projet, entered as it stands."""

from datetime import date

import pytest
from django.urls import reverse
from tests.plateforme.fabriques import build_acteur_de, build_demarche, client_for, set_horloge

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.territoires.enums import Phase

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch)


@pytest.fixture
def equipe():
    return build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)


def call(acteur, data=None):
    client, address = client_for(acteur), reverse("accueil:calendrier", args=[acteur.mandat_id])
    return client.post(address, data) if data is not None else client.get(address)


def test_everybody_reads_it_and_only_the_equipe_adjusts_it(equipe):
    assert "Ajuster le calendrier" in call(equipe).content.decode()
    for role in set(Role) - {Role.DGS_EPCI, Role.EQUIPE_PROJET}:
        other = build_acteur_de(equipe.demarche, role)
        page = call(other)
        assert page.status_code == 200
        assert "Ajuster le calendrier" not in page.content.decode()
        refused = call(other, {"phase": Phase.FORMALISATION})
        assert refused.status_code == 403
        assert "tenues par l’équipe projet" in refused.content.decode()
    equipe.demarche.refresh_from_db()
    assert equipe.demarche.phase == Phase.ETAT_DES_LIEUX
    assert not equipe.demarche.phases.exists()


def test_a_demarche_under_way_is_entered_as_it_stands(equipe):
    data = {"phase": "perimetres", "orientations_debut": "2026-05-04", "orientations_fin": "18/09/2026"}
    assert call(equipe, data).status_code == 302
    equipe.demarche.refresh_from_db()
    assert equipe.demarche.phase == Phase.PERIMETRES
    row = equipe.demarche.phases.get()
    assert (row.phase, row.debut, row.fin) == (Phase.ORIENTATIONS, date(2026, 5, 4), date(2026, 9, 18))
    assert not row.est_calculee
    assert "« Périmètres »" in call(equipe).content.decode() or "périmètres" in call(equipe).content.decode()
    assert Acte.objects.filter(verbe="enter_demarche_en_cours").count() == 1


def test_dates_proposed_backwards_are_not_recorded(equipe):
    page = call(equipe, {"phase": "etat_des_lieux", "approbation_visee": "2027-03-11", "action": "proposer"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Dates proposées, pas encore enregistrées" in text
    assert 'name="approbation_visee" value="2027-03-11"' in text or 'value="2027-03-11"' in text
    equipe.demarche.refresh_from_db()
    assert equipe.demarche.approbation_visee is None
    assert not equipe.demarche.phases.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"phase": "nulle"}, "Choisissez l’une des phases."),
        ({}, "Choisissez la phase atteinte."),
        ({"phase": "orientations", "orientations_debut": "bientôt"}, "Ce n’est pas une date."),
        (
            {"phase": "orientations", "orientations_debut": "2026-05-04"},
            "Donnez les deux dates de la phase, ou aucune.",
        ),
        (
            {"phase": "orientations", "orientations_debut": "2026-05-04", "orientations_fin": "2026-05-03"},
            "La fin est avant le début",
        ),
        (
            {"phase": "orientations", "approbation_visee": "2020-01-01", "action": "proposer"},
            "avant les élections de mars 2026",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(equipe, data, sentence):
    page = call(equipe, data)
    text = page.content.decode().replace("'", "’").replace("&#39;", "’")
    assert page.status_code == 422
    assert sentence in text
    for name, value in data.items():
        if name.endswith("debut"):
            assert f'value="{value}"' in text
    assert not equipe.demarche.phases.exists()


def test_queries(equipe, django_assert_num_queries):
    client = client_for(equipe)
    with django_assert_num_queries(6):
        client.get(reverse("accueil:calendrier", args=[equipe.mandat_id]))
