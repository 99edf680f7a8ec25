"""The JSON file: written, read back identical; what cannot be read is told in French."""

import json

import pytest
from hypothesis import given, settings
from tests.simulateur.strategies import simulations

from communaccord.reference import get_communes
from communaccord.simulateur import Simulation, build_exemple, parse_simulation, read_json, write_data, write_json


def test_the_example_is_written_and_read_back():
    assert read_json(write_json(build_exemple())) == build_exemple()


@settings(max_examples=40)
@given(simulations())
def test_a_simulation_is_written_and_read_back(donnees):
    simulation = parse_simulation(donnees, strict=True)
    assert isinstance(simulation, Simulation), simulation
    assert read_json(write_json(simulation)) == simulation


def test_a_real_territory_brings_its_communes_and_its_source():
    data = {
        "territoire": {"siren": "200067106"},
        "volume_total": "4 000",
        "personnel": {"productivite": 250, "cout_etp": 46000},
        "cle": {"usage": 100},
    }
    simulation = parse_simulation(data, strict=True)
    assert len(simulation.communes) == 158
    assert [commune.code for commune in simulation.communes] == [c.code for c in get_communes("200067106")]
    assert "2023" in simulation.territoire.source_population
    assert read_json(write_json(simulation)) == simulation


def test_a_commune_of_elsewhere_is_named_with_the_closest_names():
    data = {
        "territoire": {"siren": "200067106"},
        "communes": [{"nom": "Biarits", "volume": 3}],
        "cle": {"forfait": 100},
    }
    anomalies = parse_simulation(data)
    assert any("Biarritz" in anomalie.que_faire for anomalie in anomalies)


def test_an_invented_territory_does_not_take_the_number_of_a_real_one():
    anomalies = parse_simulation({"territoire": {"siren": "200067106", "fictif": True}, "cle": {"forfait": 100}})
    assert any(anomalie.ou == "territoire-fictif" for anomalie in anomalies)


@pytest.mark.parametrize(
    ("contenu", "mot"),
    [
        (b"", "JSON"),
        (b"{", "ligne 1"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[1, 2]", "simulation"),
        (b"null", "simulation"),
        (b"[" * 100_000, "niveaux"),
        (b" " * 2_000_001, "2 Mo"),
        ("\ufeff{}", "critère"),
    ],
    ids=["vide", "coupe", "binaire", "liste", "nul", "profond", "enorme", "marque"],
)
def test_a_file_that_is_not_a_simulation_is_told_in_french(contenu, mot):
    anomalies = read_json(contenu)
    assert isinstance(anomalies, list)
    assert any(mot in str(anomalie) for anomalie in anomalies)


def test_numbers_out_of_all_measure_are_refused_in_their_place():
    data = write_data(build_exemple())
    texte = json.dumps(data).replace('"population": 9200', '"population": 1e999')
    texte = texte.replace('"population": 3400', '"population": ' + "9" * 5000)
    texte = texte.replace('"population": 2100', '"population": NaN')
    lieux = {anomalie.ou for anomalie in read_json(texte)}
    assert lieux == {"communes-C01-population", "communes-C02-population", "communes-C03-population"}
