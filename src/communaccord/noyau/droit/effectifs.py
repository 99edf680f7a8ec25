"""Legal size of a conseil municipal (L2121-2): a dated table by population."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import Enum

from communaccord.noyau.droit.regle import Confiance


@dataclass(frozen=True, slots=True)
class BaremePopulation:
    """A dated table that gives a number for each band of population.

    ``paliers`` are (first population of the band, number), populations ascending, the first one 0. ``article`` names
    the text; ``valid_from`` and ``valid_to`` bound its validity (None: not recorded, or no end known).
    """

    article: str
    paliers: tuple[tuple[int, int], ...]
    valid_from: date | None = None
    valid_to: date | None = None

    def get_valeur(self, population: int) -> int:
        """Return the number of the band that holds ``population`` (inhabitants, zero or more).

        Errors: ValueError, in French, for a negative population. Complexity: O(log bands).
        """
        if population < 0:
            raise ValueError(f"La population ne peut pas être négative : {population}.")
        return self.paliers[bisect_right(self.paliers, population, key=lambda palier: palier[0]) - 1][1]


EFFECTIFS_CONSEIL_MUNICIPAL = BaremePopulation(
    article="CGCT L2121-2",
    paliers=(
        (0, 7),
        (100, 11),
        (500, 15),
        (1_500, 19),
        (2_500, 23),
        (3_500, 27),
        (5_000, 29),
        (10_000, 33),
        (20_000, 35),
        (30_000, 39),
        (40_000, 43),
        (50_000, 45),
        (60_000, 49),
        (80_000, 53),
        (100_000, 55),
        (150_000, 59),
        (200_000, 61),
        (250_000, 65),
        (300_000, 69),
    ),
)

# Sizes set by texts of their own, before the 2026 renewal; from memory, to be checked. They are far above the seats
# that these communes can obtain: using them never limits a result, unlike the ordinary table.
EFFECTIFS_PARTICULIERS = {"75056": 163, "13055": 101, "69123": 73}
CONFIANCE_EFFECTIFS_PARTICULIERS = Confiance.MEMOIRE


class OrigineEffectif(Enum):
    """Where the size of a conseil municipal comes from."""

    DONNE = "effectif donné"
    PRESUME = "effectif présumé d'après la population"
    PARTICULIER = "effectif propre à cette commune"

    @property
    def label(self) -> str:
        """French label, with its reserve when it is known from memory."""
        return f"{self.value}, {self.confiance.label}" if self.confiance is Confiance.MEMOIRE else self.value

    @property
    def confiance(self) -> Confiance | None:
        """How far the text is known (None: the size was given, no text was applied)."""
        return _CONFIANCES_EFFECTIF[self]


_CONFIANCES_EFFECTIF = {
    OrigineEffectif.DONNE: None,
    OrigineEffectif.PRESUME: Confiance.TEXTE_LU,
    OrigineEffectif.PARTICULIER: CONFIANCE_EFFECTIFS_PARTICULIERS,
}


@dataclass(frozen=True, slots=True)
class EffectifConseil:
    """Legal size of a conseil municipal and where it comes from."""

    membres: int
    origine: OrigineEffectif


def find_effectif_conseil(population: int, *, code: str | None = None, donne: int | None = None) -> EffectifConseil:
    """Return the legal size of a conseil municipal: the one given or, failing it, the one of the texts.

    ``population``: population municipale (inhabitants). ``code`` (INSEE) recognises Paris, Marseille and Lyon, which
    have a size of their own (known from memory). Some communes nouvelles also have another size: it must be given.
    Errors: ValueError for a negative population. Complexity: O(1). Source: CGCT L2121-2 (R-2.3).
    """
    if donne is not None:
        return EffectifConseil(donne, OrigineEffectif.DONNE)
    if code in EFFECTIFS_PARTICULIERS:
        return EffectifConseil(EFFECTIFS_PARTICULIERS[code], OrigineEffectif.PARTICULIER)
    return EffectifConseil(EFFECTIFS_CONSEIL_MUNICIPAL.get_valeur(population), OrigineEffectif.PRESUME)


def compute_effectif_conseil(population: int, *, code: str | None = None) -> int:
    """Return the number of conseillers municipaux alone: see :func:`find_effectif_conseil`, same errors.

    Complexity: O(1). Source: CGCT L2121-2 (R-2.3).
    """
    return find_effectif_conseil(population, code=code).membres
