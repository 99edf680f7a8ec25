"""Sentences, table and map classes of the portrait, without a database: every EPCI of France has its sentence."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord import reference
from communaccord.plateforme.accueil.bridge.portrait import compute_instances, read_conseil
from communaccord.plateforme.accueil.pages.phrases import build_phrase, describe_constat, explain_conseil, name_epci
from communaccord.plateforme.accueil.pages.portrait import choose_classe
from communaccord.plateforme.accueil.pages.sieges import Ligne, build_tableau, write_part
from communaccord.plateforme.socle.typographie import pourcentage
from communaccord.plateforme.territoires.actions import build_commune, build_epci
from communaccord.plateforme.territoires.fuseaux import get_fuseau

CAP_EXCELLENCE, AVEC_LACUNES, SANS_DOUTE = "200018653", "200027308", "200000172"
PHRASE = re.compile(
    r" réunit \d+\xa0communes et [\d\u202f]+\xa0habitants\u202f; son conseil[, ].+\.$|registre national"
)


def read(siren):
    epci = build_epci(reference.get_epci(siren))
    communes = [build_commune(commune) for commune in reference.get_communes(siren)]
    return epci, communes, read_conseil(epci, communes)


def test_every_epci_of_france_has_its_sentence():
    for shipped in reference.list_epcis():
        epci, communes, conseil = read(shipped.siren)
        noms = {commune.code: commune.nom for commune in communes}
        phrase = build_phrase(epci, conseil, noms)
        assert PHRASE.search(phrase), phrase
        assert "None" not in phrase
        explication = explain_conseil(conseil, noms)
        assert explication[-1] in ".!"
        assert not re.search(r"\b\d[\dAB]\d{3}\b", explication), "un code INSEE est resté au lieu du nom"


@pytest.mark.parametrize(
    ("siren", "dit"),
    [
        (CAP_EXCELLENCE, "peut-être un accord local, mais Pointe-à-Pitre serait hors des limites"),
        (AVEC_LACUNES, "peut-être un accord local, mais il manque des communes au registre"),
        (SANS_DOUTE, "sans doute un accord local."),
    ],
)
def test_a_doubt_is_named_in_the_same_breath(siren, dit):
    epci, communes, conseil = read(siren)
    phrase = build_phrase(epci, conseil, {commune.code: commune.nom for commune in communes})
    assert dit in phrase
    explication = explain_conseil(conseil, {commune.code: commune.nom for commune in communes})
    assert ("peut-être" in phrase) == ("peut-être" in explication)
    assert ("sans doute" in phrase) == ("sans doute" in explication)
    assert all(commune.nom in explication for commune in communes if commune.code in conseil.a_verifier)


def test_a_register_that_misses_only_a_few_seats_is_one_of_vacancies():
    _, _, conseil = read("200067106")
    assert conseil.verdict.name == "VACANCES_PROBABLES"
    assert conseil.manquants == 1


def test_a_register_that_misses_many_seats_stays_incomplete():
    _, _, conseil = read("200036473")
    assert conseil.verdict.name == "REGISTRE_INCOMPLET"


def test_the_threshold_of_the_conseil_de_developpement_is_left_to_check_when_populations_disagree():
    epci, _, _ = read("200067106")
    epci.population_municipale_2022, epci.population_totale_2022 = 49_900, 50_100
    statuts = {i.identifiant: i.statut.name for i in compute_instances(epci).attendues}
    assert statuts["conseil_developpement"] == "OBLIGATOIRE_SAUF"
    epci.population_totale_2022 = 50_000
    statuts = {i.identifiant: i.statut.name for i in compute_instances(epci).attendues}
    assert statuts["conseil_developpement"] == "FACULTATIF"


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("Communauté de communes du Perche", "La communauté de communes du Perche"),
        ("Métropole Rouen Normandie", "La métropole Rouen Normandie"),
        ("Eurométropole de Strasbourg", "L'eurométropole de Strasbourg"),
        ("Bordeaux Métropole", "Bordeaux Métropole"),
    ],
)
def test_a_name_is_said_as_in_a_sentence(nom, dit):
    assert name_epci(nom) == dit


@given(st.fractions(min_value=0, max_value=1))
def test_a_part_is_written_as_the_typography_writes_it(part):
    assert write_part(part) == pourcentage(part, 1)


@pytest.mark.parametrize(
    ("sieges", "classe"),
    [(None, "sans"), (0, "sans"), (1, "1"), (2, "2"), (3, "3"), (5, "3"), (6, "4"), (15, "4"), (16, "5"), (99, "5")],
)
def test_the_class_of_a_commune_on_the_map(sieges, classe):
    assert choose_classe(sieges) == classe


@pytest.mark.parametrize(
    ("sieges", "ordinaires", "dit"),
    [
        (None, 1, "aucun siège constaté au registre"),
        (1, 1, "1\xa0siège constaté"),
        (2, None, "2\xa0sièges constatés"),
        (2, 1, "2\xa0sièges constatés, 1 par la règle ordinaire"),
    ],
)
def test_the_map_says_each_commune(sieges, ordinaires, dit):
    assert describe_constat(sieges, ordinaires) == dit


def build_ligne(code, nom, population=100, constates=1, ordinaires=1, mienne=False):
    return Ligne(code, nom, population, constates, ordinaires, Fraction(1, 3), None, nom.lower(), mienne)


def test_mine_first_unknown_last_then_names():
    lignes = [
        build_ligne("3", "C", constates=None),
        build_ligne("2", "B", constates=2),
        build_ligne("1", "A", constates=2),
        build_ligne("4", "D", constates=None, mienne=True),
        build_ligne("5", "E", constates=9),
    ]
    assert [ligne.code for ligne in build_tableau(lignes, tri="constates").lignes] == ["4", "1", "2", "5", "3"]
    assert [ligne.code for ligne in build_tableau(lignes, tri="-constates").lignes] == ["4", "5", "1", "2", "3"]


def test_a_total_without_ordinary_rule_is_unknown():
    tableau = build_tableau([build_ligne("1", "A", ordinaires=None)])
    assert tableau.ordinaires is None
    assert tableau.lignes[0].ecart is None


@pytest.mark.parametrize(
    ("departement", "fuseau"), [("64", "Europe/Paris"), ("971", "America/Guadeloupe"), ("974", "Indian/Reunion")]
)
def test_the_time_zone_of_a_territory(departement, fuseau):
    assert get_fuseau(departement).key == fuseau
