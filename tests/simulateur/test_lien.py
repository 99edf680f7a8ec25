"""The link: everything in, everything out, short, and safe against whatever is pasted."""

import base64
import json
import zlib
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.simulateur.strategies import simulations

from communaccord.reference import get_communes
from communaccord.simulateur import Anomalie, Simulation, build_exemple, decode_lien, encode_lien, parse_simulation

PAYS_BASQUE = "200067106"


def build_pays_basque(**changes):
    tirage = Random(64)
    communes = [
        {
            "code": commune.code,
            "volume": str(tirage.randint(1, 400)),
            "depense_actuelle": f"{tirage.randint(0, 60_000)},{tirage.randint(10, 99)}",
            "heures_actuelles": str(tirage.randint(5, 1500)),
        }
        for commune in get_communes(PAYS_BASQUE)
    ]
    donnees = {
        "titre": "Instruction des autorisations d'urbanisme",
        "territoire": {"siren": PAYS_BASQUE},
        "service": {"domaine": "urbanisme"},
        "communes": communes,
        "personnel": {"productivite": "220", "cout_etp": "46 000"},
        "couts": {"fixes": [{"libelle": "Logiciel", "montant": "30 000"}]},
        "cout_horaire": "28",
        "variantes": [
            {"cle": {"population": "30", "usage": "70"}},
            {"cle": {"population": "100"}, "perimetre": [c["code"] for c in communes[:90]]},
        ],
    }
    simulation = parse_simulation(donnees | changes, strict=True)
    assert isinstance(simulation, Simulation), simulation
    return simulation


def test_158_communes_hold_in_4000_characters():
    simulation = build_pays_basque()
    lien = encode_lien(simulation)
    assert len(lien) < 4000
    assert decode_lien(lien) == simulation


def test_a_perimeter_and_a_population_of_ones_own_are_kept():
    codes = [commune.code for commune in get_communes(PAYS_BASQUE)]
    simulation = build_pays_basque(perimetre=codes[3:70])
    assert decode_lien(encode_lien(simulation)) == simulation
    communes = [{"code": code, "population": 1000 + rang, "volume": 2} for rang, code in enumerate(codes)]
    simulation = build_pays_basque(communes=communes)
    assert decode_lien(encode_lien(simulation)) == simulation


@settings(max_examples=40)
@given(simulations())
def test_a_simulation_goes_through_a_link(donnees):
    simulation = parse_simulation(donnees)
    lien = encode_lien(simulation)
    assert decode_lien(lien) == simulation
    assert lien.replace("-", "").replace("_", "").replace(".", "").isalnum()


def pack(contenu: bytes) -> str:
    return "1." + base64.urlsafe_b64encode(zlib.compress(contenu, 9)).decode().rstrip("=")


LIEN = encode_lien(build_exemple())


@pytest.mark.parametrize(
    ("lien", "mot"),
    [
        ("", "version"),
        ("bonjour", "version"),
        ("2." + LIEN[2:], "version"),
        (LIEN[:-10], "abîmé"),
        (LIEN + "AAAA", "abîmé"),
        (LIEN[:40] + "é" + LIEN[41:], "abîmé"),
        ("1." + "A" * 40_000, "trop long"),
        (pack(b"0" * 50_000_000), "trop long"),
        (pack(b" " * 2_000_000), "démesuré"),
        (pack(b"[]"), "abîmé"),
        (pack(b"[" * 100_000), "abîmé"),
        (pack(b'{"c":{}}'), "n'existe pas"),
        (pack(b'{"c":{"volume":3},"k":["C01"]}'), "abîmé"),
        (pack(b'{"c":{"volume":[1,2,3]},"k":["C01"]}'), "abîmé"),
        (pack(b'{"c":{"volumes":[3],"volumes.pc":[3]},"k":["C01"]}'), "abîmé"),
        (pack(b'{"c":{},"k":["C01"],"p":"zz"}'), "abîmé"),
        (pack(b'{"c":{},"k":12,"territoire":{"siren":"200067106"}}'), "ont changé"),
    ],
    ids=lambda valeur: valeur[:12],
)
def test_a_link_that_cannot_be_read_is_told_in_french(lien, mot):
    (anomalie,) = decode_lien(lien)
    assert mot in anomalie.message
    assert anomalie.que_faire


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_refused_in_words(texte, prefixe):
    anomalies = decode_lien(("1." if prefixe else "") + texte)
    assert all(isinstance(anomalie, Anomalie) for anomalie in anomalies)
    assert anomalies


@given(st.integers(2, len(LIEN) - 1), st.characters(codec="ascii", categories=("L", "N")))
def test_a_changed_character_never_raises(rang, caractere):
    resultat = decode_lien(LIEN[:rang] + caractere + LIEN[rang + 1 :])
    assert isinstance(resultat, Simulation) or resultat


@given(st.dictionaries(st.sampled_from(["k", "c", "p", "territoire", "cle"]), st.from_type(type(None)) | st.integers()
       | st.lists(st.text(max_size=3), max_size=3) | st.dictionaries(st.text(max_size=3), st.lists(st.integers())),
       max_size=5))  # fmt: skip
def test_any_content_is_read_or_refused(contenu):
    resultat = decode_lien(pack(json.dumps(contenu).encode()))
    assert isinstance(resultat, Simulation) or resultat
