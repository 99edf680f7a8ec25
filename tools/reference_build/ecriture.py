"""Write the shipped files: the same inputs give the same bytes (no date, no machine, order of codes)."""

import json
import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reference_build.entrees import EntreeInvalide


def format_table(colonnes: Sequence[str], lignes: Sequence[Sequence[str]]) -> bytes:
    """A table by columns, compressed: each line is a column, its name then its cells, separated by tabs.

    A cell with a tab or a line break, or a row of another length, is refused.
    """
    for ligne in lignes:
        if len(ligne) != len(colonnes) or any("\t" in cellule or "\n" in cellule for cellule in ligne):
            raise EntreeInvalide(f"Cette ligne ne peut pas être écrite dans une table : {ligne!r}.")
    texte = "\n".join("\t".join(colonne) for colonne in zip(colonnes, *lignes, strict=True))
    return compress(texte.encode() + b"\n")


def compress(octets: bytes) -> bytes:
    """An xz stream, strongest preset (nothing but the content goes in it)."""
    return lzma.compress(octets, preset=9 | lzma.PRESET_EXTREME)


def format_json(objet: Any) -> bytes:
    """JSON that people and diffs can read."""
    return (json.dumps(objet, ensure_ascii=False, indent=1) + "\n").encode()


def join_contours(departements: Mapping[str, bytes]) -> tuple[bytes, dict[str, list[int]]]:
    """The compressed streams end to end, and the place [start, size] of each département."""
    places: dict[str, list[int]] = {}
    flux = []
    debut = 0
    for departement, octets in departements.items():
        flux.append(compress(octets))
        places[departement] = [debut, len(flux[-1])]
        debut += len(flux[-1])
    return b"".join(flux), places


def write_fichiers(dossier: Path, fichiers: Mapping[str, bytes]) -> None:
    """Write all files, and remove those of a former build that are no longer made."""
    dossier.mkdir(parents=True, exist_ok=True)
    for ancien in dossier.iterdir():
        if ancien.name not in fichiers:
            ancien.unlink()
    for nom, octets in fichiers.items():
        (dossier / nom).write_bytes(octets)
