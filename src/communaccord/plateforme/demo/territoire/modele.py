"""What the invented territory is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.plateforme.demo.territoire.contours import Contour


@dataclass(frozen=True, slots=True)
class CommuneFictive:
    """An invented commune: a code of its own (never an INSEE code), inhabitants, a contour in degrees."""

    code: str
    nom: str
    population_municipale: int
    population_totale: int
    contour: Contour


@dataclass(frozen=True, slots=True)
class Secretariat:
    """One secretary of mairie and the communes where this person works, by code."""

    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TerritoireFictif:
    """The invented EPCI: nature and tax regime as in the reference tables, members from the centre to the smallest.

    The name always says *fictif*. ``voisins``: communes that share a border, nearest first. ``secretariats`` share
    out all the communes.
    """

    nom: str
    nature: str
    financement: str
    communes: tuple[CommuneFictive, ...]
    voisins: Mapping[str, tuple[str, ...]]
    secretariats: tuple[Secretariat, ...]

    @property
    def centre(self) -> CommuneFictive:
        """The most populated commune."""
        return self.communes[0]

    @property
    def population_municipale(self) -> int:
        """Inhabitants of the EPCI."""
        return sum(commune.population_municipale for commune in self.communes)

    def get_commune(self, code: str) -> CommuneFictive:
        """The commune of this code; KeyError otherwise. Linear."""
        for commune in self.communes:
            if commune.code == code:
                return commune
        raise KeyError(code)
