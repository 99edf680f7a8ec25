"""The table of the council as files: CSV for any spreadsheet, XLSX with its sources. No HTTP here."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

import xlsxwriter

from communaccord.plateforme.accueil.pages.portrait import Territoire
from communaccord.plateforme.accueil.pages.sieges import Ligne
from communaccord.plateforme.socle.tableur import write_csv
from communaccord.plateforme.socle.typographie import date as ecrire_date
from communaccord.plateforme.territoires.models import Provenance

TITRES = (
    "Code INSEE",
    "Commune",
    "Population municipale 2022",
    "Part de la population",
    "Sièges constatés (répertoire national des élus, automne 2026)",
    "Sièges par la règle ordinaire (calculés)",
    "Écart",
)
NON_COMPARABLE = "non comparable"


def build_csv(territoire: Territoire) -> bytes:
    """Semicolons, decimal commas, UTF-8 with its mark: opens as it should in a French spreadsheet."""
    return write_csv(TITRES, (list_cellules(ligne) for ligne in territoire.lignes))


def list_cellules(ligne: Ligne) -> tuple[int | str | None, ...]:
    share = f"{float(ligne.part_population):.6f}".replace(".", ",")
    return ligne.code, ligne.nom, ligne.population, share, *list_sieges(ligne)


def list_sieges(ligne: Ligne) -> tuple[int | None, int | None, int | str | None]:
    return ligne.constates, ligne.ordinaires, ligne.ecart if ligne.comparable else NON_COMPARABLE


def build_xlsx(territoire: Territoire, phrase: str, provenances: Iterable[Provenance], jour: date) -> bytes:
    """Two sheets: the table, whose totals and differences are formulas, and where the figures come from."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": territoire.epci.nom_complet, "author": "Commun Accord", "comments": phrase})
    fill_sieges(book, territoire, phrase)
    fill_sources(book, provenances, jour)
    book.close()
    return out.getvalue()


def fill_sieges(book: xlsxwriter.Workbook, territoire: Territoire, phrase: str) -> None:
    sheet = book.add_worksheet("Sièges")
    bold, whole, share = (book.add_format(f) for f in ({"bold": True}, {"num_format": "#,##0"}, {"num_format": "0.0%"}))
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    signed = book.add_format({"num_format": '+0;"−"0;0'})
    total = book.add_format({"bold": True, "num_format": "#,##0", "top": 1})
    sheet.write_string(0, 0, territoire.epci.nom_complet, bold)
    sheet.write_string(1, 0, phrase)
    sheet.write_row(3, 0, TITRES, heading)
    first, last = 5, 4 + len(territoire.lignes)
    for row, ligne in enumerate(territoire.lignes, first - 1):
        sheet.write_string(row, 0, ligne.code)
        sheet.write_string(row, 1, ligne.nom)
        sheet.write_number(row, 2, ligne.population, whole)
        sheet.write_formula(row, 3, f"=C{row + 1}/C${last + 1}", share, float(ligne.part_population))
        for column, seats in ((4, ligne.constates), (5, ligne.ordinaires)):
            if seats is not None:
                sheet.write_number(row, column, seats, whole)
        if not ligne.comparable:
            sheet.write_string(row, 6, NON_COMPARABLE)
        elif ligne.ecart is not None:
            sheet.write_formula(row, 6, f"=E{row + 1}-F{row + 1}", signed, ligne.ecart)
    sheet.write_string(last, 1, "Total", total)
    sums = territoire.totaux
    for column, letter in ((2, "C"), (4, "E"), (5, "F")):
        sheet.write_formula(last, column, f"=SUM({letter}{first}:{letter}{last})", total, sums[letter])
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 6, 18)
    sheet.freeze_panes(4, 2)


def fill_sources(book: xlsxwriter.Workbook, provenances: Iterable[Provenance], jour: date) -> None:
    sheet = book.add_worksheet("Sources")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, ("Donnée", "Millésime", "Source", "Licence", "Précaution"), bold)
    for row, p in enumerate(provenances, 1):
        for column, text in enumerate((p.libelle, p.millesime, p.source, p.licence, p.precaution)):
            sheet.write_string(row, column, text, wrapped)
    sheet.write_string(5, 0, "L'arrêté préfectoral fixe la composition du conseil : lui seul fait foi.")
    sheet.write_string(6, 0, f"Tableau établi le {ecrire_date(jour)} avec Commun Accord.")
    sheet.set_column(0, 4, 42)
