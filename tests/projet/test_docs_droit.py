"""docs/droit is what the register of rules and the spec tests say."""

import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]
DOSSIER = RACINE / "docs" / "droit"


@pytest.fixture(scope="module")
def pages():
    spec = importlib.util.spec_from_file_location("build_docs_droit", RACINE / "tools" / "build_docs_droit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.render()


def test_pages_on_disk_are_current(pages):
    sur_disque = {chemin.name: chemin.read_text(encoding="utf-8") for chemin in DOSSIER.glob("*.md")}
    message = "Relancez « python tools/build_docs_droit.py » : docs/droit n'est plus à jour."
    assert set(sur_disque) == set(pages), message
    for nom, texte in pages.items():
        assert sur_disque[nom] == texte, f"{message} Page {nom}."


def test_every_rule_has_its_page_with_article_confidence_and_date(pages):
    for nom, texte in pages.items():
        if nom != "README.md":
            assert "| Textes | " in texte
            assert "| Confiance | " in texte
            assert "| Vérifié le | 23 novembre 2026 |" in texte


def test_the_tables_are_whole(pages):
    for texte in pages.values():
        lignes = texte.splitlines()
        for precedente, ligne in pairwise(lignes):
            if precedente.startswith("|") and ligne.startswith("|"):
                assert precedente.count("|") == ligne.count("|"), ligne
