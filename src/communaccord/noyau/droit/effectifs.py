"""Legal size of a conseil municipal (L2121-2), by its population."""

from dataclasses import dataclass
from enum import Enum

from communaccord.noyau.droit.regle import Confiance
from communaccord.noyau.droit.regles.baremes import (
    CONFIANCE_EFFECTIFS_PARTICULIERS,
    EFFECTIFS_CONSEIL_MUNICIPAL,
    EFFECTIFS_PARTICULIERS,
)


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
