"""The page of docs/moteur on the agreements on seats: every output is replayed, the schema is the one read."""

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.jeux import run

from communaccord.cli.controle import load_schema, read_schema

DOCS = Path(__file__).resolve().parents[2] / "docs" / "moteur"
PAGE = (DOCS / "sieges.md").read_text(encoding="utf-8")
SORTIES = re.findall(r"```console\n\$ communaccord (.*?)\n(.*?)```", PAGE, re.DOTALL)
FICHIERS = re.findall(r"```(?:json|csv) (\S+)\n(.*?)```", PAGE, re.DOTALL)


def test_the_page_has_something_to_replay():
    assert len(SORTIES) == 2
    assert {Path(nom).suffix for nom, _ in FICHIERS} == {".json", ".csv"}


@pytest.mark.parametrize("commande", [commande for commande, _ in SORTIES])
def test_each_output_is_the_one_shown(capsys, tmp_path, monkeypatch, commande):
    for nom, contenu in FICHIERS:
        (tmp_path / nom).write_text(contenu, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, sortie, erreurs = run(capsys, *shlex.split(commande))
    assert (code, erreurs) == (0, "")
    assert sortie == dict(SORTIES)[commande]


def test_both_files_of_the_page_propose_the_same_seats(capsys, tmp_path):
    tableaux = set()
    for nom, contenu in FICHIERS:
        (tmp_path / nom).write_text(contenu, encoding="utf-8")
        _, sortie, _ = run(capsys, "sieges", "200016905", "--proposes", str(tmp_path / nom))
        tableaux.add(re.search(r"\n(Accord local, commune par commune.*?)\n\n", sortie, re.DOTALL).group(1))
    assert len(tableaux) == 1


def test_the_published_schema_is_the_one_that_is_read():
    assert (DOCS / "proposition.schema.json").read_text(encoding="utf-8") == read_schema("proposition")
    validateur = load_schema("proposition")
    validateur.check_schema(validateur.schema)
