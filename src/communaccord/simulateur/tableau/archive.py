"""Guard before a workbook is opened: real decompressed size, position of the farthest cell, deceptive cells.

A workbook is a zip: a few kilobytes may hide gigabytes, or two cells at the far corners of a sheet that a reader would
fill in between. Both are refused here, before any other library touches the file.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.simulateur.tableau.bornes import MAX_BALISES, MAX_COLONNES, MAX_DECOMPRESSE, MAX_LIGNES, MAX_MEMBRES
from communaccord.simulateur.tableau.types import FichierIllisible

_BALISE = re.compile(rb"<(?:[^\s<>/:]+:)?(row|c)(?=[\s/>])([^<>]*?)(/?)>")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,5})[\"']")
_ERREUR = re.compile(rb"\bt=[\"']e[\"']")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^<>]*?numFmtId=\"(\d+)\"[^<>]*?formatCode=\"([^\"]*)\"")
_XF = re.compile(rb"<(?:\w+:)?xf\b[^<>]*?numFmtId=\"(\d+)\"")
_FEUILLE = re.compile(r"<(?:\w+:)?sheet\b[^<>]*?name=\"([^\"]*)\"[^<>]*?r:id=\"([^\"]*)\"")
_CIBLE = re.compile(r"<(?:\w+:)?Relationship\b[^<>]*>")
_POURCENTS_STANDARD = {9, 10}


@dataclass(frozen=True, slots=True)
class ReperageFeuilles:
    """Cells whose value would deceive, by name of sheet: reference and why."""

    par_feuille: Mapping[str, Mapping[str, str]]

    def get_pieges(self, nom: str) -> Mapping[str, str]:
        """Why the value of a cell is not to be taken, by reference, in one sheet."""
        return self.par_feuille.get(nom, {})


def check_archive(contenu: bytes) -> ReperageFeuilles:
    """Check a zipped workbook and return what the reader will not tell. Errors: FichierIllisible.

    Each member is really decompressed once, counting: a declared size may lie. Complexity: O(decompressed size).
    """
    membres = _read_membres(contenu)
    if "xl/workbook.xml" not in membres:
        autre = (
            "un document OpenDocument" if "content.xml" in membres else "une archive qui n'est pas un classeur Excel"
        )
        raise FichierIllisible(f"le fichier est {autre}.", "Enregistrez-le au format .xlsx ou .csv.")
    styles = _find_styles_pourcent(membres.get("xl/styles.xml", b""))
    # Every member is looked at: nothing obliges a sheet to bear the name of a sheet.
    reperes = {nom: _scan(octets, styles) for nom, octets in membres.items()}
    return ReperageFeuilles({nom: reperes.get(chemin, {}) for nom, chemin in _list_feuilles(membres).items()})


def _read_membres(contenu: bytes) -> dict[str, bytes]:
    membres: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            infos = archive.infolist()
            noms = {info.filename.lstrip("/").casefold() for info in infos}
            if len(noms) < len(infos):
                raise zipfile.BadZipFile("deux membres du même nom")
            if len(infos) > MAX_MEMBRES or sum(info.file_size for info in infos) > MAX_DECOMPRESSE:
                raise _demesure()
            for info in infos:
                with archive.open(info) as membre:
                    octets = membre.read(MAX_DECOMPRESSE - total + 1)
                total += len(octets)
                if total > MAX_DECOMPRESSE:
                    raise _demesure()
                membres[info.filename.lstrip("/")] = octets
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as erreur:
        if isinstance(erreur, FichierIllisible):
            raise
        raise FichierIllisible(
            "le classeur est abîmé ou protégé par un mot de passe.",
            "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx, sans mot de passe.",
        ) from erreur
    return membres


def _demesure() -> FichierIllisible:
    return FichierIllisible("le classeur est démesuré une fois ouvert.", "Ne gardez que le tableau des communes.")


def _scan(xml: bytes, styles: frozenset[int]) -> dict[str, str]:
    """Refuse cells too far, collect those whose value would deceive. A cell without value does not count."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FichierIllisible("le classeur est écrit d'une façon inhabituelle.", "Enregistrez-le à nouveau en .xlsx.")
    ligne = colonne = 0
    pieges: dict[str, str] = {}
    for rang, marque in enumerate(_BALISE.finditer(xml)):
        balise, attributs, vide = marque.groups()
        if rang > MAX_BALISES:
            raise _demesure()
        trouve = _REFERENCE.search(attributs)
        if balise == b"row":
            ligne, colonne = int(trouve[2]) if trouve else ligne + 1, 0
            continue
        colonne = to_rang(trouve[1].decode()) if trouve and trouve[1] else colonne + 1
        ligne = int(trouve[2]) if trouve else ligne
        if vide:
            continue
        if ligne > MAX_LIGNES or colonne > MAX_COLONNES:
            raise FichierIllisible(
                f"la cellule {to_lettre(colonne)}{ligne} dépasse 20\u202f000 lignes ou {MAX_COLONNES} colonnes.",
                "Ne gardez que le tableau des communes.",
            )
        style = _STYLE.search(attributs)
        if _ERREUR.search(attributs):
            pieges[f"{to_lettre(colonne)}{ligne}"] = "sa formule donne une erreur."
        elif style and int(style[1]) in styles:
            pieges[f"{to_lettre(colonne)}{ligne}"] = "le tableur l'affiche en pourcentage."
    return pieges


def _find_styles_pourcent(xml: bytes) -> frozenset[int]:
    """Indexes of the cell styles whose format shows a percentage."""
    formats = _POURCENTS_STANDARD | {int(numero) for numero, code in _FORMAT.findall(xml) if b"%" in code}
    debut = xml.find(b"<cellXfs")
    section = xml[debut : xml.find(b"</cellXfs", debut)] if debut >= 0 else b""
    return frozenset(rang for rang, numero in enumerate(_XF.findall(section)) if int(numero) in formats)


def _list_feuilles(membres: Mapping[str, bytes]) -> dict[str, str]:
    """Path of the file of each sheet, by name of sheet."""
    relations = membres.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    cibles = {}
    for balise in _CIBLE.findall(relations):
        identifiant, cible = re.search(r'\bId="([^"]*)"', balise), re.search(r'\bTarget="([^"]*)"', balise)
        if identifiant and cible:
            chemin = cible[1]
            cibles[identifiant[1]] = chemin.lstrip("/") if chemin.startswith("/") else f"xl/{chemin}"
    classeur = membres["xl/workbook.xml"].decode("utf-8", "replace")
    return {nom: cibles[relation] for nom, relation in _FEUILLE.findall(classeur) if relation in cibles}


def to_lettre(rang: int) -> str:
    """Letters of a column, from 1: A, B… Z, AA."""
    lettres = ""
    while rang > 0:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def to_rang(lettres: str) -> int:
    """Rank of a column, from 1, by its letters."""
    rang = 0
    for lettre in lettres.upper():
        rang = rang * 26 + ord(lettre) - 64
    return rang
