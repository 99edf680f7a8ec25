"""What the guard of a workbook reads in its XML: a real parser, in linear time, with a bounded number of tags.

No regular expression is put on the file: an attribute in quotes may hold anything, and a file may repeat what makes
one slow. A part that is not well-formed XML, or that declares a document type, is not given to the reader.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from communaccord.simulateur.tableau.bornes import MAX_COLONNES, MAX_LIGNES
from communaccord.simulateur.tableau.lettres import to_lettre, to_rang
from communaccord.simulateur.tableau.types import FichierIllisible

SANS_VALEUR = "c'est une formule sans valeur enregistrée."
"""Told of a cell that holds a formula, to be kept only when no value was read in it."""
Attributs = dict[str, str]
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_POURCENTS_STANDARD = frozenset({9, 10})


class AutreXml(ValueError):
    """A member that is not well-formed XML in an encoding where every tag is written in ASCII."""


@dataclass(slots=True)
class Lecture:
    """What looks at the tags, whose names come without their prefix; looks at nothing by default."""

    def start(self, nom: str, attributs: Attributs) -> None:
        """A tag opens."""

    def end(self, nom: str) -> None:
        """A tag closes."""


class _Compteur:
    """Passes the tags on, without their prefix, and refuses too many."""

    def __init__(self, lecture: Lecture, maximum: int) -> None:
        self.lecture, self.maximum, self.nombre = lecture, maximum, 0

    def start(self, nom: str, attributs: Attributs) -> None:
        self.nombre += 1
        if self.nombre > self.maximum:
            raise FichierIllisible(
                "le classeur est démesuré une fois ouvert.", "Ne gardez que le tableau des communes."
            )
        self.lecture.start(nom.rpartition(":")[2] if ":" in nom else nom, attributs)

    def end(self, nom: str) -> None:
        self.lecture.end(nom.rpartition(":")[2] if ":" in nom else nom)


def read_xml(octets: bytes, lecture: Lecture, maximum: int) -> int:
    """Show the tags of a member to ``lecture`` and return their number; whatever follows a fault is not shown.

    Errors: AutreXml; FichierIllisible beyond ``maximum`` tags, or what ``lecture`` raises. Complexity: O(bytes).
    """
    if b"\x00" in octets or b"<!DOCTYPE" in octets or not octets.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise AutreXml("pas du XML, ou un type de document déclaré")
    # The encoding is imposed, since the reader of workbooks looks at the bytes: both must see the same tags.
    analyseur = expat.ParserCreate("utf-8")
    compteur = _Compteur(lecture, maximum)
    analyseur.StartElementHandler = compteur.start
    analyseur.EndElementHandler = compteur.end
    if isinstance(lecture, Textes):
        analyseur.buffer_text = True
        analyseur.CharacterDataHandler = lecture.put_texte
    try:
        analyseur.Parse(octets, True)
    except expat.ExpatError as erreur:
        raise AutreXml("XML mal formé") from erreur
    return compteur.nombre


@dataclass(slots=True)
class Releve(Lecture):
    """Cells of a sheet: refuses those too far, keeps those whose value would deceive, counts those of shared text.

    The place of a cell is found as the reader finds it: by its reference, or else next to the one before. A cell
    without any content does not count.
    """

    pourcents: frozenset[int] = frozenset()
    pieges: dict[str, str] = field(default_factory=dict)
    textes: int = 0
    ligne: int = 1
    reference: str = ""
    suivantes: int = 0
    cellule: Attributs | None = None
    place: str = ""

    def start(self, nom: str, attributs: Attributs) -> None:
        """Place rows and cells; whatever opens inside a cell gives it a content."""
        if self.cellule is not None:
            self._keep(self.cellule)
            self.cellule = None
        if nom == "f" and self.place:
            self.pieges.setdefault(self.place, SANS_VALEUR)
        if nom == "c":
            self.cellule, self.place = attributs, ""
            if "r" in attributs:
                self.reference, self.suivantes = attributs["r"], 0
            else:
                self.suivantes += 1
        elif nom == "row" and "r" in attributs:
            numero = attributs["r"]
            if not _is_entier(numero):
                raise _reference_inconnue(numero)
            self.ligne = int(numero)

    def end(self, nom: str) -> None:
        """Go to the next row."""
        if nom == "c":
            self.cellule, self.place = None, ""
        elif nom == "row":
            self.ligne, self.reference, self.suivantes = self.ligne + 1, "", 0

    def _place(self) -> tuple[int, int]:
        """Row and column, from 1, of the cell just opened."""
        if not self.reference:
            return self.ligne, self.suivantes
        trouve = _REFERENCE.fullmatch(self.reference)
        if trouve is None:
            raise _reference_inconnue(self.reference)
        colonne = to_rang(trouve[1]) + self.suivantes
        return (self.ligne if self.suivantes else int(trouve[2])), colonne

    def _keep(self, attributs: Attributs) -> None:
        ligne, colonne = self._place()
        if ligne > MAX_LIGNES or colonne > MAX_COLONNES:
            raise FichierIllisible(
                f"la cellule {to_lettre(colonne)}{ligne} dépasse 20\u202f000 lignes ou {MAX_COLONNES} colonnes.",
                "Ne gardez que le tableau des communes.",
            )
        self.place = f"{to_lettre(colonne)}{ligne}"
        genre, style = attributs.get("t"), attributs.get("s", "")
        if genre == "s":
            self.textes += 1
        if genre == "e":
            self.pieges[self.place] = "sa formule donne une erreur."
        elif _is_entier(style) and int(style) in self.pourcents:
            self.pieges[self.place] = "le tableur l'affiche en pourcentage."


@dataclass(slots=True)
class Styles(Lecture):
    """Styles of the cells: which formats show a percentage, which style has which format."""

    formats: set[str] = field(default_factory=lambda: {str(numero) for numero in _POURCENTS_STANDARD})
    cellules: list[str] = field(default_factory=list)
    dedans: bool = False

    def start(self, nom: str, attributs: Attributs) -> None:
        """Keep the formats, and the styles in their order."""
        if nom == "numFmt" and "%" in attributs.get("formatCode", ""):
            self.formats.add(attributs.get("numFmtId", ""))
        elif nom == "cellXfs":
            self.dedans = True
        elif nom == "xf" and self.dedans:
            self.cellules.append(attributs.get("numFmtId", ""))

    def end(self, nom: str) -> None:
        """Leave the styles of the cells."""
        if nom == "cellXfs":
            self.dedans = False

    def list_pourcents(self) -> frozenset[int]:
        """Ranks of the styles that show a percentage."""
        return frozenset(rang for rang, numero in enumerate(self.cellules) if numero in self.formats)


@dataclass(slots=True)
class Relations(Lecture):
    """Targets of the relations of the workbook, by id."""

    cibles: dict[str, str] = field(default_factory=dict)

    def start(self, nom: str, attributs: Attributs) -> None:
        """Keep a relation."""
        if nom == "Relationship":
            self.cibles[attributs.get("Id", "")] = attributs.get("Target", "")


@dataclass(slots=True)
class Classeur(Lecture):
    """Sheets of the workbook in their order: name, id of the relation."""

    feuilles: list[tuple[str, str]] = field(default_factory=list)

    def start(self, nom: str, attributs: Attributs) -> None:
        """Keep a sheet."""
        if nom == "sheet":
            relation = next((valeur for cle, valeur in attributs.items() if cle.endswith(":id")), "")
            self.feuilles.append((attributs.get("name", ""), relation))


@dataclass(slots=True)
class Textes(Lecture):
    """Length of the longest shared text."""

    plus_long: int = 0
    courant: int = 0

    def start(self, nom: str, attributs: Attributs) -> None:
        """Begin a text."""
        del attributs
        if nom == "si":
            self.courant = 0

    def put_texte(self, texte: str) -> None:
        """Lengthen the text."""
        self.courant += len(texte)
        self.plus_long = max(self.plus_long, self.courant)


def find_membre(cible: str) -> str:
    """Name of the member that the target of a relation designates, in lower case."""
    if cible.startswith("/"):
        cible = cible[1:]
    elif not cible.startswith("xl/"):
        cible = f"xl/{cible}"
    return cible.lower()


def _is_entier(texte: str) -> bool:
    return texte.isascii() and texte.isdigit() and len(texte) <= 7


def _reference_inconnue(reference: str) -> FichierIllisible:
    return FichierIllisible(
        f"la cellule ou la ligne «\u202f{reference[:20]}\u202f» n'existe pas.", "Enregistrez-le à nouveau en .xlsx."
    )
