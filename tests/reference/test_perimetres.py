"""Perimeters and populations of the two renewals, against the worked cases of real councils."""

import json
from datetime import date
from pathlib import Path

import pytest

from communaccord import reference

CAS_REELS = json.loads((Path(__file__).parents[1] / "donnees" / "sieges_cas_reels.json").read_text(encoding="utf-8"))
# Mamirolle took in another commune in 2025: the shipped figure of 2022 counts both, the worked case Mamirolle alone.
COMMUNES_FUSIONNEES_DEPUIS = {(2026, "25364"): (1_974, 1_811)}


@pytest.mark.parametrize("cas", CAS_REELS, ids=lambda cas: f"{cas['renouvellement']}-{cas['nom']}")
def test_populations_of_real_councils(cas):
    epci = reference.get_perimetre(cas["renouvellement"]).get_epci(cas["siren"])
    populations = {commune.code: commune.population_municipale for commune in epci.communes}
    attendues = {commune["code"]: commune["pop"] for commune in cas["communes"]}
    for (renouvellement, code), (livree, relevee) in COMMUNES_FUSIONNEES_DEPUIS.items():
        if renouvellement == cas["renouvellement"] and code in attendues:
            assert (populations[code], attendues[code]) == (livree, relevee)
            attendues[code] = livree
    assert populations == attendues
    assert epci.nature == cas["nature"]


def test_perimetre_2026_is_that_of_the_shipped_communes():
    perimetre = reference.get_perimetre(2026)
    assert (perimetre.date_perimetre, perimetre.millesime_population) == (date(2026, 1, 1), 2022)
    assert list(perimetre.epcis) == [epci.siren for epci in reference.list_epcis()]
    for epci in reference.list_epcis():
        communes = perimetre.epcis[epci.siren].communes
        assert {commune.code for commune in communes} == set(epci.codes_communes)
        assert perimetre.epcis[epci.siren].population_municipale == epci.population_municipale_2022


def test_perimetre_2020():
    perimetre = reference.get_perimetre(2020)
    assert (perimetre.date_perimetre, perimetre.millesime_population) == (date(2020, 1, 1), 2016)
    assert len(perimetre.epcis) == 1_255
    codes = [commune.code for epci in perimetre.epcis.values() for commune in epci.communes]
    assert len(codes) == len(set(codes)) == 34_964
    assert perimetre.get_epci("245701222").nom == "CA du Val de Fensch"


def test_unknown_populations_of_2016_are_said_unknown():
    perimetre = reference.get_perimetre(2020)
    inconnues = {
        commune.code
        for epci in perimetre.epcis.values()
        for commune in epci.communes
        if commune.population_municipale is None
    }
    assert len(inconnues) == 92
    assert {"14712", "14666"} <= inconnues
    incalculables = [epci for epci in perimetre.epcis.values() if epci.population_municipale is None]
    assert len(incalculables) == 39


def test_merged_communes_of_2020_are_summed():
    communes = {c.code: c for epci in reference.get_perimetre(2020).epcis.values() for c in epci.communes}
    assert communes["21452"].population_municipale == 1_829 + 796
    assert communes["45307"].population_municipale == 1_031 + 86
    assert "21213" not in communes


@pytest.mark.parametrize("renouvellement", reference.RENOUVELLEMENTS)
def test_vintage_of_each_commune(renouvellement):
    perimetre = reference.get_perimetre(renouvellement)
    for epci in perimetre.epcis.values():
        for commune in epci.communes:
            attendu = 2017 if commune.code.startswith("976") else perimetre.millesime_population
            assert commune.millesime == attendu
    assert perimetre.get_epci("200060457").population_municipale == 87_285


def test_unknown_renewal_and_unknown_epci():
    with pytest.raises(ValueError, match="2020 ou 2026"):
        reference.get_perimetre(2014)
    with pytest.raises(reference.TerritoireInconnu, match="2020"):
        reference.get_perimetre(2020).get_epci("992367730")
    assert reference.get_perimetre(2026).get_epci("200046977").raison_hors_champ
