"""Read the packaged files: tab-separated tables and JSON, compressed by xz, kept in memory once read."""

import json
import lzma
from collections.abc import Sequence
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
def read_table(nom: str, colonnes: tuple[str, ...]) -> Sequence[list[str]]:
    """Rows of a packaged table, each a list of texts in the order of ``colonnes``.

    The header must be exactly ``colonnes``: a file that does not match the code is refused (ValueError). O(size of
    the file).
    """
    lignes = lzma.decompress((DOSSIER / nom).read_bytes()).decode().split("\n")
    if tuple(lignes[0].split("\t")) != colonnes:
        raise ValueError(
            f"Le fichier de référence « {nom} » n'a pas les colonnes attendues. "
            "Reconstruisez-le avec tools/build_reference.py."
        )
    return [ligne.split("\t") for ligne in lignes[1:] if ligne]


def read_json(nom: str) -> Any:
    """Content of a packaged JSON file."""
    return json.loads((DOSSIER / nom).read_text(encoding="utf-8"))


def parse_entier(texte: str) -> int | None:
    """An empty cell is an unknown figure, never a zero."""
    return int(texte) if texte else None


def parse_decimal(texte: str) -> float | None:
    """A coordinate, None when the cell is empty."""
    return float(texte) if texte else None
