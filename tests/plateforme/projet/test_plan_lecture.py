"""A plan read from a file: columns and headings in any way they are written, and every bad file told in a sentence."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from tests.plateforme.projet.plan_fabrique import write_classeur, write_document

from communaccord.plateforme.projet.enums.plan import EtatAction, Niveau
from communaccord.plateforme.projet.lecture.fichiers import check_zip, read_fichier
from communaccord.plateforme.projet.lecture.plans import (
    ElementLu,
    FichierRefuse,
    find_faute,
    keep_branches,
    read_elements,
    write_elements,
)
from communaccord.plateforme.projet.lecture.textes import strip_numerotation

TITRES = ["Orientation", "Objectif", "Action", "Porteur", "Pilote", "Échéance"]


def tell(plan) -> list[tuple[str, ...]]:
    return [(e.niveau.rstrip("s"), *(x for x in (e.orientation, e.objectif) if x), e.titre) for e in plan.elements]


def test_a_table_with_merged_cells_is_carried_down():
    plan = read_fichier(
        write_classeur(
            [
                ["Notre plan (fictif)"],
                [],
                TITRES,
                ["O1", "Ob1", "A1", "Mme Une", "DGS", 2027.0],
                [None, None, "A2", None, None, date(2028, 12, 31)],
                [None, "Ob2"],
                ["O2", "Ob3", "A3"],
            ]
        )
    )
    assert tell(plan) == [
        ("orientation", "O1"),
        ("objectif", "O1", "Ob1"),
        ("action", "O1", "Ob1", "A1"),
        ("action", "O1", "Ob1", "A2"),
        ("objectif", "O1", "Ob2"),
        ("orientation", "O2"),
        ("objectif", "O2", "Ob3"),
        ("action", "O2", "Ob3", "A3"),
    ]
    first, second = plan.elements[2], plan.elements[3]
    assert (first.porteur, first.pilote, first.echeance) == ("Mme Une", "DGS", "2027")
    assert (second.porteur, second.echeance) == ("", "31/12/2028")
    assert plan.ecartees == ()


@pytest.mark.parametrize(
    "titres",
    [
        ["ÉCHÉANCE", "pilote", "action", "OBJECTIF DE SERVICE PUBLIC", "orientation"],
        ["Calendrier", "Service pilote", "Fiche action", "Objectif opérationnel", "Orientation stratégique"],
        ["Date", "Direction", "Actions", "Orientation", "Axe"],
    ],
)
def test_columns_are_found_by_their_titles(titres):
    plan = read_fichier(write_classeur([titres, ["2028", "DGS", "Une action", "Un objectif", "Une orientation"]]))
    action = plan.elements[-1]
    assert (action.titre, action.objectif, action.orientation) == ("Une action", "Un objectif", "Une orientation")
    assert (action.echeance, action.pilote) == ("2028", "DGS")


def test_what_cannot_be_kept_is_told_line_by_line():
    lignes = [
        [*TITRES, "État", "Couleur"],
        [None, "Objectif sans orientation"],
        ["O1", None, "Action sans objectif"],
        [None, "Ob1", "A1", None, None, None, "terminée", "vert"],
        [None, "Ob1", "a1"],
        [None, None, "A2", None, None, None, "bloquée"],
        [None, None, None, "Quelqu'un"],
        [None, None, "x" * 301],
    ]
    plan = read_fichier(write_classeur(lignes))
    motifs = {ligne.ou: ligne.motif for ligne in plan.ecartees}
    assert set(motifs) == {"ligne 2", "ligne 5", "ligne 7", "ligne 8"}
    assert "aucune orientation" in motifs["ligne 2"]
    assert "ligne 4" in motifs["ligne 5"]
    assert "301 caractères" in motifs["ligne 8"]
    assert ("action", "Action sans objectif") in tell(plan)
    etats = {e.titre: e.etat for e in plan.elements if e.niveau == Niveau.ACTION}
    assert etats["A1"] == EtatAction.REALISEE
    assert etats["A2"] == EtatAction.A_ENGAGER
    assert any("« bloquée » inconnu" in remarque for remarque in plan.remarques)
    assert any("« Couleur »" in remarque for remarque in plan.remarques)


def test_a_formula_is_taken_by_its_value_or_told():
    lignes = [TITRES, ["O1", "Ob1", "A1"], ["O1", "Ob1", "A2"]]
    plan = read_fichier(write_classeur(lignes, formules={(2, 2): "=A1"}))
    assert [e.titre for e in plan.elements if e.niveau == Niveau.ACTION] == ["A1"]
    assert "Cellule C3" in plan.ecartees[0].motif
    assert "formule" in plan.ecartees[0].motif


def test_headings_make_the_tree_and_the_words_under_them_its_precisions():
    plan = read_fichier(
        write_document(
            [
                (0, "Une page de garde"),
                (1, "Axe 1 : Vivre partout"),
                (0, "Pourquoi."),
                (2, "1.1 Un accueil ouvert"),
                (3, "Action n° 1 – Réunir les plannings"),
                (0, "Porteur : Mme Une"),
                (0, "Échéance : fin 2028"),
                (0, "Avec les secrétaires."),
                (4, "Un sous-titre"),
                (1, "II. Se déplacer"),
                (3, "Une action trop tôt"),
            ]
        )
    )
    assert tell(plan) == [
        ("orientation", "Vivre partout"),
        ("objectif", "Vivre partout", "Un accueil ouvert"),
        ("action", "Vivre partout", "Un accueil ouvert", "Réunir les plannings"),
        ("orientation", "Se déplacer"),
        ("action", "Une action trop tôt"),
    ]
    action = plan.elements[2]
    assert (action.porteur, action.echeance) == ("Mme Une", "fin 2028")
    assert action.texte == "Avec les secrétaires.\nUn sous-titre"
    assert plan.elements[0].texte == "Pourquoi."
    said = [remarque.replace("\u00a0", " ") for remarque in plan.remarques]
    assert said == ["1 paragraphe laissé de côté, hors des titres du plan : « Une page de garde »."]


def test_the_first_paragraphs_left_aside_are_quoted_short():
    long = "mot " * 30
    plan = read_fichier(write_document([(0, long), (0, "b"), (0, "c"), (0, "d"), *DOCUMENT]))
    cite = " ".join(["mot"] * 15)
    (said,) = [remarque.replace("\u00a0", " ") for remarque in plan.remarques]
    assert said == f"4 paragraphes laissés de côté, hors des titres du plan : « {cite}… », « b », « c »…"


def test_the_level_of_the_orientations_may_be_the_second():
    contenu = write_document([(1, "Le projet"), (2, "O1"), (3, "Ob1"), (4, "A1"), (1, "Annexes"), (0, "x")])
    assert [e.titre for e in read_fichier(contenu, premier=2).elements] == ["O1", "Ob1", "A1"]


def test_french_styles_and_outline_levels_are_headings():
    document = Document()
    for niveau in (1, 2):
        style = document.styles[f"Heading {niveau}"]
        style.element.set(qn("w:styleId"), f"Titre{niveau}")
        style.element.find(qn("w:name")).set(qn("w:val"), f"Titre {niveau}")
    own = document.styles.add_style("Ma fiche", 1)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "2")
    own.element.get_or_add_pPr().append(level)
    for texte, style in (("O1", "Titre 1"), ("Ob1", "Titre 2"), ("A1", "Ma fiche")):
        document.add_paragraph(texte, style=document.styles[style])
    out = BytesIO()
    document.save(out)
    assert [e.niveau for e in read_fichier(out.getvalue()).elements] == list(Niveau)


@pytest.mark.parametrize(
    ("titre", "attendu"),
    [
        ("1. Vivre", "Vivre"),
        ("2.3 Agir ensemble", "Agir ensemble"),
        ("2.5 millions d'euros", "2.5 millions d'euros"),
        ("IV) Soigner", "Soigner"),
        ("Orientation n°2 : Bouger", "Bouger"),
        ("Objectif 1.2 – Lire", "Lire"),
        ("b) Former", "Former"),
        ("3 communes pour un service", "3 communes pour un service"),
        ("CCI : un guichet", "CCI : un guichet"),
        ("Civil : un guichet", "Civil : un guichet"),
        ("2026 : le départ", "2026 : le départ"),
        ("Action 4", "Action 4"),
        ("Axe 1 : vivre ici", "Vivre ici"),
        ("Axe 2 : école", "École"),
        ("vivre ici", "vivre ici"),
    ],
)
def test_numbering(titre, attendu):
    assert strip_numerotation(titre) == attendu


def replace_members(contenu: bytes, **members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(contenu)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        for name, data in members.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


def zip_of(**members: bytes) -> bytes:
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    return replace_members(empty.getvalue(), **members)


def lock(contenu: bytes) -> bytes:
    """The same with the mark of a password on each of its parts."""
    data = bytearray(contenu)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(signature, start + 4)
    return bytes(data)


def add_types(octets: bytes) -> bytes:
    """A document whose list of the types of its parts is padded."""
    members = {"[Content_Types].xml": b"<Types>" + octets + b"</Types>", "word__document_xml": b"<a/>"}
    return zip_of(**members)


PLAN = [TITRES, ["O1", "Ob1", "A1"]]
DOCUMENT = [(1, "O1"), (2, "Ob1"), (3, "A1")]
MAUVAIS = {
    "vide": (lambda: b"", "vide"),
    "blancs": (lambda: b"\r\n \x00", "vide"),
    "au hasard": (lambda: bytes(range(256)) * 40, "ni un classeur"),
    "image": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "ni un classeur"),
    "image sans octet nul": (lambda: b"\x89PNG\r\n\x1a\n" + b"IHDR" * 9, "ni un classeur"),
    "pdf renommé": (lambda: b"%PDF-1.7\n1 0 obj", "PDF"),
    "trop gros": (lambda: b"O" * 5_000_001, "5 Mo"),
    "ancien format ou mot de passe": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mot de passe"),
    "parties chiffrées": (lambda: lock(write_classeur(PLAN)), "mot de passe"),
    "archive coupée": (lambda: write_classeur(PLAN)[:900], "abîmé"),
    "macros (classeur)": (lambda: replace_members(write_classeur(PLAN), xl__vbaProject_bin=b"x"), "macros"),
    "macros (document)": (lambda: replace_members(write_document(DOCUMENT), word__vbaProject_bin=b"x"), "macros"),
    "bombe (document)": (lambda: replace_members(write_document(DOCUMENT), word__x_xml=b"0" * 13_000_000), "démesuré"),
    "bombe (archive)": (lambda: zip_of(**{f"a{n}": b"0" * 6_000_000 for n in range(9)}), "démesuré"),
    "bombe (types des parties)": (lambda: add_types(b"<x/>" * 900_000), "démesuré"),
    "bombe (types, attributs)": (lambda: add_types(b"<x" + b' a=""' * 900_000 + b"/>"), "démesuré"),
    "bombe (types, blancs)": (lambda: add_types(b" " * 12_000_001), "démesuré"),
    "bombe (partie d'un autre nom)": (
        lambda: replace_members(write_document(DOCUMENT), word__x_bin=b"\xff\xfe<x>" + b"<x/>" * 900_000),
        "démesuré",
    ),
    "bombe (en plusieurs parties)": (
        lambda: replace_members(write_document(DOCUMENT), **{f"word__x{n}_xml": b"<x/>" * 300_000 for n in range(3)}),
        "démesuré",
    ),
    "bombe (relations)": (lambda: zip_of(word__document_xml=b"<a/>", **{"_rels/.rels": b"<x/>" * 900_000}), "démesuré"),
    "opendocument": (lambda: zip_of(content_xml=b"<a/>"), "OpenDocument"),
    "autre archive": (lambda: zip_of(ppt__presentation_xml=b"<a/>"), "ni un classeur"),
    "document abîmé": (lambda: zip_of(word__document_xml=b"<a"), "abîmé"),
    "type de document déclaré": (lambda: zip_of(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "abîmé"),
    "classeur abîmé": (lambda: zip_of(xl__workbook_xml=b"<a"), "archive"),
    "sans titre": (lambda: write_document([(0, "Un texte"), (0, "sans titre")]), "Titre 1"),
    "autres colonnes": (lambda: write_classeur([["Nom", "Prénom"], ["A", "B"]]), "« Nom » et « Prénom »"),
    "feuille vide": (lambda: write_classeur([[]]), "feuille est vide"),
    "titres seuls": (lambda: write_classeur([TITRES]), "aucune ligne"),
    "5 000 lignes": (lambda: write_classeur([TITRES, *([f"O{n}"] for n in range(5_000))]), "2 000 au plus"),
    "un million de caractères": (
        lambda: write_classeur([[*TITRES, "Précision"], *([f"O{n}", *[None] * 5, "x" * 3_999] for n in range(260))]),
        "million",
    ),
    "2 001 titres": (lambda: write_document([(1, f"O{n}") for n in range(2_001)]), "2 000"),
}


@pytest.mark.parametrize("nom", MAUVAIS)
def test_a_bad_file_gets_its_sentence(nom):
    build, mot = MAUVAIS[nom]
    with pytest.raises(FichierRefuse) as refuse:
        read_fichier(build())
    phrase = re.sub(r"[\u00a0\u202f]", " ", str(refuse.value))
    assert mot in phrase
    assert phrase[0].isupper()
    assert phrase.endswith(".")
    assert "communes" not in phrase


def is_told(contenu: bytes) -> bool:
    """Whether the file gives elements that can be kept, or a sentence; anything else is an error of ours."""
    try:
        plan = read_fichier(contenu)
    except FichierRefuse as refuse:
        return bool(str(refuse))
    return not any(find_faute(element) for element in plan.elements)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_plan_or_a_sentence(contenu):
    assert is_told(contenu)


@given(st.binary(max_size=60), st.integers(0, 2_000))
def test_a_damaged_document_is_a_plan_or_a_sentence(patch, place):
    contenu = bytearray(DOCUMENT_OCTETS)
    contenu[place : place + len(patch)] = patch
    assert is_told(bytes(contenu))


DOCUMENT_OCTETS = write_document(DOCUMENT)


def test_a_file_is_read_by_what_it_holds():
    assert "word/document.xml" in check_zip(DOCUMENT_OCTETS)
    plan = read_fichier(b"Orientation;Objectif;Action\nO;B;A\n")
    assert [e.titre for e in plan.elements] == list("OBA")


TEXTES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(st.lists(st.builds(ElementLu, st.just(Niveau.ORIENTATION.value), TEXTES.filter(str.strip)), max_size=5))
def test_the_preview_comes_back_unchanged(elements):
    assert read_elements(write_elements(elements)) == tuple(elements)


@pytest.mark.parametrize("texte", ["", "[", "{}", "[1]", '[{"niveau": "x", "titre": "y"}]', '[{"titre": ""}]', "[[]]"])
def test_a_preview_that_was_changed_is_refused(texte):
    if texte == "{}":
        assert read_elements(texte) == ()
        return
    with pytest.raises(FichierRefuse, match="choisissez de nouveau"):
        read_elements(texte)


def test_an_orientation_that_is_unticked_is_left_with_all_it_holds():
    plan = read_fichier(write_classeur([TITRES, ["O1", "Ob1", "A1"], ["O2", "Ob2", "A2"]]))
    assert {e.titre for e in keep_branches(plan.elements, ["O2"])} == {"O2", "Ob2", "A2"}
