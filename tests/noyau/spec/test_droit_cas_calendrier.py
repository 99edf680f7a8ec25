"""Calendar of the mandate and plan backwards (part 7, R-1.1, R-1.3, R-3.4, R-3.9, R-4.13, R-6.4, R-7.4)."""

from datetime import date

import pytest
from droit_tables import Cas, Table, run, spread

from communaccord.noyau.droit.calendrier import (
    EtatEcheance,
    FaitsMandat,
    StatutEcheance,
    build_calendrier,
    build_retroplannings,
    compute_fenetre_schema,
)

AUJOURD_HUI = date(2026, 11, 23)


def list_limites(identifiant, second_tour):
    echeance = build_calendrier(FaitsMandat(second_tour=second_tour), AUJOURD_HUI).get_echeance(identifiant)
    return tuple(limite.jour for limite in echeance.limites)


def list_dates_budget(seance):
    faits = FaitsMandat(second_tour=True, commune_3500=True, seance_budget=seance)
    calendrier = build_calendrier(faits, AUJOURD_HUI)
    debat = calendrier.get_echeance("debat_orientation_2027")
    return (
        debat.debut,
        calendrier.get_echeance("documents_budget_2027").limites[0].jour,
        calendrier.get_echeance("convocation_budget_2027").limites[0].jour,
    )


def list_departs(second_tour, seance):
    plans = build_retroplannings(FaitsMandat(second_tour=second_tour, seance_approbation=seance), AUJOURD_HUI)
    return tuple(plan.depart_rapport.jour for plan in plans)


def list_etapes(second_tour):
    (plan,) = build_retroplannings(FaitsMandat(second_tour=second_tour), AUJOURD_HUI)
    return {etape.identifiant: etape.jour for etape in plan.etapes}


def find_statut(identifiant, **faits):
    return build_calendrier(FaitsMandat(**faits), AUJOURD_HUI).get_echeance(identifiant).statut


def find_communication(approbation, budget):
    faits = FaitsMandat(schema_approuve=approbation, seance_budget=budget)
    echeance = build_calendrier(faits, AUJOURD_HUI).get_echeance("communication_annuelle")
    return echeance.limites[0].jour


def build_table(regle, titre, cas):
    colonnes = ("échéance", "une commune a voté au second tour")
    return Table(regle, titre, colonnes, "dernier jour", list_limites, cas)


FICHE = "exemple de l'étude juridique du projet"
TABLES = (
    build_table(
        "R-3.9",
        "Installation du conseil communautaire en 2026",
        (
            Cas("Sans second tour", ("installation", False), (date(2026, 4, 17),), FICHE),
            Cas("Avec second tour", ("installation", True), (date(2026, 4, 24),), FICHE),
        ),
    ),
    build_table(
        "R-4.13",
        "Règlement intérieur, après une installation au dernier jour possible",
        (
            Cas("Sans second tour", ("reglement_interieur", False), (date(2026, 10, 17),), FICHE),
            Cas("Avec second tour", ("reglement_interieur", True), (date(2026, 10, 24),), FICHE),
        ),
    ),
    build_table(
        "R-1.3",
        "Dernier jour pour envoyer le rapport d'activité",
        (
            Cas("Rapport 2025", ("rapport_activite_2025", None), (date(2026, 9, 29),), "CGCT L5211-39"),
            Cas("Rapport 2026", ("rapport_activite_2026", None), (date(2027, 9, 29),), "CGCT L5211-39"),
        ),
    ),
    build_table(
        "R-3.4",
        "Pacte de gouvernance, s'il est décidé",
        (
            Cas("Adoption, sans second tour", ("pacte_gouvernance", False), (date(2026, 12, 15),), FICHE),
            Cas("Adoption, avec second tour", ("pacte_gouvernance", True), (date(2026, 12, 22),), FICHE),
            Cas(
                "Adoption, second tour inconnu : les deux dates",
                ("pacte_gouvernance", None),
                (
                    date(2026, 12, 15),
                    date(2026, 12, 22),
                ),
                FICHE,
            ),
            Cas("Dernier départ du projet pour deux mois d'avis", ("envoi_pacte", True), (date(2026, 10, 21),)),
        ),
    ),
    build_table(
        "R-3.10",
        "Renouvellement des comités sociaux territoriaux",
        (Cas("Élections", ("elections_comites_sociaux", None), (date(2026, 12, 10),), "arrêté du 2 juillet 2025"),),
    ),
    build_table(
        "R-6.4",
        "Attributions de compensation provisoires",
        (Cas("Avant le 15 février", ("ac_provisoire_2027", None), (date(2027, 2, 14),), "CGI 1609 nonies C V"),),
    ),
    build_table(
        "R-7",
        "Repères budgétaires",
        (
            Cas("Budget 2027", ("budget_2027", None), (date(2027, 4, 15),), "de mémoire"),
            Cas("Comptes 2026", ("comptes_2026", None), (date(2027, 6, 30),), "de mémoire"),
        ),
    ),
    build_table(
        "R-2.8",
        "Pour les sièges de 2032",
        (
            Cas("Accord des communes", ("accord_sieges", None), (date(2031, 8, 31),), "CGCT L5211-6-1 VII"),
            Cas("Arrêté préfectoral", ("arrete_sieges", None), (date(2031, 10, 31),), "CGCT L5211-6-1 VII"),
        ),
    ),
    Table(
        "R-1.1",
        "Fin de l'année où un rapport de mutualisation peut être établi",
        ("une commune a voté au second tour",),
        "dernier jour",
        lambda second_tour: tuple(
            limite.jour for limite in compute_fenetre_schema(FaitsMandat(second_tour=second_tour))
        ),
        (
            Cas("Sans second tour", (False,), (date(2027, 3, 15),), FICHE),
            Cas("Avec second tour", (True,), (date(2027, 3, 22),), FICHE),
            Cas("On ne sait pas", (None,), (date(2027, 3, 15), date(2027, 3, 22)), FICHE),
        ),
    ),
    Table(
        "R-1.1",
        "Dernier départ utile du rapport, pour trois mois d'avis avant l'approbation",
        ("une commune a voté au second tour", "séance d'approbation prévue"),
        "dernier départ",
        list_departs,
        (
            Cas("Approbation le dernier jour, sans second tour", (False, None), (date(2026, 12, 14),)),
            Cas("Approbation le dernier jour, avec second tour", (True, None), (date(2026, 12, 21),)),
            Cas("On ne sait pas : les deux dates", (None, None), (date(2026, 12, 14), date(2026, 12, 21))),
            Cas("Approbation le 11 mars 2027", (True, date(2027, 3, 11)), (date(2026, 12, 10),)),
            Cas("Approbation le lendemain du dernier avis", (True, date(2027, 3, 2)), (date(2026, 12, 1),), FICHE),
        ),
    ),
    Table(
        "R-1.1",
        "Étapes à rebours, avec second tour",
        ("une commune a voté au second tour",),
        "dernier jour de chaque étape",
        list_etapes,
        (
            Cas(
                "Approbation le 22 mars 2027",
                (True,),
                {
                    "envoi_rapport_note": date(2026, 12, 15),
                    "envoi_rapport": date(2026, 12, 21),
                    "convocation_cst": date(2027, 2, 26),
                    "documents_cst": date(2027, 3, 5),
                    "seance_cst": date(2027, 3, 13),
                    "convocation": date(2027, 3, 16),
                    "approbation": date(2027, 3, 22),
                },
            ),
        ),
    ),
    Table(
        "R-1.1",
        "Communication annuelle sur l'avancement du schéma",
        ("schéma approuvé le", "budget voté le"),
        "au plus tard",
        find_communication,
        (
            Cas("Le budget vient après l'approbation", (date(2027, 3, 11), date(2027, 4, 8)), date(2027, 4, 8), FICHE),
            Cas(
                "Le budget est déjà voté : l'année suivante",
                (date(2027, 4, 20), date(2027, 4, 8)),
                date(2028, 4, 15),
                FICHE,
            ),
            Cas(
                "Le budget est voté avant l'approbation",
                (date(2027, 3, 11), date(2027, 3, 4)),
                date(2028, 4, 15),
                FICHE,
            ),
            Cas("Budget pas encore fixé", (date(2027, 3, 11), None), date(2027, 4, 15), "date usuelle, de mémoire"),
        ),
    ),
    Table(
        "R-7.4",
        "Autour d'un budget voté le 8 avril 2027",
        ("séance du budget",),
        "premier jour du débat d'orientation, envoi des documents, convocation",
        list_dates_budget,
        (
            Cas(
                "Dix semaines, douze jours, cinq jours francs",
                (date(2027, 4, 8),),
                (date(2027, 1, 28), date(2027, 3, 27), date(2027, 4, 2)),
                FICHE,
            ),
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_the_schema_is_never_an_obligation():
    """Trap 1: « établit » became « peut établir » on 29 December 2019."""
    assert find_statut("fenetre_schema") is StatutEcheance.FACULTE
    for plan in build_retroplannings(FaitsMandat(), AUJOURD_HUI):
        assert all(etape.statut is not StatutEcheance.OBLIGATION for etape in plan.etapes)
        assert plan.depart_rapport.statut is StatutEcheance.FACULTE


def test_what_depends_on_an_unknown_fact_is_not_an_obligation():
    assert find_statut("pacte_gouvernance", pacte_decide=True) is StatutEcheance.SOUS_CONDITION
    assert find_statut("ac_provisoire_2027") is StatutEcheance.SOUS_CONDITION
    assert find_statut("ac_provisoire_2027", fpu=True) is StatutEcheance.OBLIGATION
    budget = {"seance_budget": date(2027, 4, 8)}
    assert find_statut("debat_orientation_2027", **budget) is StatutEcheance.SOUS_CONDITION
    assert find_statut("debat_orientation_2027", commune_3500=True, **budget) is StatutEcheance.OBLIGATION


def test_what_is_known_from_memory_is_never_established():
    calendrier = build_calendrier(FaitsMandat(), AUJOURD_HUI)
    for identifiant in ("budget_2027", "comptes_2026"):
        echeance = calendrier.get_echeance(identifiant)
        assert echeance.statut is StatutEcheance.REPERE
        assert not echeance.confiance.est_etablie
        assert "de mémoire" in echeance.explication


def test_pacte_on_23_november_cannot_leave_two_full_months():
    """R-3.4: a draft not yet sent leaves too short a time; said, never forbidden."""
    calendrier = build_calendrier(FaitsMandat(pacte_decide=True), AUJOURD_HUI)
    assert calendrier.get_echeance("envoi_pacte").etat is EtatEcheance.PASSEE
    echeance = calendrier.get_echeance("pacte_gouvernance")
    assert echeance.etat is EtatEcheance.A_VENIR
    assert [avertissement.code for avertissement in echeance.avertissements] == ["PACTE_DEUX_MOIS"]
