"""Quotients of real councils read again; ties for the last seat told and served; falsified seats refused."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communaccord.noyau.droit.sieges import (
    CommuneMembre,
    Nature,
    compute_sieges,
    prove_sieges,
)
from communaccord.noyau.preuves.quotients import FaitsAccord, check_accord, check_moyennes, check_plafond
from communaccord.reference import get_perimetre

REELS = json.loads((Path(__file__).parents[2] / "donnees" / "sieges_cas_reels.json").read_text(encoding="utf-8"))


def build(populations, nature=Nature.CC):
    return compute_sieges([CommuneMembre(f"{i:02}", p) for i, p in enumerate(populations)], nature)


def list_faults(ordinaire):
    return [faute for etape in prove_sieges(ordinaire) for faute in etape.fautes]


def read_ordinaire(siren):
    epci = get_perimetre(2026).get_epci(siren)
    membres = [CommuneMembre(commune.code, commune.population_municipale) for commune in epci.communes]
    return compute_sieges(membres, Nature(epci.nature), siren=siren)


@pytest.mark.parametrize("conseil", REELS, ids=lambda c: f"{c['nom']} {c['renouvellement']}")
def test_real_councils_are_proved_seat_by_seat(conseil):
    membres = [CommuneMembre(commune["code"], commune["pop"]) for commune in conseil["communes"]]
    ordinaire = compute_sieges(membres, Nature(conseil["nature"]), siren=conseil["siren"])
    assert list_faults(ordinaire) == []


# Every EPCI of France with a tie in 2026 (population municipale 2022), as `bench/bench_sieges.py` counts them.
EGALITES_2026 = [
    "200036150", "200040137", "200066330", "200067163", "200067486", "200069144",
    "200069227", "200069482", "200069722", "200070852", "200071173", "200071215",
    "200071652", "200071884", "240200493", "240200576", "246301097",
]  # fmt: skip


@pytest.mark.parametrize("siren", EGALITES_2026)
def test_a_tie_for_the_last_seat_serves_all_the_tied_communes(siren):
    """A library of apportionment fails on such a tie, or breaks it; the law serves every tied commune (IV-5°)."""
    ordinaire = read_ordinaire(siren)
    assert list_faults(ordinaire) == []
    codes = [ligne.code for ligne in ordinaire.lignes]
    listes = [etape.quotients for etape in prove_sieges(ordinaire)]
    lues = [tuple(codes[i] for i in liste.ex_aequo) for liste in listes if liste.ex_aequo]
    assert lues == list(ordinaire.egalites)
    assert lues


def test_last_and_first_refused_quotients_are_given():
    liste = check_moyennes((10_000, 8_000, 3_000, 2_000), (0, 0, 0, 0), (4, 3, 1, 0), 8)
    assert liste.fautes == ()
    assert (liste.dernier_admis, liste.premier_refuse) == (2500, Fraction(2000))
    assert len(liste.admis) == 8


def test_three_tied_communes_pass_the_number():
    liste = check_moyennes((600, 300, 300, 300), (0, 0, 0, 0), (2, 1, 1, 1), 3)
    assert (liste.fautes, liste.ex_aequo) == ((), (0, 1, 2, 3))


@pytest.mark.parametrize(
    ("apres", "nombre"),
    [
        ((5, 2, 1, 0), 8),  # an exchange is possible
        ((4, 3, 1, 1), 8),  # one more than the number, without a tie
        ((4, 3, 0, 0), 8),  # one short
        ((3, 3, 1, 1), 8),  # the smallest before the largest
    ],
)
def test_falsified_seats_are_refused(apres, nombre):
    assert check_moyennes((10_000, 8_000, 3_000, 2_000), (0, 0, 0, 0), apres, nombre).fautes


def test_a_tied_commune_left_out_is_refused():
    assert check_moyennes((600, 300, 300, 300), (0, 0, 0, 0), (2, 1, 0, 0), 3).fautes


def test_a_seat_for_nobody_is_refused():
    assert check_moyennes((0, 5), (1, 1), (2, 1), 1, frozenset({1})).fautes


def test_a_cap_not_at_half_is_refused():
    assert check_plafond((900, 50, 50), (14, 1, 1), (8, 4, 4), 0, 0) == ()
    assert check_plafond((900, 50, 50), (14, 1, 1), (9, 4, 3), 0, 0)
    assert check_plafond((900, 50, 50), (14, 1, 1), (8, 7, 1), 0, 0)


populations = st.lists(st.one_of(st.integers(1, 60), st.integers(1, 300_000)), min_size=2, max_size=12)


@settings(max_examples=60, deadline=None)
@given(populations=populations, nature=st.sampled_from(list(Nature)[:4]), data=st.data())
def test_every_ordinary_council_is_proved_and_a_moved_seat_is_not(populations, nature, data):
    ordinaire = build(populations, nature)
    assert list_faults(ordinaire) == []
    servies = [i for i, ligne in enumerate(ordinaire.lignes) if ligne.sieges_1 > 0]
    de, vers = data.draw(st.sampled_from(servies)), data.draw(st.integers(0, len(populations) - 1))
    if populations[de] == populations[vers]:
        return
    lignes = list(ordinaire.lignes)
    lignes[de] = replace(lignes[de], sieges_1=lignes[de].sieges_1 - 1)
    lignes[vers] = replace(lignes[vers], sieges_1=lignes[vers].sieges_1 + 1)
    assert prove_sieges(replace(ordinaire, lignes=tuple(lignes)))[0].fautes


@pytest.mark.parametrize(
    ("populations", "sieges_1", "sieges_iv", "proposes", "toujours", "attendu"),
    [
        ((900, 300, 150, 150), (9, 3, 1, 1), (9, 3, 1, 1), (8, 4, 2, 1), True,
         (("d",), ("20 %", "refus", "deuxième", "réserve"))),
        ((900, 300, 150, 149), (9, 3, 1, 1), (9, 3, 1, 1), (8, 4, 2, 1), True,
         (("d",), ("20 %", "refus", "deuxième", "un siège"))),
        ((5000, 1000, 900, 150), (10, 2, 1, 0), (10, 2, 1, 1), (7, 1, 2, 1), True,
         (("b", "d"), ("20 %", "un siège", "écart", "un siège"))),
        ((5000, 1000, 900, 150), (10, 2, 1, 0), (10, 2, 1, 1), (7, 1, 2, 1), False,
         (("b", "d"), ("20 %", "refus", "écart", "un siège"))),
    ],
)  # fmt: skip
def test_grounds_of_an_accord_are_told_per_commune(populations, sieges_1, sieges_iv, proposes, toujours, attendu):
    assert check_accord(FaitsAccord(populations, sieges_1, sieges_iv, proposes, toujours, croissant=True)) == attendu
