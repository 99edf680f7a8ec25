"""Read the packaged files: tables stored by columns and JSON, compressed by xz, kept in memory once read."""

import json
import lzma
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

DOSSIER = Path(__file__).resolve().parent / "donnees"
COMMUNES = "communes.tsv.xz"
EPCIS = "epci.tsv.xz"
EPTS = "ept.tsv.xz"
DEPARTEMENTS = "departements.tsv.xz"
EPCIS_2020 = "epci_2020.tsv.xz"
PERIMETRE_2020 = "perimetre_2020.tsv.xz"
VOISINS = "voisins.tsv.xz"
CONTOURS = "contours.xz"
CONTOURS_INDEX = "contours.json"
SOURCES = "sources.json"


@cache
def read_colonnes(nom: str, colonnes: tuple[str, ...]) -> tuple[Sequence[str], ...]:
    """Columns of a packaged table, each a list of texts, in the order of ``colonnes``; all have the same length.

    In the file each line is a column, cells separated by tabs, the first one being its name. The names must be
    exactly ``colonnes``: a file that does not match the code is refused (ValueError). O(size of the file).
    """
    lignes = lzma.decompress((DOSSIER / nom).read_bytes()).decode().split("\n")
    tables = tuple(ligne.split("\t") for ligne in lignes if ligne)
    if tuple(table[0] for table in tables) != colonnes:
        raise ValueError(
            f"Le fichier de référence « {nom} » n'a pas les colonnes attendues. "
            "Reconstruisez-le avec tools/build_reference.py."
        )
    return tuple(table[1:] for table in tables)


def read_lignes(nom: str, colonnes: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Rows of a packaged table (see ``read_colonnes``)."""
    return zip(*read_colonnes(nom, colonnes), strict=True)


def read_json(nom: str) -> Any:
    """Content of a packaged JSON file."""
    return json.loads((DOSSIER / nom).read_text(encoding="utf-8"))


def parse_entier(texte: str) -> int | None:
    """An empty cell is an unknown figure, never a zero."""
    return int(texte) if texte else None


def parse_decimal(texte: str) -> float | None:
    """A coordinate, None when the cell is empty."""
    return float(texte) if texte else None
