"""Instances expected by law and checks of their composition (R-3.1 to R-3.10)."""

import pytest
from droit_tables import Cas, Table, run, spread

from communaccord.noyau.droit.composition import (
    EtatControle,
    check_conference_maires,
    check_conseil_developpement,
    check_demande_conference,
    check_proportionnelle,
    check_vice_presidences,
    compute_signatures_conference,
    compute_vice_presidences,
    list_comites_sociaux,
)
from communaccord.noyau.droit.instances import (
    FaitsEpci,
    PouvoirInstance,
    StatutInstance,
    list_instances_attendues,
)
from communaccord.noyau.droit.sieges import Nature


def find_instance(identifiant, **faits):
    return next(i for i in list_instances_attendues(FaitsEpci(**faits)) if i.identifiant == identifiant)


def list_limites(effectif, nature):
    limite = compute_vice_presidences(effectif, nature)
    return (limite.ordinaire, limite.deux_tiers)


def judge_vice_presidences(nombre, effectif, deux_tiers):
    return check_vice_presidences(nombre, effectif, Nature.CC, deux_tiers=deux_tiers).etat


def list_parite(femmes, hommes, elus):
    return tuple(controle.etat for controle in check_conseil_developpement(femmes, hommes, elus))


OUI, SAUF, FACULTE = StatutInstance.OBLIGATOIRE, StatutInstance.OBLIGATOIRE_SAUF, StatutInstance.FACULTATIF
CONFORME, NON_CONFORME = EtatControle.CONFORME, EtatControle.NON_CONFORME
FICHE = "exemple de l'étude juridique du projet"
TABLES = (
    Table(
        "R-3.2",
        "Nombre de vice-présidences",
        ("sièges du conseil", "nature"),
        "au plus, et au plus avec un vote aux deux tiers",
        list_limites,
        (
            Cas("57 sièges : 11,4 arrondi à 12", (57, Nature.CC), (12, 15), FICHE),
            Cas("232 sièges : le plafond de 15 joue", (232, Nature.CA), (15, 15), FICHE),
            Cas("16 sièges : le plancher de 4 joue", (16, Nature.CC), (4, 4), FICHE),
            Cas("14 sièges : 3, donc 4", (14, Nature.CC), (4, 4), FICHE),
            Cas("26 sièges : 6, ou 7 aux deux tiers", (26, Nature.CC), (6, 7), FICHE),
            Cas("40 sièges : 8, ou 12 aux deux tiers", (40, Nature.CA), (8, 12), FICHE),
            Cas("Métropole : vingt", (98, Nature.METRO), (20, 20), "CGCT L5211-10"),
        ),
    ),
    Table(
        "R-3.2",
        "Un nombre de vice-présidences est-il possible ?",
        ("vice-présidences", "sièges du conseil", "vote aux deux tiers"),
        "réponse",
        judge_vice_presidences,
        (
            Cas("Six pour 26 sièges", (6, 26, False), CONFORME),
            Cas("Sept pour 26 sièges, sans les deux tiers", (7, 26, False), NON_CONFORME),
            Cas("Sept pour 26 sièges, aux deux tiers", (7, 26, True), CONFORME),
            Cas("Huit pour 26 sièges, même aux deux tiers", (8, 26, True), NON_CONFORME),
        ),
    ),
    Table(
        "R-3.3",
        "La conférence des maires est-elle obligatoire ?",
        ("tous les maires sont au bureau",),
        "statut",
        lambda tous: find_instance("conference_maires", maires_tous_au_bureau=tous).statut,
        (
            Cas("On ne sait pas", (None,), SAUF, "CGCT L5211-11-3"),
            Cas("Un ou une maire n'est pas au bureau", (False,), OUI, "CGCT L5211-11-3"),
            Cas("Tous les maires sont au bureau", (True,), FACULTE, "CGCT L5211-11-3"),
        ),
    ),
    Table(
        "R-3.3",
        "Signatures nécessaires pour demander la conférence des maires",
        ("maires",),
        "signatures",
        compute_signatures_conference,
        (Cas("38 communes : 12,67 arrondi à 13", (38,), 13, FICHE), Cas("Neuf communes : trois", (9,), 3)),
    ),
    Table(
        "R-3.3",
        "Une demande est-elle recevable ?",
        ("signatures", "maires", "réunions déjà demandées dans l'année"),
        "réponse",
        lambda *faits: check_demande_conference(*faits).etat,
        (
            Cas("13 signatures sur 38", (13, 38, 3), CONFORME, FICHE),
            Cas("12 signatures sur 38", (12, 38, 0), NON_CONFORME, FICHE),
            Cas("Cinquième demande de l'année", (38, 38, 4), NON_CONFORME, "CGCT L5211-11-3"),
        ),
    ),
    Table(
        "R-3.8",
        "Conseil de développement",
        ("population de l'EPCI",),
        "statut",
        lambda population: find_instance("conseil_developpement", population=population).statut,
        (
            Cas("50 000 habitants exactement", (50_000,), FACULTE, "CGCT L5211-10-1"),
            Cas("50 001 habitants", (50_001,), OUI, "CGCT L5211-10-1"),
            Cas("Population inconnue", (None,), SAUF, "CGCT L5211-10-1"),
        ),
    ),
    Table(
        "R-3.8",
        "Composition du conseil de développement",
        ("femmes", "hommes", "élus et élues communautaires"),
        "parité, absence d'élus communautaires",
        list_parite,
        (
            Cas("Un écart d'une personne", (12, 11, 0), (CONFORME, CONFORME)),
            Cas("Un écart de deux personnes", (13, 11, 0), (NON_CONFORME, CONFORME)),
            Cas("Un conseiller communautaire y siège", (12, 12, 1), (CONFORME, NON_CONFORME)),
        ),
    ),
    Table(
        "R-3.10",
        "Quels comités sociaux territoriaux consulter ?",
        ("agents par employeur", "comité commun entre"),
        "comités",
        list_comites_sociaux,
        (
            Cas(
                "EPCI 120 agents, commune A 60, commune B 12",
                ({"EPCI": 120, "A": 60, "B": 12}, ()),
                ("A", "EPCI", "centre de gestion"),
                FICHE,
            ),
            Cas("50 agents : un comité propre", ({"A": 50}, ()), ("A",), "CGFP L251-5"),
            Cas("49 agents : celui du centre de gestion", ({"A": 49}, ()), ("centre de gestion",), "CGFP L251-5"),
            Cas(
                "Comité commun de l'EPCI et de la commune A",
                ({"EPCI": 40, "A": 20, "B": 12}, ("EPCI", "A")),
                ("comité commun (A, EPCI)", "centre de gestion"),
                "CGFP L251-7",
            ),
        ),
    ),
    Table(
        "R-3.1",
        "Qui décide ?",
        ("instance",),
        "statut, pouvoir",
        lambda identifiant: (find_instance(identifiant).statut, find_instance(identifiant).pouvoir),
        (
            Cas("Conseil communautaire", ("conseil_communautaire",), (OUI, PouvoirInstance.DECIDE)),
            Cas("Bureau", ("bureau",), (OUI, PouvoirInstance.DECIDE_PAR_DELEGATION)),
            Cas("Conférence des maires : jamais une décision", ("conference_maires",), (SAUF, PouvoirInstance.AVIS)),
            Cas("Commissions", ("commissions",), (FACULTE, PouvoirInstance.ETUDE)),
            Cas("COPIL : un usage", ("copil",), (StatutInstance.PRATIQUE, PouvoirInstance.AUCUN)),
            Cas("COTECH : un usage", ("cotech",), (StatutInstance.PRATIQUE, PouvoirInstance.AUCUN)),
        ),
    ),
    Table(
        "R-6.3",
        "La CLECT est-elle attendue ?",
        ("fiscalité professionnelle unique",),
        "statut",
        lambda fpu: find_instance("clect", fpu=fpu).statut,
        (
            Cas("En fiscalité professionnelle unique", (True,), OUI, "CGI 1609 nonies C IV"),
            Cas("En fiscalité additionnelle", (False,), StatutInstance.SANS_OBJET, "CGI 1609 nonies C IV"),
            Cas("On ne sait pas", (None,), SAUF, "CGI 1609 nonies C IV"),
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_only_usage_has_no_legal_base_and_decides_nothing():
    for instance in list_instances_attendues(FaitsEpci()):
        assert (instance.base_legale is None) == (instance.statut is StatutInstance.PRATIQUE)
        assert instance.explication.endswith(".")
        if instance.statut is StatutInstance.PRATIQUE:
            assert instance.pouvoir is PouvoirInstance.AUCUN


def test_conference_is_said_by_the_names_of_the_bureau():
    absents = check_conference_maires({"maire 1", "maire 2"}, {"maire 1"}).phrase
    assert "est obligatoire" in absents
    assert "n'est pas obligatoire" in check_conference_maires({"maire 1"}, {"maire 1", "autre"}).phrase


def test_proportional_representation_is_an_information():
    conseil = {"majorité": 30, "minorité": 10}
    assert "moins d'un siège près" in check_proportionnelle(conseil, {"majorité": 6, "minorité": 2}).phrase
    controle = check_proportionnelle(conseil, {"majorité": 8})
    assert controle.etat is EtatControle.INFORMATION
    assert "minorité" in controle.phrase
