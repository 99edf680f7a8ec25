"""Legal size of a conseil municipal (L2121-2): a dated table by population."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

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


def compute_effectif_conseil(population: int, *, code: str | None = None) -> int:
    """Return the legal number of conseillers municipaux of a commune of ``population`` inhabitants (municipale).

    ``code`` (INSEE) recognises Paris, Marseille and Lyon, which have a size of their own (known from memory). Some
    communes nouvelles also have another size: it must then be given by the caller of the rule that needs it.
    Errors: ValueError for a negative population. Complexity: O(1). Source: CGCT L2121-2 (R-2.3).
    """
    return EFFECTIFS_PARTICULIERS.get(code or "") or EFFECTIFS_CONSEIL_MUNICIPAL.get_valeur(population)
