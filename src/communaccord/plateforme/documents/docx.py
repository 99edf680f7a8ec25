"""Text files (DOCX) that people may go on writing: real styles, French, the same bytes twice.

Built in code rather than from a binary template, so that a change of form can be reviewed. What a person typed is text,
never a field nor a formula.
"""

import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from communaccord.plateforme.documents.papier import MOT_FICTIF, EnTete
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import prose

TYPE_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUE = "fr-FR"
# Found on every machine: the font of the house is not, and a text file does not carry its fonts.
POLICE = "Arial"
ENCRE = RGBColor(0x1B, 0x23, 0x30)
DISCRET = RGBColor(0x55, 0x60, 0x6E)
ARDOISE = RGBColor(0x1F, 0x3F, 0x66)
MENTION = "Mention"
# A4 less its margins.
LARGEUR_TEXTE = Mm(170)
# A column of numbers, when the words can have the rest.
LARGEUR_NOMBRES = Mm(31)
# The first date that a zip can write: files inside carry no date of their own.
DATE_ZIP = (1980, 1, 1, 0, 0, 0)
# Controls, surrogates, code points that are no character.
INECRITS = {"Cc", "Cs", "Cn"}
TITRES = {0: ("Title", 20, ENCRE), 1: ("Heading 1", 14, ARDOISE), 2: ("Heading 2", 11, ENCRE)}


class Texte:
    """A document under writing: titles, paragraphs, lists, tables, in the order of the calls, then ``to_bytes``."""

    def __init__(self, titre: str, entete: EnTete, mentions: Sequence[str] = ()) -> None:
        self._entete = entete
        self._document = Document()
        set_styles(self._document)
        set_properties(self._document, clean(titre), entete.edite_le)
        self._set_page([*mentions, *([MOT_FICTIF] if entete.fictif else [])])

    def add_titre(self, texte: str, niveau: int) -> None:
        """Title of the document (0), of a part (1), inside a part (2)."""
        self._document.add_paragraph(clean(texte), style=TITRES[niveau][0])

    def add_paragraphe(self, texte: str, *, gras: bool = False) -> None:
        """A paragraph; the line ends of ``texte`` are kept."""
        self._document.add_paragraph().add_run(clean(texte)).bold = gras or None

    def add_mention(self, texte: str) -> None:
        """A framed sentence that must not be missed."""
        self._document.add_paragraph(clean(texte), style=MENTION)

    def add_liste(self, lignes: Iterable[str]) -> None:
        """A list with bullets."""
        for ligne in lignes:
            self._document.add_paragraph(clean(ligne), style="List Bullet")

    def add_tableau(
        self, titre: str, colonnes: Sequence[str], lignes: Iterable[Sequence[str]], nombres: Collection[int] = ()
    ) -> None:
        """A table described by ``titre``; its head is repeated on each page and no line is cut.

        ``nombres``: ranks of the columns of numbers, aligned at the right.
        """
        table = self._document.add_table(rows=1, cols=len(colonnes), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        describe_table(table, clean(titre))
        fill_row(table.rows[0], colonnes, nombres, gras=True)
        set_flag(table.rows[0], "w:tblHeader")
        for ligne in lignes:
            row = table.add_row()
            fill_row(row, ligne, nombres)
            set_flag(row, "w:cantSplit")
        if nombres:
            set_largeurs(table, nombres)
        self._document.add_paragraph()

    def add_image(self, png: bytes, titre: str, alternative: str, largeur: Length = LARGEUR_TEXTE) -> None:
        """A picture under its title; ``alternative`` says the same to who does not see it."""
        legend = self._document.add_paragraph()
        legend.add_run(clean(titre)).bold = True
        legend.paragraph_format.keep_with_next = True
        picture = self._document.add_picture(BytesIO(png), width=largeur)
        about = picture._inline.docPr
        about.set("title", clean(titre))
        about.set("descr", clean(alternative))

    def to_bytes(self) -> bytes:
        """The file. The same calls give the same bytes."""
        raw = BytesIO()
        self._document.save(raw)
        fixed = BytesIO()
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w") as target:
            for name in source.namelist():
                info = zipfile.ZipInfo(name, DATE_ZIP)
                info.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(info, source.read(name))
        return fixed.getvalue()

    def _set_page(self, mentions: Sequence[str]) -> None:
        """A4; the territory and the mentions at the head of each page, the démarche and the page at its foot."""
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(22)
        head = section.header.paragraphs[0]
        head.add_run(clean(self._entete.territoire))
        for mention in mentions:
            head.add_run(clean(f" · {mention}")).bold = True
        foot = section.footer.paragraphs[0]
        edition = f"Commun Accord · édité le {write_date(self._entete.edite_le)}"
        foot.add_run(clean(f"{self._entete.demarche} · {edition} · page "))
        add_field(foot, "PAGE")
        foot.add_run(" / ")
        add_field(foot, "NUMPAGES")


def clean(texte: str) -> str:
    """French spaces; what XML cannot carry (control characters, lone surrogates) is dropped."""
    normal = unicodedata.normalize("NFC", texte)
    return prose("".join(c for c in normal if c in "\n\t" or unicodedata.category(c) not in INECRITS))


def set_styles(document: WordDocument) -> None:
    """The styles of the house over those of the library, and French as the language of every text."""
    set_font(document.styles["Normal"], 10.5, ENCRE)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size, color in TITRES.values():
        style = document.styles[name]
        set_font(style, size, color)
        style.font.bold = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size), Pt(size / 2)
        style.paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        set_font(document.styles[name], 9, DISCRET)
    mention = document.styles.add_style(MENTION, WD_STYLE_TYPE.PARAGRAPH)
    mention.base_style = document.styles["Normal"]
    mention.font.bold = True
    mention.element.get_or_add_pPr().append(build_frame())
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:val"), LANGUE)


def set_font(style: ParagraphStyle, size: float, color: RGBColor) -> None:
    """The font in each of the alphabets that the file names, so that no theme takes its place."""
    style.font.name, style.font.size, style.font.color.rgb = POLICE, Pt(size), color
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for alphabet in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{alphabet}"), POLICE)


def build_frame() -> OxmlElement:
    """A line around a paragraph."""
    frame = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "1F3F66")):
            line.set(qn(f"w:{name}"), value)
        frame.append(line)
    return frame


def set_properties(document: WordDocument, titre: str, instant: datetime) -> None:
    """Title, language and dates of the file; nothing is left of the template of the library."""
    properties = document.core_properties
    properties.title, properties.language, properties.author = titre, LANGUE, "Commun Accord"
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = instant.astimezone(UTC).replace(tzinfo=None)
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def describe_table(table: Table, titre: str) -> None:
    """What a screen reader says of the table."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), titre)
    table._tbl.tblPr.append(caption)


def fill_row(row: _Row, textes: Sequence[str], nombres: Collection[int] = (), *, gras: bool = False) -> None:
    """One text a cell; those of the columns ``nombres`` at the right."""
    for rang, (cell, texte) in enumerate(zip(row.cells, textes, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(clean(texte)).bold = gras or None
        if rang in nombres:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def set_largeurs(table: Table, nombres: Collection[int]) -> None:
    """Narrow columns of numbers; the columns of words share what is left."""
    total = len(table.columns)
    etroit = min(LARGEUR_NOMBRES, LARGEUR_TEXTE // total)
    mots = (LARGEUR_TEXTE - etroit * len(nombres)) // max(total - len(nombres), 1)
    table.autofit = False
    for rang, column in enumerate(table.columns):
        column.width = etroit if rang in nombres else mots
        for cell in column.cells:
            cell.width = column.width


def set_flag(row: _Row, name: str) -> None:
    """A property of a line of a table."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def add_field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor writes (page, number of pages)."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
