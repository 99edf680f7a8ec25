"""Small files that would fill the memory or the processor once opened: refused as they are read."""

import io
import zipfile

import pytest

from communaccord.plateforme.diagnostic.lecture import archive
from communaccord.plateforme.diagnostic.lecture.archive import Archive, Filtre
from communaccord.plateforme.diagnostic.lecture.tables import open_tables
from communaccord.simulateur.tableau.types import FichierIllisible

DEBUT, FIN = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
LIGNE = b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>7</v></c></row>'


def write_feuille(nombre=20):
    return DEBUT + b"".join(LIGNE % (n, n, n, n) for n in range(1, nombre + 1)) + FIN


def build_classeur(feuille, textes=None, *, feuilles=1):
    """A workbook whose sheets are all the same member."""
    noms = b"".join(b'<sheet name="f%d" r:id="r1"/>' % rang for rang in range(feuilles))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as book:
        book.writestr("xl/workbook.xml", b'<workbook xmlns:r="x"><sheets>' + noms + b"</sheets></workbook>")
        cible = b'<Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        book.writestr("xl/_rels/workbook.xml.rels", b"<Relationships>" + cible + b"</Relationships>")
        book.writestr("xl/worksheets/sheet1.xml", feuille)
        if textes is not None:
            book.writestr("xl/sharedStrings.xml", textes)
    return out.getvalue()


def read(contenu):
    return [(table.nom, ligne.numero) for table in open_tables(contenu) for ligne in table.lignes]


def refuse(contenu, phrase="démesuré"):
    with pytest.raises(FichierIllisible, match=phrase):
        read(contenu)


def test_the_workbook_of_these_tests_reads():
    assert read(build_classeur(write_feuille(2), feuilles=2)) == [("f0", 1), ("f0", 2), ("f1", 1), ("f1", 2)]


def test_a_small_file_that_grows_a_thousand_times_is_refused():
    feuille = DEBUT + b"<x/>" * 1_000_000 + FIN
    contenu = build_classeur(feuille)
    assert len(feuille) > archive.MAX_TAUX * len(contenu)
    refuse(contenu)


@pytest.mark.parametrize(
    "feuille",
    [
        DEBUT + b'<row r="1"><c r="A1" t="str"><v>' + b"a" * 200_000 + b"</v></c></row>" + FIN,
        DEBUT + b"<v>" + b"a" * 200_000 + b"</v>" + FIN,
    ],
    ids=["dans une cellule", "hors d'une cellule"],
)
def test_the_text_of_a_cell_is_bounded_as_it_comes(feuille):
    refuse(build_classeur(feuille))


def test_shared_texts_are_counted_as_they_come(monkeypatch):
    """One text that never ends is not waited for."""
    monkeypatch.setattr(archive, "MAX_LONGUEUR_TEXTES", 1_000)
    refuse(build_classeur(write_feuille(), b"<sst><si><t>" + b"a" * 2_000))


@pytest.mark.parametrize("membre", ["feuille", "textes"])
def test_tags_are_counted_outside_the_rows_too(monkeypatch, membre):
    monkeypatch.setattr(archive, "MAX_BALISES", 200)
    balises = b"<x/>" * 300
    if membre == "feuille":
        refuse(build_classeur(DEBUT + balises + FIN))
    else:
        refuse(build_classeur(write_feuille(), b"<sst>" + balises + b"</sst>"))


def test_tags_are_counted_in_the_rows_that_are_gone_past(monkeypatch):
    monkeypatch.setattr(archive, "MAX_BALISES", 200)
    lignes = b'<row r="1"><c r="A1"><v>1</v></c>' + b"<x/>" * 300 + b"</row>"
    lecture, filtre = Archive(build_classeur(DEBUT + lignes + FIN)), Filtre()
    filtre.set(0, lambda _: False)
    with pytest.raises(FichierIllisible, match="démesuré"):
        list(lecture.read_feuille("xl/worksheets/sheet1.xml", filtre))


def test_names_are_bounded(monkeypatch):
    """The parser keeps every name of tag and of attribute that it has met."""
    monkeypatch.setattr(archive, "MAX_NOMS", 50)
    refuse(build_classeur(DEBUT + b"".join(b'<x%d y%d=""/>' % (n, n) for n in range(60)) + FIN))


def test_a_tag_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "SANS_TAUX", 100_000)
    monkeypatch.setattr(archive, "MAX_TAUX", 10_000)
    refuse(build_classeur(DEBUT + b'<row r="1" z="' + b"a" * 400_000 + b'">' + FIN))


def test_the_budget_of_bytes_holds_for_all_the_sheets_together(monkeypatch):
    """Thirty sheets may be one and the same member: it is decompressed, and counted, each time."""
    feuille = write_feuille()
    monkeypatch.setattr(archive, "MAX_DECOMPRESSE", 4 * len(feuille))
    assert len(read(build_classeur(feuille, feuilles=2))) == 40
    refuse(build_classeur(feuille, feuilles=9))


@pytest.mark.parametrize("membre", ["feuille", "textes"])
def test_a_document_type_is_refused(membre):
    """It would hide entities that grow."""
    genre = b'<!DOCTYPE w [<!ENTITY e "1">]>'
    if membre == "feuille":
        refuse(build_classeur(genre + write_feuille()), "abîmé")
    else:
        refuse(build_classeur(write_feuille(), genre + b"<sst><si><t>&e;</t></si></sst>"), "abîmé")
