"""Common ways of writing for a spreadsheet: texts are always texts, the file is the same for the same content."""

import datetime
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# A workbook bears a date of creation: a fixed one, so that the same content gives the same file.
DATE_FIXE = datetime.datetime(2026, 1, 1)
DEBUTS_DE_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n")


def protect_texte(texte: str) -> str:
    """Text of a CSV that a spreadsheet will not run: an apostrophe before what looks like a formula. O(length)."""
    return f"'{texte}" if texte.startswith(DEBUTS_DE_FORMULE) else texte


def open_classeur(sortie: IO[bytes]) -> xlsxwriter.Workbook:
    """Open a workbook in memory where no text is ever taken for a formula, a link or a number."""
    classeur = xlsxwriter.Workbook(
        sortie,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    classeur.set_properties({"created": DATE_FIXE, "author": "Commun Accord"})
    return classeur


def write_texte(feuille: Worksheet, ligne: int, colonne: int, texte: str, style: Format | None = None) -> None:
    """Write a text as a text, whatever it begins with ("=1+1" stays "=1+1")."""
    feuille.write_string(ligne, colonne, texte[:32_000], style)
