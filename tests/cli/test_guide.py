"""The guide, the search and the formats of docs/moteur: every file played, every output compared, every schema read."""

import doctest
import json
import re
import shlex
from pathlib import Path

import pytest
from tests.cli.jeux import run

from communaccord.cli.controle import load_schema, read_schema
from communaccord.cli.questions import QUESTIONS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "moteur"
GUIDE = (DOCS / "guide.md").read_text(encoding="utf-8")
RECHERCHE = (DOCS / "recherche.md").read_text(encoding="utf-8")
SORTIE = re.compile(r"```console\n\$ communaccord (.*?)\n(.*?)```", re.DOTALL)
SORTIES = SORTIE.findall(GUIDE)


@pytest.fixture
def dossier_du_guide(tmp_path, monkeypatch):
    """The files of the guide, in the current folder."""
    for nom, contenu in re.findall(r"```json (\S+)\n(.*?)```", GUIDE + RECHERCHE, re.DOTALL):
        (tmp_path / nom).write_text(contenu, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("dossier_du_guide")
@pytest.mark.parametrize("commande", [commande for commande, _ in SORTIES])
def test_each_output_of_the_guide(capsys, commande):
    _, sortie, erreurs = run(capsys, *shlex.split(commande))
    assert sortie + erreurs == dict(SORTIES)[commande]


@pytest.mark.usefixtures("dossier_du_guide")
@pytest.mark.parametrize("commande", [commande for commande, _ in SORTIE.findall(RECHERCHE)])
def test_each_output_of_the_search_from_its_cut_on(capsys, commande):
    _, sortie, erreurs = run(capsys, *shlex.split(commande))
    coupe, fin = dict(SORTIE.findall(RECHERCHE))[commande].split("\n", 1)
    assert (coupe, erreurs) == ("…", "")
    assert sortie.endswith(f"\n\n{fin}")


def test_every_question_is_told_and_shown():
    demandees = {nom for commande, _ in SORTIE.findall(RECHERCHE) for nom in commande.split()[-1].split(",")}
    assert demandees == QUESTIONS.keys()
    assert all(f"(`{nom}`" in RECHERCHE or f", `{nom}`)" in RECHERCHE for nom in QUESTIONS)


def test_the_guide_shows_every_command():
    assert {commande.split()[0] for commande, _ in SORTIES} == {"partage", "vote", "accord"}


@pytest.mark.parametrize(("commande", "nom"), [("partage", "jeu"), ("vote", "vote"), ("accord", "dossier")])
def test_the_examples_to_copy_are_those_of_the_guide_and_the_readme_plays_them(capsys, monkeypatch, commande, nom):
    contenu = (DOCS / "exemples" / f"{nom}.json").read_text(encoding="utf-8")
    assert contenu == re.search(rf"```json {nom}\.json\n(.*?)```", GUIDE, re.DOTALL)[1]
    racine = DOCS.parents[1]
    lisez = (racine / "README.md").read_text(encoding="utf-8")
    ligne = re.search(rf"^\.venv/bin/communaccord ({commande} \S+)", lisez, re.M)[1]
    monkeypatch.chdir(racine)
    code, sortie, _ = run(capsys, *shlex.split(ligne))
    assert (code, sortie) == (0, dict(SORTIES)[f"{commande} {nom}.json"])


@pytest.mark.parametrize(("page", "lignes"), [(GUIDE, 20), (RECHERCHE, 10)], ids=["guide", "recherche"])
def test_the_python_of_the_pages(page, lignes):
    blocs = "".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL))
    essai = doctest.DocTestParser().get_doctest(blocs, {}, "page", "page.md", 0)
    assert len(essai.examples) > lignes
    bilan = doctest.DocTestRunner(verbose=False).run(essai)
    assert bilan.failed == 0


@pytest.mark.parametrize("nom", ["jeu", "regle", "dossier"])
def test_the_published_schemas_are_those_that_are_read(nom):
    publie = (DOCS / f"{nom}.schema.json").read_text(encoding="utf-8")
    assert publie == read_schema(nom)
    validateur = load_schema(nom)
    validateur.check_schema(validateur.schema)


def test_each_example_of_the_formats_is_played(capsys, tmp_path):
    exemples = re.findall(r"```json\n(.*?)```", (DOCS / "formats.md").read_text(encoding="utf-8"), re.DOTALL)
    commandes = []
    for exemple in exemples:
        donnees = json.loads(exemple)
        commande = "partage" if "type" in donnees else "accord" if "services" in donnees else "vote"
        fichier = tmp_path / "exemple.json"
        fichier.write_text(exemple, encoding="utf-8")
        assert run(capsys, commande, str(fichier), "--json")[0] == 0
        commandes.append(commande)
    assert commandes == ["partage", "partage", "vote", "vote", "accord", "accord"]


def test_the_keys_of_an_answer_are_all_told(capsys, tmp_path):
    formats = (DOCS / "formats.md").read_text(encoding="utf-8")
    for nom, commande in (
        ("jeu.json", "partage"),
        ("vote.json", "vote"),
        ("dossier.json", "accord"),
        ("dur.json", "accord"),
    ):
        contenu = re.search(rf"```json {nom}\n(.*?)```", GUIDE, re.DOTALL)[1]
        fichier = tmp_path / nom
        fichier.write_text(contenu, encoding="utf-8")
        reponse = json.loads(run(capsys, commande, str(fichier), "--json")[1])
        assert [cle for cle in reponse if f"`{cle}`" not in formats and f"`{cle}" not in formats] == []
