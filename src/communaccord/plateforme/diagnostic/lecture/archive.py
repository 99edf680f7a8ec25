"""Big official workbooks, read row by row: the memory holds one row, whatever the file; bounds stop what is too large.

A workbook is a zip of XML: it is decompressed and parsed by pieces, so that the national files (35,000 communes, some
eighty columns) are read without ever being whole in memory, and a zip bomb is refused before it expands. Bytes, tags,
texts and names are counted as they come, and a small file is not let to grow more than a workbook does.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from communaccord.simulateur.tableau.balises import AutreXml, Classeur, Relations, find_membre, read_xml
from communaccord.simulateur.tableau.lettres import to_lettre, to_rang
from communaccord.simulateur.tableau.types import FichierIllisible

MAX_DECOMPRESSE = 600_000_000
MAX_BALISES = 12_000_000
MAX_LIGNES = 60_000
MAX_COLONNES = 400
MAX_TEXTES = 2_000_000
MAX_LONGUEUR_TEXTES = 20_000_000
# A cell of a spreadsheet holds 32,767 characters.
MAX_TEXTE = 100_000
# Names of tags and of attributes: the format knows a few hundred.
MAX_NOMS = 5_000
# A workbook grows ten to twenty times; what grows more than a hundred, past the first million bytes, is a bomb.
MAX_TAUX, SANS_TAUX = 100, 1_000_000
MAX_FEUILLES = 30
MAX_PETIT_MEMBRE = 5_000_000
PAS = 1 << 16
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
# What reading a zip may raise when its bytes are spoilt.
ABIMES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


def abime() -> FichierIllisible:
    return FichierIllisible(
        "le classeur est abîmé ou protégé par un mot de passe.",
        "Téléchargez-le de nouveau, ou enregistrez-le au format .xlsx, sans mot de passe.",
    )


def demesure() -> FichierIllisible:
    return FichierIllisible(
        "le fichier est démesuré une fois ouvert.", "Ne gardez que la feuille et les colonnes utiles, puis recommencez."
    )


@dataclass(frozen=True, slots=True)
class Ligne:
    """One row: its number from 1, its cells by column from 0; a number comes as it is written, with a decimal dot.

    ``nombres``: columns whose cell is a number for the spreadsheet; the others are texts, to be read as French.
    """

    numero: int
    cellules: dict[int, str]
    nombres: frozenset[int] = frozenset()

    def get(self, colonne: int | None) -> str:
        return self.cellules.get(colonne, "") if colonne is not None else ""

    def locate(self, colonne: int) -> str:
        """``C12``."""
        return f"{to_lettre(colonne + 1)}{self.numero}"


@dataclass(slots=True)
class Filtre:
    """Rows that are ours, by one of their cells: what follows that cell in the others is gone past without being read.

    ``garde`` None: every row is kept. ``ecartees``: how many were left out. A national file is read three times faster.
    """

    colonne: int = -1
    garde: Callable[[str], bool] | None = None
    ecartees: int = 0

    def set(self, colonne: int, garde: Callable[[str], bool]) -> None:
        self.colonne, self.garde = colonne, garde


@dataclass(slots=True)
class _Feuille:
    """Handlers of the XML of one sheet; finished rows wait in ``pretes``."""

    textes: list[str]
    filtre: Filtre
    analyseur: Any = None
    poignees: tuple[Any, Any, Any] = (None, None, None)
    pretes: list[Ligne] = field(default_factory=list)
    balises: int = 0
    longueur: int = 0
    numero: int = 0
    colonne: int = -1
    genre: str = ""
    garde: bool = False
    valeur: list[str] = field(default_factory=list)
    cellules: dict[int, str] = field(default_factory=dict)
    nombres: set[int] = field(default_factory=set)
    rangs: dict[str, int] = field(default_factory=dict)

    def start(self, nom: str, attributs: dict[str, str]) -> None:
        self.balises += 1
        if self.balises > MAX_BALISES:
            raise demesure()
        if nom == "c":
            self.place(attributs.get("r", ""))
            self.genre = attributs.get("t", "n")
            self.valeur.clear()
            self.longueur = 0
        elif nom in ("v", "t"):
            self.garde = True
        elif nom == "row":
            self.open_ligne(attributs.get("r", ""))

    def place(self, reference: str) -> None:
        """Column of the cell just opened: by its reference, or else next to the one before."""
        if not reference:
            self.colonne += 1
        else:
            lettres = reference.rstrip("0123456789")
            rang = self.rangs.get(lettres)
            if rang is None:
                if _REFERENCE.fullmatch(reference) is None:
                    raise abime()
                rang = self.rangs[lettres] = to_rang(lettres) - 1
            self.colonne = rang
        if self.colonne >= MAX_COLONNES:
            raise demesure()

    def open_ligne(self, numero: str) -> None:
        if numero and not (numero.isascii() and numero.isdigit() and len(numero) <= 7):
            raise abime()
        self.numero = int(numero) if numero else self.numero + 1
        if self.numero > MAX_LIGNES:
            raise demesure()
        self.colonne, self.cellules, self.nombres = -1, {}, set()

    def put(self, texte: str) -> None:
        if self.garde:
            self.valeur.append(texte)
            self.longueur += len(texte)
            if self.longueur > MAX_TEXTE:
                raise demesure()

    def end(self, nom: str) -> None:
        if nom in ("v", "t"):
            self.garde = False
        elif nom == "c":
            if self.valeur:
                self.keep("".join(self.valeur))
        elif nom == "row":
            self.pretes.append(Ligne(self.numero, self.cellules, frozenset(self.nombres)))

    def keep(self, brut: str) -> None:
        """The value of a cell, texts resolved; an error of the spreadsheet is kept as its word (``#N/A``)."""
        if self.genre == "s":
            rang = int(brut) if brut.isascii() and brut.isdigit() else -1
            if not 0 <= rang < len(self.textes):
                raise abime()
            self.cellules[self.colonne] = self.textes[rang]
        else:
            self.cellules[self.colonne] = brut
            if self.genre == "n":
                self.nombres.add(self.colonne)
        filtre = self.filtre
        if self.colonne == filtre.colonne and filtre.garde and not filtre.garde(self.cellules[self.colonne]):
            self.skip()

    def skip(self) -> None:
        """Look at nothing until the row ends."""
        analyseur = self.analyseur
        self.poignees = (analyseur.StartElementHandler, analyseur.CharacterDataHandler, analyseur.EndElementHandler)
        analyseur.StartElementHandler = analyseur.CharacterDataHandler = None
        analyseur.EndElementHandler = self.end_skip

    def end_skip(self, nom: str) -> None:
        self.balises += 1
        if self.balises > MAX_BALISES:
            raise demesure()
        if nom == "row" or nom.endswith(":row"):
            analyseur = self.analyseur
            analyseur.StartElementHandler, analyseur.CharacterDataHandler, analyseur.EndElementHandler = self.poignees
            self.filtre.ecartees += 1


@dataclass(slots=True)
class _Textes:
    """Handlers of the shared texts; the phonetic readings are left out."""

    analyseur: Any = None
    textes: list[str] = field(default_factory=list)
    courant: list[str] = field(default_factory=list)
    garde: bool = False
    longueur: int = 0
    balises: int = 0

    def start(self, nom: str, _: dict[str, str]) -> None:
        self.balises += 1
        if self.balises > MAX_BALISES:
            raise demesure()
        if nom == "si":
            self.courant = []
        self.garde = nom == "t"

    def put(self, texte: str) -> None:
        if self.garde:
            self.courant.append(texte)
            self.longueur += len(texte)
            if self.longueur > MAX_LONGUEUR_TEXTES:
                raise demesure()

    def end(self, nom: str) -> None:
        self.garde = False
        if nom == "si":
            self.textes.append("".join(self.courant))
            if len(self.textes) > MAX_TEXTES:
                raise demesure()


class Archive:
    """A workbook opened without being expanded: its sheets in order, each read row by row.

    Errors, at its opening or at its reading: FichierIllisible. Complexity: O(bytes of the sheets read).
    """

    def __init__(self, contenu: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(contenu))
            infos = self.zip.infolist()
        except ABIMES as erreur:
            raise abime() from erreur
        if len({info.filename for info in infos}) < len(infos):
            raise abime()
        if sum(info.file_size for info in infos) > MAX_DECOMPRESSE:
            raise demesure()
        self.membres = {info.filename.lstrip("/").lower(): info for info in infos}
        self.reste = MAX_DECOMPRESSE
        self.textes: list[str] | None = None
        self.feuilles = self.list_feuilles()

    def list_feuilles(self) -> list[tuple[str, str]]:
        """Name of each sheet and the member that holds it."""
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= self.membres.keys():
            raise FichierIllisible(
                "le fichier est une archive qui n'est pas un classeur .xlsx.", "Choisissez le fichier .xlsx ou .csv."
            )
        relations, classeur = Relations(), Classeur()
        try:
            read_xml(self.read_petit("xl/_rels/workbook.xml.rels"), relations, MAX_BALISES)
            read_xml(self.read_petit("xl/workbook.xml"), classeur, MAX_BALISES)
        except AutreXml as erreur:
            raise abime() from erreur
        cibles = [(nom, find_membre(relations.cibles.get(relation, ""))) for nom, relation in classeur.feuilles]
        return [(nom, cible) for nom, cible in cibles if cible in self.membres][:MAX_FEUILLES]

    def read_petit(self, membre: str) -> bytes:
        return b"".join(self.read_morceaux(membre, MAX_PETIT_MEMBRE))

    def read_morceaux(self, membre: str, maximum: int = MAX_DECOMPRESSE) -> Iterator[bytes]:
        """Bytes of a member by pieces; counted as they come, since a declared size may lie."""
        lus, info = 0, self.membres[membre]
        maximum = min(maximum, max(SANS_TAUX, MAX_TAUX * info.compress_size))
        try:
            with self.zip.open(info) as flux:
                while morceau := flux.read(PAS):
                    lus += len(morceau)
                    self.reste -= len(morceau)
                    if self.reste < 0 or lus > maximum:
                        raise demesure()
                    yield morceau
        except FichierIllisible:
            raise
        except ABIMES as erreur:
            raise abime() from erreur

    def load_textes(self) -> list[str]:
        if self.textes is None:
            lecture = _Textes()
            if "xl/sharedstrings.xml" in self.membres:
                for _ in self.parse("xl/sharedstrings.xml", lecture):
                    pass
            self.textes = lecture.textes
        return self.textes

    def parse(self, membre: str, lecture: "_Feuille | _Textes") -> Iterator[None]:
        """Give the tags of a member to ``lecture``, one piece at a time."""
        noms: dict[str, str] = {}
        lecture.analyseur = analyseur = expat.ParserCreate("utf-8", intern=noms)
        analyseur.buffer_text = True
        analyseur.CharacterDataHandler = lecture.put
        analyseur.StartDoctypeDeclHandler = refuse_doctype

        def open_racine(nom: str, _: dict[str, str]) -> None:
            """Tags are given with their prefix only where the root has one: most files have none, and are long."""
            start, end = lecture.start, lecture.end
            if ":" in nom:
                analyseur.StartElementHandler = lambda nom, attributs: start(nom.rpartition(":")[2], attributs)
                analyseur.EndElementHandler = lambda nom: end(nom.rpartition(":")[2])
            else:
                analyseur.StartElementHandler, analyseur.EndElementHandler = start, end

        analyseur.StartElementHandler = open_racine
        try:
            donnes = 0
            for morceau in self.read_morceaux(membre):
                analyseur.Parse(morceau, False)
                donnes += len(morceau)
                # A tag that never ends is kept whole by the parser.
                if len(noms) > MAX_NOMS or donnes - analyseur.CurrentByteIndex > SANS_TAUX:
                    raise demesure()
                yield
            analyseur.Parse(b"", True)
            yield
        except expat.ExpatError as erreur:
            raise abime() from erreur

    def read_feuille(self, membre: str, filtre: Filtre) -> Iterator[Ligne]:
        """Rows of a sheet that hold something, in order; only those of ``filtre`` once it is set."""
        lecture = _Feuille(self.load_textes(), filtre)
        for _ in self.parse(membre, lecture):
            lignes, lecture.pretes = lecture.pretes, []
            yield from (ligne for ligne in lignes if ligne.cellules)


def refuse_doctype(*_: object) -> None:
    """A workbook declares no document type: this one would hide entities."""
    raise abime()
