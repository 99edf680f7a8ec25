"""The official files themselves, where the folder that holds them stands beside the project; elsewhere, it says so."""

from pathlib import Path

import pytest

from communaccord.plateforme.diagnostic.lecture.publiques import read_publiques
from communaccord.plateforme.diagnostic.lecture.types import TerritoireLu

DOSSIER = Path(__file__).resolve().parents[4] / "shared" / "donnees"
TERRITOIRE = TerritoireLu({"01001": "L'Abergement-Clémenciat"}, "200029999", "CC Rives de l'Ain - Pays du Cerdon")
FICHIERS = (
    ("dgcl_epcicom2024.xlsx", None, {("01001", "population_totale", 2021): 84800}),
    ("insee_populations_legales_2021_communes.csv", 2021, {("01001", "population_municipale", 2021): 83200}),
    ("dgcl_criteres_epci_2025_extrait.csv", 2025, {("", "cif", 2025): 4234, ("", "population_dgf", 2025): 1580600}),
    ("ofgl_gfp_consolidee_2019_depenses_totales.csv", None, {}),
)


@pytest.mark.parametrize(("nom", "annee", "attendues"), FICHIERS, ids=[nom for nom, _, _ in FICHIERS])
def test_the_official_file_is_read_as_it_comes(nom, annee, attendues):
    if not (DOSSIER / nom).exists():
        pytest.skip(f"{nom} n'est pas à côté du projet (../shared/donnees)")
    lues = read_publiques((DOSSIER / nom).read_bytes(), TERRITOIRE, annee)
    values = {(d.code, str(d.cle), d.annee): d.centiemes for d in lues.donnees}
    assert attendues.items() <= values.items()
    assert {d.code for d in lues.donnees} <= {"", "01001"}
    assert lues.ailleurs > 30
