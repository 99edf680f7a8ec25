"""The command line: French, exact, with exit codes one can trust."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from communaccord.cli import main
from communaccord.reference import list_epcis
from communaccord.simulateur import build_classeur, build_exemple, build_modele_tableau, compute_resultat

PAYS_BASQUE = "200067106"


def run(capsys, *argv):
    code = main(argv)
    sortie = capsys.readouterr()
    return code, sortie.out, sortie.err


def test_a_territory_by_the_name_of_its_commune(capsys):
    code, sortie, _ = run(capsys, "territoire", "PAU")
    assert code == 0
    assert "Pau Béarn Pyrénées" in sortie
    assert "Pau (64445) en est membre" in sortie


def test_a_territory_by_its_siren_in_json(capsys):
    code, sortie, _ = run(capsys, "territoire", PAYS_BASQUE, "--json")
    epci = json.loads(sortie)["epci"]
    assert code == 0
    assert len(epci["communes"]) == 158
    assert sum(c["population_municipale_2022"] for c in epci["communes"]) == epci["population_municipale_2022"]


def test_a_commune_out_of_any_epci_says_so(capsys):
    code, sortie, _ = run(capsys, "territoire", "Ouessant")
    assert code == 0
    assert "aucune intercommunalité" in sortie
    assert run(capsys, "sieges", "Ouessant")[0] == 1


def test_an_ambiguous_name_gives_the_candidates(capsys):
    code, sortie, erreurs = run(capsys, "territoire", "saint-denis")
    assert (code, sortie) == (1, "")
    assert "97411" in erreurs
    assert "Seine-Saint-Denis (93)" in erreurs


@pytest.mark.parametrize(
    ("texte", "mot"),
    [("Bayone", "Bayonne"), ("zzzzqq", "orthographe"), ("999999999", "neuf chiffres"), ("", "orthographe")],
)
def test_an_unknown_name_gives_the_closest(capsys, texte, mot):
    code, _, erreurs = run(capsys, "territoire", texte)
    assert code == 1
    assert mot in erreurs


def test_the_seats_of_one_epci(capsys):
    code, sortie, _ = run(capsys, "sieges", PAYS_BASQUE)
    assert code == 0
    assert "232 sièges" in sortie
    assert "L5211-6-1" in sortie
    code, sortie, _ = run(capsys, "sieges", PAYS_BASQUE, "--json", "--renouvellement", "2020")
    assert json.loads(sortie)["constates"] == {}
    assert json.loads(sortie)["total"] == sum(json.loads(sortie)["sieges"].values())


def test_a_commune_to_check_is_named_and_never_by_its_code(capsys):
    code, sortie, _ = run(capsys, "sieges", "200018653")
    assert code == 0
    assert "À vérifier : Pointe-à-Pitre." in sortie
    assert "97120" not in sortie.split("Code ")[0]


def test_all_seats_come_as_one_json_line_each(capsys):
    code, sortie, _ = run(capsys, "sieges", "--tous", "--json")
    lignes = [json.loads(ligne) for ligne in sortie.splitlines()]
    assert code == 0
    assert [ligne["siren"] for ligne in lignes] == [epci.siren for epci in list_epcis()]
    champs = {"siren", "nom", "nature", "total", "sieges", "constates", "avertissements"}
    assert all(set(ligne) == champs for ligne in lignes)
    hors_champ = [ligne for ligne in lignes if ligne["total"] is None]
    assert [ligne["siren"] for ligne in hors_champ] == ["200046977", "200054781"]
    assert all(ligne["avertissements"][0].startswith("hors champ") for ligne in hors_champ)
    assert all(sum(ligne["sieges"].values()) == ligne["total"] for ligne in lignes if ligne["total"])


def test_an_epci_that_did_not_exist_in_2020_says_so(capsys):
    avant = {
        json.loads(li)["siren"]
        for li in run(capsys, "sieges", "--tous", "--json", "--renouvellement", "2020")[1].splitlines()
    }
    nouveau = next(epci.siren for epci in list_epcis() if epci.siren not in avant)
    code, _, erreurs = run(capsys, "sieges", nouveau, "--renouvellement", "2020")
    assert code == 1
    assert "1er janvier 2020" in erreurs


def test_the_calendar_as_seen_on_a_day(capsys):
    code, sortie, _ = run(capsys, "calendrier", PAYS_BASQUE, "--date", "2026-11-23")
    assert code == 0
    assert "une faculté" in sortie
    assert "décembre 2026" in sortie
    code, sortie, _ = run(capsys, "calendrier", PAYS_BASQUE, "--date", "2026-11-23", "--json")
    donnees = json.loads(sortie)
    assert donnees["vu_le"] == "2026-11-23"
    assert all(echeance["articles"] for echeance in donnees["echeances"])
    assert len(donnees["retroplannings"]) == 2
    assert run(capsys, "calendrier", PAYS_BASQUE)[0] == 0


def test_a_bad_date_and_lyon_are_refused(capsys):
    code, _, erreurs = run(capsys, "calendrier", PAYS_BASQUE, "--date", "demain")
    assert code == 2
    assert "2026-11-23" in erreurs
    code, _, erreurs = run(capsys, "calendrier", "200046977")
    assert code == 1
    assert "pas une intercommunalité mais une collectivité" in erreurs
    assert "calendrier" in erreurs
    assert "sièges" not in erreurs


def test_the_example_is_simulated_from_its_file(capsys, tmp_path):
    code, exemple, _ = run(capsys, "simuler", "--exemple")
    assert code == 0
    fichier = tmp_path / "exemple.json"
    fichier.write_text(exemple, encoding="utf-8")
    code, sortie, _ = run(capsys, "simuler", str(fichier))
    assert code == 0
    assert "Territoire et chiffres fictifs." in sortie
    assert "sur 8 communes" in sortie
    code, sortie, _ = run(capsys, "simuler", str(fichier), "--json")
    variante = json.loads(sortie)["variantes"][0]
    for rang, total in enumerate(variante["a_repartir"]):
        assert sum(commune["annees"][rang]["contribution"] for commune in variante["communes"]) == total


def test_the_workbook_of_a_simulation_is_simulated_again(capsys, tmp_path):
    fichier = tmp_path / "simulation.xlsx"
    fichier.write_bytes(build_classeur(compute_resultat(build_exemple())))
    code, sortie, _ = run(capsys, "simuler", str(fichier), "--json")
    assert code == 0
    assert json.loads(sortie)["phrase"] == compute_resultat(build_exemple()).phrase
    fichier.write_bytes(build_modele_tableau({"C01": "Commune fictive"}))
    code, _, erreurs = run(capsys, "simuler", str(fichier))
    assert code == 1
    assert "ne vient pas du simulateur" in erreurs


@pytest.mark.parametrize(
    ("contenu", "mot"),
    [(b"{", "JSON"), (b'{"version": 1}', "aucun critère"), (b"\xff\xff", "UTF-8")],
)
def test_a_bad_file_is_told_in_french(capsys, tmp_path, contenu, mot):
    fichier = tmp_path / "simulation.json"
    fichier.write_bytes(contenu)
    code, sortie, erreurs = run(capsys, "simuler", str(fichier))
    assert (code, sortie) == (1, "")
    assert mot in erreurs


def test_a_simulation_without_any_answer_ends_with_one(capsys, tmp_path):
    donnees = json.loads(run(capsys, "simuler", "--exemple")[1]) | {"conditions": {"maximum": "1"}}
    fichier = tmp_path / "simulation.json"
    fichier.write_text(json.dumps(donnees), encoding="utf-8")
    code, sortie, erreurs = run(capsys, "simuler", str(fichier))
    assert code == 1
    assert "impossible" in sortie
    assert "Aucune variante" in erreurs


def test_a_missing_file_and_a_folder_are_told(capsys, tmp_path):
    assert "n'existe pas" in run(capsys, "simuler", str(tmp_path / "rien.json"))[2]
    assert "dossier" in run(capsys, "simuler", str(tmp_path))[2]
    assert run(capsys, "simuler", "a\x00b")[0] == 1


@pytest.mark.parametrize(
    ("argv", "mot"),
    [
        ((), "il manque"),
        (("tout",), "n'existe pas"),
        (("territoire",), "il manque"),
        (("territoire", "a", "b"), "argument inconnu"),
        (("sieges",), "SIREN"),
        (("sieges", "1", "--tous", "--json"), "pas les deux"),
        (("sieges", "--tous"), "--json"),
        (("sieges", "1", "--renouvellement", "2014"), "n'existe pas"),
        (("sieges", "1", "--renouvellement", "x"), "ne convient pas"),
        (("calendrier", "1", "--date"), "attend une valeur"),
        (("simuler",), "--exemple"),
        (("simuler", "a", "--json=1"), "n'attend pas de valeur"),
    ],
)
def test_misuse_is_told_in_french_with_code_two(capsys, argv, mot):
    code, sortie, erreurs = run(capsys, *argv)
    assert (code, sortie) == (2, "")
    assert mot in erreurs


@pytest.mark.parametrize("argv", [("--help",), ("sieges", "-h"), ("simuler", "--aide")])
def test_help_is_french(capsys, argv):
    code, sortie, _ = run(capsys, *argv)
    assert code == 0
    assert sortie.startswith("Usage : communaccord")
    assert "Options" in sortie
    assert not {"show", "help message", "positional", "usage:"} & set(sortie.split())


COMMANDE = (sys.executable, "-c", "import sys; from communaccord.cli import main; sys.exit(main())")
ENVIRONNEMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"), "NO_COLOR": "1"}


def test_a_terminal_without_accents_and_no_colour():
    environnement = ENVIRONNEMENT | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    resultat = subprocess.run((*COMMANDE, "territoire", "pau"), env=environnement, capture_output=True, check=False)
    assert resultat.returncode == 0
    assert b"Pau (64445)" in resultat.stdout
    assert b"\x1b[" not in resultat.stdout
    assert resultat.stderr == b""


def test_a_closed_pipe_is_not_an_error():
    with subprocess.Popen(
        (*COMMANDE, "sieges", "--tous", "--json"), env=ENVIRONNEMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as processus:
        assert processus.stdout.readline().startswith(b"{")
        processus.stdout.close()
        erreurs = processus.stderr.read()
        assert processus.wait(timeout=30) == 0
    assert erreurs == b""
