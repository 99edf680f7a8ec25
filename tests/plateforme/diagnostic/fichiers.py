"""Small fictif files in the layouts of the official ones, and workbooks filled as a mairie would."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from tests.plateforme.diagnostic.fabrique import build_fiche
from tests.plateforme.fabriques import INSTANT, build_acteur_de

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.documents.liasse import make_classeur
from communaccord.plateforme.diagnostic.lecture.types import TerritoireLu
from communaccord.plateforme.diagnostic.models import Campagne, Fiche
from communaccord.plateforme.diagnostic.queries.classeurs import list_matieres
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur.tableau.grille import read_feuilles

# A territory under real-looking codes that no commune bears.
TERRITOIRE = TerritoireLu({"01901": "Commune A", "01902": "Commune B", "2A903": "Commune C"}, "299999999", "CC fictive")
Cellule = str | int | float | None


def build_xlsx(lignes: Sequence[Sequence[Cellule]], feuille: str = "Feuille") -> bytes:
    """One sheet of texts and numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(feuille)
        for numero, ligne in enumerate(lignes):
            for colonne, valeur in enumerate(ligne):
                if isinstance(valeur, str):
                    sheet.write_string(numero, colonne, valeur)
                elif valeur is not None:
                    sheet.write_number(numero, colonne, valeur)
    return out.getvalue()


def build_csv(lignes: Sequence[Sequence[object]], separateur: str = ";", encodage: str = "utf-8") -> bytes:
    return "\r\n".join(separateur.join(str(v) for v in ligne) for ligne in lignes).encode(encodage)


def make_fichier(campagne: Campagne, commune: CommuneMembre | None) -> bytes:
    """The workbook of a sheet as the équipe projet downloads it."""
    return make_de(build_fiche(campagne, commune))


def make_de(fiche: Fiche) -> bytes:
    acteur = build_acteur_de(fiche.campagne.demarche, Role.EQUIPE_PROJET)
    return make_classeur(list_matieres(acteur, fiche.campagne, fiche.pk)[0], INSTANT)


def rewrite(contenu: bytes, cases: Mapping[tuple[str, str, str], Any] = {}, sans: Sequence[str] = ()) -> bytes:
    """The same workbook saved by another spreadsheet, with some cells changed.

    ``cases``: {(tab, key of the line, column): value}; a value that begins with ``=`` is a formula (``("=1+1", 2)``
    with its recorded result). ``sans``: tabs removed.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        pourcent = book.add_format({"num_format": "0%"})
        for feuille in read_feuilles(contenu):
            if feuille.nom in sans:
                continue
            sheet = book.add_worksheet(feuille.nom)
            noms = next((ligne for ligne in feuille.lignes if "cle" in ligne), ())
            for numero, ligne in enumerate(feuille.lignes):
                cle = ligne[noms.index("cle") if noms else 0]
                for colonne, valeur in enumerate(ligne):
                    place = (feuille.nom, str(cle), str(noms[colonne]) if noms else str(colonne))
                    write_case(sheet, numero, colonne, cases.get(place, valeur), date, pourcent)
    return out.getvalue()


def write_case(sheet: Any, numero: int, colonne: int, valeur: Any, date: Any, pourcent: Any) -> None:
    if isinstance(valeur, tuple) and valeur[0] == "%":
        sheet.write_number(numero, colonne, valeur[1], pourcent)
    elif isinstance(valeur, tuple):
        sheet.write_formula(numero, colonne, valeur[0], None, valeur[1])
    elif isinstance(valeur, bool):
        sheet.write_boolean(numero, colonne, valeur)
    elif isinstance(valeur, str):
        sheet.write_string(numero, colonne, valeur)
    elif hasattr(valeur, "year"):
        sheet.write_datetime(numero, colonne, valeur, date)
    elif valeur is not None:
        sheet.write_number(numero, colonne, valeur)


def zip_de(**membres: bytes) -> bytes:
    """A ZIP; ``a__xlsx`` is the member ``a.xlsx``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in membres.items():
            archive.writestr(nom.replace("__", "."), octets)
    return out.getvalue()
