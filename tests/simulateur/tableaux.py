"""Workbooks made for the tests."""

import io
import zipfile

import xlsxwriter

COMMUNES = {"64102": "Bayonne-la-Fictive", "64122": "Saint-Étienne-d'Essai", "01004": "L'Œuvre", "64024": "=1+1"}
ENTETE = ["Code INSEE", "Commune", "Volume (2025)", "Dépense actuelle (€)", "Observations"]


def build_xlsx(*feuilles, percent=(), formules=(), dates=()):
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True, "strings_to_formulas": False}) as classeur:
        style = classeur.add_format({"num_format": "0.0%"})
        jour = classeur.add_format({"num_format": "dd/mm/yyyy"})
        for nom, lignes in feuilles:
            feuille = classeur.add_worksheet(nom)
            for rang, ligne in enumerate(lignes):
                for colonne, valeur in enumerate(ligne):
                    place = rang, colonne
                    feuille.write(*place, valeur, style if place in percent else jour if place in dates else None)
            for rang, colonne, formule, valeur in formules:
                feuille.write_formula(rang, colonne, formule, None, valeur)
    return sortie.getvalue()


def zip_of(**membres):
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in membres.items():
            archive.writestr(nom.replace("__", "/"), contenu)
    return sortie.getvalue()


def replace_membres(membres):
    """A real workbook some of whose members are replaced, or added."""
    source = zipfile.ZipFile(io.BytesIO(build_xlsx(("A", [ENTETE, ["64102", "", 1]]))))
    return zip_of(**({nom: source.read(nom) for nom in source.namelist()} | membres))


def replace_sheet(xml):
    """A real workbook whose sheet is replaced by ``xml``."""
    return replace_membres({"xl/worksheets/sheet1.xml": xml})
