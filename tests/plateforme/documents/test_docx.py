"""The relevé as a text file: the words of the paper, real styles, French, the same bytes twice."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plateforme.documents.fabriques import ENTETE, PHRASE, RELEVE
from tests.plateforme.documents.lecture import read_pages, squeeze

from communaccord.plateforme.documents.docx import Texte, clean
from communaccord.plateforme.instances.documents.papiers import MOT_PROJET, render_releve
from communaccord.plateforme.instances.documents.releve_docx import render_releve_docx


@pytest.fixture(scope="module")
def fichier():
    return render_releve_docx(RELEVE)


def read(content):
    return Document(BytesIO(content))


def read_text(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_titles_have_the_styles_of_titles(fichier):
    styles = [(p.style.name, p.text) for p in read(fichier).paragraphs]
    assert ("Title", "Comité de pilotage (COPIL)") in styles
    assert ("Heading 1", "1. Instruction des autorisations d’urbanisme") in styles
    assert ("Heading 2", "Conclusion") in styles
    assert ("Mention", "Avis de travail, sans valeur de décision") in styles
    assert any(style == "List Bullet" and "permanence" in text for style, text in styles)


def test_the_file_says_what_the_paper_says(fichier):
    text = read_text(read(fichier))
    for attendu in (PHRASE, "Le scénario 2 est retenu", "date à fixer", "Validé par la présidence le 22\u00a0décembre"):
        assert attendu in text
    paper = "".join(read_pages(render_releve(RELEVE)))
    parts = [part for line in text.split("\n") for part in re.split(r"\u202f: |, ", line.removesuffix("."))]
    assert not [part for part in parts if squeeze(part) not in paper]


def test_the_file_is_french_and_has_a_title(fichier):
    document = read(fichier)
    assert document.core_properties.title.startswith("Relevé de conclusions, Comité de pilotage")
    assert document.core_properties.language == "fr-FR"
    assert document.core_properties.author == "Commun Accord"
    assert document.core_properties.comments == ""
    lang = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "fr-FR"


def test_the_head_of_a_table_is_repeated_and_the_table_described(fichier):
    (table,) = read(fichier).tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])
    assert "Suites" in table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert [cell.text for cell in table.rows[0].cells] == ["Quoi", "Qui", "Pour quand"]


def test_the_same_data_give_the_same_bytes(fichier):
    assert render_releve_docx(RELEVE) == fichier
    with zipfile.ZipFile(BytesIO(fichier)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in archive.namelist())


@pytest.mark.parametrize("validee", [True, False])
@pytest.mark.parametrize("fictif", [True, False])
def test_each_page_says_what_is_invented_and_what_is_a_project(validee, fictif):
    validation = RELEVE.validation if validee else None
    releve = replace(RELEVE, validation=validation, entete=replace(ENTETE, fictif=fictif))
    document = read(render_releve_docx(releve))
    head = document.sections[0].header.paragraphs[0].text
    assert ("FICTIF" in head) == fictif
    assert (MOT_PROJET in head) == (MOT_PROJET in read_text(document)) == (not validee)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_file_that_opens_and_says_it(text):
    texte = Texte("Essai", ENTETE)
    texte.add_paragraphe(text)
    texte.add_tableau("Tableau", ("Un",), [(text,)])
    document = read(texte.to_bytes())
    assert document.paragraphs[0].text == clean(text)
    assert document.tables[0].rows[1].cells[0].text == clean(text)


@pytest.mark.parametrize("texte", ['=HYPERLINK("x")', "{{ data }}", "{% for %}", "<w:p/>", "a\x00b\x0bc\ud800"])
def test_typed_text_is_neither_a_formula_nor_markup(texte):
    document = Texte("Essai", ENTETE)
    document.add_paragraphe(texte)
    (paragraph,) = read(document.to_bytes()).paragraphs
    assert paragraph.text == clean(texte)
    assert paragraph._p.find(f".//{qn('w:fldSimple')}") is None


def test_what_xml_cannot_carry_is_dropped():
    assert clean("a\x00b\ud800c\ufffed\x85") == "abcd"
    assert clean("l'eau\tet\nla rue : oui ?") == "l’eau\tet\nla rue\u202f: oui\u202f?"


def test_columns_of_numbers_are_narrow_and_at_the_right():
    texte = Texte("Essai", ENTETE)
    texte.add_tableau("Tableau", ("Quoi", "Combien"), [("Routes", "12")], nombres={1})
    (table,) = read(texte.to_bytes()).tables
    assert table.columns[0].width > 3 * table.columns[1].width
    for row in table.rows:
        assert [cell.paragraphs[0].alignment for cell in row.cells] == [None, WD_ALIGN_PARAGRAPH.RIGHT]
