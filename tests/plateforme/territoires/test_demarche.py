"""A démarche is created from the reference data, confirmed once, its phases counted backwards and adjusted."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche
from tests.plateforme.territoires.fabrique import AGEN, LYON, PAYS_BASQUE, load_petite_france

from communaccord.plateforme.comptes.acteurs import build_administration
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit
from communaccord.plateforme.territoires.actions import (
    close_demarche,
    confirm_demarche,
    create_demarche,
    enter_demarche_en_cours,
    set_phases,
)
from communaccord.plateforme.territoires.actions.demarche import build_commune_membre
from communaccord.plateforme.territoires.bridge import compute_phases, compute_sieges_membres
from communaccord.plateforme.territoires.enums import EtatDemarche, Phase
from communaccord.plateforme.territoires.models import Commune, Demarche, Epci
from communaccord.plateforme.territoires.queries import list_phases

pytestmark = pytest.mark.django_db
SEANCE = date(2027, 3, 15)
CONTIGUES = [Phase.ETAT_DES_LIEUX, Phase.ORIENTATIONS, Phase.PERIMETRES, Phase.FORMALISATION, Phase.MISE_EN_OEUVRE]


@pytest.fixture
def basque():
    load_petite_france(PAYS_BASQUE)
    return Epci.objects.get(siren=PAYS_BASQUE)


@pytest.fixture
def demarche(basque):
    return create_demarche(epci=basque, instant=INSTANT)


def test_it_holds_what_the_reference_says(demarche, basque):
    assert demarche.etat == EtatDemarche.A_CONFIRMER
    assert (demarche.siren, demarche.departement, demarche.fuseau) == (PAYS_BASQUE, "64", "Europe/Paris")
    assert demarche.communes.count() == 158
    bayonne = demarche.communes.get(code="64102")
    reference = Commune.objects.get(code="64102")
    assert bayonne.population_municipale == reference.population_municipale_2022
    assert bayonne.population_totale == reference.population_totale_2022
    assert bayonne.millesime == 2022
    assert bayonne.sieges == reference.sieges_constates
    assert demarche.sieges_total == sum(demarche.communes.values_list("sieges", flat=True))


def test_seats_are_those_of_the_ordinary_rule_when_the_register_has_gaps(basque):
    communes = list(Commune.objects.in_epci(PAYS_BASQUE))
    basque.constat_complet = False
    sieges = compute_sieges_membres(basque, communes)
    assert set(sieges) == {c.code for c in communes}
    assert min(sieges.values()) == 1
    basque.constat_complet = True
    assert compute_sieges_membres(basque, communes) == {c.code: c.sieges_constates for c in communes}


def test_creating_costs_the_same_for_158_communes(basque, django_assert_num_queries):
    # SQLite writes so many rows in two goes.
    with django_assert_num_queries(10 if connection.vendor == "postgresql" else 11):
        create_demarche(epci=basque, instant=INSTANT)


def test_the_metropole_de_lyon_is_not_an_epci():
    load_petite_france(LYON)
    with pytest.raises(ActionRefusee, match="statut particulier"):
        create_demarche(epci=Epci.objects.get(siren=LYON), instant=INSTANT)


@pytest.mark.parametrize(("departement", "attendu"), [("67", True), ("68", True), ("57", True), ("64", False)])
def test_the_local_law_of_alsace_moselle(basque, departement, attendu):
    commune = Commune(code="00000", nom="X", departement_id=departement, population_municipale_2022=1)
    assert build_commune_membre(Demarche(pk=1), commune, 1).alsace_moselle is attendu


def test_two_may_wait_but_one_only_is_open(basque, demarche):
    second = create_demarche(epci=basque, instant=INSTANT)
    admin = build_administration(demarche)
    confirm_demarche(acteur=admin, instant=INSTANT, demarche=demarche, comment="appel au siège")
    with pytest.raises(Conflit, match="équipe projet"):
        confirm_demarche(acteur=admin, instant=INSTANT, demarche=second, comment="appel au siège")
    with pytest.raises(Conflit, match="déjà ouverte"):
        create_demarche(epci=basque, instant=INSTANT)
    with pytest.raises(Conflit, match="n'attend plus"):
        confirm_demarche(acteur=admin, instant=INSTANT, demarche=demarche, comment="encore")
    demarche.refresh_from_db()
    assert (demarche.etat, demarche.confirmee_le) == (EtatDemarche.OUVERTE, INSTANT)
    close_demarche(acteur=admin, instant=INSTANT, demarche=second, motif="doublon")
    assert Demarche.objects.get(pk=second.pk).etat == EtatDemarche.CLOSE
    assert list(Acte.objects.order_by("pk").values_list("verbe", flat=True)) == ["confirm_demarche", "close_demarche"]


def test_five_phases_follow_each_other_up_to_the_council(demarche):
    phases = list_phases(demarche)
    assert [row.phase for row in phases] == CONTIGUES
    for before, after in pairwise(phases):
        assert after.debut == before.fin + timedelta(days=1)
    assert phases[3].fin == date(2027, 3, 15), "un an après le premier tour du 15 mars 2026, cas le plus court"
    assert all(row.est_calculee for row in phases)


@pytest.mark.parametrize("seance", [SEANCE, date(2027, 12, 17), date(2031, 6, 30)])
def test_the_formalisation_leaves_three_months_to_the_councils(demarche, seance):
    populations = list(demarche.communes.values_list("population_municipale", flat=True))
    plan = compute_phases(demarche, populations, debut=INSTANT.date(), aujourd_hui=INSTANT.date(), seance=seance)
    formalisation = plan.phases[3]
    assert (formalisation.fin - formalisation.debut).days >= 92 + 5
    assert "CGCT L5211-39-1" in formalisation.articles
    assert formalisation.fiabilite
    assert all(not phase.articles and "usage" in phase.explication for phase in plan.phases[:3])
    lengths = [(phase.fin - phase.debut).days + 1 for phase in plan.phases[:3]]
    assert max(lengths) - min(lengths) <= 1
    assert min(lengths) >= 30


def test_a_council_too_near_is_said_and_planned_all_the_same(demarche):
    seance = date(2027, 1, 20)
    plan = compute_phases(demarche, [1000], debut=INSTANT.date(), aujourd_hui=INSTANT.date(), seance=seance)
    assert any("trois mois" in sentence for sentence in plan.avertissements)
    assert plan.phases[0].debut < INSTANT.date()


def test_a_council_before_the_elections_is_refused(basque):
    with pytest.raises(Conflit, match="vérifiez l'année"):
        create_demarche(epci=basque, instant=INSTANT, approbation_visee=date(2025, 3, 15))
    assert not Demarche.objects.exists()


def test_what_people_adjusted_stays_when_the_council_moves(demarche):
    equipe = build_acteur_de(demarche, Role.EQUIPE_PROJET)
    kept = (date(2026, 5, 1), date(2026, 9, 30))
    set_phases(acteur=equipe, instant=INSTANT, dates={Phase.ETAT_DES_LIEUX: kept})
    set_phases(acteur=equipe, instant=INSTANT, dates={}, approbation_visee=date(2027, 12, 17))
    rows = {row.phase: row for row in list_phases(Demarche.objects.get(pk=demarche.pk))}
    assert (rows["etat_des_lieux"].debut, rows["etat_des_lieux"].fin) == kept
    assert rows["formalisation"].fin == date(2027, 12, 17)
    assert Acte.objects.filter(verbe="set_phases").count() == 2


def test_a_demarche_under_way_is_entered_as_it_stands(demarche):
    equipe = build_acteur_de(demarche, Role.DGS_EPCI)
    vecu = {
        Phase.ETAT_DES_LIEUX: (date(2026, 4, 20), date(2026, 7, 1)),
        Phase.PERIMETRES: (date(2026, 6, 1), date(2026, 6, 2)),
    }
    enter_demarche_en_cours(acteur=equipe, instant=INSTANT, phase=Phase.PERIMETRES, dates=vecu)
    row = Demarche.objects.get(pk=demarche.pk)
    assert row.phase == Phase.PERIMETRES
    assert not row.phases.get(phase=Phase.PERIMETRES).est_calculee
    assert "périmètres" in Acte.objects.get(verbe="enter_demarche_en_cours").phrase


def test_two_people_who_move_the_phase_at_once(demarche):
    first, second = (build_acteur_de(demarche, Role.EQUIPE_PROJET) for _ in range(2))
    enter_demarche_en_cours(acteur=first, instant=INSTANT, phase=Phase.ORIENTATIONS)
    with pytest.raises(Conflit, match="vient de changer"):
        enter_demarche_en_cours(acteur=second, instant=INSTANT, phase=Phase.FORMALISATION)


def test_dates_in_the_wrong_order_are_said(demarche):
    equipe = build_acteur_de(demarche, Role.EQUIPE_PROJET)
    wrong = {Phase.ORIENTATIONS: (date(2026, 5, 2), date(2026, 5, 1))}
    with pytest.raises(Conflit, match="orientations"):
        set_phases(acteur=equipe, instant=INSTANT, dates=wrong)


@pytest.mark.parametrize("role", [r for r in Role.values if r not in ("dgs_epci", "equipe_projet")])
def test_the_equipe_alone_holds_the_phases(role):
    acteur = build_acteur_de(build_demarche(), role)
    with pytest.raises(ActionRefusee):
        set_phases(acteur=acteur, instant=INSTANT, dates={})
    with pytest.raises(ActionRefusee):
        enter_demarche_en_cours(acteur=acteur, instant=INSTANT, phase=Phase.ORIENTATIONS)


def test_the_day_of_creation_is_that_of_the_territory():
    load_petite_france(AGEN)
    epci = Epci.objects.get(siren=AGEN)
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    demarche = create_demarche(epci=epci, instant=late, approbation_visee=date(2028, 1, 31))
    assert list_phases(demarche)[0].debut == date(2026, 11, 24)
