"""Scenarios: drafts, freezing with figures and explanation, replay, versions, offers for the engine."""

import hashlib
import json
from fractions import Fraction

import pytest
from tests.plateforme.dossiers.fabrique import (
    LEVIERS,
    build_dossier,
    build_equipe,
    build_fige,
    build_scenario,
    give_chiffres,
)
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, list_communes

from communaccord.noyau.accord import Clause, Degre, Engagement, Sens, TypeClause, check_clause
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import (
    ContenuScenario,
    EditionConcurrente,
    SaisieRefusee,
    create_scenario,
    delete_scenario,
    edit_scenario,
    freeze_scenario,
    import_chiffres,
    open_version,
)
from communaccord.plateforme.dossiers.bridge.gel import replay
from communaccord.plateforme.dossiers.bridge.offre import ScenarioNonFige, build_offre, build_offres
from communaccord.plateforme.dossiers.bridge.simulation import build_data
from communaccord.plateforme.dossiers.models import DonneesCommune, EffetCommune, Gel, Scenario
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit
from communaccord.simulateur import compute_resultat, parse_simulation

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return build_dossier()


@pytest.fixture
def equipe(dossier):
    return build_equipe(dossier.demarche)


def test_a_draft_waits_for_the_figures_but_not_for_its_levers(dossier, equipe):
    """A key by use without volumes is a draft that cannot be frozen yet; a key of 90 % is refused at once."""
    scenario = build_scenario(dossier, equipe)
    assert scenario.lettre == "A"
    with pytest.raises(SaisieRefusee) as caught:
        freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=1)
    assert [a.ou for a in caught.value.anomalies] == ["communes-F001-volume"]
    with pytest.raises(SaisieRefusee) as caught:
        build_scenario(dossier, equipe, cle={"population": "90"})
    assert [a.ou for a in caught.value.anomalies] == ["cle-population"]
    assert Scenario.objects.count() == 1


@pytest.mark.parametrize("role", Role)
def test_who_freezes(role, dossier, equipe):
    give_chiffres(dossier, equipe)
    scenario = build_scenario(dossier, equipe)
    acteur = build_acteur_de(dossier.demarche, role)
    if role in {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.CONSULTANT}:
        assert freeze_scenario(acteur=acteur, instant=INSTANT, scenario=scenario, version=1).qui == acteur.nom
        return
    with pytest.raises(ActionRefusee):
        freeze_scenario(acteur=acteur, instant=INSTANT, scenario=scenario, version=1)
    assert not Gel.objects.exists()


def test_what_is_frozen_is_what_the_simulator_answers(dossier, equipe):
    scenario = build_fige(dossier, equipe)
    communes = list_communes(dossier.demarche)
    valeurs = {d.commune.code: d.valeurs for d in DonneesCommune.objects.select_related("commune")}
    simulation = parse_simulation(build_data(dossier, communes, valeurs, LEVIERS, "Service commun"))
    variante = compute_resultat(simulation).variantes[0]
    effets = {effet.commune.code: effet for effet in scenario.effets.select_related("commune")}
    assert set(effets) == {commune.code for commune in communes}
    for expected in variante.communes:
        annuel, effet = expected.get_annee(2027), effets[expected.commune.code]
        assert (effet.contribution, effet.depense) == (annuel.contribution, annuel.depense_actuelle)
        assert effet.ecart == annuel.contribution - annuel.depense_actuelle
        assert [a["contribution"] for a in effet.annees] == [a.contribution for a in expected.annuels]
        assert effet.explication[-1][0] == "Contribution, au centime"
    gel = Gel.objects.get()
    assert sum(effet.contribution for effet in effets.values()) == gel.cout == 4_200_000
    assert (gel.annee_debut, gel.annee_fin, gel.annee_reference, gel.participantes) == (2027, 2029, 2027, 3)
    assert [ligne[3] for ligne in gel.couts] == [4_000_000, 200_000]


def test_the_hash_is_that_of_the_salted_input(dossier, equipe):
    gel = Gel.objects.get(scenario=build_fige(dossier, equipe))
    assert gel.empreinte == hashlib.sha256(gel.entree.encode()).hexdigest()
    entree = json.loads(gel.entree)
    assert entree["scenario"]["engagements"] == ["permanence"]
    assert entree["origine"]["F001"]["source"] == "comptes 2025 (fictif)"
    assert len(entree["sel"]) == 32
    other = Gel.objects.get(scenario=build_fige(dossier, equipe))
    assert (other.resultat, other.empreinte == gel.empreinte) == (gel.resultat, False)


def test_replay_finds_the_same_and_tells_what_differs(dossier, equipe):
    scenario = build_fige(dossier, equipe)
    gel = Gel.objects.get()
    assert replay(gel) == []
    give_chiffres(dossier, equipe)
    import_chiffres(
        acteur=equipe, instant=INSTANT, dossier=dossier, valeurs={"F001": {"volume": "999"}}, remplacer=True
    )
    assert replay(Gel.objects.get(scenario=scenario)) == []
    gel.phrase = "Une autre phrase"
    gel.entree = gel.entree.replace('"40000"', '"41000"')
    assert {"empreinte", "resultat", "phrase", "cout", "F001.contribution"} <= set(replay(gel))


def test_figures_changed_after_freezing_change_nothing_of_it(dossier, equipe):
    scenario = build_fige(dossier, equipe)
    before = list(EffetCommune.objects.values())
    import_chiffres(
        acteur=equipe, instant=INSTANT, dossier=dossier, valeurs={"F001": {"volume": "999"}}, remplacer=True
    )
    assert list(EffetCommune.objects.filter(scenario=scenario).values()) == before


def test_agents_before_and_after(dossier, equipe):
    give_chiffres(dossier, equipe)
    DonneesCommune.objects.filter(commune__code="F001").update(agents=6, agents_concernes=2)
    DonneesCommune.objects.filter(commune__code="F002").update(agents=3)
    DonneesCommune.objects.filter(commune__code="F003").update(agents=4, agents_concernes=4)
    scenario = build_fige(dossier, equipe, perimetre=["F001", "F002"])
    rows = scenario.effets.order_by("commune__code")
    assert list(rows.values_list("participe", "agents_avant", "agents_concernes", "agents_apres")) == [
        (True, 6, 2, 4),
        (True, 3, None, None),
        (False, 4, 0, 4),
    ]


def test_two_people_edit_one_draft(dossier, equipe):
    scenario = build_scenario(dossier, equipe)
    contenu = ContenuScenario("Premier", LEVIERS)
    edit_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=1, contenu=contenu)
    with pytest.raises(EditionConcurrente) as caught:
        edit_scenario(
            acteur=equipe, instant=INSTANT, scenario=scenario, version=1, contenu=ContenuScenario("Second", LEVIERS)
        )
    assert caught.value.actuel.libelle == "Premier"
    with pytest.raises(EditionConcurrente):
        freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=1)


def test_frozen_is_neither_edited_deleted_nor_frozen_again(dossier, equipe):
    scenario = build_fige(dossier, equipe)
    for act in (
        lambda: edit_scenario(
            acteur=equipe, instant=INSTANT, scenario=scenario, version=2, contenu=ContenuScenario("X", LEVIERS)
        ),
        lambda: delete_scenario(acteur=equipe, instant=INSTANT, scenario=scenario),
        lambda: freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=1),
    ):
        with pytest.raises(Conflit, match="figé"):
            act()


def test_a_new_version_replaces_once_it_is_frozen(dossier, equipe):
    premiere = build_fige(dossier, equipe)
    seconde = open_version(acteur=equipe, instant=INSTANT, scenario=premiere)
    assert (seconde.rang, seconde.numero, seconde.remplace_id) == (1, 2, premiere.pk)
    assert seconde.leviers == Scenario.objects.get(pk=premiere.pk).leviers
    with pytest.raises(Conflit, match="déjà en préparation"):
        open_version(acteur=equipe, instant=INSTANT, scenario=premiere)
    assert [s.pk for s in Scenario.objects.frozen()] == [premiere.pk]
    assert [s.pk for s in Scenario.objects.current()] == [seconde.pk]
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=seconde, version=1)
    assert [s.pk for s in Scenario.objects.frozen()] == [seconde.pk]
    assert Gel.objects.count() == 2


def test_a_draft_is_thrown_away_and_is_no_version(dossier, equipe):
    brouillon = build_scenario(dossier, equipe)
    with pytest.raises(Conflit, match="directement"):
        open_version(acteur=equipe, instant=INSTANT, scenario=brouillon)
    delete_scenario(acteur=equipe, instant=INSTANT, scenario=brouillon)
    assert not Scenario.objects.exists()


def test_a_scenario_without_answer_says_why(dossier, equipe):
    give_chiffres(dossier, equipe)
    scenario = build_scenario(dossier, equipe, conditions={"maximum": "100"})
    with pytest.raises(Conflit, match="pas de réponse"):
        freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=1)
    assert not Scenario.objects.filter(fige_le__isnull=False).exists()


def test_unknown_engagement_and_missing_label(dossier, equipe):
    for contenu in (ContenuScenario(" ", LEVIERS), ContenuScenario("A", LEVIERS, engagements=("promesse",))):
        with pytest.raises(Conflit):
            create_scenario(acteur=equipe, instant=INSTANT, dossier=dossier, contenu=contenu)


def test_offer_for_the_engine(dossier, equipe):
    import_chiffres(acteur=equipe, instant=INSTANT, dossier=dossier, valeurs={"F001": {"volume": "10"}})
    import_chiffres(
        acteur=equipe, instant=INSTANT, dossier=dossier, valeurs={"F002": {"volume": "5", "depense_actuelle": "50 000"}}
    )
    scenario = build_fige(dossier, equipe, perimetre=["F001", "F002"])
    offre = build_offre(scenario)
    assert offre.identifiant == f"scenario-{scenario.pk}"
    assert (offre.annee_debut, offre.annee_croisiere, offre.hausse_max) == (2027, 2027, Fraction(1, 50))
    assert offre.engagements == {Engagement.PERMANENCE}
    assert offre.list_participantes() == {"F001", "F002"}
    assert offre.communes["F001"].gains is None
    payee = offre.communes["F002"].contributions
    assert offre.communes["F002"].gains == {annee: 5_000_000 - payee[annee] for annee in (2027, 2028, 2029)}
    clause = Clause(TypeClause.CONTRIBUTION_MAX, Degre.CONDITION, montant=payee[2027])
    assert check_clause(clause, offre, "F002").sens is Sens.REUNIE


def test_offers_of_many_scenarios_are_read_in_two_queries(dossier, equipe, django_assert_num_queries):
    scenarios = [build_fige(dossier, equipe, f"S{rang}") for rang in range(3)]
    with django_assert_num_queries(2):
        offres = build_offres(scenarios)
    assert [offre.identifiant for offre in offres] == [f"scenario-{s.pk}" for s in scenarios]


def test_no_offer_from_a_draft(dossier, equipe):
    with pytest.raises(ScenarioNonFige):
        build_offre(build_scenario(dossier, equipe))


def test_freezing_158_communes_is_replayed(django_assert_max_num_queries):
    dossier = build_dossier(build_demarche(158))
    equipe = build_equipe(dossier.demarche)
    give_chiffres(dossier, equipe)
    scenario = build_scenario(dossier, equipe, marges={"volumes": "10 %"})
    with django_assert_max_num_queries(20):
        gel = freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=1)
    assert EffetCommune.objects.filter(scenario=scenario, bas__lt=0).count() == 0
    assert EffetCommune.objects.filter(scenario=scenario, haut__isnull=False).count() == 158
    assert replay(Gel.objects.get(pk=gel.pk)) == []
