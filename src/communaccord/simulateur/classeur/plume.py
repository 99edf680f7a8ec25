"""Writing of one sheet: styles, texts that stay texts, formulas with the value they give beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from communaccord.simulateur.xlsx import write_texte

Valeur = str | float | None


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles shared by the sheets."""

    titre: Format
    entete: Format
    champ: Format
    euros: Format
    nombre: Format
    part: Format
    note: Format
    total: Format
    estime: Format

    @classmethod
    def build(cls, classeur: xlsxwriter.Workbook) -> "Styles":
        """Declare the styles in a workbook."""

        def style(**attributs: Any) -> Format:
            return classeur.add_format(attributs)

        return cls(
            titre=style(bold=True, font_size=14),
            entete=style(bold=True, text_wrap=True, valign="top", bottom=1),
            champ=style(italic=True, font_color="#55606E", font_size=9),
            euros=style(num_format="#,##0.00\\ €"),
            nombre=style(num_format="#,##0.######"),
            part=style(num_format="0.000000"),
            note=style(text_wrap=True, valign="top"),
            total=style(bold=True, top=1, num_format="#,##0.00\\ €"),
            estime=style(num_format="#,##0.######", italic=True, font_color="#7A2E5B"),
        )


@dataclass(slots=True)
class Plume:
    """A sheet being written; rows and columns count from 0."""

    feuille: Worksheet
    styles: Styles

    def write(self, ligne: int, colonne: int, valeur: Valeur, style: Format | None = None) -> None:
        """Write a text as a text, a number as a number, nothing for None."""
        if isinstance(valeur, str):
            write_texte(self.feuille, ligne, colonne, valeur, style)
        elif valeur is not None:
            self.feuille.write_number(ligne, colonne, valeur, style)

    def write_formule(self, ligne: int, colonne: int, formule: str, valeur: float | str, style: Format | None) -> None:
        """Write a formula and the value it gives; without a recomputation the value is shown as it is."""
        self.feuille.write_formula(ligne, colonne, f"={formule}", style, valeur)

    def write_entetes(self, ligne: int, titres: Sequence[str]) -> None:
        """Write a row of headings."""
        for colonne, titre in enumerate(titres):
            self.write(ligne, colonne, titre, self.styles.entete)

    def set_largeurs(self, *largeurs: float) -> None:
        """Set the widths of the first columns."""
        for colonne, largeur in enumerate(largeurs):
            self.feuille.set_column(colonne, colonne, largeur)


def ref(ligne: int, colonne: int, feuille: str = "") -> str:
    """Absolute reference of a cell."""
    cellule: str = xl_rowcol_to_cell(ligne, colonne, row_abs=True, col_abs=True)
    return f"'{feuille}'!{cellule}" if feuille else cellule


def plage(ligne: int, colonne: int, ligne_fin: int, colonne_fin: int, feuille: str = "") -> str:
    """Absolute reference of a range."""
    return f"{ref(ligne, colonne, feuille)}:{ref(ligne_fin, colonne_fin)}"
