"""What the tables refuse, what nothing rewrites, what each actor is given."""

import pytest
from django.db import IntegrityError, transaction
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige, build_presente, build_scenario
from tests.plateforme.fabriques import build_acteur_de, build_demarche, list_communes

from communaccord.noyau.accord import Engagement as EngagementNoyau
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.enums import Domaine, Engagement, EtatDossier
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier, EffetCommune, Gel, Scenario
from communaccord.plateforme.dossiers.rules import get_lecture, reads_commune
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.simulateur import DOMAINES
from communaccord.simulateur import Domaine as DomaineSimulateur

pytestmark = pytest.mark.django_db


def test_codes_are_those_of_the_floors_below():
    assert Domaine.choices == [(d.value, DOMAINES[d].label) for d in DomaineSimulateur]
    assert Engagement.choices == [(e.value, e.label) for e in EngagementNoyau]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("dossier_etat_connu", {"etat": "ailleurs"}),
        ("dossier_domaine_connu", {"domaine": "ailleurs"}),
        ("dossier_titre_donne", {"titre": ""}),
        ("dossier_presente_dit_le_service", {"etat": EtatDossier.PRESENTE, "service_apres": ""}),
    ],
)
def test_dossier_constraints(name, fields):
    dossier = build_dossier()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("scenario_libelle_donne", {"libelle": ""}),
        ("scenario_rang_positif", {"rang": 0}),
        ("scenario_forme_connue", {"forme": "ailleurs"}),
        ("scenario_hausse_possible", {"hausse_max": -1}),
        ("scenario_remplace_la_precedente", {"numero": 2}),
    ],
)
def test_scenario_constraints(name, fields):
    dossier = build_dossier()
    scenario = build_scenario(dossier, build_equipe(dossier.demarche))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Scenario.objects.filter(pk=scenario.pk).update(**fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("donnees_qualite_connue", {"qualite": "?"}),
        ("donnees_origine_connue", {"origine": "?"}),
        ("donnees_agents_positifs", {"agents": -1}),
        ("donnees_agents_concernes_parmi_les_agents", {"agents": 1, "agents_concernes": 2}),
        ("donnees_annee_possible", {"annee": 25}),
    ],
)
def test_donnees_constraints(name, fields):
    dossier, _ = build_presente()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DonneesCommune.objects.filter(dossier=dossier).update(**fields)


def test_uniques():
    dossier, _ = build_presente()
    donnees = dossier.donnees.first()
    scenario = dossier.scenarios.get()
    effet = scenario.effets.first()
    donnees.pk = effet.pk = None
    donnees._state.adding = effet._state.adding = True
    for row, name in ((donnees, "donnees_?commune"), (effet, "effet_?commune")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save()


def test_effect_and_gel_constraints():
    dossier, _ = build_presente()
    scenario = dossier.scenarios.get()
    effet = scenario.effets.first()
    commune = list_communes(build_demarche())[0]
    for name, fields in (
        ("effet_contribution_si_participe", {"participe": True, "contribution": None}),
        ("effet_ecart_exact", {"participe": True, "contribution": 5, "depense": 3, "ecart": 1}),
        ("effet_ecart_exact", {"participe": False, "ecart": 1}),
    ):
        row = EffetCommune(scenario=scenario, commune=commune, population=effet.population, **fields)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save()
    gel = scenario.gel
    gel.pk, gel._state.adding, gel.annee_reference = None, True, 1999
    gel.scenario = build_scenario(dossier, build_equipe(dossier.demarche))
    with pytest.raises(IntegrityError, match="gel_annees_dans_l_ordre"), transaction.atomic():
        gel.save()


def test_what_is_frozen_is_never_rewritten():
    dossier = build_dossier()
    acteur = build_equipe(dossier.demarche)
    fige = build_fige(dossier, acteur)
    brouillon = build_scenario(dossier, acteur, "Autre")
    gel, effet = fige.gel, fige.effets.first()
    for write in (
        fige.save,
        fige.delete,
        gel.save,
        gel.delete,
        effet.save,
        effet.delete,
        lambda: Scenario.objects.filter(dossier=dossier).update(libelle="Réécrit"),
        lambda: Scenario.objects.filter(pk=fige.pk).delete(),
        lambda: Scenario.objects.filter(pk=fige.pk).update(fige_le=None),
        lambda: Gel.objects.update(phrase=""),
        lambda: EffetCommune.objects.all().delete(),
        lambda: EffetCommune.objects.bulk_update([effet], ["ecart"]),
    ):
        with pytest.raises(EcritureInterdite):
            write()
    stale = Scenario.objects.get(pk=fige.pk)
    stale.fige_le = None
    with pytest.raises(EcritureInterdite):
        stale.save()
    brouillon.libelle = "Un autre libellé"
    brouillon.save()
    assert {s.libelle for s in dossier.scenarios.all()} == {"Service commun", "Un autre libellé"}


def test_visible_rows_follow_the_rules():
    """The querysets give exactly what the pure rules allow, for every role, in every state."""
    demarche = build_demarche()
    equipe = build_equipe(demarche)
    communes = list_communes(demarche)
    dossiers = [build_dossier(demarche, equipe, titre=f"Dossier {rang}") for rang in range(5)]
    for dossier in dossiers:
        build_fige(dossier, equipe)
        build_scenario(dossier, equipe, "Brouillon")
    states = [EtatDossier.BROUILLON, *EtatDossier]
    for dossier, etat in zip(dossiers, states, strict=True):
        Dossier.objects.filter(pk=dossier.pk).update(etat=etat)
    Dossier.objects.filter(pk=dossiers[0].pk).update(collecte_ouverte=True)
    dossiers = list(Dossier.objects.order_by("pk"))
    for role in Role:
        acteur = build_acteur_de(demarche, role, communes[0])
        read = {d.pk: get_lecture(acteur, d) for d in dossiers}
        assert set(Dossier.objects.visible_to(acteur).values_list("pk", flat=True)) == {k for k, v in read.items() if v}
        words = {k for k, v in read.items() if v > 1}
        assert set(Dossier.objects.presented_to(acteur).values_list("pk", flat=True)) == words
        figes = Scenario.objects.visible_to(acteur).filter(fige_le__isnull=False)
        assert {s.dossier_id for s in figes} == words
        drafts = Scenario.objects.visible_to(acteur).filter(fige_le__isnull=True)
        assert drafts.exists() is (role in rules_of_drafts())
        assert {g.scenario.dossier_id for g in Gel.objects.visible_to(acteur)} == words
        for dossier in dossiers:
            seen = EffetCommune.objects.visible_to(acteur).filter(scenario__dossier=dossier)
            expected = {c.pk for c in communes if read[dossier.pk] > 1 and reads_commune(acteur, dossier, c.pk)}
            assert set(seen.values_list("commune_id", flat=True)) == expected


def rules_of_drafts():
    return {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.CONSULTANT, Role.DIRECTION, Role.DRH}


def test_figures_are_read_by_their_mairie_and_by_those_who_prepare():
    dossier, _ = build_presente()
    communes = list_communes(dossier.demarche)
    for role in Role:
        acteur = build_acteur_de(dossier.demarche, role, communes[1])
        seen = set(DonneesCommune.objects.visible_to(acteur).values_list("commune_id", flat=True))
        if role in rules_of_drafts():
            assert len(seen) == 3
        else:
            assert seen == ({communes[1].pk} if role in {Role.MAIRE, Role.SECRETAIRE} else set())


def test_nothing_crosses_demarches():
    build_presente()
    stranger = build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)
    for model in (Dossier, Scenario, Gel, EffetCommune, DonneesCommune):
        assert not model.objects.visible_to(stranger).exists()


def test_long_texts_are_not_loaded_with_the_summary():
    dossier, acteur = build_presente()
    scenario = Scenario.objects.with_gel().get(dossier=dossier)
    assert {"entree", "resultat"} <= scenario.gel.get_deferred_fields()
    assert {"entree", "resultat"} <= Gel.objects.visible_to(acteur).get().get_deferred_fields()


MONTANTS = {Gel: ("cout",), EffetCommune: ("contribution", "depense", "ecart", "cout_seul", "bas", "haut")}


def test_every_amount_is_kept_on_64_bits():
    for model, noms in MONTANTS.items():
        assert {model._meta.get_field(nom).get_internal_type() for nom in noms} == {"BigIntegerField"}


def test_an_amount_beyond_21_million_euros_is_kept_to_the_cent():
    """2³¹ cents and more: what PostgreSQL refuses in a column of 32 bits."""
    dossier = build_dossier(build_demarche(2))
    equipe = build_equipe(dossier.demarche)
    cout = 2**31 + 1
    fixe = cout - 40_000_00
    montant = f"{fixe // 100},{fixe % 100:02d}"
    scenario = build_fige(dossier, equipe, couts={"fixes": [{"libelle": "Réseau (fictif)", "montant": montant}]})
    assert Gel.objects.get(scenario=scenario).cout == cout
    assert sum(effet.contribution for effet in scenario.effets.all()) == cout
