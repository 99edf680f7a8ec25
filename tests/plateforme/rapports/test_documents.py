"""The files: what they say, how they are tagged, who is written to."""

import re
import zipfile
import zlib
from io import BytesIO

import pytest
from docx import Document
from tests.plateforme.documents.lecture import read_pages, says, squeeze
from tests.plateforme.fabriques import INSTANT
from tests.plateforme.rapports.fabrique import build_matiere, freeze, settle, write

from communaccord.plateforme.comptes.noms import write_de_territoire
from communaccord.plateforme.rapports.documents import courriers
from communaccord.plateforme.rapports.documents.courriers import Destinataire, Envoi
from communaccord.plateforme.rapports.documents.dossier import build_archive
from communaccord.plateforme.rapports.documents.rapport import render_rapport
from communaccord.plateforme.rapports.documents.rapport_docx import render_docx
from communaccord.plateforme.rapports.enums import ClePartie, Papier
from communaccord.plateforme.socle.typographie import prose

pytestmark = pytest.mark.django_db
PIEGE = "#let x = 1 *gras* $y$ <b>balise</b> =SOMME(A1) & fin"


@pytest.fixture
def contenu():
    _, dossier, equipe, _ = build_matiere(5)
    settle(dossier, equipe)
    write(equipe, "mot", f"Premier paragraphe.\n\n{PIEGE}")
    return freeze(equipe).contenu


def list_textes(contenu):
    """Every text of the document that a reader must find in each file."""
    for partie in contenu["parties"]:
        yield partie["titre"]
        yield from (morceau for morceau in partie["ecrit"].split("\n\n") if morceau)
        for bloc in partie["blocs"]:
            if bloc["type"] == "tableau":
                yield from (cellule for ligne in bloc["lignes"] for cellule in ligne)
            elif bloc["type"] == "liste":
                yield from bloc["lignes"]
            elif "texte" in bloc:
                yield bloc["texte"]


def render(contenu, *, projet=False):
    return render_rapport(contenu, numero=3, projet=projet, edite_le=INSTANT)


def test_the_pdf_says_every_text_and_every_figure(contenu):
    text = "".join(read_pages(render(contenu)))
    missing = [texte for texte in list_textes(contenu) if squeeze(prose(texte)) not in text]
    assert not missing


def test_every_part_keeps_its_number_and_none_disappears(contenu):
    sans_mot = {**contenu, "parties": [partie for partie in contenu["parties"] if partie["cle"] != "mot"]}
    pages = read_pages(render(sans_mot, projet=True))
    text = "".join(pages)
    for rang, titre in enumerate(ClePartie.labels, start=1):
        assert text.count(squeeze(prose(f"{rang}. {titre}"))) >= 2, titre
    assert squeeze(prose("Cette partie n'est pas encore écrite.")) in text
    assert squeeze(prose("Cette partie n'a pas été écrite.")) in "".join(read_pages(render(sans_mot)))


def test_a_short_part_does_not_take_a_page_of_its_own(contenu):
    parties = [{**partie, "blocs": [], "ecrit": "Une phrase."} for partie in contenu["parties"]]
    # The cover, the table of contents, then nine parts of one sentence.
    assert len(read_pages(render({**contenu, "parties": parties}))) <= 4


def test_the_pdf_is_archivable_and_accessible(contenu):
    pdf = render(contenu)
    assert b"pdfaid:part>2<" in pdf or b"pdfaid:part='2'" in pdf or b"pdfaid:part" in pdf
    assert b"pdfuaid:part" in pdf
    for tag in (b"/TOC", b"/H1", b"/H2", b"/Table", b"/TH", b"/Figure", b"/Alt"):
        assert tag in pdf or tag in expand(pdf), tag


def expand(pdf: bytes) -> bytes:
    """The objects that Typst keeps compressed."""
    out = b""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            out += zlib.decompress(stream)
        except zlib.error:
            continue
    return out


def test_a_draft_and_a_version_not_validated_say_projet_on_each_page(contenu):
    assert all("PROJET" in page for page in read_pages(render(contenu, projet=True)))
    assert not any("PROJET" in page for page in read_pages(render(contenu)))
    first = read_pages(render(contenu))[0]
    assert says(first, "Rapport relatif aux mutualisations de services")
    assert says(first, "Version 3, 23 novembre 2026")


def test_the_text_file_says_the_same_with_real_titles(contenu):
    document = Document(BytesIO(render_docx(contenu, numero=3, projet=True, edite_le=INSTANT)))
    text = squeeze("".join(p.text for p in document.paragraphs))
    text += squeeze("".join(c.text for t in document.tables for r in t.rows for c in r.cells))
    missing = [texte for texte in list_textes(contenu) if squeeze(prose(texte)) not in text]
    assert not missing
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [prose(partie["titre"]) for partie in contenu["parties"]]
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in document.tables)
    assert "PROJET" in document.sections[0].header.paragraphs[0].text


COMMUNE = Destinataire("F002", "Commune 002")


def build_envoi(contenu, *, projet=False):
    return Envoi(contenu, 3, projet, INSTANT)


def test_the_letter_says_what_is_asked_and_what_concerns_the_commune(contenu):
    envoi = build_envoi(contenu)
    text = "".join(read_pages(courriers.render_pdf(envoi, Papier.LETTRE, COMMUNE)))
    assert says(text, "Le conseil municipal dispose de 3 mois à compter de cette transmission")
    assert says(text, "son avis est réputé favorable")
    assert says(text, "Cet avis est simple")
    assert "obligatoire" not in text
    _, (ligne,) = courriers.find_lignes(envoi, "F002")
    assert all(squeeze(prose(cellule)) in text for cellule in ligne)
    assert not says(text, "Commune 003")


def test_the_model_leaves_the_opinion_to_the_council(contenu):
    envoi = build_envoi(contenu)
    text = "".join(read_pages(courriers.render_pdf(envoi, Papier.DELIBERATION, COMMUNE)))
    for sens in courriers.SENS:
        assert says(text, sens)
    assert says(text, "L. 5211-39-1")
    assert says(text, courriers.MODELE)
    document = Document(BytesIO(courriers.render_docx(envoi, Papier.DELIBERATION, COMMUNE)))
    assert sum(p.text.startswith("☐") for p in document.paragraphs) == 3


def test_the_archive_holds_every_paper_of_every_commune(contenu):
    heard = []
    communes = [COMMUNE, Destinataire("F003", "Commune 003")]
    content = build_archive(
        build_envoi(contenu, projet=True), communes, lambda part, etape: heard.append((part, etape))
    )
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert len(names) == 2 + 2 * 4
        assert "communes/F002/lettre-commune-002-fictif.pdf" in names
        assert "intercommunalite/deliberation-fictif.docx" in names
        letter = "".join(read_pages(archive.read("communes/F003/lettre-commune-003-fictif.pdf")))
    assert "PROJET" in letter
    assert heard == [(50, "commune 1 sur 2"), (95, "commune 2 sur 2")]


def test_the_text_file_leaves_no_page_nearly_empty_nor_cuts_a_head(contenu):
    document = Document(BytesIO(render_docx(contenu, numero=3, projet=False, edite_le=INSTANT)))
    heads = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [bool(p.paragraph_format.page_break_before) for p in heads] == [True] + [False] * (len(heads) - 1)
    assert not document.styles["Heading 1"].paragraph_format.page_break_before
    assert document.styles["Footer"].font.size.pt == 8
    large = [table for table in document.tables if len(table.columns) > 5]
    assert large
    assert {run.font.size.pt for table in large for cell in table.rows[0].cells for run in cell.paragraphs[0].runs} == {
        7
    }


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Communauté de communes du Val", "de la Communauté de communes du Val"),
        ("Métropole du Test", "de la Métropole du Test"),
        ("Grand Test", "de Grand Test"),
    ],
)
def test_an_intercommunalite_is_named_after_de(nom, attendu):
    assert write_de_territoire(nom) == attendu
