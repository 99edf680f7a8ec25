"""What leaves the validated précadrage is told on the dossier and on its scenarios, and prevents nothing."""

import pytest
from django.urls import reverse
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige, build_scenario
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, set_horloge
from tests.plateforme.projet.fabrique_cadre import build_valide, propose, validate

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import freeze_scenario, present_dossier

pytestmark = pytest.mark.django_db
TITRE, TITRE_SCENARIO = "Ce dossier sort du précadrage validé", "Ce scénario sort du précadrage validé"


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch)


@pytest.fixture
def equipe():
    return build_equipe(build_demarche())


def read(acteur, name, *args):
    return client_for(acteur).get(reverse(f"dossiers:{name}", args=(acteur.mandat_id, *args))).text


def test_a_dossier_outside_of_the_frame_says_so(equipe):
    dossier = build_dossier(equipe.demarche, equipe, domaine="urbanisme")
    assert TITRE not in read(equipe, "dossier", dossier.pk)
    cadre = propose(equipe)
    assert TITRE not in read(equipe, "dossier", dossier.pk)
    validate(equipe, cadre)
    text = read(equipe, "dossier", dossier.pk)
    assert TITRE in text
    assert "n’est pas dans le périmètre du cadre validé le 12\u00a0mars 2026." in text
    assert reverse("projet:cadre_version", args=(equipe.mandat_id, cadre.pk)) in text


def test_a_dossier_within_the_frame_says_nothing(equipe):
    build_valide(equipe)
    for domaine in ("paie", "libre"):
        dossier = build_dossier(equipe.demarche, equipe, domaine=domaine)
        assert TITRE not in read(equipe, "dossier", dossier.pk)


def test_it_is_presented_all_the_same_and_read_by_the_maires(equipe):
    build_valide(equipe)
    dossier = build_dossier(equipe.demarche, equipe, domaine="urbanisme", unite="acte")
    build_fige(dossier, equipe)
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    assert TITRE in read(maire, "dossier", dossier.pk)


def test_a_scenario_outside_of_the_frame_says_so_before_and_after_it_is_frozen(equipe):
    build_valide(
        equipe,
        annee_debut=2028,
        annee_fin=2030,
        formes_exclues=("service_commun",),
        toutes_communes=False,
        codes_communes=("F001",),
    )
    dossier = build_dossier(equipe.demarche, equipe)
    draft = build_scenario(dossier, equipe)
    phrases = (
        "L’année 2027 est hors du calendrier",
        "La forme «\u202fservice commun\u202f» est exclue",
        "Commune 002 et Commune 003.",
    )
    text = read(equipe, "scenario", dossier.pk, draft.pk)
    assert TITRE_SCENARIO in text
    assert all(phrase in text for phrase in phrases)
    frozen = build_fige(dossier, equipe, "Autre")
    text = read(equipe, "scenario", dossier.pk, frozen.pk)
    assert TITRE_SCENARIO in text
    assert all(phrase in text for phrase in phrases)
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=draft, version=draft.version)


def test_a_conseiller_reads_of_its_own_commune_only(equipe):
    build_valide(equipe, toutes_communes=False, codes_communes=("F001",))
    dossier = build_dossier(equipe.demarche, equipe)
    scenario = build_fige(dossier, equipe)
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    conseiller = build_acteur_de(equipe.demarche, Role.CONSEILLER_MUNICIPAL)
    assert TITRE_SCENARIO not in read(conseiller, "scenario", dossier.pk, scenario.pk)
