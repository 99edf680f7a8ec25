"""What the reading of an official file gives: figures of our communes alone, and what was done on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from communaccord.reference import normalize_nom
from communaccord.simulateur.tableau.types import FichierIllisible

CENT = 100
# Code of the intercommunalité, where communes are named by theirs.
EPCI = ""


class AnneeManquante(FichierIllisible):
    """A file that does not tell its year: the person who brings it does."""


@dataclass(frozen=True, slots=True)
class TerritoireLu:
    """The only territory that a file may tell of: names by code of commune; SIREN and name of its intercommunalité."""

    communes: Mapping[str, str]
    siren: str
    nom_epci: str

    def find_commune(self, texte: str) -> str | None:
        """Code of one of our communes; a code that a spreadsheet made a number gets its zero back. None otherwise."""
        code = texte.strip()
        if code in self.communes:
            return code
        padded = code.zfill(5)
        return padded if padded in self.communes else None

    def is_epci(self, siren: str, nom: str) -> bool:
        """Whether a row is that of our intercommunalité: by its SIREN, or by its name when it is invented."""
        if self.siren:
            return siren.strip().zfill(9) == self.siren
        return bool(nom) and normalize_nom(nom) == normalize_nom(self.nom_epci)


@dataclass(frozen=True, slots=True)
class Donnee:
    """One figure read, in hundredths of its unit; ``code`` is ``EPCI`` for the intercommunalité."""

    code: str
    cle: str
    annee: int
    centiemes: int


@dataclass(slots=True)
class Lues:
    """What was read of one file.

    ``rapprochees``: columns recognised by likeness (title of the file, label kept), to be checked by eye.
    ``illisibles``: cells that are no figure, one sentence each. ``inconnues``: how many say "n.c." and the like.
    ``ailleurs``: rows of other territories, none of which is kept. ``remarques``: sentences.
    """

    format: str
    source: str
    annee: int | None = None
    donnees: list[Donnee] = field(default_factory=list)
    rapprochees: list[tuple[str, str]] = field(default_factory=list)
    illisibles: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)
    inconnues: int = 0
    ailleurs: int = 0

    def add(self, code: str, cle: str, annee: int, valeur: Fraction) -> None:
        self.donnees.append(Donnee(code, cle, annee, round_centiemes(valeur)))

    def list_communes(self) -> set[str]:
        """Codes of the communes that the file tells of."""
        return {donnee.code for donnee in self.donnees if donnee.code != EPCI}


def round_centiemes(valeur: Fraction) -> int:
    """Hundredths of a number, halves away from zero."""
    scaled = abs(valeur) * CENT
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -rounded if valeur < 0 else rounded
