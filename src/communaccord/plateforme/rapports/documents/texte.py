"""What a long text file needs beyond a paper of a page: a cover, a table of contents, figures at the right, pages."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from communaccord.plateforme.documents.docx import (
    ARDOISE,
    DISCRET,
    Texte,
    clean,
    describe_table,
    set_flag,
    set_font,
)
from communaccord.plateforme.documents.papier import EnTete

A_METTRE_A_JOUR = "Les numéros de page viennent en mettant le sommaire à jour dans votre traitement de texte."
CHAMP = 'TOC \\o "1-1" \\h \\z \\u'


class TexteLong(Texte):
    """A ``Texte`` with pages, a table of contents and tables of figures."""

    def __init__(self, titre: str, entete: EnTete, mentions: Sequence[str] = ()) -> None:
        super().__init__(titre, entete, mentions)
        self._is_begun = False
        foot = self._document.styles["Footer"]
        foot.font.size, foot.font.color.rgb = Pt(8), DISCRET
        small = self._document.styles["Heading 3"]
        set_font(small, 10.5, ARDOISE)
        small.font.bold = True
        small.paragraph_format.space_before, small.paragraph_format.space_after = Pt(10), Pt(4)

    def add_titre(self, texte: str, niveau: int) -> None:
        """As a short text, and one level more."""
        if niveau < 3:
            super().add_titre(texte, niveau)
            if niveau == 1 and not self._is_begun:
                # The first part begins a page, after the table of contents; a short part leaves none empty.
                self._document.paragraphs[-1].paragraph_format.page_break_before = self._is_begun = True
        else:
            self._document.add_paragraph(clean(texte), style="Heading 3")

    def add_fait(self, terme: str, texte: str) -> None:
        """A paragraph that begins with what it tells of, in bold."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run(clean(terme)).bold = True
        paragraph.add_run(f" {clean(texte)}")

    def add_note(self, texte: str) -> None:
        """A small grey sentence."""
        run = self._document.add_paragraph().add_run(clean(texte))
        run.font.size, run.font.color.rgb = Pt(9), DISCRET

    def add_couverture(self, territoire: str, titre: str, sous_titre: str, lignes: Sequence[str]) -> None:
        """The first page: the space above is that of a paragraph, so that people can move it."""
        first = self._document.add_paragraph(clean(territoire))
        first.paragraph_format.space_before = Pt(150)
        first.runs[0].font.size, first.runs[0].bold = Pt(13), True
        title = self._document.add_paragraph(clean(titre), style="Title")
        title.runs[0].font.size = Pt(30)
        self._document.add_paragraph(clean(sous_titre)).runs[0].font.size = Pt(15)
        for rang, ligne in enumerate(lignes):
            paragraph = self._document.add_paragraph(clean(ligne))
            paragraph.paragraph_format.space_before = Pt(200 if rang == 0 else 0)

    def add_sommaire(self, titre: str, entrees: Sequence[str]) -> None:
        """A table of contents that the word processor knows; its lines are written, its pages are computed there."""
        head = self._document.add_paragraph()
        head.paragraph_format.page_break_before = True
        run = head.add_run(clean(titre))
        run.bold, run.font.size = True, Pt(14)
        last: Paragraph | None = None
        for rang, entree in enumerate(entrees):
            last = self._document.add_paragraph()
            if rang == 0:
                add_debut(last)
            last.add_run(clean(entree))
        if last is not None:
            add_marque(last, "end")
        self.add_note(A_METTRE_A_JOUR)

    def add_chiffres(
        self, titre: str, colonnes: Sequence[str], lignes: Sequence[Sequence[str]], *, textes: int = 1, total: bool
    ) -> None:
        """A table whose columns from ``textes`` on are figures; its head is repeated and no line is cut.

        Written as XML in one piece: cell by cell, a rapport of 158 communes would take half a minute.
        """
        caption = self._document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        caption.add_run(clean(titre)).bold = True
        table = self._document.add_table(rows=1, cols=len(colonnes), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table._tbl.tblPr.append(parse_xml(BORDURES))
        set_largeurs(table, len(colonnes), textes)
        describe_table(table, clean(titre))
        row = table.rows[0]
        set_flag(row, "w:tblHeader")
        for rang, (cell, texte) in enumerate(zip(row.cells, colonnes, strict=True)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(clean(texte))
            run.bold, run.font.size = True, Pt(7 if len(colonnes) > 5 else 8 if len(colonnes) > 4 else 9)
            paragraph.alignment = None if rang < textes else WD_ALIGN_PARAGRAPH.RIGHT
        for rang, ligne in enumerate(lignes):
            table._tbl.append(build_ligne(ligne, textes, gras=total and rang + 1 == len(lignes)))
        self._document.add_paragraph()


def set_largeurs(table: Table, colonnes: int, textes: int) -> None:
    """The first column takes twice the room of a figure; words share the width alike."""
    table.autofit = False
    first = 2 if colonnes < 7 else 1.5
    parts = [1] * colonnes if textes == colonnes else [first, *[1] * (colonnes - 1)]
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Mm(LARGEUR * part / sum(parts))
        column.cells[0].width = column.width


def build_ligne(ligne: Sequence[str], textes: int, *, gras: bool) -> Any:
    """One line of a table."""
    bold = "<w:b/>" if gras else ""
    cells = "".join(
        f'<w:tc><w:p><w:pPr><w:spacing w:after="20"/>{"" if rang < textes else RIGHT}</w:pPr>'
        f'<w:r><w:rPr>{bold or ("<w:b/>" if rang == 0 else "")}<w:sz w:val="17"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(clean(texte))}</w:t></w:r></w:p></w:tc>'
        for rang, texte in enumerate(ligne)
    )
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")


LARGEUR = 170
# Thin grey lines under each line, as on paper.
BORDURES = (
    f"<w:tblBorders {nsdecls('w')}>"
    + "".join(
        f'<w:{cote} w:val="{trait}" w:sz="4" w:space="0" w:color="BFC5CD"/>'
        for cote, trait in (
            ("top", "nil"),
            ("left", "nil"),
            ("bottom", "single"),
            ("right", "nil"),
            ("insideH", "single"),
            ("insideV", "nil"),
        )
    )
    + "</w:tblBorders>"
)
RIGHT = '<w:jc w:val="right"/>'


def add_marque(paragraph: Paragraph, genre: str) -> None:
    """One end of a field."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), genre)
    paragraph.add_run()._r.append(mark)


def add_debut(paragraph: Paragraph) -> None:
    """The beginning of the field of the table of contents."""
    add_marque(paragraph, "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = CHAMP
    paragraph.add_run()._r.append(code)
    add_marque(paragraph, "separate")
