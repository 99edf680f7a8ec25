"""A commune beside those of its size: fixed strata, exact quartiles, and what may be said without telling of anybody.

Nothing here ranks: no commune is named, no place is given. A figure on people is written only when the cells it is made
of may be read by everybody (``masques``); a mean, only when nobody can be deduced from it.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from communaccord.plateforme.diagnostic.calculs.masques import COMPTES, MONTANTS, Bornes, leaves_doubt
from communaccord.plateforme.diagnostic.enums import GROUPE_MINIMAL, PETIT_EFFECTIF

Entite = Hashable


@dataclass(frozen=True, slots=True)
class Strate:
    """Communes from ``bas`` to ``haut`` inhabitants (None: no limit)."""

    bas: int
    haut: int | None
    libelle: str

    def holds(self, population: int) -> bool:
        return population >= self.bas and (self.haut is None or population <= self.haut)


# Bounds taken among those of the demographic groups of the CGCT (L2334-3): fixed, so that no group is ever chosen.
STRATES = (
    Strate(0, 499, "de moins de 500 habitants"),
    Strate(500, 1_999, "de 500 à 1 999 habitants"),
    Strate(2_000, 4_999, "de 2 000 à 4 999 habitants"),
    Strate(5_000, 9_999, "de 5 000 à 9 999 habitants"),
    Strate(10_000, 19_999, "de 10 000 à 19 999 habitants"),
    Strate(20_000, None, "de 20 000 habitants et plus"),
)
TOUTES = Strate(0, None, "du territoire")


@dataclass(frozen=True, slots=True)
class Groupe:
    """The communes that one is compared with: its stratum, or all when the stratum counts too few; never itself."""

    strate: Strate
    communes: frozenset[Entite]

    @property
    def est_de_sa_taille(self) -> bool:
        return self.strate is not TOUTES


@dataclass(frozen=True, slots=True)
class Quartiles:
    """First quartile, median, third quartile, exact; None: one that cannot be told. ``nombre``: values known."""

    nombre: int
    premier: Fraction | None
    mediane: Fraction | None
    troisieme: Fraction | None


class Cellule(NamedTuple):
    """A figure of a commune on its people: ``agents`` they are, ``visible`` to everybody or not.

    ``sensible``: fewer than five, or their number is not known.
    """

    valeur: int
    agents: int
    visible: bool
    sensible: bool = False


def find_strate(population: int) -> Strate:
    """The stratum of a population (inhabitants). O(number of strata)."""
    return next(strate for strate in STRATES if strate.holds(population))


def choose_groupe(mienne: Entite, populations: Mapping[Entite, int]) -> Groupe | None:
    """Whom this commune is compared with; None when the territory counts too few communes besides it.

    ``populations``: commune to inhabitants. The stratum when it holds at least ``GROUPE_MINIMAL`` other communes,
    otherwise the whole territory. O(number of communes).
    """
    for strate in (find_strate(populations[mienne]), TOUTES):
        others = frozenset(c for c, p in populations.items() if c != mienne and strate.holds(p))
        if len(others) >= GROUPE_MINIMAL:
            return Groupe(strate, others)
    return None


def compute_quartiles(valeurs: Sequence[int | Fraction]) -> Quartiles | None:
    """Exact quartiles of at least ``GROUPE_MINIMAL`` values; None with fewer. O(n log n).

    Linear interpolation between ranks: definition 7 of Hyndman & Fan, Sample Quantiles in Statistical Packages (1996).
    """
    if len(valeurs) < GROUPE_MINIMAL:
        return None
    ordonnees = sorted(valeurs)
    return Quartiles(len(ordonnees), *(interpolate(ordonnees, quart) for quart in (1, 2, 3)))


def interpolate(ordonnees: Sequence[int | Fraction], quart: int) -> Fraction:
    """The value at ``quart`` quarters of an ordered sequence."""
    below, above, reste = find_rangs(len(ordonnees), quart)
    if not reste:
        return Fraction(ordonnees[below])
    return Fraction(ordonnees[below]) + reste * (Fraction(ordonnees[above]) - Fraction(ordonnees[below]))


def find_rangs(nombre: int, quart: int) -> tuple[int, int, Fraction]:
    """The ranks between which a quartile stands, and how far from the first."""
    place = Fraction((nombre - 1) * quart, 4)
    below = place.numerator // place.denominator
    reste = place - below
    return below, below + (1 if reste else 0), reste


def compute_quartiles_de_personnes(cellules: Sequence[Cellule]) -> Quartiles | None:
    """Quartiles of a figure on people; None with fewer than five communes or five people.

    A quartile is told only when each value it is made of is that of a cell that everybody may read. O(n log n).
    """
    if len(cellules) < GROUPE_MINIMAL or sum(cellule.agents for cellule in cellules) < PETIT_EFFECTIF:
        return None
    publiques = {cellule.valeur for cellule in cellules if cellule.visible}
    ordonnees = sorted(cellule.valeur for cellule in cellules)
    told = []
    for quart in (1, 2, 3):
        below, above, _ = find_rangs(len(ordonnees), quart)
        is_told = ordonnees[below] in publiques and ordonnees[above] in publiques
        told.append(interpolate(ordonnees, quart) if is_told else None)
    return Quartiles(len(ordonnees), *told)


def compute_moyenne_de_personnes(
    groupe: Collection[Cellule], hors_groupe: Collection[Cellule], *, est_un_compte: bool
) -> Fraction | None:
    """Mean of a figure on people over a group; None when it would tell of somebody.

    The reader knows their own commune, the visible cells and, at worst, the total of the territory: both the group and
    what is outside of it (``hors_groupe``, the reader's commune apart) must leave every hidden cell in doubt. With
    fewer than five communes or five people in the group, None. O(n).
    """
    if len(groupe) < GROUPE_MINIMAL or sum(cellule.agents for cellule in groupe) < PETIT_EFFECTIF:
        return None
    bornes = COMPTES if est_un_compte else MONTANTS
    if not (is_protege(groupe, bornes) and is_protege(hors_groupe, bornes)):
        return None
    return Fraction(sum(cellule.valeur for cellule in groupe), len(groupe))


def is_protege(cellules: Collection[Cellule], bornes: Bornes) -> bool:
    """Whether the sum of the hidden cells tells of five people at least, and leaves each of them in doubt."""
    cachees = [cellule for cellule in cellules if not cellule.visible]
    if not cachees:
        return True
    sensibles = sum(cellule.sensible for cellule in cachees)
    somme = sum(cellule.valeur for cellule in cachees)
    is_doubtful = leaves_doubt(somme, sensibles, len(cachees) - sensibles, bornes, None)
    return is_doubtful and sum(cellule.agents for cellule in cachees) >= PETIT_EFFECTIF
