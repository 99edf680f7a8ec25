"""Tables typed, pasted or imported: what is right is taken, what is wrong is named by its cell, nothing falls."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from communaccord.simulateur import build_modele_tableau, parse_simulation, read_collage, read_tableau
from communaccord.simulateur.exemple import DONNEES

COMMUNES = {"64102": "Bayonne-la-Fictive", "64122": "Saint-Étienne-d'Essai", "01004": "L'Œuvre", "64024": "=1+1"}


def build_xlsx(*feuilles, percent=(), formules=(), dates=()):
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True, "strings_to_formulas": False}) as classeur:
        style = classeur.add_format({"num_format": "0.0%"})
        jour = classeur.add_format({"num_format": "dd/mm/yyyy"})
        for nom, lignes in feuilles:
            feuille = classeur.add_worksheet(nom)
            for rang, ligne in enumerate(lignes):
                for colonne, valeur in enumerate(ligne):
                    place = rang, colonne
                    feuille.write(*place, valeur, style if place in percent else jour if place in dates else None)
            for rang, colonne, formule, valeur in formules:
                feuille.write_formula(rang, colonne, formule, None, valeur)
    return sortie.getvalue()


ENTETE = ["Code INSEE", "Commune", "Volume (2025)", "Dépense actuelle (€)", "Observations"]


def test_a_workbook_is_read_by_its_titles():
    contenu = build_xlsx(
        ("Suivi", [["Tableau des communes"], [], ENTETE, ["64102", "Bayonne la fictive", 12, 1200.5, "ok"]])
    )
    apercu = read_tableau(contenu, "suivi.xlsx", COMMUNES)
    assert apercu.to_communes() == {"64102": {"volume": "12", "depense_actuelle": "1200,5"}}
    assert not apercu.anomalies
    assert any("Observations" in remarque for remarque in apercu.remarques)


def test_each_faulty_cell_is_named_and_keeps_what_was_typed():
    lignes = [
        ENTETE,
        ["64102", "", "abc", "-5"],
        ["", "Saint Etienne d'essai", "n.c.", "1.234"],
        ["", "Baionne la Fictive", 3, 4],
        ["1004", "", 2, "12 €"],
        ["", "", 5, ""],
        [64102, "", 1, 1],
        ["", "TOTAL", 99, 99],
    ]
    apercu = read_tableau(build_xlsx(("A", lignes)), "a.xlsx", COMMUNES)
    ous = {anomalie.ou: anomalie for anomalie in apercu.anomalies}
    assert set(ous) == {"cellule-C2", "cellule-D2", "cellule-D3", "ligne-4", "ligne-6", "ligne-7"}
    assert "«\u202fabc\u202f» n'est pas un nombre" in ous["cellule-C2"].message
    assert ous["cellule-C2"].libelle.startswith("Cellule C2")
    assert "Bayonne-la-Fictive" in ous["ligne-4"].que_faire
    assert "ligne 2" in ous["ligne-7"].message
    assert apercu.lignes[0].cellules["volume"].saisie == "abc"
    assert apercu.to_communes() == {"64102": {}, "64122": {}, "01004": {"volume": "2", "depense_actuelle": "12"}}
    assert any("total" in remarque for remarque in apercu.remarques)


def test_the_sheet_that_names_communes_is_chosen_and_said():
    contenu = build_xlsx(
        ("Notes", [["Lisez-moi"], ["rien ici"]]), ("Chiffres", [ENTETE, ["64102", "", 3]]), ("Vide", [])
    )
    apercu = read_tableau(contenu, "a.xlsx", COMMUNES)
    assert apercu.feuille == "Chiffres"
    assert "« Chiffres »" in apercu.remarques[0]


def test_the_value_of_a_formula_is_taken():
    contenu = build_xlsx(("A", [ENTETE, ["64102", ""]]), formules=[(1, 2, "=6*7", 42)])
    assert read_tableau(contenu, "a.xlsx", COMMUNES).to_communes() == {"64102": {"volume": "42"}}


def test_a_figure_shown_in_percent_is_refused_and_said():
    contenu = build_xlsx(("A", [ENTETE, ["64102", "", 0.12, 3]]), percent={(1, 2)})
    apercu = read_tableau(contenu, "a.xlsx", COMMUNES)
    (anomalie,) = apercu.anomalies
    assert anomalie.ou == "cellule-C2"
    assert "pourcentage" in anomalie.message


def test_a_formula_in_error_and_a_date_are_named():
    lignes = [ENTETE, ["64102", ""], ["64122", "", datetime.date(2026, 1, 1)]]
    contenu = build_xlsx(("A", lignes), formules=[(1, 2, "=1/0", "#DIV/0!")], dates={(2, 2)})
    anomalies = {anomalie.ou: anomalie for anomalie in read_tableau(contenu, "a.xlsx", COMMUNES).anomalies}
    assert "erreur" in anomalies["cellule-C2"].message
    assert "date" in anomalies["cellule-C3"].message


def test_a_merged_name_and_a_table_that_begins_further_keep_their_references():
    lignes = [[], [], [None, None, "Commune", "Volume"], [None, None, "L'Œuvre", "x"], [None, None, None, 4]]
    apercu = read_tableau(build_xlsx(("A", lignes)), "a.xlsx", COMMUNES)
    assert [anomalie.ou for anomalie in apercu.anomalies] == ["cellule-D4", "ligne-5"]
    assert apercu.lignes[1].cellules["volume"].saisie == "4"


def test_a_name_that_looks_like_a_formula_is_a_name():
    apercu = read_collage("Commune\tVolume\n=1+1\t3\n", COMMUNES)
    assert apercu.to_communes() == {"64024": {"volume": "3"}}
    (anomalie,) = read_collage("Commune\tVolume\nBayonne-la-Fictive\t=1+1\n", COMMUNES).anomalies
    assert "formule" in anomalie.message


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separateur", [";", "\t", ","])
def test_encodings_and_separators(encodage, separateur):
    texte = f'Commune{separateur}Dépense actuelle\r\n"Saint-Étienne-d\'Essai"{separateur}"1 200,50"\r\n'
    apercu = read_tableau(texte.encode(encodage), "a.csv", COMMUNES)
    assert apercu.to_communes() == {"64122": {"depense_actuelle": "1200,5"}}


def test_a_quoted_newline_stays_in_its_cell():
    apercu = read_collage('Commune;Observations;Volume\nL’Œuvre;"deux\nlignes";4\n', COMMUNES)
    assert apercu.to_communes() == {"01004": {"volume": "4"}}


def test_two_columns_without_titles_are_understood_and_said():
    apercu = read_collage("Bayonne-la-Fictive\t1 200 €\nl'oeuvre\t300\n", COMMUNES)
    assert apercu.to_communes() == {"64102": {"depense_actuelle": "1200"}, "01004": {"depense_actuelle": "300"}}
    assert "titres" in apercu.remarques[0]


def test_the_columns_of_acts_are_recognised_by_label_or_code():
    actes = {"pc": "Permis de construire", "dp": "Déclaration préalable"}
    apercu = read_collage("Commune\tPermis de construire\tDP\nL'Œuvre\t3\t4\n", COMMUNES, actes=actes)
    assert apercu.to_communes() == {"01004": {"volumes": {"pc": "3", "dp": "4"}}}


def zip_of(**membres):
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in membres.items():
            archive.writestr(nom.replace("__", "/"), contenu)
    return sortie.getvalue()


def replace_sheet(xml):
    """A real workbook whose sheet is replaced by ``xml``."""
    source = zipfile.ZipFile(io.BytesIO(build_xlsx(("A", [ENTETE, ["64102", "", 1]]))))
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom in source.namelist():
            archive.writestr(nom, xml if nom.endswith("sheet1.xml") else source.read(nom))
    return sortie.getvalue()


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
    "faux classeur": (zip_of(xl__workbook__xml="x", **{"xl/workbook.xml": "<workbook/>"}), "classeur"),
    "zip coupé": (build_xlsx(("A", [ENTETE]))[:-200], "abîmé"),
    "bombe": (zip_of(**{"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b" " * 61_000_000}), "démesuré"),
    "cellule au bout": (replace_sheet(FAR.format('<c r="XFD1048576"><v>1</v></c>')), "XFD1048576"),
    "ligne au bout": (replace_sheet(FAR.format("<c><v>1</v></c>")), "A1048576"),
    "cellule au bout, préfixe": (replace_sheet(FAR.format('<a-b:c r = "XFD1048576"><v>1</v></a-b:c>')), "XFD1048576"),
    "cellule au bout, autre nom": (zip_of(**{"xl/workbook.xml": "<a/>", "x.dat": '<c r="XFD9">1</c>'}), "XFD9"),
    "feuille cassée": (replace_sheet("<worksheet><sheetData><row"), "abîmé"),
    "trop de cases vides": (replace_sheet("<row>" + "<c/>" * 1_300_000 + "</row>"), "démesuré"),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, "classeur"),
    "chiffré": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
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


def test_thousands_of_faults_are_counted_and_the_first_ones_named():
    apercu = read_collage("Commune\tVolume\n" + "Baionne\tabc\n" * 15_000, COMMUNES)
    assert len(apercu.anomalies) == 200
    assert any("30\u202f000 anomalies" in remarque for remarque in apercu.remarques)
    assert len(apercu.lignes) == 15_000


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


@given(st.text(max_size=200))
def test_any_pasted_text_gives_a_preview(texte):
    assert read_collage(texte, COMMUNES).est_vide in {True, False}


def test_the_model_is_filled_in_and_read_again():
    noms = {f"C{rang:02d}": commune["nom"] for rang, commune in enumerate(DONNEES["communes"], start=1)}
    apercu = read_tableau(build_modele_tableau(noms), "modele.xlsx", noms)
    assert [ligne.code for ligne in apercu.lignes] == list(noms)
    assert [colonne.champ for colonne in apercu.colonnes] == [
        "code",
        "nom",
        "volume",
        "depense_actuelle",
        "heures_actuelles",
    ]
    assert not apercu.anomalies
    actes = {"pc": "Permis de construire", "dp": "Déclaration préalable"}
    champs = [c.champ for c in read_tableau(build_modele_tableau(noms, actes), "m.xlsx", noms, actes=actes).colonnes]
    assert champs == ["code", "nom", "volumes.pc", "volumes.dp", "depense_actuelle", "heures_actuelles"]


def test_what_is_imported_goes_through_the_validator():
    apercu = read_collage("Commune\tVolume\tDépense\nCommune-centre\t210\t52 000\n", {"C01": "Commune-centre"})
    communes = {
        code: {"nom": "Commune-centre", "population": 10} | champs for code, champs in apercu.to_communes().items()
    }
    simulation = parse_simulation(DONNEES | {"communes": communes})
    assert simulation.communes[0].depense_actuelle == 5_200_000
