"""PDF from Typst: accessible, archivable, the same twice; typed text is content, never markup."""

import re
from datetime import UTC, datetime

import pytest

from communaccord.plateforme.documents import rendu

DATE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GABARIT = """
#let d = json(bytes(sys.inputs.donnees))
#set document(title: [Essai])
#set text(font: "Atkinson Hyperlegible Next", lang: "fr")
= Essai
#d.texte
"""


@pytest.fixture
def gabarit(tmp_path):
    path = tmp_path / "essai.typ"
    path.write_text(GABARIT, encoding="utf-8")
    return path


def test_the_file_declares_both_standards(gabarit):
    pdf = rendu.render_pdf(gabarit, {"texte": "Bonjour"}, date=DATE)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert re.search(rb"/Lang ?\(fr", pdf)


def test_the_same_data_give_the_same_bytes(gabarit):
    assert rendu.render_pdf(gabarit, {"texte": "a"}, date=DATE) == rendu.render_pdf(gabarit, {"texte": "a"}, date=DATE)


@pytest.mark.parametrize("texte", ["#panic()", '#read("/etc/passwd")', "$ x", "*gras", "`", "#[", "@absent", "<a> <a>"])
def test_typed_text_is_never_read_as_markup(gabarit, texte):
    """Each of these would break the document, were it read as markup instead of shown as it is."""
    assert rendu.render_pdf(gabarit, {"texte": texte}, date=DATE)
    with pytest.raises(rendu.RenduImpossible):
        rendu.render_pdf(gabarit, {"autre": texte}, date=DATE)


def test_every_character_said_drawable_is_drawn(gabarit):
    texte = " ".join(chr(code) for code in range(0x20, 0x2300) if rendu.is_drawable(chr(code)))
    assert rendu.render_pdf(gabarit, {"texte": texte}, date=DATE)


@pytest.mark.parametrize(
    "texte", ["市", "😀 Fleurville", "a\u0000b\u0007", "\ud800", "ﷺ", "e\u0301", "fin\u200b\u202e"]
)
def test_characters_without_a_drawing_never_break_the_document(gabarit, texte):
    assert rendu.render_pdf(gabarit, {"texte": texte}, date=DATE)


def test_only_undrawable_characters_are_replaced():
    assert rendu.make_drawable({"nom": ["L’Haÿ-les-Roses 市", 3, None]}) == {"nom": ["L’Haÿ-les-Roses ?", 3, None]}


def test_a_faulty_template_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "casse.typ"
    path.write_text("#inconnu", encoding="utf-8")
    with pytest.raises(rendu.RenduImpossible, match="« casse »"):
        rendu.render_pdf(path, {}, date=DATE)


def test_a_picture_is_a_png_the_same_twice_and_of_one_page(gabarit, tmp_path):
    png = rendu.render_png(gabarit, {"texte": "a"}, ppp=60)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png == rendu.render_png(gabarit, {"texte": "a"}, ppp=60)
    assert png != rendu.render_png(gabarit, {"texte": "b"}, ppp=60)
    with pytest.raises(rendu.RenduImpossible):
        rendu.render_png(gabarit, {"autre": "a"}, ppp=60)
    double = tmp_path / "double.typ"
    double.write_text(GABARIT + "\n#pagebreak()\nb", encoding="utf-8")
    with pytest.raises(rendu.RenduImpossible, match="une seule page"):
        rendu.render_png(double, {"texte": "a"}, ppp=60)
