"""Rules of the house that a short reading of the source holds: sizes, voices, access."""

import ast
import re
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    p for d in ("src", "tools", "bench", "tests") for p in (RACINE / d).rglob("*.py") if "migrations" not in p.parts
)
PRODUIT = [p for p in SOURCES if p.is_relative_to(RACINE / "src")]


def relative(path: Path) -> str:
    return str(path.relative_to(RACINE))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_file_is_longer_than_400_lines(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400, f"{relative(path)} : {lines} lignes, en faire un paquet d'un module par notion"


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code of a function, its docstring apart: a docstring is not complexity."""
    first = node.body[0]
    is_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    documentation = first.end_lineno - first.lineno + 1 if is_docstring else 0
    return node.end_lineno - node.lineno + 1 - documentation


@pytest.mark.parametrize("path", PRODUIT, ids=relative)
def test_no_function_is_longer_than_60_lines(path):
    too_long = {f.name: length_of(f) for f in functions(path) if length_of(f) > 60}
    assert not too_long


def test_nine_functions_in_ten_hold_in_25_lines():
    lengths = sorted(length_of(f) for path in PRODUIT for f in functions(path))
    assert lengths[int(len(lengths) * 0.9)] <= 25


@pytest.mark.parametrize("path", [p for p in PRODUIT if "views" in p.parts or p.name == "views.py"], ids=relative)
def test_views_never_start_from_objects(path):
    assert ".objects" not in path.read_text(encoding="utf-8"), "une vue part d'une requête nommée, jamais de .objects"


@pytest.mark.parametrize("path", PRODUIT, ids=relative)
def test_no_signal_of_our_own(path):
    text = path.read_text(encoding="utf-8")
    assert "django.dispatch" not in text
    assert "django.db.models.signals" not in text


@pytest.mark.parametrize("path", sorted((RACINE / "src/communaccord/noyau").rglob("*.py")), ids=relative)
def test_the_noyau_has_no_float_no_clock_no_file(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    floats = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    calls = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) in FORBIDDEN_CALLS]
    imports = {name.split(".")[0] for name in imported_modules(tree)}
    assert not floats, f"nombres flottants lignes {floats}"
    assert not calls, f"horloge, fichier ou flottant lignes {calls}"
    assert imports.isdisjoint({"django", "random", "time", "os", "pathlib", "socket", "requests", "urllib"})


FORBIDDEN_CALLS = {"float", "open", "date.today", "datetime.now", "datetime.date.today", "datetime.datetime.now"}


def imported_modules(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize(
    "path", sorted(p for p in (RACINE / "src").rglob("*.html") if "jinja2" in p.parts), ids=relative
)
def test_templates_hold_no_inline_style_nor_handler(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text), "la politique de sécurité interdit les styles en ligne"
    assert not re.search(r"\son[a-z]+\s*=", text), "la politique de sécurité interdit les gestionnaires en ligne"
    assert "<script>" not in text
