"""Workbooks that come back: one, or several in a ZIP; what is refused is refused before it is expanded."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from communaccord.plateforme.diagnostic.lecture.archive import ABIMES
from communaccord.simulateur.tableau.types import FichierIllisible

MAX_CLASSEUR, MAX_ZIP = 5_000_000, 20_000_000
MAX_CLASSEURS = 400
MAX_DECOMPRESSE = 60_000_000
ZIP = b"PK"
CLASSEUR, MACROS = "xl/workbook.xml", "xl/vbaproject.bin"
# Other documents that are zips: what they are, by a member that they have.
AUTRES = {
    "content.xml": "un document OpenDocument (.ods)",
    "xl/workbook.bin": "un classeur binaire (.xlsb)",
    "word/document.xml": "un document de texte (.docx)",
}
REPARTEZ = "Repartez du classeur téléchargé sur la page de la fiche."


@dataclass(frozen=True, slots=True)
class Envoi:
    """One workbook: its name (that of the file, or inside the ZIP) and its bytes."""

    nom: str
    contenu: bytes


def open_envoi(nom: str, contenu: bytes) -> list[Envoi]:
    """The workbooks of an upload, by what it holds. Errors: FichierIllisible.

    Complexity: O(bytes expanded), sixty million at most.
    """
    if not contenu:
        raise FichierIllisible("le fichier est vide.", "Choisissez un autre fichier.")
    if len(contenu) > MAX_ZIP:
        raise FichierIllisible("le fichier dépasse 20 Mo.", "Envoyez les classeurs en plusieurs fois.")
    if not contenu.startswith(ZIP):
        return [Envoi(nom, check_taille(contenu))]
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            membres = {info.filename.lstrip("/").lower() for info in archive.infolist()}
            check_genre(membres)
            return [Envoi(nom, check_taille(contenu))] if CLASSEUR in membres else read_zip(archive)
    except FichierIllisible:
        raise
    except ABIMES as erreur:
        check_taille(contenu)
        raise FichierIllisible(
            "le fichier est abîmé, ou protégé par un mot de passe.", f"Enregistrez-le de nouveau. {REPARTEZ}"
        ) from erreur


def check_genre(membres: set[str]) -> None:
    """Errors: FichierIllisible for a workbook with macros, or another kind of document."""
    if MACROS in membres:
        raise FichierIllisible(
            "ce classeur contient des macros (.xlsm) : il n'est pas ouvert.",
            "Enregistrez-le au format .xlsx, sans macro.",
        )
    for membre, genre in AUTRES.items():
        if membre in membres:
            raise FichierIllisible(f"c'est {genre}.", "Enregistrez-le au format .xlsx.")


def check_taille(contenu: bytes) -> bytes:
    if len(contenu) > MAX_CLASSEUR:
        raise FichierIllisible("le classeur dépasse 5 Mo.", REPARTEZ)
    return contenu


def read_zip(archive: zipfile.ZipFile) -> list[Envoi]:
    """Each workbook of a ZIP; folders, letters and what systems add are left out. Sizes are counted as they come."""
    infos = [info for info in archive.infolist() if is_classeur(info.filename)]
    if not infos:
        raise FichierIllisible("l'archive ne contient aucun classeur .xlsx.", REPARTEZ)
    if len(infos) > MAX_CLASSEURS:
        raise FichierIllisible(f"l'archive contient plus de {MAX_CLASSEURS} classeurs.", "Envoyez-les en deux fois.")
    envois, reste = [], MAX_DECOMPRESSE
    for info in infos:
        with archive.open(info) as membre:
            contenu = membre.read(MAX_CLASSEUR + 1)
        reste -= len(contenu)
        if reste < 0 or len(contenu) > MAX_CLASSEUR:
            raise FichierIllisible("l'archive est démesurée une fois ouverte.", "Envoyez les classeurs un par un.")
        envois.append(Envoi(PurePosixPath(info.filename).name, contenu))
    return envois


def is_classeur(nom: str) -> bool:
    chemin = PurePosixPath(nom)
    visible = not chemin.name.startswith((".", "~$")) and "__MACOSX" not in chemin.parts
    return visible and chemin.suffix.lower() in (".xlsx", ".xlsm")
