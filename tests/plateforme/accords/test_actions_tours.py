"""A round from its rule to its closing: what must be true before it opens, what may change, what never does."""

from datetime import date, timedelta

import pytest
from tests.plateforme.accords.fabrique import (
    APRES,
    CLOTURE,
    INSTANT,
    build_scenarios,
    build_table,
    draw_and_accept,
    open_table,
    prepare,
)

from communaccord.plateforme.accords import actions, queries
from communaccord.plateforme.accords.enums import (
    TRANSITIONS_TOUR,
    EtatTour,
    ModeOuverture,
    PhaseTour,
)
from communaccord.plateforme.accords.models import Assesseur, HistoriqueTour, Reponse, Tour, TourScenario
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.dossiers.enums import EtatDossier
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit
from communaccord.plateforme.territoires.enums import EtatDemarche
from communaccord.plateforme.territoires.models import Demarche

pytestmark = pytest.mark.django_db


def launch(table):
    return actions.open_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour)


def test_an_adopted_rule_never_changes_and_the_next_version_starts_from_it():
    table = build_table()
    with pytest.raises(Conflit, match="adoptée"):
        actions.write_regle_du_jeu(
            acteur=table.equipe,
            instant=INSTANT,
            regle=table.regle,
            articles=[{"titre": "Autre", "texte": "Autre."}],
            mode_ouverture=ModeOuverture.HORLOGE,
            seuil=5,
            conservation_mois=12,
        )
    with pytest.raises(Conflit, match="adoptée"):
        actions.adopt_regle_du_jeu(
            acteur=table.equipe, instant=INSTANT, regle=table.regle, adoptee_le=date(2026, 11, 21)
        )
    following = actions.prepare_regle_du_jeu(acteur=table.equipe, instant=INSTANT)
    assert following.version == 2
    assert following.articles == table.regle.articles
    with pytest.raises(Conflit, match="déjà en préparation"):
        actions.prepare_regle_du_jeu(acteur=table.equipe, instant=INSTANT)
    with pytest.raises(Conflit, match="à venir"):
        actions.adopt_regle_du_jeu(acteur=table.equipe, instant=INSTANT, regle=following, adoptee_le=date(2026, 11, 24))
    assert queries.get_regle_en_vigueur(table.maires[0]) == table.regle


@pytest.mark.parametrize(
    ("articles", "seuil", "mois"),
    [([], 5, 24), ([{"titre": "Sans texte", "texte": " "}], 5, 24), (None, 2, 24), (None, 5, 0)],
)
def test_a_rule_is_whole_or_refused_in_words(articles, seuil, mois):
    table = build_table()
    regle = actions.prepare_regle_du_jeu(acteur=table.equipe, instant=INSTANT)
    with pytest.raises(Conflit):
        actions.write_regle_du_jeu(
            acteur=table.equipe,
            instant=INSTANT,
            regle=regle,
            articles=regle.articles if articles is None else articles,
            mode_ouverture=ModeOuverture.HORLOGE,
            seuil=seuil,
            conservation_mois=mois,
        )


def test_a_launched_round_has_its_key_its_frozen_figures_and_an_answer_for_each_commune():
    table = open_table(4, scenarios=2)
    tour = table.tour
    assert tour.etat == EtatTour.OUVERT
    assert len(bytes(tour.cle_publique)) == 32
    assert tour.cle_privee is not None
    assert Reponse.objects.filter(tour=tour).count() == 4
    frozen = TourScenario.objects.filter(lien__tour=tour)
    assert all('"contributions":{"2027":' in row.offre for row in frozen)
    assert len({row.empreinte for row in frozen}) == 2
    history = list(HistoriqueTour.objects.values_list("etat_avant", "etat_apres"))
    assert history == [("", "preparation"), ("preparation", "ouvert")]
    assert Acte.objects.get(verbe="open_tour").portee == Portee.TABLE


def test_a_round_is_launched_once():
    table = open_table()
    with pytest.raises(Conflit, match="plus en préparation"):
        launch(table)
    assert Reponse.objects.count() == 3


def test_the_phase_is_derived_from_the_dates():
    table = build_table()
    prepare(table, ouvre_le=INSTANT + timedelta(days=2))
    assert table.tour.get_phase(INSTANT) == PhaseTour.PREPARATION
    tour = launch(table)
    expected = [
        (INSTANT, PhaseTour.A_VENIR),
        (INSTANT + timedelta(days=2), PhaseTour.OUVERT),
        (CLOTURE - timedelta(microseconds=1), PhaseTour.OUVERT),
        (CLOTURE, PhaseTour.CLOS),
    ]
    assert [(instant, tour.get_phase(instant)) for instant, _ in expected] == expected
    assert not tour.is_clos(CLOTURE - timedelta(microseconds=1))
    assert tour.is_clos(CLOTURE)


def test_a_rule_not_adopted_opens_nothing():
    table = build_table()
    draft = actions.prepare_regle_du_jeu(acteur=table.equipe, instant=INSTANT)
    prepare(table, regle=draft)
    with pytest.raises(Conflit, match="adoptée"):
        launch(table)
    assert Tour.objects.get().etat == EtatTour.PREPARATION


def adopt_next(table, mode=ModeOuverture.HORLOGE, seuil=5):
    """The next version of the rule, adopted with these settings."""
    regle = actions.prepare_regle_du_jeu(acteur=table.equipe, instant=INSTANT)
    actions.write_regle_du_jeu(
        acteur=table.equipe,
        instant=INSTANT,
        regle=regle,
        articles=regle.articles,
        mode_ouverture=mode,
        seuil=seuil,
        conservation_mois=24,
    )
    actions.adopt_regle_du_jeu(acteur=table.equipe, instant=INSTANT, regle=regle, adoptee_le=date(2026, 11, 22))
    regle.refresh_from_db()
    return regle


def test_a_round_is_launched_under_the_rule_in_force_and_no_other():
    table = build_table()
    prepare(table)
    regle = adopt_next(table, seuil=10)
    actions.prepare_regle_du_jeu(acteur=table.equipe, instant=INSTANT)
    with pytest.raises(Conflit, match="version 2 de la règle du jeu a été adoptée depuis"):
        launch(table)
    prepare(table, regle=regle)
    assert launch(table).regle.seuil == 10


def test_a_round_opens_its_plis_as_the_rule_says_or_by_more_hands():
    table = build_table(5, mode=ModeOuverture.ASSESSEURS)
    prepare(table, mode=ModeOuverture.HORLOGE)
    with pytest.raises(Conflit, match="confie l'ouverture des plis à trois maires"):
        launch(table)
    stronger = build_table(5)
    prepare(stronger, mode=ModeOuverture.ASSESSEURS)
    draw_and_accept(stronger)
    assert launch(stronger).mode == ModeOuverture.ASSESSEURS


@pytest.mark.parametrize(("etat", "words"), [(EtatDemarche.A_CONFIRMER, "confirmation"), (EtatDemarche.CLOSE, "close")])
def test_no_round_is_drawn_nor_launched_in_a_demarche_that_is_not_open(etat, words):
    table = build_table(5)
    by_clock = prepare(table, mode=ModeOuverture.HORLOGE)
    drawn = prepare(table, mode=ModeOuverture.ASSESSEURS)
    Demarche.objects.update(etat=etat)
    for tour in Tour.objects.with_regle().order_by("pk"):
        with pytest.raises(Conflit, match=words):
            actions.open_tour(acteur=table.equipe, instant=INSTANT, tour=tour)
        with pytest.raises(Conflit, match=words):
            actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=tour, graine="dit en séance")
    assert set(Tour.objects.values_list("pk", "etat")) == {(t.pk, EtatTour.PREPARATION) for t in (by_clock, drawn)}
    assert not Assesseur.objects.exists()


def test_a_dossier_not_presented_or_a_scenario_not_frozen_opens_nothing():
    table = build_table()
    prepare(table)
    Dossier.objects.update(etat=EtatDossier.BROUILLON)
    with pytest.raises(Conflit, match="n'est pas présenté"):
        launch(table)
    Dossier.objects.update(etat=EtatDossier.PRESENTE)
    scenario = table.scenarios[0]
    replaced = Scenario(
        dossier=table.dossier,
        rang=1,
        numero=2,
        remplace=scenario,
        libelle="Version suivante (fictif)",
        cree_par="essai",
        cree_le=INSTANT,
        modifie_par="essai",
        modifie_le=INSTANT,
        fige_le=INSTANT,
    )
    replaced.save()
    with pytest.raises(Conflit, match="remplace"):
        launch(table)


def test_one_dossier_is_in_one_open_round_at_a_time():
    table = open_table()
    prepare(table, titre="Second tour fictif")
    with pytest.raises(Conflit, match="déjà dans le tour"):
        launch(table)


def test_a_past_closing_opens_nothing():
    table = build_table()
    prepare(table)
    with pytest.raises(Conflit, match="déjà passée"):
        actions.open_tour(acteur=table.equipe, instant=APRES, tour=table.tour)


@pytest.mark.parametrize(
    "values",
    [
        {"titre": " "},
        {"cloture_le": INSTANT},
        {"scenarios": []},
    ],
)
def test_settings_that_cannot_be_are_told(values):
    table = build_table()
    with pytest.raises(Conflit):
        prepare(table, **values)


def test_a_scenario_of_another_demarche_is_refused():
    table, other = build_table(), build_table()
    with pytest.raises(ActionRefusee):
        prepare(table, scenarios=other.scenarios)


def test_a_round_in_preparation_changes_and_keeps_its_dossiers_in_order():
    table = build_table()
    tour = prepare(table)
    more = build_scenarios(table.demarche, 2, "Autre dossier fictif")
    actions.change_tour(
        acteur=table.equipe,
        instant=INSTANT,
        tour=tour,
        titre="Titre changé",
        regle=table.regle,
        scenarios=[*more, *table.scenarios],
        ouvre_le=INSTANT,
        cloture_le=CLOTURE,
        mode=ModeOuverture.HORLOGE,
    )
    assert [lien.dossier.titre for lien in tour.liens_dossiers.order_by("ordre")] == [
        "Autre dossier fictif",
        "Dossier fictif",
    ]
    launch(table)
    with pytest.raises(Conflit, match="plus en préparation"):
        actions.change_tour(
            acteur=table.equipe,
            instant=INSTANT,
            tour=tour,
            titre="Trop tard",
            regle=table.regle,
            scenarios=table.scenarios,
            ouvre_le=INSTANT,
            cloture_le=CLOTURE,
            mode=ModeOuverture.HORLOGE,
        )


def test_the_closing_is_put_off_before_it_comes_and_everybody_is_told():
    table = open_table()
    later = CLOTURE + timedelta(days=3)
    actions.extend_cloture(
        acteur=table.equipe, instant=INSTANT, tour=table.tour, cloture_le=later, motif="Neige sur les routes"
    )
    table.tour.refresh_from_db()
    assert table.tour.cloture_le == later
    told = set(Courriel.objects.filter(cle__contains="report").values_list("mandat_id", flat=True))
    assert told == {m.mandat_id for m in [*table.maires, *table.secretaires, table.equipe]}
    assert "Neige" in Courriel.objects.filter(cle__contains="report").first().corps
    assert HistoriqueTour.objects.last().motif == "Neige sur les routes"


@pytest.mark.parametrize(
    ("instant", "closing"), [(APRES, CLOTURE + timedelta(3)), (INSTANT, CLOTURE - timedelta(1)), (INSTANT, CLOTURE)]
)
def test_the_closing_is_never_moved_after_it_nor_brought_forward(instant, closing):
    table = open_table()
    with pytest.raises(Conflit):
        actions.extend_cloture(acteur=table.equipe, instant=instant, tour=table.tour, cloture_le=closing, motif="essai")


def test_an_abandoned_round_loses_its_keys_and_tells_why():
    table = open_table()
    table.answer(0)
    with pytest.raises(Conflit, match="pourquoi"):
        actions.abandon_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour, motif=" ")
    actions.abandon_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour, motif="Chiffres à revoir")
    table.tour.refresh_from_db()
    assert table.tour.etat == EtatTour.ABANDONNE
    assert table.tour.cle_privee is None
    assert table.tour.motif == "Chiffres à revoir"
    assert Courriel.objects.filter(cle__contains="abandon").count() == 7
    with pytest.raises(Conflit, match="déjà terminé"):
        actions.abandon_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour, motif="encore")
    actions.veiller(APRES)
    table.tour.refresh_from_db()
    assert table.tour.etat == EtatTour.ABANDONNE


def test_history_is_written_once():
    open_table()
    row = HistoriqueTour.objects.first()
    row.motif = "réécrit"
    with pytest.raises(EcritureInterdite):
        row.save()
    with pytest.raises(EcritureInterdite):
        HistoriqueTour.objects.all().delete()


def test_every_change_of_the_history_is_in_the_table_of_transitions():
    table = open_table(mode=ModeOuverture.HORLOGE)
    actions.veiller(APRES)
    other = open_table()
    actions.abandon_tour(acteur=other.equipe, instant=INSTANT, tour=other.tour, motif="essai")
    moves = HistoriqueTour.objects.exclude(etat_avant="").values_list("etat_avant", "etat_apres")
    assert {(a, b) for a, b in moves} == {
        ("preparation", "ouvert"),
        ("ouvert", "depouille"),
        ("ouvert", "abandonne"),
    }
    assert all(b in TRANSITIONS_TOUR[EtatTour(a)] for a, b in moves)
    assert table.tour.pk
