"""Guard before a workbook is opened: real decompressed size, position of the farthest cell, deceptive cells.

A workbook is a zip: a few kilobytes may hide gigabytes, or two cells at the far corners of a sheet that a reader would
fill in between. Both are refused here, before any other library touches the file. What the reader then opens is an
archive written anew with the parts that were checked and nothing else: it cannot see another file than this guard.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.simulateur.tableau.balises import (
    AutreXml,
    Classeur,
    Relations,
    Releve,
    Styles,
    Textes,
    find_membre,
    read_xml,
)
from communaccord.simulateur.tableau.bornes import MAX_BALISES, MAX_DECOMPRESSE, MAX_FEUILLES, MAX_MEMBRES
from communaccord.simulateur.tableau.types import FichierIllisible

_CLASSEUR, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _TEXTES = "xl/styles.xml", "xl/sharedstrings.xml"


@dataclass(frozen=True, slots=True)
class Archive:
    """A checked workbook: its parts zipped anew; cells whose value would deceive, by name of sheet then reference."""

    contenu: bytes
    pieges: Mapping[str, Mapping[str, str]]

    def get_pieges(self, nom: str) -> Mapping[str, str]:
        """Why the value of a cell is not to be taken, by reference, in one sheet."""
        return self.pieges.get(nom, {})


def check_archive(contenu: bytes) -> Archive:
    """Check a zipped workbook and return what may be read of it. Errors: FichierIllisible.

    Each member is really decompressed once, counting: a declared size may lie. Complexity: O(decompressed size).
    """
    membres = _read_membres(contenu)
    _check_genre(membres)
    releves = _read_releves(membres)
    cibles = _list_cibles(membres)
    _check_textes(membres, releves, cibles)
    pieges = {nom: releves[cible].pieges for nom, cible in cibles if cible in releves}
    return Archive(_write_archive({nom: membres[nom] for nom in releves}), pieges)


def _read_membres(contenu: bytes) -> dict[str, bytes]:
    """Content of each member by its name in lower case, as the reader looks them up."""
    membres: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            infos = archive.infolist()
            noms = {info.filename.lstrip("/").lower() for info in infos}
            if len(noms) < len(infos):
                raise zipfile.BadZipFile("deux membres du même nom")
            if len(infos) > MAX_MEMBRES or sum(info.file_size for info in infos) > MAX_DECOMPRESSE:
                raise demesure()
            for info in infos:
                with archive.open(info) as membre:
                    octets = membre.read(MAX_DECOMPRESSE - total + 1)
                total += len(octets)
                if total > MAX_DECOMPRESSE:
                    raise demesure()
                membres[info.filename.lstrip("/").lower()] = octets
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as erreur:
        if isinstance(erreur, FichierIllisible):
            raise
        raise FichierIllisible(
            "le classeur est abîmé ou protégé par un mot de passe.",
            "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx, sans mot de passe.",
        ) from erreur
    return membres


def _check_genre(membres: Mapping[str, bytes]) -> None:
    if "content.xml" in membres:
        autre = "un document OpenDocument"
    elif "xl/workbook.bin" in membres:
        autre = "un classeur binaire (.xlsb)"
    elif {_CLASSEUR, _RELATIONS} <= membres.keys():
        return
    else:
        autre = "une archive qui n'est pas un classeur Excel"
    raise FichierIllisible(f"le fichier est {autre}.", "Enregistrez-le au format .xlsx ou .csv.")


def _read_releves(membres: Mapping[str, bytes]) -> dict[str, Releve]:
    """Go through every member as a sheet, whatever its name; one that is no XML (image, macro) is left out."""
    styles = Styles()
    reste = MAX_BALISES
    releves: dict[str, Releve] = {}
    try:
        reste -= read_xml(membres.get(_STYLES, b"<a/>"), styles, reste)
    except AutreXml:
        styles = Styles()
    for nom, octets in membres.items():
        releve = Releve(styles.list_pourcents())
        try:
            reste -= read_xml(octets, releve, reste)
        except AutreXml:
            continue
        releves[nom] = releve
    if not {_CLASSEUR, _RELATIONS} <= releves.keys():
        raise FichierIllisible("le classeur est abîmé.", "Enregistrez-le à nouveau au format .xlsx.")
    return releves


def _list_cibles(membres: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Name of each sheet that will be read, with the member that holds it ("" when it is told in an unknown way)."""
    relations, classeur = Relations(), Classeur()
    read_xml(membres[_RELATIONS], relations, MAX_BALISES)
    read_xml(membres[_CLASSEUR], classeur, MAX_BALISES)
    return [
        (nom, find_membre(relations.cibles.get(relation, ""))) for nom, relation in classeur.feuilles[:MAX_FEUILLES]
    ]


def _check_textes(membres: Mapping[str, bytes], releves: Mapping[str, Releve], cibles: list[tuple[str, str]]) -> None:
    """Refuse a long shared text that so many cells repeat that it would fill the memory."""
    textes = Textes()
    if _TEXTES in releves:
        read_xml(membres[_TEXTES], textes, MAX_BALISES)
    pire = max(releve.textes for releve in releves.values())
    repetitions = sum(releves[cible].textes if cible in releves else pire for _, cible in cibles)
    if repetitions * textes.plus_long > MAX_DECOMPRESSE:
        raise demesure()


def _write_archive(membres: Mapping[str, bytes]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for nom, octets in membres.items():
            archive.writestr(zipfile.ZipInfo(nom), octets)
    return sortie.getvalue()


def demesure() -> FichierIllisible:
    """Refusal of a workbook that would fill the memory."""
    return FichierIllisible("le classeur est démesuré une fois ouvert.", "Ne gardez que le tableau des communes.")
