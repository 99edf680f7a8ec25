"""Quorum, pouvoirs, ballots, majorities (R-2.7, R-4.5 to R-4.8, R-6.1, R-6.3)."""

import pytest
from droit_tables import Cas, Table, run, spread

from communaccord.noyau.droit.majorites import (
    MAJORITE_ACCORD_LOCAL,
    MAJORITE_CLECT,
    MAJORITE_QUALIFIEE,
    CommunePopulation,
    check_majorite,
)
from communaccord.noyau.droit.quorum import Pouvoir, check_pouvoirs, check_quorum, compute_quorum
from communaccord.noyau.droit.scrutins import (
    BaseMajorite,
    Decompte,
    ModeScrutin,
    Voix,
    compute_demandes_scrutin_public,
    compute_demandes_scrutin_secret,
    compute_resultat,
    compute_resultat_deux_tiers,
    find_mode_scrutin,
)

# Twelve fictitious communes, 30,000 inhabitants, A above one quarter.
DOUZE = {"A": 9_000, "B": 2_500, "C": 2_300, "D": 2_100, "E": 2_000, "F": 1_900, "G": 1_800, "H": 1_700, "I": 1_650,
         "J": 1_700, "K": 1_750, "L": 1_600}  # fmt: skip
A_ET_SIX = tuple("ABCDEFG")


def judge_majorite(majorite, populations, favorables):
    communes = [CommunePopulation(code, population, population) for code, population in populations.items()]
    resultat = check_majorite(majorite, communes, favorables)
    return (resultat.atteinte, resultat.population_favorable, resultat.vetos)


def judge_qualifiee(populations, favorables):
    return judge_majorite(MAJORITE_QUALIFIEE, populations, favorables)[0]


def judge_accord(populations, favorables):
    return judge_majorite(MAJORITE_ACCORD_LOCAL, populations, favorables)[0]


def judge_clect(populations, favorables):
    return judge_majorite(MAJORITE_CLECT, populations, favorables)[0]


def is_quorum(en_exercice, presents, exclus, seconde):
    return check_quorum(en_exercice, presents, exclus=exclus, seconde_convocation=seconde).atteint


def is_adoptee(pour, contre, abstentions, blancs, mode, presidence):
    return compute_resultat(Decompte(pour, contre, abstentions, blancs), mode=mode, vote_presidence=presidence).adoptee


def judge_deux_tiers(pour, contre, abstentions, membres, base):
    resultat = compute_resultat_deux_tiers(Decompte(pour, contre, abstentions), base, membres=membres)
    return (resultat.adoptee, tuple(avertissement.code for avertissement in resultat.avertissements))


def list_anomalies(pouvoirs, presents):
    return tuple(a.code for a in check_pouvoirs([Pouvoir(*p) for p in pouvoirs], frozenset(presents)))


TROIS = {"A": 10_000, "B": 10_000, "C": 10_000}
QUATRE = {"A": 10_000, "B": 10_000, "C": 5_000, "D": 5_000}
QUART = {"A": 7_500, "B": 7_400, "C": 7_400, "D": 7_400, "E": 300}
MAIN, PUBLIC, SECRET = ModeScrutin.ORDINAIRE, ModeScrutin.PUBLIC, ModeScrutin.SECRET
FICHE = "exemple de l'étude juridique du projet"
TABLES = (
    Table(
        "R-4.5",
        "Nombre de membres à réunir",
        ("membres en exercice",),
        "quorum",
        compute_quorum,
        tuple(
            Cas(f"Conseil de {n} membres", (n,), q, FICHE) for n, q in ((11, 6), (8, 5), (57, 29), (232, 117), (1, 1))
        ),
    ),
    Table(
        "R-4.5",
        "Le quorum est-il atteint ?",
        ("membres en exercice", "présents", "exclus pour intérêt", "seconde convocation"),
        "atteint",
        is_quorum,
        (
            Cas("Un de moins que la majorité", (11, 5, 0, False), False),
            Cas("La moitié exactement ne suffit pas", (8, 4, 0, False), False),
            Cas("Deux membres exclus sortent du compte", (11, 5, 2, False), True, "CGCT L2131-11, L1111-6 II"),
            Cas("Seconde convocation : aucun quorum", (11, 2, 0, True), True, "CGCT L2121-17"),
            Cas("Seconde convocation, salle vide", (11, 0, 0, True), False),
        ),
    ),
    Table(
        "R-4.6",
        "Pouvoirs d'une séance où B et C sont présents",
        ("pouvoirs (qui donne, qui porte, séances de suite, maladie)", "présents"),
        "anomalies",
        list_anomalies,
        (
            Cas("Un pouvoir régulier", ((("A", "B"),), ("B", "C")), ()),
            Cas(
                "Deux pouvoirs pour une personne",
                ((("A", "B"), ("D", "B")), ("B", "C")),
                ("DEUX_POUVOIRS",),
                "CGCT L2121-20",
            ),
            Cas("Pouvoir donné à une personne absente", ((("A", "D"),), ("B", "C")), ("PORTEUR_ABSENT",)),
            Cas("Pouvoir d'un membre présent", ((("B", "C"),), ("B", "C")), ("MANDANT_PRESENT",)),
            Cas("Quatrième séance de suite", ((("A", "B", 4),), ("B", "C")), ("TROIS_SEANCES",), "CGCT L2121-20"),
            Cas("Quatrième séance de suite, maladie", ((("A", "B", 4, True),), ("B", "C")), ()),
        ),
    ),
    Table(
        "R-4.7",
        "Demandes nécessaires : scrutin public",
        ("présents",),
        "membres",
        compute_demandes_scrutin_public,
        (Cas("Le quart de 40", (40,), 10, "CGCT L2121-21"), Cas("Le quart de 41", (41,), 11, "CGCT L2121-21")),
    ),
    Table(
        "R-4.7",
        "Demandes nécessaires : scrutin secret",
        ("présents",),
        "membres",
        compute_demandes_scrutin_secret,
        (Cas("Le tiers de 39", (39,), 13, "CGCT L2121-21"), Cas("Le tiers de 40", (40,), 14, "CGCT L2121-21")),
    ),
    Table(
        "R-4.7",
        "Mode de scrutin",
        ("présents", "demandes de scrutin public", "demandes de scrutin secret"),
        "mode",
        lambda presents, public, secret: find_mode_scrutin(presents, demandes_public=public, demandes_secret=secret),
        (
            Cas("Aucune demande", (40, 0, 0), MAIN),
            Cas("Un quart demande le scrutin public", (40, 10, 0), PUBLIC),
            Cas("Les deux sont demandés : le secret l'emporte", (40, 40, 14), SECRET, "source secondaire"),
        ),
    ),
    Table(
        "R-4.8",
        "La délibération est-elle adoptée ?",
        ("pour", "contre", "abstentions", "blancs et nuls", "scrutin", "voix de la présidence"),
        "adoptée",
        is_adoptee,
        (
            Cas("Plus de pour que de contre", (20, 19, 0, 0, MAIN, Voix.CONTRE), True),
            Cas("Les abstentions ne comptent pas contre", (3, 2, 30, 5, MAIN, Voix.ABSTENTION), True),
            Cas("Partage, présidence pour", (10, 10, 0, 0, MAIN, Voix.POUR), True),
            Cas("Partage, présidence contre", (10, 10, 0, 0, MAIN, Voix.CONTRE), False),
            Cas(
                "Partage, présidence abstenue : pas de voix prépondérante", (10, 10, 1, 0, MAIN, Voix.ABSTENTION), False
            ),
            Cas("Partage au scrutin public, présidence pour", (10, 10, 0, 0, PUBLIC, Voix.POUR), True),
            Cas("Partage au scrutin secret : rejetée", (10, 10, 0, 0, SECRET, Voix.POUR), False),
            Cas("Que des abstentions", (0, 0, 20, 0, MAIN, Voix.ABSTENTION), False),
        ),
    ),
    Table(
        "R-4.8",
        "Les deux tiers sont-ils atteints ?",
        ("pour", "contre", "abstentions", "membres en exercice", "base"),
        "atteints, avertissements",
        judge_deux_tiers,
        (
            Cas(
                "Deux tiers des membres, tout juste", (26, 0, 13, 39, BaseMajorite.MEMBRES), (True, ()), "CGCT L5211-57"
            ),
            Cas("Un de moins", (25, 0, 14, 39, BaseMajorite.MEMBRES), (False, ()), "CGCT L5211-57"),
            Cas(
                "Deux tiers des suffrages exprimés",
                (20, 10, 9, 39, BaseMajorite.SUFFRAGES_EXPRIMES),
                (True, ()),
                "CGCT L5211-28-4",
            ),
            Cas(
                "Le texte ne dit pas la base, et le résultat en dépend",
                (20, 10, 9, 39, BaseMajorite.CONSEIL_STATUANT),
                (True, ("BASE_INCERTAINE",)),
                "CGI 1609 nonies C V 1° bis",
            ),
            Cas(
                "Le texte ne dit pas la base, sans conséquence",
                (30, 5, 4, 39, BaseMajorite.CONSEIL_STATUANT),
                (True, ()),
                "CGI 1609 nonies C V 1° bis",
            ),
        ),
    ),
    Table(
        "R-6.1",
        "Majorité qualifiée : douze communes fictives, 30 000 habitants, A en compte 9 000",
        ("populations", "favorables"),
        "atteinte, population favorable, vetos",
        lambda populations, favorables: judge_majorite(MAJORITE_QUALIFIEE, populations, favorables),
        (
            Cas(
                "A et six communes : voie des deux tiers de la population",
                (DOUZE, A_ET_SIX),
                (True, 21_600, ()),
                FICHE,
            ),
            Cas(
                "Les onze autres sans A : la plus peuplée s'oppose",
                (DOUZE, tuple("BCDEFGHIJKL")),
                (False, 21_000, ("A",)),
                FICHE,
            ),
            Cas("Toutes", (DOUZE, tuple("ABCDEFGHIJKL")), (True, 30_000, ())),
            Cas("A et quatre communes : pas assez de conseils", (DOUZE, tuple("ABCDE")), (False, 17_900, ())),
        ),
    ),
    Table(
        "R-6.1",
        "Bornes de la majorité qualifiée (communes fictives, 30 000 habitants)",
        ("populations", "favorables"),
        "atteinte",
        judge_qualifiee,
        (
            Cas("Exactement deux tiers de la population : suffisant", (QUATRE, tuple("AB")), True, FICHE),
            Cas("Exactement un quart n'est pas « plus du quart » : pas de veto", (QUART, tuple("BCDE")), True, FICHE),
            Cas(
                "Deux communes sur trois, deux tiers de la population",
                (TROIS, tuple("AB")),
                False,
                "égalité de population : lecture prudente",
            ),
        ),
    ),
    Table(
        "R-2.7",
        "Accord local : plus des deux tiers, et non les deux tiers",
        ("populations", "favorables"),
        "atteinte",
        judge_accord,
        (
            Cas("Exactement deux tiers de la population : insuffisant", (QUATRE, tuple("AB")), False, FICHE),
            Cas("Un peu plus des deux tiers", (QUATRE, tuple("ABC")), True, FICHE),
            Cas("La commune la plus peuplée s'oppose", (DOUZE, tuple("BCDEFGHIJKL")), False),
        ),
    ),
    Table(
        "R-6.3",
        "Rapport de la CLECT : la commune la plus peuplée n'a pas de veto",
        ("populations", "favorables"),
        "atteinte",
        judge_clect,
        (
            Cas("Les onze autres sans A", (DOUZE, tuple("BCDEFGHIJKL")), True, "CGI 1609 nonies C IV, notre lecture"),
            Cas("A et quatre communes", (DOUZE, tuple("ABCDE")), False),
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_the_twelve_communes_are_as_said():
    assert sum(DOUZE.values()) == 30_000
    assert len(DOUZE) == 12
