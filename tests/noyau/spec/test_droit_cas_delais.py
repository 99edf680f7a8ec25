"""Delays and opinions: jours francs, months, silences (R-1.2, R-4.1, R-4.2, R-4.5)."""

from datetime import date

import pytest
from droit_tables import Cas, Table, run, spread

from communaccord.noyau.droit.avis import (
    CONSULTATIONS,
    AvisRendu,
    EtatAvis,
    SensAvis,
    Silence,
    compute_etat_avis,
)
from communaccord.noyau.droit.delais import (
    Assemblee,
    add_months,
    compute_depart_utile,
    compute_envoi_max,
    compute_seconde_seance_min,
    find_delai_convocation,
)

SEANCE = date(2026, 12, 17)
RECU = date(2026, 12, 1)


def find_envoi(assemblee, population, seance, alsace_moselle, urgence):
    delai = find_delai_convocation(assemblee, population=population, alsace_moselle=alsace_moselle, urgence=urgence)
    return (delai.label, compute_envoi_max(seance, delai.jours, francs=delai.francs))


def judge_avis(consultation, recu, sens, rendu, numero, jour):
    avis = AvisRendu(sens, rendu, numero) if sens else None
    suivi = compute_etat_avis(consultation, recu, avis, jour)
    return (suivi.etat, tuple(avertissement.code for avertissement in suivi.avertissements))


def describe_consultation(consultation):
    return (consultation.delai_mois, consultation.silence)


EPCI, COMMUNE = Assemblee.EPCI, Assemblee.COMMUNE
FICHE = "exemple de l'étude juridique du projet"
TABLES = (
    Table(
        "R-4.1",
        "Dernier jour pour envoyer la convocation d'une séance du jeudi 17 décembre 2026",
        ("assemblée", "population de la commune", "séance", "Alsace-Moselle", "urgence"),
        "délai, dernier jour d'envoi",
        find_envoi,
        (
            Cas("EPCI", (EPCI, None, SEANCE, False, False), ("5 jours francs", date(2026, 12, 11)), FICHE),
            Cas(
                "EPCI de 2 000 habitants : le même délai",
                (EPCI, 2_000, SEANCE, False, False),
                ("5 jours francs", date(2026, 12, 11)),
                "CGCT L5211-1",
            ),
            Cas(
                "EPCI d'Alsace ou de Moselle",
                (EPCI, None, SEANCE, True, False),
                ("5 jours francs", date(2026, 12, 11)),
                "prudence, non vérifié",
            ),
        ),
    ),
    Table(
        "R-4.2",
        "Dernier jour pour envoyer la convocation d'une séance du jeudi 17 décembre 2026",
        ("assemblée", "population de la commune", "séance", "Alsace-Moselle", "urgence"),
        "délai, dernier jour d'envoi",
        find_envoi,
        (
            Cas(
                "Commune de 3 500 habitants",
                (COMMUNE, 3_500, SEANCE, False, False),
                ("5 jours francs", date(2026, 12, 11)),
                "CGCT L2121-12",
            ),
            Cas(
                "Commune de 3 499 habitants : un dimanche compte",
                (COMMUNE, 3_499, SEANCE, False, False),
                ("3 jours francs", date(2026, 12, 13)),
                FICHE,
            ),
            Cas("Urgence", (EPCI, None, SEANCE, False, True), ("1 jour franc", date(2026, 12, 15)), FICHE),
            Cas(
                "Commune d'Alsace ou de Moselle",
                (COMMUNE, 5_000, SEANCE, True, False),
                ("3 jours (non francs)", date(2026, 12, 14)),
                "CGCT L2541-2",
            ),
            Cas(
                "Commune d'Alsace ou de Moselle, urgence : la veille",
                (COMMUNE, 900, SEANCE, True, True),
                ("1 jour (non francs)", date(2026, 12, 16)),
                "CGCT L2541-2",
            ),
        ),
    ),
    Table(
        "R-1.2",
        "Les mois se comptent de quantième à quantième",
        ("départ", "mois"),
        "échéance",
        add_months,
        (
            Cas("Du 30 novembre, trois mois", (date(2026, 11, 30), 3), date(2027, 2, 28), FICHE),
            Cas("Du 30 novembre, vers une année bissextile", (date(2027, 11, 30), 3), date(2028, 2, 29)),
            Cas("Rapport reçu le 1er décembre 2026", (RECU, 3), date(2027, 3, 1), FICHE),
            Cas("Du 31 janvier, un mois", (date(2027, 1, 31), 1), date(2027, 2, 28)),
            Cas("Passage d'année", (date(2026, 10, 15), 3), date(2027, 1, 15)),
            Cas("À rebours", (date(2027, 3, 15), -3), date(2026, 12, 15)),
        ),
    ),
    Table(
        "R-1.2",
        "Dernier départ utile pour que le délai soit écoulé à une date",
        ("date à tenir", "mois"),
        "dernier départ",
        compute_depart_utile,
        (
            Cas("Trois mois avant le 14 mars 2027", (date(2027, 3, 14), 3), date(2026, 12, 14)),
            Cas("Du 28 au 30 novembre, tous mènent au 28 février", (date(2027, 2, 28), 3), date(2026, 11, 30)),
        ),
    ),
    Table(
        "R-1.2",
        "Ce que vaut le silence",
        ("consultation",),
        "délai en mois, sens du silence",
        describe_consultation,
        tuple(
            Cas(
                CONSULTATIONS[identifiant].objet,
                (CONSULTATIONS[identifiant],),
                (mois, silence),
                CONSULTATIONS[identifiant].article,
            )
            for identifiant, mois, silence in (
                ("rapport_mutualisation", 3, Silence.FAVORABLE),
                ("pacte_gouvernance", 2, Silence.SANS_AVIS),
                ("commune_seule", 3, Silence.FAVORABLE),
                ("creation_perimetre", 3, Silence.FAVORABLE),
                ("transfert_competence", 3, Silence.FAVORABLE),
                ("transfert_a_la_carte", 3, Silence.FAVORABLE),
                ("restitution_competence", 3, Silence.DEFAVORABLE),
                ("retrait_commune", 3, Silence.DEFAVORABLE),
                ("modification_statuts", 3, Silence.FAVORABLE),
                ("rapport_clect", 3, Silence.PAS_D_ACCORD),
                ("revision_libre_ac", None, Silence.PAS_D_ACCORD),
                ("convention", None, Silence.PAS_D_ACCORD),
            )
        ),
    ),
    Table(
        "R-1.2",
        "Où en est l'avis d'une commune qui a reçu le dossier le 1er décembre 2026",
        ("consultation", "reçu le", "avis", "rendu le", "délibération", "au jour du"),
        "état, avertissements",
        judge_avis,
        (
            Cas(
                "Dossier pas encore reçu",
                (CONSULTATIONS["rapport_mutualisation"], None, None, None, "", RECU),
                (EtatAvis.NON_TRANSMIS, ()),
            ),
            Cas(
                "Le dernier jour est encore ouvert",
                (CONSULTATIONS["rapport_mutualisation"], RECU, None, None, "", date(2027, 3, 1)),
                (EtatAvis.EN_ATTENTE, ()),
                FICHE,
            ),
            Cas(
                "Le lendemain, le silence est favorable",
                (CONSULTATIONS["rapport_mutualisation"], RECU, None, None, "", date(2027, 3, 2)),
                (EtatAvis.REPUTE_FAVORABLE, ()),
                FICHE,
            ),
            Cas(
                "Restitution de compétence : le silence est défavorable",
                (CONSULTATIONS["restitution_competence"], RECU, None, None, "", date(2027, 3, 2)),
                (EtatAvis.REPUTE_DEFAVORABLE, ()),
                "CGCT L5211-17-1",
            ),
            Cas(
                "Retrait : le silence est défavorable",
                (CONSULTATIONS["retrait_commune"], RECU, None, None, "", date(2027, 3, 2)),
                (EtatAvis.REPUTE_DEFAVORABLE, ()),
                "CGCT L5211-19",
            ),
            Cas(
                "Pacte : le silence n'est pas un accord",
                (CONSULTATIONS["pacte_gouvernance"], RECU, None, None, "", date(2027, 2, 2)),
                (EtatAvis.SANS_AVIS, ()),
                "CGCT L5211-11-2",
            ),
            Cas(
                "CLECT : le silence n'approuve pas",
                (CONSULTATIONS["rapport_clect"], RECU, None, None, "", date(2027, 3, 2)),
                (EtatAvis.PAS_D_ACCORD, ()),
                "CGI 1609 nonies C IV",
            ),
            Cas(
                "Convention : aucun délai, aucun accord tacite",
                (CONSULTATIONS["convention"], RECU, None, None, "", date(2028, 1, 1)),
                (EtatAvis.EN_ATTENTE, ()),
                "CGCT L5211-4-2",
            ),
            Cas(
                "Avis défavorable dans le délai",
                (
                    CONSULTATIONS["rapport_mutualisation"],
                    RECU,
                    SensAvis.DEFAVORABLE,
                    date(2027, 2, 1),
                    "2027-004",
                    date(2027, 3, 5),
                ),
                (EtatAvis.DEFAVORABLE, ()),
            ),
            Cas(
                "Avis favorable avec réserves",
                (
                    CONSULTATIONS["rapport_mutualisation"],
                    RECU,
                    SensAvis.FAVORABLE_RESERVES,
                    date(2027, 2, 1),
                    "2027-004",
                    date(2027, 3, 5),
                ),
                (EtatAvis.FAVORABLE_RESERVES, ("RESERVES",)),
            ),
            Cas(
                "Avis rendu trop tard : le silence a déjà produit effet",
                (
                    CONSULTATIONS["rapport_mutualisation"],
                    RECU,
                    SensAvis.DEFAVORABLE,
                    date(2027, 3, 4),
                    "2027-009",
                    date(2027, 3, 5),
                ),
                (EtatAvis.REPUTE_FAVORABLE, ("HORS_DELAI",)),
            ),
            Cas(
                "Avis sans délibération : il ne compte pas",
                (
                    CONSULTATIONS["rapport_mutualisation"],
                    RECU,
                    SensAvis.FAVORABLE,
                    date(2027, 1, 4),
                    " ",
                    date(2027, 1, 5),
                ),
                (EtatAvis.EN_ATTENTE, ("SANS_DELIBERATION",)),
            ),
        ),
    ),
    Table(
        "R-4.5",
        "Première date possible de la seconde séance, sans quorum",
        ("première séance",),
        "au plus tôt",
        compute_seconde_seance_min,
        (Cas("Trois jours d'intervalle", (date(2026, 12, 17),), date(2026, 12, 20), "CGCT L2121-17"),),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_every_consultation_has_its_case():
    table = next(table for table in TABLES if table.titre == "Ce que vaut le silence")
    assert {cas.entrees[0].identifiant for cas in table.cas} == set(CONSULTATIONS)
