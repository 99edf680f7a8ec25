"""Templates of every context: nothing the content policy would refuse, one place for each thing."""

import re
from pathlib import Path

import pytest
from django.template import engines

PLATEFORME = Path(__file__).resolve().parents[3] / "src/communaccord/plateforme"
GABARITS = sorted(PLATEFORME.glob("*/jinja2/**/*.html"))
FEUILLES = sorted(PLATEFORME.glob("*/static/**/*.css"))
SCRIPTS = sorted(p for p in PLATEFORME.glob("*/static/**/*.js") if "vendor" not in p.parts)


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda p: str(p.relative_to(PLATEFORME)))
def test_no_inline_style_handler_or_script(gabarit):
    texte = gabarit.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", texte)
    assert not re.search(r"<style\b", texte)
    assert not re.search(r"\s(on[a-z]+|hx-on[a-z:-]*)\s*=", texte)
    assert not re.search(r"<script(?![^>]*\bsrc=)", texte)
    assert "javascript:" not in texte


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda p: str(p.relative_to(PLATEFORME)))
def test_template_compiles(gabarit):
    name = str(gabarit.relative_to(gabarit.parents[len(gabarit.parts) - gabarit.parts.index("jinja2") - 2]))
    engines["jinja2"].env.get_template(name)


@pytest.mark.parametrize("fichier", [*FEUILLES, *SCRIPTS], ids=lambda p: p.name)
def test_nothing_comes_from_another_site(fichier):
    assert not re.search(r"https?://", fichier.read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.name)
def test_scripts_neither_evaluate_text_nor_write_markup(script):
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", script.read_text())


def test_words_of_templates_get_their_french_spaces():
    env = engines["jinja2"].env
    assert env.from_string("Pourquoi ? {{ 'oui ! ' }}{{ n }} % de l'avis").render(n=3) == (
        "Pourquoi\u202f? oui\u202f! 3\u202f% de l’avis"
    )


def test_environment_is_strict_and_escapes():
    env = engines["jinja2"].env
    assert env.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(Exception, match="is undefined"):
        env.from_string("{{ inconnu }}").render()
