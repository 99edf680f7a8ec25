"""States of the dates, missing facts, refusals, calendar file."""

from datetime import date, timedelta

import pytest

from communaccord.noyau.droit.calendrier import (
    Elections,
    EtatEcheance,
    FaitsMandat,
    build_calendrier,
    build_evenements,
    build_retroplannings,
)
from communaccord.noyau.droit.regle import Confiance

AUJOURD_HUI = date(2026, 11, 23)


def list_identifiants(**faits):
    return {echeance.identifiant for echeance in build_calendrier(FaitsMandat(**faits), AUJOURD_HUI).echeances}


@pytest.mark.parametrize(
    ("jour", "etat", "restants"),
    [
        (date(2026, 3, 1), EtatEcheance.A_VENIR, 379),
        (date(2026, 3, 15), EtatEcheance.OUVERTE, 365),
        (date(2027, 3, 15), EtatEcheance.OUVERTE, 0),
        (date(2027, 3, 16), EtatEcheance.A_VERIFIER, 6),
        (date(2027, 3, 22), EtatEcheance.A_VERIFIER, 0),
        (date(2027, 3, 23), EtatEcheance.PASSEE, None),
    ],
)
def test_state_of_the_window_when_the_second_round_is_unknown(jour, etat, restants):
    echeance = build_calendrier(FaitsMandat(), jour).get_echeance("fenetre_schema")
    assert (echeance.etat, echeance.jours_restants) == (etat, restants)


def test_facts_add_and_remove_dates():
    assert "pacte_gouvernance" not in list_identifiants(pacte_decide=False)
    assert "ac_provisoire_2027" not in list_identifiants(fpu=False)
    assert "debat_orientation_2027" not in list_identifiants(seance_budget=date(2027, 4, 8), commune_3500=False)
    assert "communication_annuelle" not in list_identifiants()
    autres = FaitsMandat(elections=Elections(date(2032, 3, 14), date(2032, 3, 21)))
    calendrier = build_calendrier(autres, AUJOURD_HUI)
    assert "elections_comites_sociaux" not in {echeance.identifiant for echeance in calendrier.echeances}
    assert calendrier.get_echeance("accord_sieges").limites[0].jour == date(2037, 8, 31)


def test_installation_known_moves_the_internal_rules():
    calendrier = build_calendrier(FaitsMandat(seance_installation=date(2026, 4, 9)), AUJOURD_HUI)
    assert [limite.jour for limite in calendrier.get_echeance("reglement_interieur").limites] == [date(2026, 10, 9)]


def test_staff_section_is_said_according_to_population():
    for connu, phrase in ((True, "présente aussi les effectifs"), (None, "Au-delà de 10 000"), (False, "conseillés.")):
        faits = FaitsMandat(seance_budget=date(2027, 4, 8), epci_10000=connu)
        echeance = build_calendrier(faits, AUJOURD_HUI).get_echeance("debat_orientation_2027")
        assert phrase in echeance.explication


@pytest.mark.parametrize(
    ("debat", "codes"),
    [
        (date(2027, 1, 27), ["DEBAT_HORS_DELAI"]),
        (date(2027, 1, 28), []),
        (date(2027, 4, 6), []),
        (date(2027, 4, 8), ["DEBAT_HORS_DELAI"]),
    ],
)
def test_debate_is_within_ten_weeks_of_the_budget_and_not_on_its_day(debat, codes):
    """Trap 30: ten weeks are a maximum, the debate may be close to the vote."""
    faits = FaitsMandat(seance_budget=date(2027, 4, 8), seance_debat=debat)
    calendrier = build_calendrier(faits, AUJOURD_HUI)
    assert [a.code for a in calendrier.get_echeance("debat_orientation_2027").avertissements] == codes
    envoi = calendrier.get_echeance("transmission_rapport_2027").limites[0].jour
    assert envoi == debat + timedelta(days=15)


def test_dates_are_ascending_and_every_date_names_its_rule():
    calendrier = build_calendrier(FaitsMandat(schema_approuve=date(2027, 3, 11)), AUJOURD_HUI)
    jours = [echeance.limites[0].jour for echeance in calendrier.echeances]
    assert jours == sorted(jours)
    assert all(echeance.regle.articles and echeance.explication.endswith(".") for echeance in calendrier.echeances)


@pytest.mark.parametrize(
    ("faits", "phrase"),
    [
        (FaitsMandat(elections=Elections(date(2026, 3, 22), date(2026, 3, 15))), "second tour ne peut pas précéder"),
        (FaitsMandat(seance_budget=date(2025, 4, 8)), "avant les élections"),
    ],
)
def test_refuses_dates_that_do_not_hold_together(faits, phrase):
    with pytest.raises(ValueError, match=phrase):
        build_calendrier(faits, AUJOURD_HUI)


def test_plan_refuses_a_meeting_before_the_renewal():
    with pytest.raises(ValueError, match="avant le renouvellement"):
        build_retroplannings(FaitsMandat(seance_approbation=date(2026, 3, 1)), AUJOURD_HUI)


def test_unknown_date_is_refused_with_its_name():
    with pytest.raises(KeyError, match="galette"):
        build_calendrier(FaitsMandat(), AUJOURD_HUI).get_echeance("galette")


@pytest.mark.parametrize(
    ("seance", "jour", "codes"),
    [
        (date(2027, 3, 11), AUJOURD_HUI, []),
        (date(2027, 3, 18), AUJOURD_HUI, ["FENETRE_SELON_SECOND_TOUR"]),
        (date(2027, 4, 8), AUJOURD_HUI, ["HORS_FENETRE"]),
        (date(2027, 1, 20), AUJOURD_HUI, ["DEPART_PASSE"]),
    ],
)
def test_warnings_of_a_plan(seance, jour, codes):
    (plan,) = build_retroplannings(FaitsMandat(seance_approbation=seance), jour)
    assert [avertissement.code for avertissement in plan.avertissements] == codes
    assert plan.dans_la_fenetre == ("HORS_FENETRE" not in codes)


def test_plan_without_a_meeting_gives_both_cases():
    plans = build_retroplannings(FaitsMandat(), AUJOURD_HUI)
    assert [plan.seance for plan in plans] == [date(2027, 3, 15), date(2027, 3, 22)]
    assert all(plan.condition.startswith("si ") and not plan.avertissements for plan in plans)


def test_events_are_whole_days_with_unique_stable_identifiers():
    faits = FaitsMandat()
    premier = build_evenements(build_calendrier(faits, AUJOURD_HUI), build_retroplannings(faits, AUJOURD_HUI))
    plus_tard = AUJOURD_HUI + timedelta(days=200)
    second = build_evenements(build_calendrier(faits, plus_tard), build_retroplannings(faits, plus_tard))
    assert [evenement.uid for evenement in premier] == [evenement.uid for evenement in second]
    assert len({evenement.uid for evenement in premier}) == len(premier)
    assert all(evenement.fin - evenement.debut == timedelta(days=1) for evenement in premier)
    assert all("Source" in evenement.description for evenement in premier)


def test_the_debate_is_dated_from_the_usual_day_of_the_budget_and_says_so():
    echeance = build_calendrier(FaitsMandat(commune_3500=True), AUJOURD_HUI).get_echeance("debat_orientation_2027")
    assert (echeance.debut, echeance.limites[0].jour) == (date(2027, 2, 4), date(2027, 4, 14))
    assert echeance.confiance is Confiance.MEMOIRE
    assert "supposé voté" in echeance.explication


def test_each_date_names_its_own_articles():
    etapes = {etape.identifiant: etape.articles for etape in build_retroplannings(FaitsMandat(), AUJOURD_HUI)[0].etapes}
    assert etapes["envoi_rapport"] == ("CGCT L5211-39-1",)
    assert etapes["convocation_cst"] == ("CGFP R254-38",)
    assert etapes["approbation"] == ("CGCT L5211-39-1",)
    echeances = build_calendrier(FaitsMandat(), AUJOURD_HUI).echeances
    assert all(echeance.articles for echeance in echeances)
    assert max(len(echeance.articles) for echeance in echeances) <= 2


def test_a_date_says_how_far_it_is_known():
    calendrier = build_calendrier(FaitsMandat(), AUJOURD_HUI)
    assert calendrier.get_echeance("fenetre_schema").fiabilite == "texte lu dans sa version de décembre 2023"
    assert calendrier.get_echeance("budget_2027").fiabilite == "de mémoire, à vérifier"
    for identifiant in ("installation", "reglement_interieur"):
        assert calendrier.get_echeance(identifiant).fiabilite == "source secondaire"
    connue = build_calendrier(FaitsMandat(seance_installation=date(2026, 4, 9)), AUJOURD_HUI)
    assert connue.get_echeance("reglement_interieur").confiance is Confiance.TEXTE_LU


def test_dates_that_no_text_sets_are_said_prudent():
    calendrier = build_calendrier(FaitsMandat(), AUJOURD_HUI)
    assert {echeance.identifiant for echeance in calendrier.echeances if echeance.est_prudente} == {"envoi_pacte"}
    (plan,) = build_retroplannings(FaitsMandat(seance_approbation=date(2027, 3, 11)), AUJOURD_HUI)
    assert {etape.identifiant for etape in plan.etapes if etape.est_prudente} == {
        "envoi_rapport_note",
        "seance_cst",
        "documents_cst",
        "convocation_cst",
    }
    assert {etape.fiabilite for etape in plan.etapes} == {
        "texte lu dans sa version de décembre 2023",
        "texte lu dans sa version d'avril 2026",
    }


def test_calendar_file_says_reliability_and_warnings():
    faits = FaitsMandat(seance_budget=date(2027, 4, 8), seance_debat=date(2027, 4, 8), seance_approbation=AUJOURD_HUI)
    evenements = build_evenements(build_calendrier(faits, AUJOURD_HUI), build_retroplannings(faits, AUJOURD_HUI))
    descriptions = {evenement.uid: evenement.description for evenement in evenements}
    assert descriptions["comptes_2026-20270630"].endswith("Fiabilité : de mémoire, à vérifier.")
    assert "se tient le même jour" in descriptions["debat_orientation_2027-20270407"]
    assert "ne peut plus laisser trois mois" in descriptions["schema-approbation-20261123"]
    assert "ne peut plus laisser trois mois" not in descriptions["schema-convocation-20261123"]
    assert descriptions["schema-seance_cst-20261123"].startswith("Date prudente, calculée. ")
