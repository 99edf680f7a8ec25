"""What a scenario says in depth: who writes, what is refused, what is frozen and carried on."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige, build_scenario, give_chiffres
from tests.plateforme.dossiers.profondeur_outils import (
    CLAUSES,
    COUTS,
    SERVICE,
    common,
    tell_all,
    tell_clauses,
    tell_couts,
    tell_effectif,
    tell_service,
)
from tests.plateforme.fabriques import INSTANT, build_acteur_de, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import (
    Chiffres,
    EditionConcurrente,
    LigneCout,
    LigneService,
    SaisieRefusee,
    freeze_scenario,
    open_version,
    record_chiffres,
    record_service,
    resume_effectifs,
    resume_profondeur,
)
from communaccord.plateforme.dossiers.actions.profondeur_copie import CONTENUS, list_colonnes
from communaccord.plateforme.dossiers.bridge.gel import replay
from communaccord.plateforme.dossiers.models import (
    ClausesScenario,
    CoutOublie,
    CritereService,
    EffectifEmployeur,
    Scenario,
    Volet,
)
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon():
    dossier = build_dossier()
    equipe = build_equipe(dossier.demarche)
    give_chiffres(dossier, equipe)
    return build_scenario(dossier, equipe), equipe


def read_rows(scenario):
    return {
        m.__name__: sorted(map(str, m.objects.filter(scenario=scenario).values(*list_colonnes(m)))) for m in CONTENUS
    }


def test_every_part_is_kept_as_it_was_told(brouillon):
    scenario, equipe = brouillon
    communes = list_communes(scenario.dossier.demarche)
    tell_all(equipe, scenario, communes)
    criteres = list(CritereService.objects.filter(scenario=scenario))
    assert (criteres[0].nom, criteres[0].apres, criteres[0].avis) == ("Horaires d'ouverture", "Chaque matin", "mieux")
    assert criteres[2].nom == "Urgences"
    assert CoutOublie.objects.get(poste="migration").montant == 600_001
    assert ClausesScenario.objects.get().preavis_mois == 12
    assert EffectifEmployeur.objects.get(commune=None).compute_apres() == 48
    assert EffectifEmployeur.objects.get(commune=communes[0]).compute_apres("_etp") == 1400


def test_a_part_is_written_over_the_version_that_was_read(brouillon):
    scenario, equipe = brouillon
    tell_service(equipe, scenario)
    stale = common(equipe, scenario, "service") | {"version": 0}
    with pytest.raises(EditionConcurrente):
        record_service(**stale, lignes=())
    assert CritereService.objects.count() == 3
    tell_service(equipe, scenario, SERVICE[:1])
    assert CritereService.objects.count() == 1
    assert Volet.objects.get().version == 2


def test_only_those_who_prepare_write(brouillon):
    scenario, _ = brouillon
    for role in (Role.MAIRE, Role.DRH, Role.DIRECTION, Role.PRESIDENT, Role.AGENT):
        acteur = build_acteur_de(scenario.dossier.demarche, role)
        for tell in (tell_service, tell_couts, tell_clauses):
            with pytest.raises(ActionRefusee):
                tell(acteur, scenario)
    ailleurs = build_equipe(build_dossier().demarche)
    with pytest.raises(ActionRefusee):
        tell_service(ailleurs, scenario)


@pytest.mark.parametrize(
    "ligne",
    [
        LigneCout("chiffre"),
        LigneCout("chiffre", 100, "par_an"),
        LigneCout("chiffre", -1, "par_an", None, "epci"),
        LigneCout("chiffre", 100, "parfois", None, "epci"),
        LigneCout("chiffre", 100, "par_an", 2028, "epci"),
        LigneCout("chiffre", 100, "une_fois", 1812, "epci"),
        LigneCout("chiffre", 100, "par_an", None, "commune"),
        LigneCout("chiffre", 100, "par_an", None, "commune", 999_999),
        LigneCout("chiffre", 100, "par_an", None, "epci", 1),
        LigneCout("chiffre", 100, "par_an", None, "epci", 999_999),
        LigneCout("sans_objet"),
        LigneCout("compris", 100),
        LigneCout("oublie"),
        LigneCout("sans_objet", motif="x" * 301),
    ],
)
def test_a_cost_is_told_whole_or_refused_whole(brouillon, ligne):
    scenario, equipe = brouillon
    with pytest.raises(SaisieRefusee):
        tell_couts(equipe, scenario, COUTS | {"residuels": ligne})
    assert not CoutOublie.objects.exists()
    assert not Volet.objects.exists()


def test_other_faults_are_told(brouillon):
    scenario, equipe = brouillon
    commune = list_communes(scenario.dossier.demarche)[0]
    with pytest.raises(SaisieRefusee, match="n'a pas de nom"):
        tell_service(equipe, scenario, [LigneService("autre")])
    with pytest.raises(SaisieRefusee, match="301 caractères"):
        tell_service(equipe, scenario, [LigneService("lieu", avant="x" * 301)])
    with pytest.raises(SaisieRefusee, match="plus de monde"):
        tell_effectif(equipe, scenario, commune, avant=3, partent=4)
    with pytest.raises(SaisieRefusee, match="mis à disposition"):
        tell_effectif(equipe, scenario, commune, avant=3, partent=2, mis_a_disposition=2)
    with pytest.raises(SaisieRefusee, match="121"):
        tell_clauses(equipe, scenario, replace(CLAUSES, preavis_mois=121))
    voisine = list_communes(build_dossier().demarche)[0]
    with pytest.raises(Conflit):
        tell_effectif(equipe, scenario, voisine, avant=3)


@pytest.mark.parametrize(
    "fields", [{"avant": -1}, {"avant": 2, "partent": 3}, {"avant_etp": 100, "supprimes_etp": 200}]
)
def test_the_table_refuses_what_cannot_be(brouillon, fields):
    scenario, _ = brouillon
    with pytest.raises(IntegrityError), transaction.atomic():
        EffectifEmployeur.objects.create(scenario=scenario, **fields)


def test_staff_begins_from_the_figures_of_the_communes(brouillon):
    scenario, equipe = brouillon
    first, second, _ = list_communes(scenario.dossier.demarche)
    for rang, commune in enumerate((first, second), start=1):
        donnees = {"acteur": equipe, "instant": INSTANT, "dossier": scenario.dossier, "commune": commune, "version": 1}
        record_chiffres(**donnees, chiffres=Chiffres({"volume": "10"}, agents=10 * rang, agents_concernes=rang))
    tell_effectif(equipe, scenario, first, avant=7)
    resume_effectifs(**common(equipe, scenario, "effectifs"))
    lignes = {ligne.commune_id: ligne for ligne in EffectifEmployeur.objects.filter(scenario=scenario)}
    assert set(lignes) == {first.pk, second.pk, None}
    assert (lignes[first.pk].avant, lignes[second.pk].partent, lignes[None].arrivent) == (7, 2, 2)
    with pytest.raises(Conflit, match="employeur par employeur"):
        resume_effectifs(**common(equipe, scenario, "effectifs"))


def freeze(equipe, scenario):
    row = Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)
    return freeze_scenario(acteur=equipe, instant=INSTANT, scenario=row, version=row.version)


def test_what_is_frozen_never_changes(brouillon):
    scenario, equipe = brouillon
    tell_all(equipe, scenario, list_communes(scenario.dossier.demarche))
    with pytest.raises(EditionConcurrente):
        freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=1)
    gel = freeze(equipe, scenario)
    before = read_rows(scenario)
    for tell in (tell_service, tell_couts, tell_clauses):
        with pytest.raises(Conflit, match="figé"):
            tell(equipe, scenario)
    for model in (*CONTENUS, Volet):
        row = model.objects.filter(scenario=scenario).first()
        attempts = [row.save, row.delete, model.objects.filter(pk=row.pk).delete]
        attempts.append(lambda model=model, row=row: model.objects.filter(pk=row.pk).update(pk=row.pk))
        attempts.append(lambda model=model, row=row: model.objects.bulk_update([row], ["scenario"]))
        attempts.append(lambda model=model: model.objects.bulk_create([model(scenario=scenario)]))
        for attempt in attempts:
            with pytest.raises(EcritureInterdite), transaction.atomic():
                attempt()
    assert read_rows(scenario) == before
    assert '"profondeur"' in gel.entree
    assert replay(gel) == []


def test_the_hash_says_what_was_told(brouillon):
    scenario, equipe = brouillon
    tell_clauses(equipe, scenario)
    assert '"preavis_mois":12' in freeze(equipe, scenario).entree
    assert '"profondeur"' not in build_fige(scenario.dossier, equipe).gel.entree


def test_the_next_version_carries_everything(brouillon):
    scenario, equipe = brouillon
    tell_all(equipe, scenario, list_communes(scenario.dossier.demarche))
    freeze(equipe, scenario)
    row = Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)
    suivant = open_version(acteur=equipe, instant=INSTANT, scenario=row)
    assert read_rows(suivant) == read_rows(scenario)
    tell_clauses(equipe, suivant, replace(CLAUSES, preavis_mois=6))
    assert ClausesScenario.objects.get(scenario=scenario).preavis_mois == 12


def test_a_scenario_begins_from_its_sister(brouillon):
    scenario, equipe = brouillon
    tell_all(equipe, scenario, list_communes(scenario.dossier.demarche))
    autre = build_scenario(scenario.dossier, equipe, "Autre")
    act = {"acteur": equipe, "instant": INSTANT, "scenario": autre, "source": scenario}
    resume_profondeur(**act)
    assert read_rows(autre) == read_rows(scenario)
    with pytest.raises(Conflit, match="déjà"):
        resume_profondeur(**act)
    etranger = build_scenario(build_dossier(scenario.dossier.demarche, equipe), equipe)
    with pytest.raises(Conflit, match="même dossier"):
        resume_profondeur(**act | {"scenario": etranger})


def test_a_draft_is_thrown_away_with_what_it_says(brouillon):
    scenario, equipe = brouillon
    tell_all(equipe, scenario, list_communes(scenario.dossier.demarche))
    Scenario.objects.get(pk=scenario.pk).delete()
    assert not any(model.objects.exists() for model in (*CONTENUS, Volet))
