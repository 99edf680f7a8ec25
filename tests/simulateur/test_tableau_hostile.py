"""Files made to harm, or spoilt: told in French, in little time and memory, and no exception."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineError
from tests.simulateur.tableaux import COMMUNES, ENTETE, build_xlsx, replace_membres, replace_sheet, zip_of

from communaccord.simulateur import parse_simulation, read_collage, read_tableau
from communaccord.simulateur.exemple import DONNEES
from communaccord.simulateur.tableau import grille
from communaccord.simulateur.tableau.archive import check_archive
from communaccord.simulateur.tableau.balises import Releve, read_xml
from communaccord.simulateur.validation import lecteur

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FEUILLE = "xl/worksheets/sheet1.xml"
CLASSEUR, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
FAR = '<worksheet xmlns="x"><sheetData><row r="1"/><row r="1048576">{}</row></sheetData></worksheet>'
MAUVAIS = {
    "vide": (b"", "vide"),
    "zéros": (b"\x00" * 1000, "vide"),
    "octets": (bytes(range(256)) * 50, "classeur"),
    "trop gros": (b"a;b\n" * 1_300_000, "5 Mo"),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 500, "classeur"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "communes"),
    "zip quelconque": (zip_of(a="bonjour"), "archive"),
    "odt": (zip_of(**{"content.xml": "<a/>"}), "OpenDocument"),
    "faux classeur": (zip_of(a="x", **{CLASSEUR: "<workbook/>"}), "classeur"),
    "zip coupé": (build_xlsx(("A", [ENTETE]))[:-200], "abîmé"),
    "bombe": (zip_of(**{"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b" " * 61_000_000}), "démesuré"),
    "cellule au bout": (replace_sheet(FAR.format('<c r="XFD1048576"><v>1</v></c>')), "XFD1048576"),
    "ligne au bout": (replace_sheet(FAR.format("<c><v>1</v></c>")), "A1048576"),
    "cellule au bout, préfixe": (replace_sheet(FAR.format('<a-b:c r = "XFD1048576"><v>1</v></a-b:c>')), "XFD1048576"),
    "cellule au bout, chevron": (replace_sheet(FAR.format('<c a=">" r="XFD1048576"><v>1</v></c>')), "XFD1048576"),
    "cellule au bout, leurre": (replace_sheet(FAR.format('<c x-r="A1" r="XFD1048576"><v>1</v></c>')), "XFD1048576"),
    "cellule au bout, deux fois": (replace_sheet(FAR.format('<c r="A1" r="XFD1048576"><v>1</v></c>')), "abîmé"),
    "cellule au bout, après une autre": (replace_sheet(FAR.format('<c r="A1"/><c><v>1</v></c>')), "B1048576"),
    "cellule au bout, lignes emboîtées": (
        replace_sheet("<a>" + "<row>" * 30_000 + '<row r="1"/>' + "</row>" * 30_000 + "<row><c><v>1</v></c></row></a>"),
        "A30002",
    ),
    "cellule au bout, autre nom": (replace_membres({"x.dat": '<a><c r="XFD9"><v>1</v></c></a>'}), "XFD9"),
    "cellule au bout, à la suite": (replace_sheet('<a><c r="BH1"/><c><v>1</v></c></a>'), "BI1"),
    "référence fausse": (replace_sheet(FAR.format('<c r="A1B2"><v>1</v></c>')), "A1B2"),
    "ligne fausse": (replace_sheet('<a><row r="99999999"/></a>'), "99999999"),
    "type de document": (replace_sheet('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "abîmé"),
    "autre encodage": (replace_sheet("<a/>".encode("utf-16-le")), "abîmé"),
    "texte répété": (
        replace_membres(
            {
                FEUILLE: "<a>" + '<row><c t="s"><v>0</v></c></row>' * 2_000 + "</a>",
                "xl/sharedStrings.xml": f"<sst><si><t>{'x' * 32_000}</t></si></sst>",
            }
        ),
        "démesuré",
    ),
    "feuilles immenses": (
        build_xlsx(*((f"F{rang}", [["a"], *[[]] * 15_000, [1]]) for rang in range(5))),
        "démesuré",
    ),
    "ods déguisé": (zip_of(**{CLASSEUR: "<a/>", RELATIONS: "<a/>", "content.xml": "<a/>"}), "OpenDocument"),
    "ods déguisé, sans relations": (zip_of(**{CLASSEUR: "<a/>", "content.xml": "<a/>"}), "OpenDocument"),
    "xlsb": (replace_membres({"xl/workbook.bin": b"\x83\x01"}), ".xlsb"),
    "sans relations": (zip_of(**{CLASSEUR: "<a/>"}), "archive"),
    "sans feuille": (zip_of(**{CLASSEUR: "<a/>", RELATIONS: "<a/>"}), "ce n'est pas un classeur"),
    "classeur qui n'est pas du XML": (replace_membres({CLASSEUR: "<a"}), "abîmé"),
    "feuille cassée": (replace_sheet("<worksheet><sheetData><row"), "abîmé"),
    "trop de cases vides": (replace_sheet("<row>" + "<c/>" * 600_001 + "</row>"), "démesuré"),
    "xls": (OLE + b"\x00" * 5_000, "ancien classeur"),
    "chiffré": (OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    "sans communes": (build_xlsx(("A", [["a", "b"], [1, 2]])), "colonne de communes"),
    "trop de colonnes": ((";".join(["a"] * 61) + "\n").encode(), "60 colonnes"),
    "trop de lignes": (b"a;b\n" * 20_001, "20\u202f000"),
    "utf-16 abîmé": (b"\xff\xfea", "ni un classeur"),
    "cellule énorme": (b'Commune;Volume\n"' + b"x" * 200_000, "guillemet"),
}


@pytest.mark.parametrize("cas", MAUVAIS)
def test_a_file_that_cannot_be_read_is_told_in_french(cas):
    contenu, mot = MAUVAIS[cas]
    apercu = read_tableau(contenu, "fichier.xlsx", COMMUNES)
    assert apercu.est_vide
    assert mot in apercu.anomalies[0].message
    assert apercu.anomalies[0].que_faire


# What the guard must stop by itself: the reader of workbooks would fill the memory before saying anything.
PIEGES = [
    cas for cas in MAUVAIS if cas.startswith(("cellule au bout", "ods", "xls", "texte répété", "bombe", "trop de c"))
]


@pytest.mark.parametrize("cas", PIEGES)
def test_a_trap_never_reaches_the_reader(cas, monkeypatch):
    monkeypatch.setattr(grille, "CalamineWorkbook", None)
    contenu, mot = MAUVAIS[cas]
    assert mot in read_tableau(contenu, "fichier.xlsx", COMMUNES).anomalies[0].message


REFERENCES = st.sampled_from(["", ' r="B2"', ' r="d1"', ' r="A7"'])
CELLULES = st.builds(
    "<c{}>{}</c>".format, REFERENCES, st.sampled_from(["", "<v>1</v>", "<is><t>a</t></is>", "<f>1</f>"])
)
LIGNES = st.recursive(
    CELLULES,
    lambda dedans: st.builds(
        "<row{}>{}</row>".format, st.sampled_from(["", ' r="3"', ' r="1"']), st.lists(dedans, max_size=3).map("".join)
    ),
    max_leaves=8,
)


class ReleveComplet(Releve):
    """Keeps the place of every cell with a content."""

    def __init__(self):
        super().__init__()
        self.places = []

    def _keep(self, attributs):
        self.places.append(self._place())
        super()._keep(attributs)


@given(st.lists(LIGNES, max_size=4).map("".join))
def test_the_reader_sees_no_cell_further_than_the_guard(lignes):
    archive = check_archive(replace_sheet(f"<worksheet><sheetData>{lignes}</sheetData></worksheet>"))
    releve = ReleveComplet()
    read_xml(f"<a>{lignes}</a>".encode(), releve, 1_000)
    places = releve.places
    try:
        feuille = grille.CalamineWorkbook.from_filelike(io.BytesIO(archive.contenu)).get_sheet_by_name("A")
    except CalamineError:
        return
    assert feuille.total_height <= max((ligne for ligne, _ in places), default=0)
    assert feuille.total_width <= max((colonne for _, colonne in places), default=0)


def test_a_dimension_that_lies_costs_nothing():
    xml = '<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    apercu = read_tableau(replace_sheet(f"{xml}</worksheet>"), "a.xlsx", COMMUNES)
    assert "colonne de communes" in apercu.anomalies[0].message


REPETES = {
    "format": {"xl/styles.xml": '<numFmt numFmtId="1" ' * 8_000},
    "format, guillemets": {"xl/styles.xml": "<styleSheet>" + '<numFmt numFmtId="1" formatCode="' * 8_000},
    "style": {"xl/styles.xml": "<cellXfs>" + "<xf " * 8_000},
    "feuille": {CLASSEUR: '<sheet name="a" ' * 8_000},
    "feuilles": {CLASSEUR: "<workbook>" + '<sheet name="a" r:id="b"/>' * 8_000 + "</workbook>"},
    "relation": {RELATIONS: '<Relationship Id="a" ' * 8_000},
    "cellule": {FEUILLE: '<c r="A1" ' * 8_000},
    "attributs": {FEUILLE: "<c " + " ".join(f'a{rang}="r="' for rang in range(8_000)) + "/>"},
    "balises emboîtées": {FEUILLE: "<c>" * 8_000 + "</c>" * 8_000},
    "entités": {FEUILLE: "<a>" + "&amp;" * 8_000 + "</a>"},
    "textes": {"xl/sharedStrings.xml": "<sst>" + "<si><t>a" * 8_000},
}


@pytest.mark.parametrize("cas", REPETES)
def test_what_a_file_repeats_is_read_in_linear_time(cas):
    contenu = replace_membres(REPETES[cas])
    debut = time.process_time()
    read_tableau(contenu, "fichier.xlsx", COMMUNES)
    assert time.process_time() - debut < 0.5


def count_rapprochements(monkeypatch):
    """Count the comparisons of names, the only slow thing that a file may ask for."""
    appels = []
    reel = lecteur.get_close_matches
    monkeypatch.setattr(lecteur, "get_close_matches", lambda *a, **k: appels.append(a[0]) or reel(*a, **k))
    return appels


def test_thousands_of_faults_are_left_out_and_the_first_ones_named(monkeypatch):
    appels = count_rapprochements(monkeypatch)
    texte = "Commune\tVolume\n" + "Baionne\tabc\n" * 15_000 + "L'Œuvre\t5\n"
    apercu = read_collage(texte, COMMUNES)
    assert len(appels) == 30
    assert len(apercu.anomalies) == 200
    assert any("400 anomalies" in remarque for remarque in apercu.remarques)
    (laissees,) = [remarque for remarque in apercu.remarques if "laissées" in remarque]
    assert laissees.startswith("14\u202f800 lignes laissées de côté à partir de la ligne 202")
    assert len(apercu.lignes) == 201
    assert apercu.to_communes() == {"01004": {"volume": "5"}}


def test_the_same_commune_thousands_of_times_is_read_once():
    apercu = read_collage("Commune\tVolume\n" + "L'Œuvre\t5\n" * 15_000, COMMUNES)
    assert len(apercu.lignes) == 201
    assert any("14\u202f799 lignes laissées" in remarque for remarque in apercu.remarques)


def test_close_names_are_sought_in_the_sheet_kept_only(monkeypatch):
    appels = count_rapprochements(monkeypatch)
    fausses = [(f"F{rang}", [ENTETE, *[["", "Baionne", 3]] * 100]) for rang in range(8)]
    apercu = read_tableau(build_xlsx(*fausses, ("Bonne", [ENTETE, ["64102"], ["", "Baionne"]])), "a.xlsx", COMMUNES)
    assert apercu.feuille == "Bonne"
    assert appels == ["Baionne"]


def test_unknown_fields_by_thousands_cost_a_few_comparisons(monkeypatch):
    appels = count_rapprochements(monkeypatch)
    anomalies = parse_simulation(DONNEES | {f"titr{rang}": rang for rang in range(5_000)}, strict=True)
    assert "titre" in anomalies[0].que_faire
    assert len(appels) == 30


def test_a_zip_that_lies_about_its_size_is_refused():
    contenu = bytearray(zip_of(**{"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b" " * 61_000_000}))
    taille = (61_000_000).to_bytes(4, "little")
    while taille in contenu:
        place = contenu.index(taille)
        contenu[place : place + 4] = (100).to_bytes(4, "little")
    apercu = read_tableau(bytes(contenu), "a.xlsx", COMMUNES)
    assert apercu.est_vide
    assert apercu.anomalies


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]))
def test_any_bytes_give_a_preview(contenu, debut):
    apercu = read_tableau(debut + contenu, "x", COMMUNES)
    assert apercu.est_vide or apercu.lignes
