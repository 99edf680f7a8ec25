"""Seats: table, effectifs, real councils, edge cases, local agreements (R-2.1 to R-2.6)."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from droit_tables import Annee, Cas, Table, run, spread

from communaccord.noyau.droit.effectifs import compute_effectif_conseil
from communaccord.noyau.droit.sieges import (
    LECTURES_LARGES,
    CommuneMembre,
    EtatCommune,
    HorsChamp,
    LectureMoitie,
    Nature,
    VerdictSieges,
    check_accord_local,
    check_supplement_vi,
    compare_sieges,
    compute_nombre_tableau,
    compute_sieges,
    find_millesime_population,
)
from communaccord.noyau.droit.sieges.accord import compute_ratio
from communaccord.noyau.droit.texte import format_entier

DONNEES = Path(__file__).parents[2] / "donnees"
CONSEILS_REELS = json.loads((DONNEES / "sieges_cas_reels.json").read_text(encoding="utf-8"))
AIX_MARSEILLE = json.loads((DONNEES / "sieges_aix_marseille_2026.json").read_text(encoding="utf-8"))


def build_communes(populations):
    return [CommuneMembre(f"commune {i + 1:02}", population) for i, population in enumerate(populations)]


def share_sieges(nature, *populations):
    return tuple(ligne.sieges for ligne in compute_sieges(build_communes(populations), nature).lignes)


def list_codes_avertissement(nature, *populations):
    resultat = compute_sieges(build_communes(populations), nature)
    return tuple(avertissement.code for avertissement in resultat.avertissements)


def compute_real(conseil):
    communes = [CommuneMembre(commune["code"], commune["pop"]) for commune in conseil["communes"]]
    return compute_sieges(communes, Nature(conseil["nature"]), siren=conseil["siren"])


def summarize_real(nom, renouvellement):
    conseil = next(c for c in CONSEILS_REELS if c["nom"] == nom and c["renouvellement"] == renouvellement)
    resultat = compute_real(conseil)
    plus_haut = max(resultat.sieges.values())
    return (
        resultat.nombre_tableau,
        resultat.garantis,
        resultat.total_iv,
        resultat.supplement,
        resultat.total,
        plus_haut,
    )


def judge_accord(nature, populations, sieges):
    ordinaire = compute_sieges(build_communes(populations), nature)
    proposes = dict(zip(ordinaire.sieges, sieges, strict=True))
    return check_accord_local(ordinaire, proposes, lectures=LECTURES_LARGES).etat


def explain_constates(nature, sieges):
    ordinaire = compute_sieges(build_communes(TROIS), nature)
    return compare_sieges(ordinaire, dict(zip(ordinaire.sieges, sieges, strict=True))).verdict


def find_millesime(renouvellement):
    return Annee(find_millesime_population(int(renouvellement)))


def judge_ardeche(sieges):
    ordinaire = compute_sieges(build_communes(ARDECHE), Nature.CC)
    controle = check_accord_local(ordinaire, dict(zip(ordinaire.sieges, sieges, strict=True)), lectures=LECTURES_LARGES)
    tolerees = controle.list_communes(EtatCommune.TOLERE_PRATIQUE)
    return (controle.etat, tolerees, controle.list_communes(EtatCommune.NON_CONFORME))


def judge_vi(nature, populations, sieges, moitie=LectureMoitie.ADMISE):
    ordinaire = compute_sieges(build_communes(populations), nature)
    lectures = replace(LECTURES_LARGES, moitie=moitie)
    return check_supplement_vi(ordinaire, dict(zip(ordinaire.sieges, sieges, strict=True)), lectures=lectures).etat


def is_hors_champ(siren, nature):
    return isinstance(compute_sieges(build_communes([10, 10]), nature, siren=siren), HorsChamp)


def build_cas_reel(conseil):
    resultat = compute_real(conseil)
    attendu = (
        conseil["III"],
        conseil["garantis"],
        conseil["total_III_IV"],
        conseil["V"],
        conseil["total"],
        max(commune["sieges"] for commune in conseil["communes"]),
    )
    assert len(resultat.lignes) == conseil["nb_communes"]
    source = "sièges par commune identiques au répertoire national des élus"
    return Cas(
        f"{conseil['nom']}, {conseil['renouvellement']}",
        (conseil["nom"], Annee(conseil["renouvellement"])),
        attendu,
        source,
    )


TROIS = (2_900, 2_000, 1_100)
ARDECHE = (1241, 1207, 1207, 1100, 953, 855, 571, 412, 409, 397, 368, 261, 249, 207, 140, 50)
CONSEILS_TEXTE = "CGCT L5211-6-1"
TABLES = (
    Table(
        "R-2.1",
        "Millésime de la population municipale, pour un renouvellement général",
        ("renouvellement",),
        "millésime",
        find_millesime,
        (
            Cas("Renouvellement de 2020", (Annee(2020),), Annee(2016), "CGCT R5211-1-1 I"),
            Cas("Renouvellement de 2026", (Annee(2026),), Annee(2022), "CGCT R5211-1-1 I"),
        ),
    ),
    Table(
        "R-2.4",
        "Pourquoi le conseil constaté diffère de la règle ordinaire (trois communes fictives, 22 sièges : 11, 7, 4)",
        ("nature", "sièges comptés"),
        "explication",
        explain_constates,
        (
            Cas("Les mêmes sièges", (Nature.CC, (11, 7, 4)), VerdictSieges.IDENTIQUE),
            Cas("Un siège de moins", (Nature.CC, (11, 6, 4)), VerdictSieges.VACANCES_PROBABLES),
            Cas("Cinq sièges de plus", (Nature.CC, (13, 9, 5)), VerdictSieges.ACCORD_LOCAL_PROBABLE),
            Cas("Six sièges de plus : au-delà de 125 %", (Nature.CC, (14, 9, 5)), VerdictSieges.AUTRE),
            Cas("Deux sièges de plus", (Nature.METRO, (12, 8, 4)), VerdictSieges.SUPPLEMENT_VI_PROBABLE),
            Cas("Une commune absente du registre", (Nature.CC, (11, 7, 0)), VerdictSieges.REGISTRE_INCOMPLET),
        ),
    ),
    Table(
        "R-2.2",
        "Nombre de sièges du tableau",
        ("population municipale",),
        "sièges",
        compute_nombre_tableau,
        tuple(
            Cas(titre, (population,), sieges, f"{CONSEILS_TEXTE} III")
            for titre, population, sieges in (
                ("Aucun habitant", 0, 16),
                ("Dernière population de la première tranche", 3_499, 16),
                ("Première population de la deuxième tranche", 3_500, 18),
                ("5 000 habitants", 5_000, 22),
                ("10 000 habitants", 10_000, 26),
                ("29 999 habitants", 29_999, 30),
                ("30 000 habitants", 30_000, 34),
                ("49 999 habitants", 49_999, 38),
                ("74 999 habitants", 74_999, 40),
                ("75 000 habitants", 75_000, 42),
                ("100 000 habitants", 100_000, 48),
                ("150 000 habitants", 150_000, 56),
                ("200 000 habitants", 200_000, 64),
                ("250 000 habitants", 250_000, 72),
                ("Rouen, 2020 : juste sous 500 000", 490_001, 80),
                ("Rouen, 2026 : juste au-dessus de 500 000", 500_703, 90),
                ("700 000 habitants", 700_000, 100),
                ("Un million exactement", 1_000_000, 100),
                ("Un million et un", 1_000_001, 130),
            )
        ),
    ),
    Table(
        "R-2.3",
        "Effectif légal d'un conseil municipal",
        ("population municipale",),
        "conseillers et conseillères",
        compute_effectif_conseil,
        tuple(
            Cas(f"{format_entier(population)} habitants", (population,), effectif, "CGCT L2121-2")
            for population, effectif in (
                (99, 7),
                (100, 11),
                (499, 11),
                (500, 15),
                (1_500, 19),
                (2_500, 23),
                (3_500, 27),
                (5_000, 29),
                (10_000, 33),
                (20_000, 35),
                (30_000, 39),
                (40_000, 43),
                (50_000, 45),
                (60_000, 49),
                (80_000, 53),
                (100_000, 55),
                (150_000, 59),
                (200_000, 61),
                (250_000, 65),
                (300_000, 69),
                (900_000, 69),
            )
        ),
    ),
    Table(
        "R-2.3",
        "Conseils réels : la règle ordinaire retrouve le conseil, commune par commune",
        ("intercommunalité", "renouvellement"),
        "tableau, garantis, après III et IV, ajoutés par le V, total, commune la plus dotée",
        summarize_real,
        tuple(build_cas_reel(conseil) for conseil in CONSEILS_REELS),
    ),
    Table(
        "R-2.3",
        "Cas limites (communes fictives)",
        ("nature", "populations"),
        "sièges",
        lambda nature, populations: share_sieges(nature, *populations),
        (
            Cas(
                "Trois communes à égalité sur le dernier siège : chacune le reçoit", (Nature.CC, (1000,) * 3), (6, 6, 6)
            ),
            Cas("Égalité avant le dernier siège : le total reste celui du tableau", (Nature.CC, (800, 800)), (8, 8)),
            Cas("Une commune a la majorité, trois communes", (Nature.CC, (8000, 600, 400)), (11, 7, 4)),
            Cas("Une commune sans habitant reçoit un siège", (Nature.CC, (1000, 1000, 0)), (8, 8, 1)),
        ),
    ),
    Table(
        "R-2.3",
        "Ce qui doit être dit à côté du résultat (communes fictives)",
        ("nature", "populations"),
        "avertissements",
        lambda nature, populations: list_codes_avertissement(nature, *populations),
        (
            Cas("Trois communes à égalité", (Nature.CC, (1000,) * 3), ("EGALITE_5",)),
            Cas("Une commune sans habitant", (Nature.CC, (1000, 1000, 0)), ("POPULATION_NULLE",)),
            Cas(
                "Neuf sièges garantis pour trente au tableau : exactement 30 %, donc pas de V",
                (Nature.CC, (10_000, 10_000, *(100,) * 9)),
                ("SEUIL_V_EXACT",),
            ),
        ),
    ),
    Table(
        "R-2.3",
        "Ce qui n'est pas calculé",
        ("SIREN", "nature"),
        "hors champ",
        is_hors_champ,
        (
            Cas("Métropole de Lyon", ("200046977", Nature.MET69), True),
            Cas("Métropole du Grand Paris", ("200054781", Nature.METRO), True),
            Cas("Une autre métropole", ("244400404", Nature.METRO), False),
        ),
    ),
    Table(
        "R-2.6",
        "Rapport entre part de sièges et part de population",
        ("sièges", "total", "population", "population de l'EPCI"),
        "rapport",
        compute_ratio,
        (
            Cas("Un tiers des sièges pour un tiers des habitants", (10, 30, 1000, 3000), Fraction(1)),
            Cas("Bord bas du tunnel", (8, 100, 10, 100), Fraction(4, 5)),
            Cas("Bord haut du tunnel", (12, 100, 10, 100), Fraction(6, 5)),
            Cas("Commune sans habitant : sans objet", (1, 10, 0, 100), None),
        ),
    ),
    Table(
        "R-2.6",
        "Accord local (communes fictives)",
        ("nature", "populations", "sièges proposés"),
        "réponse",
        judge_accord,
        (
            Cas("La règle ordinaire est toujours admise", (Nature.CC, TROIS, (11, 7, 4)), EtatCommune.CONFORME),
            Cas("Au plafond de 125 % : 27 sièges pour 22", (Nature.CC, TROIS, (13, 9, 5)), EtatCommune.CONFORME),
            Cas("Un siège de trop : 28 pour 22", (Nature.CC, TROIS, (14, 9, 5)), EtatCommune.NON_CONFORME),
            Cas("Une commune au-dessus de la moitié", (Nature.CC, TROIS, (12, 7, 4)), EtatCommune.NON_CONFORME),
            Cas("Une commune hors des 20 %", (Nature.CC, TROIS, (9, 7, 6)), EtatCommune.NON_CONFORME),
            Cas("Une commune sans siège", (Nature.CC, TROIS, (11, 11, 0)), EtatCommune.NON_CONFORME),
            Cas("Fermé à une métropole", (Nature.METRO, TROIS, (11, 7, 4)), EtatCommune.NON_CONFORME),
        ),
    ),
    Table(
        "R-2.6",
        "Accord local : Ardèche des Sources et Volcans, 2020 (populations 2016, 16 communes de 1 241 à 50 habitants)",
        ("sièges proposés",),
        "réponse, communes admises en pratique, communes refusées",
        judge_ardeche,
        (
            Cas(
                "Les cinq communes qui avaient un siège en reçoivent un deuxième : 32 sièges pour 27",
                ((3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1),),
                (
                    EtatCommune.TOLERE_PRATIQUE,
                    ("commune 01", "commune 02", "commune 03", "commune 06"),
                    (),
                ),
                "conseil constaté en 2020 dans le répertoire national des élus",
            ),
            Cas(
                "Le deuxième siège est donné à la onzième commune et refusé à la neuvième, plus peuplée",
                ((3, 3, 3, 3, 3, 2, 2, 2, 1, 2, 2, 1, 1, 1, 1, 1),),
                (
                    EtatCommune.NON_CONFORME,
                    ("commune 01", "commune 02", "commune 03", "commune 06"),
                    ("commune 09",),
                ),
                "réserve du Conseil constitutionnel, 2015-711 DC",
            ),
        ),
    ),
    Table(
        "R-2.5",
        "Sièges supplémentaires (communes fictives)",
        ("nature", "populations", "sièges proposés"),
        "réponse",
        judge_vi,
        (
            Cas("Deux sièges de plus sur 22", (Nature.METRO, TROIS, (12, 8, 4)), EtatCommune.CONFORME),
            Cas("Une ville peut dépasser la moitié", (Nature.METRO, TROIS, (13, 7, 4)), EtatCommune.CONFORME),
            Cas("Trois sièges de plus : au-delà de 10 %", (Nature.METRO, TROIS, (13, 8, 4)), EtatCommune.NON_CONFORME),
            Cas("Une commune perd un siège", (Nature.METRO, TROIS, (12, 6, 4)), EtatCommune.NON_CONFORME),
        ),
    ),
    Table(
        "R-2.5",
        "Une commune portée au-dessus de la moitié par le supplément (communes fictives, point ouvert)",
        ("nature", "populations", "sièges proposés", "lecture de la moitié"),
        "réponse",
        judge_vi,
        (
            Cas(
                "Communauté de communes, lecture prudente",
                (Nature.CC, TROIS, (13, 7, 4), LectureMoitie.INTERDITE),
                EtatCommune.NON_CONFORME,
            ),
            Cas(
                "Communauté d'agglomération, lecture prudente, moitié juste",
                (Nature.CA, TROIS, (12, 8, 4), LectureMoitie.INTERDITE),
                EtatCommune.CONFORME,
            ),
            Cas(
                "Communauté de communes, lecture large",
                (Nature.CC, TROIS, (13, 7, 4), LectureMoitie.ADMISE),
                EtatCommune.CONFORME,
            ),
            Cas(
                "Communauté urbaine : sans objet",
                (Nature.CU, TROIS, (13, 7, 4), LectureMoitie.INTERDITE),
                EtatCommune.CONFORME,
            ),
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


@pytest.mark.parametrize(
    "conseil", CONSEILS_REELS, ids=[f"{conseil['nom']} {conseil['renouvellement']}" for conseil in CONSEILS_REELS]
)
def test_real_council_commune_by_commune(conseil):
    resultat = compute_real(conseil)
    assert resultat.sieges == {commune["code"]: commune["sieges"] for commune in conseil["communes"]}
    assert bool(resultat.egalites) == conseil["egalite"]
    assert bool(resultat.plafonnees) == conseil["plafond"]
    assert resultat.sieges == {commune["code"]: commune["rne"] for commune in conseil["communes"]}


@pytest.mark.parametrize(
    "nom", ["Communauté urbaine Grand Besançon Métropole", "Communauté urbaine Le Havre Seine Métropole"]
)
def test_v_reduced_by_the_size_of_the_council_is_said(nom):
    resultat = compute_real(next(c for c in CONSEILS_REELS if c["nom"] == nom))
    assert {"CONFLIT_4_V", "EFFECTIF_PRESUME"} == {a.code for a in resultat.avertissements}


def test_aix_marseille_is_identical_to_the_register_in_2026():
    resultat = compute_real(AIX_MARSEILLE)
    assert (resultat.nombre_tableau, resultat.garantis, resultat.total_iv, resultat.total) == (130, 69, 199, 238)
    assert resultat.sieges == {commune["code"]: commune["rne"] for commune in AIX_MARSEILLE["communes"]}
