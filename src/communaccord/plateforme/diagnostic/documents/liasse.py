"""The files of a sheet, made on demand: workbook, paper, letter; and the ZIP of all of them."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from communaccord.plateforme.diagnostic.documents.classeur import build_classeur
from communaccord.plateforme.diagnostic.documents.fiche_papier import render_fiche, render_lettre
from communaccord.plateforme.diagnostic.pages.classeur import Prerempli, build_preremplis, name_fichier
from communaccord.plateforme.diagnostic.queries.classeurs import Matiere

# The date of the members of a ZIP: the same content gives the same bytes.
DATE_ZIP = (2026, 1, 1, 0, 0, 0)


def fill(matiere: Matiere) -> dict[int, Prerempli]:
    return build_preremplis(matiere.fiche.campagne, matiere.lignes, matiere.reponses, matiere.donnees)


def make_classeur(matiere: Matiere, instant: datetime) -> bytes:
    return build_classeur(matiere.fiche, matiere.nom, matiere.lignes, fill(matiere), instant)


def make_papier(matiere: Matiere, instant: datetime) -> bytes:
    return render_fiche(matiere.fiche, matiere.nom, matiere.lignes, fill(matiere), instant)


def make_lettre(matiere: Matiere, adresse: str, instant: datetime) -> bytes:
    return render_lettre(matiere.fiche, matiere.nom, adresse, instant)


def make_liasse(matieres: Sequence[Matiere], adresse: str, instant: datetime) -> bytes:
    """A ZIP of the workbook of each sheet, with the letter of each mairie. About 50 ms a commune."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for rang, matiere in enumerate(matieres, start=1):
            nom = name_fichier(matiere.nom, "xlsx")
            archive.writestr(zipfile.ZipInfo(f"classeurs/{rang:03}-{nom}", DATE_ZIP), make_classeur(matiere, instant))
            if matiere.fiche.commune_id is not None:
                lettre = f"lettres/{rang:03}-{name_fichier(matiere.nom, 'pdf').replace('fiche-', 'lettre-', 1)}"
                contenu = make_lettre(matiere, adresse, instant)
                archive.writestr(zipfile.ZipInfo(lettre, DATE_ZIP), contenu)
    return out.getvalue()
