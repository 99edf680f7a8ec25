"""Tables typed, pasted or imported: what is right is taken, what is wrong is named by its cell, nothing falls."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulateur.tableaux import COMMUNES, ENTETE, build_xlsx, replace_membres

from communaccord.simulateur import build_modele_tableau, parse_simulation, protect_texte, read_collage, read_tableau
from communaccord.simulateur.exemple import DONNEES
from communaccord.simulateur.tableau.entetes import LIBELLES, _index_titres, recognize_titre


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


def test_the_beginning_of_a_name_comes_before_a_close_spelling():
    communes = {"C1": "Origne", "C2": "Brigny", "C3": "Origny-en-Fictive", "C4": "Origny-le-Fictif"}
    (anomalie,) = read_collage("Commune\tVolume\nOrigny\t3\n", communes).anomalies
    proposees = [anomalie.que_faire.find(nom) for nom in ("Origny-en-Fictive", "Origny-le-Fictif")]
    assert 0 < proposees[0] < proposees[1] < max(anomalie.que_faire.find("Origne"), anomalie.que_faire.find("Brigny"))


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


def test_parts_that_are_not_xml_are_left_out_of_what_is_read():
    contenu = replace_membres(
        {"xl/printerSettings/printerSettings1.bin": b"\x00\x01", "xl/media/image1.png": b"\x89PNG"}
    )
    assert read_tableau(contenu, "a.xlsx", COMMUNES).to_communes() == {"64102": {"volume": "1"}}


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
    assert "Dépense d'aujourd'hui" in apercu.remarques[0]
    assert apercu.champ_devine == "depense_actuelle"
    choisi = read_collage("Bayonne-la-Fictive\t1 200\n", COMMUNES, champ_defaut="volume")
    assert choisi.to_communes() == {"64102": {"volume": "1200"}}
    assert read_collage("Commune\tVolume\nl'oeuvre\t300\n", COMMUNES).champ_devine == ""


@pytest.mark.parametrize("commune", ["Ville", "Mairie", "Communes membres", "Nom"])
@pytest.mark.parametrize("volume", ["Nb d'actes", "Nb", "Nombre", "Permis", "Actes", "Bulletins"])
def test_titles_that_people_write_are_recognised(commune, volume):
    lu = read_collage(f"{commune}\t{volume}\nl'oeuvre\t300\n", COMMUNES)
    assert lu.to_communes() == {"01004": {"volume": "300"}}


def test_the_words_of_each_field_are_recognised_as_its_title():
    for champ, libelle in LIBELLES.items():
        assert recognize_titre(libelle, _index_titres({})) == champ


def test_a_formula_without_stored_value_is_named():
    sans = build_xlsx(("A", [ENTETE, ["64102", ""], ["64122", ""]]), formules=[(1, 2, "=6*7", ""), (2, 2, "=6*7", 42)])
    (anomalie,) = read_tableau(sans, "a.xlsx", COMMUNES).anomalies
    assert anomalie.ou == "cellule-C2"
    assert "formule sans valeur enregistrée" in anomalie.message


def test_the_columns_of_acts_are_recognised_by_label_or_code():
    actes = {"pc": "Permis de construire", "dp": "Déclaration préalable"}
    apercu = read_collage("Commune\tPermis de construire\tDP\nL'Œuvre\t3\t4\n", COMMUNES, actes=actes)
    assert apercu.to_communes() == {"01004": {"volumes": {"pc": "3", "dp": "4"}}}


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


@pytest.mark.parametrize("texte", ["=1+1", "+33", "-5", "@SOMME(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_text_of_a_csv_is_never_a_formula(texte):
    assert protect_texte(texte) == f"'{texte}"
    assert protect_texte(f"L'Œuvre {texte}") == f"L'Œuvre {texte}"
