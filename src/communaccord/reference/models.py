"""Frozen records of the reference data: every figure says its vintage in its own name.

A field called ``population_municipale_2022`` never holds anything but the vintage 2022: there is deliberately no
plain ``population`` on a commune or an EPCI, so that two vintages cannot be mixed by inattention. The only exception
is the law's own: Mayotte keeps its census of 2017 under every vintage (see ``Commune.est_recensement_2017``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

# Natures as the DGCL writes them; MET69 is the Métropole de Lyon, a collectivité with a special status and not an EPCI.
LIBELLES_NATURE: Mapping[str, str] = MappingProxyType(
    {
        "CC": "Communauté de communes",
        "CA": "Communauté d'agglomération",
        "CU": "Communauté urbaine",
        "METRO": "Métropole",
        "MET69": "Métropole de Lyon (collectivité à statut particulier)",
    }
)
LIBELLES_FINANCEMENT: Mapping[str, str] = MappingProxyType(
    {"FPU": "Fiscalité professionnelle unique", "FA": "Fiscalité additionnelle"}
)
SIREN_METROPOLE_LYON = "200046977"
SIREN_METROPOLE_GRAND_PARIS = "200054781"
RAISONS_HORS_CHAMP: Mapping[str, str] = MappingProxyType(
    {
        SIREN_METROPOLE_LYON: (
            "La métropole de Lyon est une collectivité à statut particulier, pas une intercommunalité : "
            "les sièges de son conseil suivent des règles qui lui sont propres."
        ),
        SIREN_METROPOLE_GRAND_PARIS: (
            "La métropole du Grand Paris est une intercommunalité à statut particulier : "
            "les sièges de son conseil suivent des règles qui lui sont propres."
        ),
    }
)
DEPARTEMENT_MAYOTTE = "976"
MILLESIME_MAYOTTE = 2017

Point = tuple[float, float]
"""Longitude and latitude, degrees WGS 84, four decimals."""
Anneau = tuple[Point, ...]
"""A closed ring: the first point is repeated at the end."""
Polygone = tuple[Anneau, ...]
"""The outer ring, then the holes."""
Contour = tuple[Polygone, ...]
"""A commune: one polygon or several (the ``coordinates`` of a GeoJSON MultiPolygon)."""


class TerritoireInconnu(LookupError):
    """No territory has this code; the message is a French sentence ready to be shown."""


@dataclass(frozen=True, slots=True)
class Departement:
    """A département (or an overseas collectivité) with its region."""

    code: str
    nom: str
    code_region: str
    nom_region: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune as it is in the official geographic code of 2026.

    ``siren_epci`` is the EPCI of 1 January 2026, None outside any EPCI (four islands, overseas collectivités);
    ``siren_ept`` the établissement public territorial within Grand Paris. The populations 2022 are None outside any
    EPCI (the source gives them for members only); the population 2023 is None for six communes of the Pacific.
    ``sieges_constates`` counts the community councillors found in the national register in autumn 2026 (vacancies
    lower it). Longitude and latitude are those of a point inside the commune, None where no contour exists (overseas
    collectivités).
    """

    code: str
    nom: str
    code_departement: str
    code_arrondissement: str | None
    siren: str | None
    siren_epci: str | None
    siren_ept: str | None
    population_municipale_2022: int | None
    population_totale_2022: int | None
    population_municipale_2023: int | None
    sieges_constates: int | None
    longitude: float | None
    latitude: float | None

    @property
    def est_recensement_2017(self) -> bool:
        """True in Mayotte, whose figures remain those of the census of 2017 under every vintage."""
        return self.code_departement == DEPARTEMENT_MAYOTTE


@dataclass(frozen=True, slots=True)
class Epci:
    """An intercommunalité à fiscalité propre as of 1 January 2026, or Métropole de Lyon (see ``est_epci``).

    ``codes_communes`` and ``codes_departements`` go from the most to the least populated (population municipale 2022,
    then code); the first département is the most populated, not necessarily that of the seat. Populations are sums
    over the members. ``sieges_constates`` is the sum of the seats found in the register; ``constat_complet`` is True
    when every member commune has at least one councillor in it.
    """

    siren: str
    nom: str
    nature: str
    financement: str
    codes_departements: tuple[str, ...]
    codes_communes: tuple[str, ...]
    population_municipale_2022: int
    population_totale_2022: int
    population_municipale_2023: int
    sieges_constates: int
    constat_complet: bool

    @property
    def libelle_nature(self) -> str:
        """Nature in full, in French."""
        return LIBELLES_NATURE[self.nature]

    @property
    def libelle_financement(self) -> str:
        """Tax regime in full, in French."""
        return LIBELLES_FINANCEMENT[self.financement]

    @property
    def nom_complet(self) -> str:
        """Name with its nature in full: "CC du Perche" gives "Communauté de communes du Perche"."""
        return expand_nom(self.nom)

    @property
    def est_epci(self) -> bool:
        """False for the Métropole de Lyon only, which is a collectivité with a special status."""
        return self.nature != "MET69"

    @property
    def raison_hors_champ(self) -> str | None:
        """Why the ordinary rule of seats does not apply (Lyon, Grand Paris), a French sentence; None elsewhere."""
        return RAISONS_HORS_CHAMP.get(self.siren)


@dataclass(frozen=True, slots=True)
class Ept:
    """An établissement public territorial of Grand Paris (perimeter of the source of 2026), communes by code."""

    siren: str
    nom: str
    codes_communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class France:
    """Everything at once, for the database loader: mappings by code, in the order of codes."""

    departements: Mapping[str, Departement]
    epcis: Mapping[str, Epci]
    epts: Mapping[str, Ept]
    communes: Mapping[str, Commune]


@dataclass(frozen=True, slots=True)
class Territoire:
    """An answer of the search: an EPCI or a commune.

    ``code`` is a SIREN for an EPCI, an INSEE code for a commune; ``libelle`` is the name to show, with the
    département in brackets when several territories of the same kind bear the same name. ``siren_epci`` is the EPCI
    to open (its own SIREN for an EPCI, None for a commune outside any EPCI). ``population_reference`` orders equal
    answers only: municipale 2022 where known, else 2023.
    """

    genre: Literal["epci", "commune"]
    code: str
    nom: str
    libelle: str
    code_departement: str
    nom_departement: str
    siren_epci: str | None
    nom_epci: str | None
    population_reference: int


@dataclass(frozen=True, slots=True)
class CommunePerimetre:
    """A commune as the allocation of seats of one general renewal saw it.

    ``population_municipale`` is the figure the law uses for that renewal, of vintage ``millesime``; None where the
    sources do not give it (then the seats of its EPCI cannot be computed).
    """

    code: str
    nom: str
    population_municipale: int | None
    millesime: int


@dataclass(frozen=True, slots=True)
class EpciPerimetre:
    """An EPCI as the allocation of seats of one general renewal saw it; communes by code."""

    siren: str
    nom: str
    nature: str
    financement: str
    communes: tuple[CommunePerimetre, ...]

    @property
    def nom_complet(self) -> str:
        """Name with its nature in full."""
        return expand_nom(self.nom)

    @property
    def population_municipale(self) -> int | None:
        """Sum over the members, None when one of them is not known."""
        total = 0
        for commune in self.communes:
            if commune.population_municipale is None:
                return None
            total += commune.population_municipale
        return total

    @property
    def raison_hors_champ(self) -> str | None:
        """Why the ordinary rule of seats does not apply, None elsewhere."""
        return RAISONS_HORS_CHAMP.get(self.siren)


@dataclass(frozen=True, slots=True)
class Colonne:
    """Where one column of one shipped file comes from."""

    nom: str
    libelle: str
    millesime: str
    source: str
    licence: str
    date: str
    precaution: str


@dataclass(frozen=True, slots=True)
class Fichier:
    """One shipped file, what it holds, and the origin of each of its columns."""

    nom: str
    contenu: str
    lignes: int
    colonnes: tuple[Colonne, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The register of origins, as ``sources.json`` gives it."""

    fichiers: tuple[Fichier, ...]

    def get_colonne(self, fichier: str, colonne: str) -> Colonne:
        """Origin of one column; LookupError (French sentence) when the file or the column is not described."""
        for candidat in self.fichiers:
            for une_colonne in candidat.colonnes:
                if (candidat.nom, une_colonne.nom) == (fichier, colonne):
                    return une_colonne
        raise LookupError(f"La colonne « {colonne} » du fichier « {fichier} » n'a pas de source décrite.")


def expand_nom(nom: str) -> str:
    """Write out the nature that the DGCL abbreviates at the head of a name; other names are returned as they are."""
    sigle, _, reste = nom.partition(" ")
    if sigle in ("CC", "CA", "CU"):
        return f"{LIBELLES_NATURE[sigle]} {reste}"
    return nom
