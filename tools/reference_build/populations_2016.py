"""Populations municipales of 2016 in the communes of 2019 and 2020.

The package 0.7.0 gives a commune nouvelle of 2018-2019 the population of its chef-lieu alone, but gives its EPCI the
whole: when a single commune of an EPCI is concerned, its population is what the others leave. The rest is unknown,
and stays so.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from reference_build.entrees import EntreeInvalide

Objets = Iterable[Mapping[str, Any]]

DERNIER_JOUR_CONNU = "2018-01-01"
# Read in the worked cases of real councils: 7,719 + 2,349 and 818 + 118 inhabitants; the sum of their EPCI confirms it.
RELEVES: Mapping[str, int] = {"50025": 10_068, "50597": 936}
# Communes merged after the geography of the package 0.7.0 and before 1 January 2020: the absorbing one takes the sum.
ABSORPTIONS_2020: Mapping[str, str] = {"21213": "21452", "21507": "21183", "45287": "45307"}
# Saline was cut into Troarn (14712) and Sannerville (14666) on 1 January 2020: the sources do not say the part of each.
SCISSIONS_2020 = ("14712", "14666")


def build_populations_2016(
    communes_2019: Mapping[str, Mapping[str, Any]], historique: Objets, epcis_2019: Objets, mayotte: Mapping[str, int]
) -> dict[str, int | None]:
    """Population of each commune of 2020, None where unknown; ``mayotte`` gives its census of 2017, in force then.

    EntreeInvalide when the communes of an EPCI do not add up to the EPCI. O(communes).
    """
    nouvelles = find_nouvelles(historique) - set(RELEVES)
    populations: dict[str, int | None] = {
        code: None if code in nouvelles else commune.get("population") for code, commune in communes_2019.items()
    }
    populations |= mayotte | RELEVES
    for epci in epcis_2019:
        fill_by_difference(populations, [membre["code"] for membre in epci["membres"]], epci)
    for absorbee, absorbante in ABSORPTIONS_2020.items():
        populations[absorbante] = _add(populations[absorbante], populations.pop(absorbee))
    return populations | dict.fromkeys(SCISSIONS_2020)


def find_nouvelles(historique: Objets) -> set[str]:
    """Codes of the communes of today whose territory dates from after 1 January 2018."""
    return {
        etape["code"]
        for etape in historique
        if etape["type"] == "COM"
        and "dateFin" not in etape
        and etape.get("dateDebut", "") > DERNIER_JOUR_CONNU
        and etape.get("raisonDebut") != "changement de nom"
    }


def fill_by_difference(populations: dict[str, int | None], codes: list[str], epci: Mapping[str, Any]) -> None:
    """Give the only unknown member what the others leave of the EPCI; check the sum when all are known."""
    inconnues = [code for code in codes if populations[code] is None]
    reste = epci["populationMunicipale"] - sum(populations[code] or 0 for code in codes)
    if len(inconnues) == 1 and reste > 0:
        populations[inconnues[0]] = reste
    elif reste < 0 or (reste and not inconnues):
        raise EntreeInvalide(f"La population 2016 de {epci['nom']} n'est pas la somme de ses communes (écart {reste}).")


def _add(une: int | None, autre: int | None) -> int | None:
    return None if une is None or autre is None else une + autre
