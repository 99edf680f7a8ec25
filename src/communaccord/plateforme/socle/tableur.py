"""Plain tables as files: CSV that opens as it should in a French spreadsheet, XLSX with its title. No formula, ever."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

from communaccord.simulateur import protect_texte

TYPE_CSV = "text/csv; charset=utf-8"
LARGEUR_MAX = 60
# A number with decimals is a Decimal: it stays a number in a spreadsheet.
Cellule = str | int | Decimal | None


def write_csv(titres: Sequence[str], lignes: Iterable[Sequence[Cellule]]) -> bytes:
    """Semicolons, UTF-8 with its mark; a text that a spreadsheet would compute is kept as a text."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(titres)
    for ligne in lignes:
        writer.writerow(write_texte(cell) for cell in ligne)
    return out.getvalue().encode("utf-8-sig")


def write_texte(cell: Cellule) -> str | int | None:
    """A cell as a French spreadsheet reads it from a text."""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return protect_texte(cell) if isinstance(cell, str) else cell


def write_xlsx(
    titre: str, titres: Sequence[str], lignes: Iterable[Sequence[Cellule]], *, mentions: Sequence[str] = ()
) -> bytes:
    """One sheet: the title, what must be known to read it (``mentions``: fictif, date, rule), then the table."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": titre, "author": "Commun Accord"})
    sheet = book.add_worksheet("Tableau")
    sheet.write_string(0, 0, titre, book.add_format({"bold": True, "font_size": 14}))
    for row, mention in enumerate(mentions, start=1):
        sheet.write_string(row, 0, mention)
    fill_tableau(book, sheet, len(mentions) + 2, titres, [list(ligne) for ligne in lignes])
    book.close()
    return out.getvalue()


def fill_tableau(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    first: int,
    titres: Sequence[str],
    lignes: Sequence[Sequence[Cellule]],
) -> None:
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    whole, decimals = (book.add_format({"num_format": code}) for code in ("#,##0", "#,##0.0#"))
    for column, name in enumerate(titres):
        sheet.write_string(first, column, name, heading)
        texts = [str(ligne[column]) for ligne in lignes if ligne[column] is not None]
        sheet.set_column(column, column, min(LARGEUR_MAX, max([12, *(len(text) + 2 for text in texts)])))
    for row, ligne in enumerate(lignes, start=first + 1):
        for column, cell in enumerate(ligne):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, whole)
            elif isinstance(cell, Decimal):
                sheet.write_number(row, column, cell, decimals)
            elif cell is not None:
                sheet.write_string(row, column, cell)
    sheet.freeze_panes(first + 1, 1)
