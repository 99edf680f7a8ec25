"""A number with decimals stays a number in a spreadsheet, and opens as one from a CSV in French."""

from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook

from communaccord.plateforme.socle.tableur import write_csv, write_xlsx

LIGNES = [["Urbanisme", Decimal("13.2"), 4, None, "non montré"]]
TITRES = ("Service", "ETP", "Agents", "Coûts", "Départs")


def test_a_decimal_is_a_number_of_the_sheet():
    book = CalamineWorkbook.from_filelike(BytesIO(write_xlsx("Essai", TITRES, LIGNES)))
    last = book.get_sheet_by_index(0).to_python()[-1]
    assert last == ["Urbanisme", 13.2, 4.0, "", "non montré"]


def test_a_decimal_of_a_csv_has_its_comma():
    assert "Urbanisme;13,2;4;;non montré" in write_csv(TITRES, LIGNES).decode("utf-8-sig")
