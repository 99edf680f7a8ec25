"""Templates of every context: nothing the content policy would refuse, one place for each thing."""

import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import TemplateError

PLATEFORME = Path(__file__).resolve().parents[3] / "src/communaccord/plateforme"
GABARITS = sorted(PLATEFORME.glob("*/jinja2/**/*.html"))
FEUILLES = sorted(PLATEFORME.glob("*/static/**/*.css"))
SCRIPTS = sorted(p for p in PLATEFORME.glob("*/static/**/*.js") if "vendor" not in p.parts)


EN_LIGNE = re.compile(r"\sstyle\s*=|<style\b|\s(?:on[a-z]+|hx-on[a-z:-]*)\s*=|<script(?![^>]*\bsrc=)|javascript:")


def name_of(path: Path) -> str:
    return str(path.relative_to(PLATEFORME))


def find_in(paths: list[Path], refused: str | re.Pattern[str]) -> dict[str, list[str]]:
    """What these files hold of it, by file."""
    found = {name_of(path): re.findall(refused, path.read_text(encoding="utf-8")) for path in paths}
    return {name: words for name, words in found.items() if words}


def test_there_is_something_to_read():
    assert min(len(GABARITS), len(FEUILLES), len(SCRIPTS)) > 3


def test_no_inline_style_handler_or_script():
    assert find_in(GABARITS, EN_LIGNE) == {}


def test_every_template_compiles():
    broken = {}
    for gabarit in GABARITS:
        name = str(gabarit.relative_to(gabarit.parents[len(gabarit.parts) - gabarit.parts.index("jinja2") - 2]))
        try:
            engines["jinja2"].env.get_template(name)
        except TemplateError as error:
            broken[name] = str(error)
    assert broken == {}


def test_nothing_comes_from_another_site():
    assert find_in([*FEUILLES, *SCRIPTS], r"https?://") == {}


def test_scripts_neither_evaluate_text_nor_write_markup():
    assert find_in(SCRIPTS, r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write") == {}


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
