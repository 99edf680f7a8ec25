"""The order of the acts of a form (R-3.10): the comité social territorial of every employer speaks first."""

from datetime import date

import pytest
from droit_tables import Cas, Table, run, spread

from communaccord.noyau.droit.formes import ActeFourni, Condition, Forme, check_ordre

AUCUN: dict = {}
JOUR = {rang: date(2027, rang, 12) for rang in range(1, 8)}
SANS_AC = {Condition.IMPUTATION_AC: False, Condition.ACCORDS_SYNDICAUX: False, Condition.AGENTS: True}


def tell_ordre(forme, contexte, actes, porteurs):
    donnes = [ActeFourni(cle, porteur, jour) for cle, porteur, jour in actes]
    alertes = check_ordre(forme, contexte, donnes, porteurs)
    return tuple(
        f"{alerte.piece.cle} ({alerte.porteur or 'EPCI'})"
        + "".join(f" sans {porteur or 'EPCI'}" for porteur in alerte.manquants)
        for alerte in alertes
    )


TABLES = (
    Table(
        "R-3.10",
        "L'avis du comité social territorial vient-il avant ?",
        ("forme", "ce que l'on sait", "actes (clé, commune, jour)", "qui doit donner chaque acte"),
        "délibérations prises trop tôt",
        tell_ordre,
        (
            Cas(
                "Avis, puis délibérations",
                (
                    Forme.SERVICE_COMMUN,
                    SANS_AC,
                    (
                        ("fiche_impact", "", JOUR[1]),
                        ("avis_cst", "", JOUR[2]),
                        ("avis_cst", "A", JOUR[3]),
                        ("delib_epci", "", JOUR[3]),
                        ("delib_commune", "A", JOUR[4]),
                    ),
                    AUCUN,
                ),
                (),
                "CGFP L253-5",
            ),
            Cas(
                "Une commune délibère avant son comité",
                (
                    Forme.SERVICE_COMMUN,
                    SANS_AC,
                    (("fiche_impact", "", JOUR[1]), ("avis_cst", "A", JOUR[5]), ("delib_commune", "A", JOUR[4])),
                    AUCUN,
                ),
                ("delib_commune (A)",),
                "CGFP L253-5",
            ),
            Cas(
                "Une délibération, aucun avis",
                (
                    Forme.MAD_DESCENDANTE,
                    AUCUN,
                    (("delib_epci", "", JOUR[4]),),
                    AUCUN,
                ),
                ("delib_epci (EPCI)",),
                "CGFP L253-5",
            ),
            Cas(
                "Le comité d'un autre employeur n'a pas encore parlé",
                (
                    Forme.MAD_DESCENDANTE,
                    AUCUN,
                    (("avis_cst", "", JOUR[1]), ("avis_cst", "A", JOUR[5]), ("delib_epci", "", JOUR[4])),
                    AUCUN,
                ),
                ("delib_epci (EPCI)",),
                "étude juridique : tous les avis avant toute délibération",
            ),
            Cas(
                "Seul le comité d'une autre commune a parlé",
                (
                    Forme.SERVICE_COMMUN,
                    SANS_AC,
                    (("fiche_impact", "", JOUR[1]), ("avis_cst", "A", JOUR[1]), ("delib_commune", "B", JOUR[4])),
                    {"avis_cst": ("A", "B")},
                ),
                ("delib_commune (B) sans B",),
                "étude juridique : tous les avis avant toute délibération",
            ),
            Cas(
                "Le comité de l'intercommunalité manque",
                (
                    Forme.MAD_DESCENDANTE,
                    AUCUN,
                    (("avis_cst", "A", JOUR[1]), ("delib_commune", "A", JOUR[4])),
                    {"avis_cst": ("", "A")},
                ),
                ("delib_commune (A) sans EPCI",),
                "étude juridique : tous les avis avant toute délibération",
            ),
            Cas(
                "Tous les comités ont parlé",
                (
                    Forme.MAD_DESCENDANTE,
                    AUCUN,
                    (("avis_cst", "", JOUR[1]), ("avis_cst", "A", JOUR[2]), ("delib_commune", "A", JOUR[4])),
                    {"avis_cst": ("", "A")},
                ),
                (),
            ),
            Cas(
                "Convention signée sans la délibération d'une commune",
                (
                    Forme.ENTRE_COMMUNES,
                    AUCUN,
                    (("avis_cst", "A", JOUR[1]), ("delib_commune", "A", JOUR[2]), ("convention", "", JOUR[5])),
                    {"avis_cst": ("A",), "delib_commune": ("A", "B")},
                ),
                ("convention (EPCI) sans B",),
            ),
            Cas(
                "Arrêté après trois mois : le silence d'une commune vaut accord",
                (
                    Forme.TRANSFERT,
                    AUCUN,
                    (("delib_epci", "", JOUR[1]), ("delib_commune", "A", JOUR[2]), ("arrete_prefet", "", JOUR[6])),
                    {"delib_epci": ("",), "delib_commune": ("A", "B")},
                ),
                (),
                "CGCT L5211-17",
            ),
            Cas(
                "Convention signée avant une délibération",
                (
                    Forme.ENTRE_COMMUNES,
                    AUCUN,
                    (
                        ("avis_cst", "A", JOUR[1]),
                        ("delib_commune", "A", JOUR[2]),
                        ("delib_commune", "B", JOUR[6]),
                        ("convention", "", JOUR[5]),
                    ),
                    AUCUN,
                ),
                ("convention (EPCI)",),
            ),
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_the_convention_waits_for_the_number_of_agents_that_it_states():
    actes = [ActeFourni("convention", "", JOUR[5])]
    alertes = check_ordre(Forme.SERVICE_COMMUN, {Condition.AGENTS: True}, actes, {})
    assert [alerte.avant.cle for alerte in alertes] == ["liste_agents", "delib_epci", "delib_commune"]
    sans = check_ordre(Forme.SERVICE_COMMUN, {Condition.AGENTS: False}, actes, {})
    assert "liste_agents" not in [alerte.avant.cle for alerte in sans]


def test_an_act_that_is_missing_for_some_says_so():
    actes = [ActeFourni("avis_cst", "A", JOUR[1]), ActeFourni("delib_commune", "B", JOUR[4])]
    (alerte,) = check_ordre(Forme.ENTRE_COMMUNES, {}, actes, {"avis_cst": ("A", "B")})
    assert "n'est pas encore enregistré pour tous" in alerte.texte
    assert (alerte.manquants, alerte.jour_avant) == (("B",), JOUR[1])
