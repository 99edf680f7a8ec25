"""What the reading of a spreadsheet gives back: nothing typed is lost, each faulty cell is named."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from communaccord.simulateur.types import Anomalie


class FichierIllisible(ValueError):
    """A file that is not a readable table: ``message`` says what is wrong, ``que_faire`` what to do."""

    def __init__(self, message: str, que_faire: str) -> None:
        super().__init__(f"{message} {que_faire}")
        self.message = message
        self.que_faire = que_faire


@dataclass(frozen=True, slots=True)
class Feuille:
    """Raw cells of one sheet; ``pieges``: why the value of a cell is not to be taken, by reference."""

    nom: str
    lignes: tuple[tuple[object, ...], ...]
    pieges: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColonneLue:
    """A column: its letter, its title as typed, the field it fills (None: not used)."""

    lettre: str
    titre: str
    champ: str | None


@dataclass(frozen=True, slots=True)
class CelluleLue:
    """A cell: its reference (``C12``), what was typed, the value kept as text (None: unknown or faulty)."""

    reference: str
    saisie: str
    valeur: str | None
    anomalie: Anomalie | None = None


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A row: its number in the file, the commune it names (``code`` None when not recognised), its cells by field."""

    numero: int
    code: str | None
    nom: str
    cellules: Mapping[str, CelluleLue]


@dataclass(frozen=True, slots=True)
class Apercu:
    """The preview of an import: what would be taken, what is to be mended, what was decided on the way.

    ``remarques``: French sentences (sheet chosen, rows left out...). ``anomalies``: faulty cells and rows.
    ``champ_devine``: field given to the only column of figures of a table without titles, empty when there are titles.
    """

    fichier: str
    feuille: str
    colonnes: tuple[ColonneLue, ...]
    lignes: tuple[LigneLue, ...]
    anomalies: tuple[Anomalie, ...]
    remarques: tuple[str, ...] = ()
    champ_devine: str = ""

    @property
    def est_vide(self) -> bool:
        """Whether no commune was recognised."""
        return not any(ligne.code for ligne in self.lignes)

    @property
    def ecartees(self) -> tuple[LigneLue, ...]:
        """Rows that fill no commune."""
        return tuple(ligne for ligne in self.lignes if ligne.code is None)

    def to_communes(self) -> dict[str, dict[str, object]]:
        """Values kept, by code of commune, as ``parse_simulation`` reads them under ``communes``."""
        communes: dict[str, dict[str, object]] = {}
        for ligne in self.lignes:
            if ligne.code is None:
                continue
            champs = communes.setdefault(ligne.code, {})
            for champ, cellule in ligne.cellules.items():
                groupe, point, acte = champ.partition(".")
                if cellule.valeur is None:
                    continue
                if not point:
                    champs[champ] = cellule.valeur
                    continue
                sous_champs = champs.setdefault(groupe, {})
                if isinstance(sous_champs, dict):
                    sous_champs[acte] = cellule.valeur
        return communes
