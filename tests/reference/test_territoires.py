"""The shipped data of 2026: counts and cases known from the official sources."""

from collections import Counter

import pytest

from communaccord import reference
from communaccord.reference.models import SIREN_METROPOLE_GRAND_PARIS, SIREN_METROPOLE_LYON

PAYS_BASQUE = "200067106"
THIONVILLE_FENSCH = "992367730"
LEVEZOU = "994579670"


@pytest.fixture(scope="module")
def france():
    return reference.load_france()


def test_every_epci_of_2026_and_lyon(france):
    natures = Counter(epci.nature for epci in france.epcis.values())
    assert natures == {"CC": 987, "CA": 230, "METRO": 21, "CU": 14, "MET69": 1}
    assert sum(epci.est_epci for epci in france.epcis.values()) == 1_252
    assert Counter(epci.financement for epci in france.epcis.values()) == {"FPU": 1_094, "FA": 159}


def test_every_commune_belongs_once(france):
    membres = [code for epci in france.epcis.values() for code in epci.codes_communes]
    assert len(membres) == len(set(membres)) == 34_871
    assert len(france.communes) == 34_969
    assert all(
        france.communes[code].siren_epci == epci.siren for epci in france.epcis.values() for code in epci.codes_communes
    )


def test_populations_of_members_are_known_and_ordered(france):
    for epci in france.epcis.values():
        communes = [france.communes[code] for code in epci.codes_communes]
        assert epci.population_municipale_2022 == sum(commune.population_municipale_2022 for commune in communes)
        assert all(commune.population_totale_2022 >= commune.population_municipale_2022 for commune in communes)
        populations = [commune.population_municipale_2022 for commune in communes]
        assert populations == sorted(populations, reverse=True)


def test_totals_of_france(france):
    assert sum(epci.population_municipale_2022 for epci in france.epcis.values()) == 68_010_643
    assert sum(epci.population_totale_2022 for epci in france.epcis.values()) == 69_217_228
    assert sum(epci.population_municipale_2023 for epci in france.epcis.values()) == 68_344_363


def test_pays_basque():
    epci = reference.get_epci(PAYS_BASQUE)
    assert (epci.nom, epci.nature, epci.financement) == ("CA du Pays Basque", "CA", "FPU")
    assert epci.nom_complet == "Communauté d'agglomération du Pays Basque"
    assert len(epci.codes_communes) == 158
    assert epci.population_municipale_2022 == 325_721
    assert epci.sieges_constates == 231
    assert epci.codes_departements == ("64",)
    assert reference.get_commune(epci.codes_communes[0]).nom == "Bayonne"


def test_epcis_created_in_2026():
    thionville, levezou = reference.get_epci(THIONVILLE_FENSCH), reference.get_epci(LEVEZOU)
    assert (thionville.nature, thionville.financement, len(thionville.codes_communes)) == ("CA", "FPU", 23)
    assert (levezou.nature, levezou.financement, len(levezou.codes_communes)) == ("CC", "FPU", 19)
    for disparue in ("245701222", "245701362", "241200658", "241200765"):
        with pytest.raises(reference.TerritoireInconnu):
            reference.get_epci(disparue)


def test_names_and_nature_that_changed_in_2026():
    toulousain = reference.get_epci("243100781")
    assert (toulousain.nom, toulousain.nature) == ("CA Le Grand Ouest Toulousain", "CA")
    assert reference.get_epci("247200686").nom == "CC du Perche Emeraude"
    assert reference.get_epci("241500230").nom == "CA Aurillac Agglomération"
    assert reference.get_perimetre(2020).get_epci("243100781").nature == "CC"


def test_communes_that_changed_epci_in_2026():
    assert "31075" in reference.get_epci_of("31075").codes_communes
    assert reference.get_commune("31075").siren_epci == "243100781"
    assert reference.get_commune("65063").siren_epci == "200069300"
    assert reference.get_commune("14062").siren_epci == "241400860"


def test_islands_and_collectivites_are_outside_any_epci(france):
    seules = {code for code, commune in france.communes.items() if commune.siren_epci is None}
    assert {code for code in seules if code < "975"} == {"22016", "29083", "29155", "85113"}
    assert len(seules) == 98
    assert reference.get_epci_of("22016") is None
    brehat = reference.get_commune("22016")
    assert (brehat.nom, brehat.population_municipale_2022, brehat.population_municipale_2023) == (
        "Île-de-Bréhat",
        None,
        429,
    )


def test_six_communes_have_no_inhabitant(france):
    vides = {code for code, commune in france.communes.items() if commune.population_municipale_2022 == 0}
    assert vides == {"55039", "55050", "55139", "55189", "55239", "55307"}


def test_mayotte_keeps_its_census_of_2017(france):
    mayotte = [commune for commune in france.communes.values() if commune.est_recensement_2017]
    assert len(mayotte) == 17
    assert sum(commune.population_municipale_2022 for commune in mayotte) == 256_518
    assert all(commune.population_municipale_2022 == commune.population_municipale_2023 for commune in mayotte)
    assert all(commune.code_arrondissement is None for commune in mayotte)


def test_paris_and_lyon(france):
    paris, lyon = france.epcis[SIREN_METROPOLE_GRAND_PARIS], france.epcis[SIREN_METROPOLE_LYON]
    assert len(paris.codes_communes) == 130
    assert len(lyon.codes_communes) == 58
    assert {epci.siren for epci in france.epcis.values() if epci.raison_hors_champ} == {paris.siren, lyon.siren}
    assert not lyon.est_epci
    assert len(france.epts) == 11
    membres = [code for ept in france.epts.values() for code in ept.codes_communes]
    assert len(membres) == len(set(membres)) == 129
    assert "75056" not in membres
    assert reference.get_ept(france.communes["93001"].siren_ept).nom == "Plaine Commune"


def test_every_departement_is_described(france):
    assert {commune.code_departement for commune in france.communes.values()} == set(france.departements)
    assert reference.get_departement("2A").nom_region == "Corse"


def test_names_are_those_of_2026(france):
    assert france.communes["30195"].nom == "Peyrolles-en-Cévennes"
    assert not [commune.nom for commune in france.communes.values() if "’" in commune.nom]


@pytest.mark.parametrize(
    ("lookup", "code"),
    [
        (reference.get_epci, "000000000"),
        (reference.get_communes, "pau"),
        (reference.get_commune, "99999"),
        (reference.get_departement, "96"),
        (reference.get_ept, "200067106"),
        (reference.get_epci_of, ""),
        (reference.get_voisins, "1"),
    ],
)
def test_unknown_code_says_what_to_do(lookup, code):
    with pytest.raises(reference.TerritoireInconnu, match=f"«\u202f{code}\u202f»"):
        lookup(code)
