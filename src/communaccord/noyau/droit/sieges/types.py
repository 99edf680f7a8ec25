"""What goes in and comes out of the computation of seats."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from communaccord.noyau.droit.effectifs import OrigineEffectif
from communaccord.noyau.droit.regle import Avertissement, Regle


class Nature(Enum):
    """Legal nature of an intercommunalité à fiscalité propre (codes of the national lists)."""

    CC = "CC"
    CA = "CA"
    CU = "CU"
    METRO = "METRO"
    MET69 = "MET69"

    @property
    def label(self) -> str:
        """French name of the nature."""
        return _LABELS_NATURE[self]


_LABELS_NATURE = {
    Nature.CC: "communauté de communes",
    Nature.CA: "communauté d'agglomération",
    Nature.CU: "communauté urbaine",
    Nature.METRO: "métropole",
    Nature.MET69: "Métropole de Lyon",
}


class RegimeSieges(Enum):
    """Which text gives the seats."""

    DROIT_COMMUN = "droit commun"
    AIX_MARSEILLE = "Aix-Marseille-Provence"
    GRAND_PARIS = "Métropole du Grand Paris"
    LYON = "Métropole de Lyon"


@dataclass(frozen=True, slots=True)
class CommuneMembre:
    """A member commune: INSEE code, population municipale (inhabitants) of the right millésime.

    ``effectif_conseil`` is the *legal* size of its conseil municipal; None takes the table of L2121-2, which is wrong
    for Paris, Lyon, Marseille and some communes nouvelles. ``commune_nouvelle``: created since the last renewal.
    """

    code: str
    population: int
    effectif_conseil: int | None = None
    commune_nouvelle: bool = False


@dataclass(frozen=True, slots=True)
class LigneSieges:
    """Seats of one commune, step by step.

    ``sieges_1``: plus forte moyenne alone (IV-1°); ``sieges_iv``: once III and IV are applied, guaranteed seat and
    half cap included; ``sieges``: final number, V (or IV-4° bis) included. ``effectif_conseil`` is the size of its
    conseil municipal; ``origine_effectif`` says whether it is given, presumed from the population or from memory.
    """

    code: str
    population: int
    effectif_conseil: int
    origine_effectif: OrigineEffectif
    sieges_1: int
    sieges_iv: int
    sieges: int

    @property
    def est_garanti(self) -> bool:
        """Whether the commune sits by its guaranteed seat only (IV-2°)."""
        return self.sieges_1 == 0


@dataclass(frozen=True)
class SiegesDroitCommun:
    """The council that the ordinary rule gives, and how it was found.

    ``nombre_tableau``: number of the table (III). ``nombre_reparti``: the number really shared out, lower when IV-4°
    had to reduce it. ``garantis``: seats of IV-2°. ``total_iv``: seats after III and IV. ``supplement``: seats of V,
    or of IV-4° bis for Aix-Marseille-Provence. ``egalites``: for each tie of IV-5°, the communes that were all served.
    ``plafonnees``: communes brought down to half. ``v_applicable``: guaranteed seats above 30 % of the table.
    """

    nature: Nature
    regime: RegimeSieges
    lignes: tuple[LigneSieges, ...]
    nombre_tableau: int
    nombre_reparti: int
    egalites: tuple[tuple[str, ...], ...]
    plafonnees: tuple[str, ...]
    v_applicable: bool
    avertissements: tuple[Avertissement, ...]
    regles: tuple[Regle, ...]

    @cached_property
    def sieges(self) -> Mapping[str, int]:
        """Seats of each commune by the ordinary rule."""
        return {ligne.code: ligne.sieges for ligne in self.lignes}

    @cached_property
    def total(self) -> int:
        """Total number of seats."""
        return sum(ligne.sieges for ligne in self.lignes)

    @cached_property
    def total_iv(self) -> int:
        """Number of seats after III and IV: the base of the limits of 10 % and 25 %."""
        return sum(ligne.sieges_iv for ligne in self.lignes)

    @property
    def supplement(self) -> int:
        """Seats added by V (or by IV-4° bis for Aix-Marseille-Provence)."""
        return self.total - self.total_iv

    @cached_property
    def garantis(self) -> int:
        """Number of communes that sit by their guaranteed seat (IV-2°)."""
        return sum(ligne.est_garanti for ligne in self.lignes)

    @cached_property
    def population(self) -> int:
        """Population municipale of the EPCI."""
        return sum(ligne.population for ligne in self.lignes)


@dataclass(frozen=True, slots=True)
class HorsChamp:
    """The seats follow rules of their own, which are not computed: why, and by which article."""

    regime: RegimeSieges
    motif: str
    article: str
