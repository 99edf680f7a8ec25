"""Files of proposed seats: codes, names, tables; what is wrong gets one sentence."""

import csv
import io

import pytest
from tests.cli.jeux import run
from tests.cli.jeux_sieges import LAMASTRE, PROPOSES, answer, write

from communaccord.reference import get_perimetre


def build_csv(lignes, separateur=";"):
    tampon = io.StringIO()
    csv.writer(tampon, delimiter=separateur).writerows(lignes)
    return tampon.getvalue()


def test_codes_names_and_tables_are_read_alike(capsys, tmp_path):
    noms = {c.code: c.nom for c in get_perimetre(2026).get_epci(LAMASTRE).communes}
    attendue = answer(capsys, "--proposes", write(tmp_path, {"sieges": PROPOSES}))["voies"]
    par_nom = {noms[code].upper(): n for code, n in reversed(PROPOSES.items())}
    table = build_csv([("Commune", "Remarque", "Sièges"), *((noms[c], "", n) for c, n in PROPOSES.items()), ()])
    deux = [("code", "commune", "sieges"), *((c, noms[c].upper(), n) for c, n in PROPOSES.items())]
    fichiers = [
        write(tmp_path, build_csv(deux), "deux.csv"),
        write(tmp_path, {"sieges": par_nom}, "noms.json"),
        write(tmp_path, build_csv([("code", "sieges"), *PROPOSES.items()], ","), "virgules.csv"),
        write(tmp_path, "\ufeff" + table, "tableur.CSV"),
    ]
    for fichier in fichiers:
        assert answer(capsys, "--proposes", fichier)["voies"] == attendue


SANS_LAMASTRE = {code: n for code, n in PROPOSES.items() if code != "07129"}


@pytest.mark.parametrize(
    ("nom", "contenu", "mot"),
    [
        ("a.json", {"sieges": SANS_LAMASTRE}, "il manque Lamastre"),
        ("a.json", {"sieges": PROPOSES | {"64102": 1}}, "n'est pas une commune membre"),
        ("a.json", {"sieges": PROPOSES | {"Lamastre": 1}}, "déjà donnés"),
        ("a.json", {"sieges": PROPOSES | {"07129": -1}}, "trop petit"),
        ("a.json", {"sieges": PROPOSES | {"07129": 1.5}}, "nombre entier"),
        ("a.json", {"sieges": PROPOSES | {"07129": "9"}}, "nombre entier"),
        ("a.json", {"sieges": PROPOSES | {"07129": True}}, "nombre entier"),
        ("a.json", {"sieges": PROPOSES | {"07129": 10**9}}, "trop grand"),
        ("a.json", {"sieges": dict.fromkeys(PROPOSES, 0)}, "aucun siège"),
        ("a.json", {"sieges": {}}, "trop peu"),
        ("a.json", {"siege": PROPOSES}, "sieges"),
        ("a.json", PROPOSES, "sieges"),
        ("a.json", [], "objet"),
        ("a.json", "", "vide"),
        ("a.json", "{", "ne se lit plus"),
        ("a.csv", "", "vide"),
        ("a.csv", "\n\n", "vide"),
        ("a.csv", "07129;9\n", "colonne"),
        ("a.csv", "code\n07129\n", "colonne"),
        ("a.csv", "code;sieges\n07129\n", "ligne 2 : il manque une case"),
        ("a.csv", "code;sieges\n07129;neuf\n", "« neuf »"),
        ("a.csv", "code;sieges\n07129;-1\n", "« -1 »"),
        ("a.csv", "code;sieges\n07129;9,5\n", "« 9,5 »"),
        ("a.csv", "code;sieges\n07129;\n", "nombre de sièges"),
        ("a.csv", "code;sieges\n07129;²\n", "« ² »"),
        ("a.csv", "code;sieges\nAilleurs;2\n", "« Ailleurs »"),
        ("a.csv", "code;sieges\n07129;9\nLamastre;9\n", "ligne 3"),
        ("a.csv", "code;sieges\n07129;9\n", "il manque"),
        ("a.csv", "code;sieges\n7129;9\n", "Vouliez-vous 07129 (Lamastre) ?"),
        ("a.json", {"sieges": SANS_LAMASTRE | {"7129": 9}}, "Vouliez-vous 07129 (Lamastre) ?"),
        ("a.csv", "commune;sieges\nLamatre;9\n", "Vouliez-vous « Lamastre » ?"),
        ("a.csv", "code;commune;sieges\n07129;Désaignes;9\n", "« 07129 » et « Désaignes » ne sont pas la même commune"),
        ("a.csv", "code;commune;sieges\n07129;Ailleurs;9\n", "« Ailleurs » n'est pas une commune membre"),
        ("a.csv", "code;commune;sieges\n;;9\n", "ligne 2 : il manque une case"),
        ("a.csv", "Code INSEE;Nombre de sièges\n07129;9\n", "dans « Code INSEE; Nombre de sièges »"),
        ("a.xlsx", b"PK\x03\x04", "c'est un classeur"),
        ("a.csv", 'code;sieges\n"07129;9\n', "guillemets"),
        ("a.csv", "code;sieges\n07129;9\n".encode("utf-16"), "UTF-8"),
        ("a.csv", "code;sièges\n07129;9\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_wrong_files_get_one_sentence(capsys, tmp_path, nom, contenu, mot):
    code, sortie, erreurs = run(capsys, "sieges", LAMASTRE, "--proposes", write(tmp_path, contenu, nom))
    assert (code, sortie) == (2, "")
    assert mot in erreurs.replace("\u202f", " ")
    assert erreurs.count("\n") == 1


def test_a_file_that_is_not_there_is_told(capsys, tmp_path):
    for nom in ("absent.json", "absent.csv"):
        code, _, erreurs = run(capsys, "sieges", LAMASTRE, "--proposes", str(tmp_path / nom))
        assert code == 2
        assert nom in erreurs
