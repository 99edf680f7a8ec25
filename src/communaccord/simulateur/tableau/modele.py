"""The workbook to fill in and import again: one row a commune, titles that the import recognises."""

import io
from collections.abc import Mapping

import xlsxwriter

from communaccord.simulateur.xlsx import open_classeur, write_texte

TITRES = ("Code Insee", "Commune")
TITRES_CHIFFRES = ("Volume", "Dépense actuelle (€ par an)", "Heures des agents (par an)")


def build_modele_tableau(communes: Mapping[str, str], actes: Mapping[str, str] | None = None) -> bytes:
    """Return an XLSX with the codes and names of ``communes`` (names by code) and empty columns for the figures.

    ``actes``: labels by code; with several acts, one column each. Complexity: O(communes).
    """
    sortie = io.BytesIO()
    with open_classeur(sortie) as classeur:
        feuille = classeur.add_worksheet("À remplir")
        gras = classeur.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        volumes = tuple(actes.values()) if actes and len(actes) > 1 else TITRES_CHIFFRES[:1]
        for colonne, titre in enumerate((*TITRES, *volumes, *TITRES_CHIFFRES[1:])):
            write_texte(feuille, 0, colonne, titre, gras)
        for ligne, (code, nom) in enumerate(communes.items(), start=1):
            write_texte(feuille, ligne, 0, code)
            write_texte(feuille, ligne, 1, nom)
        feuille.set_column(0, 0, 12)
        feuille.set_column(1, 1, 32)
        feuille.set_column(2, 1 + len(volumes) + 2, 18)
        feuille.freeze_panes(1, 2)
        _write_aide(classeur)
    return sortie.getvalue()


def _write_aide(classeur: xlsxwriter.Workbook) -> None:
    aide = classeur.add_worksheet("Aide")
    aide.set_column(0, 0, 100)
    lignes = (
        "Remplissez une ligne par commune, puis importez ce fichier dans le simulateur.",
        "Laissez vide ce que vous ne savez pas\u202f: une case vide est un chiffre inconnu, pas un zéro.",
        "Dépense actuelle\u202f: ce que la commune paie vraiment aujourd'hui et ne paierait plus, en euros par an.",
        "Heures des agents\u202f: le temps que des agents de la commune y passent aujourd'hui, en heures par an.",
    )
    for rang, ligne in enumerate(lignes):
        write_texte(aide, rang, 0, ligne)
