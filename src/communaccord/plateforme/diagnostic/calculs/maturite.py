"""How far services are shared, from 0 (nothing) to 5 (transfer): a scale of use, published by nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.plateforme.diagnostic.enums import Maturite


@dataclass(frozen=True, slots=True)
class Profil:
    """The levels told for one service, or by one commune: how many at each, from 0 to 5."""

    nombres: tuple[int, ...]

    @property
    def dits(self) -> int:
        return sum(self.nombres)

    @property
    def moyenne(self) -> Fraction | None:
        """Mean level; None when no level was told."""
        somme = sum(niveau * nombre for niveau, nombre in enumerate(self.nombres))
        return Fraction(somme, self.dits) if self.dits else None


def build_profil(niveaux: Iterable[int]) -> Profil:
    """Count the levels told. Errors: ValueError on a level that is not of the scale. O(n)."""
    return build_profil_de(Counter(niveaux))


def build_profil_de(counted: Mapping[int, int]) -> Profil:
    """The profile of levels already counted. Same errors. O(1)."""
    if unknown := counted.keys() - set(Maturite.values):
        raise ValueError(f"Niveaux hors de l'échelle de 0 à 5 : {sorted(unknown)}.")
    return Profil(tuple(counted.get(niveau, 0) for niveau in Maturite.values))


def merge_profils(profils: Sequence[Profil]) -> Profil:
    """All the levels of several profiles together. O(n)."""
    return Profil(tuple(sum(profil.nombres[niveau] for profil in profils) for niveau in Maturite.values))
