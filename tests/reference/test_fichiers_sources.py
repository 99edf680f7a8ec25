"""The shipped data against the files they come from, where these stand beside the project (not in a plain clone)."""

import csv
import json
import lzma
from pathlib import Path

import pytest

from communaccord import reference

DONNEES = Path(__file__).resolve().parents[3] / "shared" / "donnees"
pytestmark = pytest.mark.skipif(
    not DONNEES.is_dir(), reason="Le dossier ../shared/donnees n'est pas à côté du projet : rien à comparer."
)


def read_csv(nom):
    with (DONNEES / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


def test_seats_are_those_of_the_register():
    lignes = read_csv("sieges_communautaires_rne_2026-10.csv")
    assert len(lignes) == 34_871
    for ligne in lignes:
        commune = reference.get_commune(ligne["code_commune"])
        assert (commune.siren_epci, commune.sieges_constates) == (ligne["siren_epci"], int(ligne["delegues_comptes"]))
        assert reference.get_epci(ligne["siren_epci"]).constat_complet == (ligne["epci_complet"] == "1")


def test_points_are_those_of_the_source():
    for ligne in read_csv("points_communes_2026.csv"):
        commune = reference.get_commune(ligne["code"])
        assert (commune.longitude, commune.latitude) == (float(ligne["lon"]), float(ligne["lat"]))


def test_contours_of_one_departement_are_those_of_the_source():
    with lzma.open(DONNEES / "contours_communes_2026.jsonl.xz", "rt", encoding="utf-8") as fichier:
        sources = {
            ligne["code"]: ligne["coordinates"] for ligne in map(json.loads, fichier) if ligne["code"][:2] == "29"
        }
    livres = reference.get_contours(sources)
    assert livres.keys() == sources.keys()
    for code, polygones in sources.items():
        assert [[sort_points(anneau) for anneau in polygone] for polygone in livres[code]] == [
            [sort_points(anneau) for anneau in polygone] for polygone in polygones
        ]


def sort_points(anneau):
    return sorted(tuple(point) for point in anneau[:-1])
