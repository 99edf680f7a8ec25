"""From bytes to raw cells, whatever the file claims to be: XLSX, CSV or pasted text, within strict bounds."""

import csv
import io
from collections.abc import Sequence

from python_calamine import CalamineWorkbook

from communaccord.simulateur.tableau.archive import Archive, check_archive, demesure
from communaccord.simulateur.tableau.bornes import MAX_CELLULES, MAX_COLONNES, MAX_FEUILLES, MAX_LIGNES, MAX_OCTETS
from communaccord.simulateur.tableau.types import Feuille, FichierIllisible

_OLE = b"\xd0\xcf\x11\xe0"
_SEPARATEURS = (";", "\t", ",", "|")
# A row costs some work, however narrow it is.
_LARGEUR_MINIMALE = 20


def read_feuilles(contenu: bytes) -> list[Feuille]:
    """Return the sheets of a file, by what it holds and not by its name. Errors: FichierIllisible."""
    if not contenu.strip(b"\x00 \t\r\n"):
        raise FichierIllisible("le fichier est vide.", "Choisissez un autre fichier.")
    if len(contenu) > MAX_OCTETS:
        raise FichierIllisible("le fichier dépasse 5 Mo.", "Ne gardez que le tableau des communes.")
    if contenu.startswith(b"PK"):
        return _read_classeur(check_archive(contenu))
    if contenu.startswith(_OLE):
        raise FichierIllisible(
            "le fichier est un ancien classeur Excel (.xls), ou un classeur protégé par un mot de passe.",
            "Ouvrez-le dans votre tableur et enregistrez-le en .xlsx, sans mot de passe.",
        )
    return [read_texte(_decode(contenu))]


def _read_classeur(archive: Archive) -> list[Feuille]:
    try:
        classeur = CalamineWorkbook.from_filelike(io.BytesIO(archive.contenu))
        feuilles: list[Feuille] = []
        reste = MAX_CELLULES
        for nom in classeur.sheet_names[:MAX_FEUILLES]:
            feuille = classeur.get_sheet_by_name(nom)
            reste -= feuille.total_height * max(feuille.total_width, _LARGEUR_MINIMALE)
            if reste < 0:
                raise demesure()
            lignes = feuille.to_python(skip_empty_area=False)
            feuilles.append(Feuille(nom, tuple(tuple(ligne) for ligne in lignes), archive.get_pieges(nom)))
        return feuilles
    except FichierIllisible:
        raise
    except BaseException as erreur:
        # A fault inside the reader, written in Rust, is not an Exception: it must become a sentence too.
        if not isinstance(erreur, Exception) and type(erreur).__name__ != "PanicException":
            raise
        raise FichierIllisible(
            "le classeur ne peut pas être lu : il est abîmé, protégé, ou ce n'est pas un classeur.",
            "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx, sans mot de passe.",
        ) from erreur


def _decode(contenu: bytes) -> str:
    """Decode a text: UTF-8 (with or without mark), UTF-16 with mark, else the Windows table of western Europe."""
    if contenu.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodages: Sequence[str] = ("utf-16",)
    elif b"\x00" in contenu:
        encodages = ()
    else:
        encodages = ("utf-8-sig", "cp1252")
    for encodage in encodages:
        try:
            return contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise FichierIllisible(
        "le fichier n'est ni un classeur ni un tableau en texte.", "Enregistrez-le au format .xlsx ou .csv."
    )


def read_texte(texte: str) -> Feuille:
    """Return the cells of a CSV or of cells pasted from a spreadsheet. Errors: FichierIllisible."""
    if len(texte) > MAX_OCTETS:
        raise FichierIllisible("le texte dépasse 5 Mo.", "Ne gardez que le tableau des communes.")
    controles = sum(c < " " and c not in "\t\r\n\f" for c in texte[:20_000])
    if controles > 5:
        raise FichierIllisible("le fichier n'est pas un tableau lisible.", "Enregistrez-le au format .xlsx ou .csv.")
    lignes: list[tuple[str, ...]] = []
    lecteur = csv.reader(io.StringIO(texte.replace("\x00", "")), delimiter=_find_separateur(texte))
    try:
        for ligne in lecteur:
            if len(lignes) >= MAX_LIGNES or len(ligne) > MAX_COLONNES:
                raise trop_grand("le tableau")
            lignes.append(tuple(ligne))
    except csv.Error as erreur:
        raise FichierIllisible(
            f"le tableau ne se lit plus à partir de la ligne {lecteur.line_num} : un guillemet n'est pas refermé ?",
            "Vérifiez les guillemets à cet endroit.",
        ) from erreur
    return Feuille("", tuple(lignes))


def _find_separateur(texte: str) -> str:
    """The separator met on the most lines among the first ones, the semicolon of French spreadsheets first if equal."""
    debut = [ligne for ligne in texte[:20_000].splitlines()[:30] if ligne.strip()]
    return max(_SEPARATEURS, key=lambda separateur: sum(separateur in ligne for ligne in debut))


def trop_grand(quoi: str) -> FichierIllisible:
    """Refusal of a table beyond the bounds."""
    return FichierIllisible(
        f"{quoi} dépasse 20\u202f000 lignes ou {MAX_COLONNES} colonnes.", "Ne gardez que le tableau des communes."
    )
