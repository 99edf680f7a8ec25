"""Perimeters and populations that the law uses for the seats of a general renewal (R. 5211-1-1 CGCT)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from communaccord.reference.models import (
    DEPARTEMENT_MAYOTTE,
    MILLESIME_MAYOTTE,
    CommunePerimetre,
    EpciPerimetre,
    TerritoireInconnu,
)
from communaccord.reference.tables import EPCIS_2020, PERIMETRE_2020, parse_entier, read_lignes
from communaccord.reference.territoires import read_communes, read_epcis

RENOUVELLEMENTS = (2020, 2026)
COLONNES_EPCIS_2020 = ("siren", "nom", "nature", "financement")
COLONNES_PERIMETRE_2020 = ("siren_epci", "code", "nom", "population_municipale_2016")


@dataclass(frozen=True, slots=True)
class Perimetre:
    """All EPCI as the allocation of seats of one general renewal saw them.

    ``millesime_population`` is the vintage of the populations (Mayotte: census of 2017 in both, see each commune);
    ``date_perimetre`` the day whose perimeter is taken.
    """

    renouvellement: int
    date_perimetre: date
    millesime_population: int
    epcis: Mapping[str, EpciPerimetre]

    def get_epci(self, siren: str) -> EpciPerimetre:
        """The EPCI of this SIREN; TerritoireInconnu when it did not exist on that day."""
        try:
            return self.epcis[siren]
        except KeyError:
            raise TerritoireInconnu(
                f"Aucune intercommunalité à fiscalité propre ne porte le SIREN « {siren} » "
                f"au 1er janvier {self.date_perimetre.year}. Vérifiez les neuf chiffres et l'année du renouvellement."
            ) from None


@cache
def get_perimetre(renouvellement: int) -> Perimetre:
    """Perimeter and populations of the general renewal of 2020 or 2026; ValueError (French sentence) for another year.

    2026: perimeter of 1 January 2026, population municipale 2022. 2020: perimeter of 1 January 2020, population
    municipale 2016. O(number of communes).
    """
    if renouvellement == 2026:
        communes = read_communes()
        membres = zip(
            communes.siren_epci, communes.code, communes.nom, communes.population_municipale_2022, strict=True
        )
        return _build(2026, 2022, zip(*read_epcis()[:4], strict=True), membres)
    if renouvellement == 2020:
        epcis = read_lignes(EPCIS_2020, COLONNES_EPCIS_2020)
        return _build(2020, 2016, epcis, read_lignes(PERIMETRE_2020, COLONNES_PERIMETRE_2020))
    raise ValueError(
        f"Le renouvellement de {renouvellement} n'est pas dans les données de référence. Choisissez 2020 ou 2026."
    )


def _build(
    renouvellement: int, millesime: int, epcis: Iterable[tuple[str, ...]], communes: Iterable[tuple[str, ...]]
) -> Perimetre:
    membres: defaultdict[str, list[CommunePerimetre]] = defaultdict(list)
    for siren, code, nom, population in communes:
        millesime_commune = MILLESIME_MAYOTTE if code.startswith(DEPARTEMENT_MAYOTTE) else millesime
        membres[siren].append(CommunePerimetre(code, nom, parse_entier(population), millesime_commune))
    return Perimetre(
        renouvellement=renouvellement,
        date_perimetre=date(renouvellement, 1, 1),
        millesime_population=millesime,
        epcis=MappingProxyType(
            {
                siren: EpciPerimetre(siren, nom, nature, financement, tuple(membres[siren]))
                for siren, nom, nature, financement in epcis
            }
        ),
    )
