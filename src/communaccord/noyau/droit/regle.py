"""A legal rule as dated data: article, confidence, validity, date of verification."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

VERIFIE_LE = date(2026, 11, 23)


class Confiance(Enum):
    """How a rule is known. What is known from memory only is never shown as established."""

    TEXTE_LU = "V"
    SOURCE_SECONDAIRE = "S"
    CALCULE = "C"
    MEMOIRE = "M"

    @property
    def label(self) -> str:
        """French label for the interface."""
        return _LABELS_CONFIANCE[self]

    @property
    def est_etablie(self) -> bool:
        """Whether the rule may be shown as established (the text was read, or the result was checked on real cases)."""
        return self in (Confiance.TEXTE_LU, Confiance.CALCULE)


_LABELS_CONFIANCE = {
    Confiance.TEXTE_LU: "texte lu",
    Confiance.SOURCE_SECONDAIRE: "source secondaire",
    Confiance.CALCULE: "calculé et comparé à des cas réels",
    Confiance.MEMOIRE: "de mémoire, à vérifier",
}


@dataclass(frozen=True, slots=True)
class Regle:
    """One rule of law, as known on ``verifie_le``.

    ``identifiant`` is the name used everywhere ("R-2.3"). ``articles`` are the texts it applies. ``valid_from`` is the
    date from which the version read applies (None: not recorded), ``valid_to`` the day after which it no longer does
    (None: no end known). ``resume`` says the rule in plain French, ``avertissements`` what must be said with it.
    """

    identifiant: str
    titre: str
    articles: tuple[str, ...]
    confiance: Confiance
    resume: str
    valid_from: date | None = None
    valid_to: date | None = None
    verifie_le: date = VERIFIE_LE
    avertissements: tuple[str, ...] = ()

    def is_en_vigueur(self, jour: date) -> bool:
        """Return whether the version of the text that was read applies on ``jour``. Complexity: O(1)."""
        return (self.valid_from is None or self.valid_from <= jour) and (self.valid_to is None or jour <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Avertissement:
    """Something a person must know beside a result: a stable code, a French sentence, the communes it is about."""

    code: str
    texte: str
    communes: tuple[str, ...] = ()
