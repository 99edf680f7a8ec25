"""Every shipped column says where it comes from, and no vintage stands for another."""

import json
import lzma
import re

import pytest

from communaccord import reference
from communaccord.reference.tables import DOSSIER, read_colonnes

REGISTRE = reference.sources()
TABLES = sorted(path.name for path in DOSSIER.glob("*.tsv.xz"))


def read_entete(nom):
    lignes = lzma.decompress((DOSSIER / nom).read_bytes()).decode().splitlines()
    return [ligne.split("\t", 1)[0] for ligne in lignes], lignes[0].count("\t")


def test_every_shipped_file_is_described():
    livres = {path.name for path in DOSSIER.iterdir()} - {"sources.json"}
    assert {fichier.nom for fichier in REGISTRE.fichiers} == livres


@pytest.mark.parametrize("nom", TABLES)
def test_every_column_is_described(nom):
    fichier = next(fichier for fichier in REGISTRE.fichiers if fichier.nom == nom)
    colonnes, lignes = read_entete(nom)
    assert [colonne.nom for colonne in fichier.colonnes] == colonnes
    assert fichier.lignes == lignes


def test_every_column_has_a_vintage_a_source_a_licence_and_a_date():
    for fichier in REGISTRE.fichiers:
        assert fichier.contenu
        for colonne in fichier.colonnes:
            assert all((colonne.libelle, colonne.millesime, colonne.source)), colonne
            assert colonne.licence.startswith("Licence Ouverte"), colonne
            assert re.fullmatch(r"20\d\d-\d\d(-\d\d)?", colonne.date), colonne


def test_a_vintage_in_a_name_is_the_vintage_of_the_source():
    nommees = [
        colonne for fichier in REGISTRE.fichiers for colonne in fichier.colonnes if re.search(r"_20\d\d$", colonne.nom)
    ]
    assert {colonne.nom for colonne in nommees} == {
        "population_municipale_2016",
        "population_municipale_2022",
        "population_totale_2022",
        "population_municipale_2023",
    }
    assert all(colonne.nom.endswith(colonne.millesime) for colonne in nommees)


def test_no_population_without_its_vintage():
    for classe in (reference.Commune, reference.Epci):
        populations = [nom for nom in classe.__dataclass_fields__ if "population" in nom]
        assert populations
        assert all(re.search(r"_20\d\d$", nom) for nom in populations)


def test_vintages_are_not_the_same_figures():
    communes = [commune for commune in reference.load_france().communes.values() if commune.siren_epci]
    metropole = [commune for commune in communes if not commune.est_recensement_2017]
    differentes = sum(c.population_municipale_2022 != c.population_municipale_2023 for c in metropole)
    assert differentes > 0.9 * len(metropole)


def test_inputs_are_recorded_with_their_sum():
    entrees = json.loads((DOSSIER / "sources.json").read_text(encoding="utf-8"))["entrees"]
    assert len(entrees) == 13
    assert all(re.fullmatch(r"[0-9a-f]{64}", entree["sha256"]) for entree in entrees)


def test_weight():
    assert sum(path.stat().st_size for path in DOSSIER.iterdir()) < 2_500_000


def test_origin_of_a_column():
    colonne = REGISTRE.get_colonne("communes.tsv.xz", "population_municipale_2022")
    assert colonne.millesime == "2022"
    assert "2017" in colonne.precaution
    with pytest.raises(LookupError, match="population"):
        REGISTRE.get_colonne("communes.tsv.xz", "population")


def test_a_table_with_other_columns_is_refused():
    with pytest.raises(ValueError, match="build_reference"):
        read_colonnes("epci.tsv.xz", ("siren", "nom"))
