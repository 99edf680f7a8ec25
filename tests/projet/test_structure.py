"""Rules of the house that a short reading of the source holds: sizes, voices, access.

Each rule reads all its files in one test, and its failure names every file at fault.
"""

import ast
import re
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    p for d in ("src", "tools", "bench", "tests") for p in (RACINE / d).rglob("*.py") if "migrations" not in p.parts
)
PRODUIT = [p for p in SOURCES if p.is_relative_to(RACINE / "src")]
VUES = [p for p in PRODUIT if "views" in p.parts or p.name == "views.py"]
NOYAU = [p for p in PRODUIT if p.is_relative_to(RACINE / "src/communaccord/noyau")]
GABARITS = sorted(p for p in (RACINE / "src").rglob("*.html") if "jinja2" in p.parts)


def relative(path: Path) -> str:
    return str(path.relative_to(RACINE))


@cache
def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def read_tree(path: Path) -> ast.Module:
    return ast.parse(read_text(path))


def test_there_is_something_to_read():
    assert [len(paths) > 20 for paths in (SOURCES, PRODUIT, VUES, NOYAU, GABARITS)] == [True] * 5


def test_no_file_is_longer_than_400_lines():
    lines = {relative(path): read_text(path).count("\n") for path in SOURCES}
    too_long = {name: count for name, count in lines.items() if count > 400}
    assert not too_long, "en faire un paquet d'un module par notion"


def functions(path: Path):
    for node in ast.walk(read_tree(path)):
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


def test_no_function_is_longer_than_60_lines():
    too_long = [(relative(path), f.name) for path in PRODUIT for f in functions(path) if length_of(f) > 60]
    assert not too_long


def test_nine_functions_in_ten_hold_in_25_lines():
    lengths = sorted(length_of(f) for path in PRODUIT for f in functions(path))
    assert lengths[int(len(lengths) * 0.9)] <= 25


def test_views_never_start_from_objects():
    found = [relative(path) for path in VUES if ".objects" in read_text(path)]
    assert not found, "une vue part d'une requête nommée, jamais de .objects"


def test_no_signal_of_our_own():
    words = ("django.dispatch", "django.db.models.signals")
    assert not [relative(path) for path in PRODUIT if any(word in read_text(path) for word in words)]


def test_the_noyau_has_no_clock_no_file():
    calls, imports = [], []
    for path in NOYAU:
        calls += [(relative(path), node.lineno) for node in list_calls(path, FORBIDDEN_CALLS)]
        names = {name.split(".")[0] for name in imported_modules(read_tree(path))}
        imports += [(relative(path), name) for name in names & FORBIDDEN_IMPORTS]
    assert not calls, "horloge ou fichier"
    assert not imports


def test_floats_are_inside_the_algorithms_that_a_proof_reads_again():
    """The law, the keys, the conditions and the proofs are exact; a search may be in floats, never what it claims."""
    floats = []
    for path in NOYAU:
        if relative(path).startswith(ALGORITHMES):
            continue
        constants = [node for node in ast.walk(read_tree(path)) if isinstance(node, ast.Constant)]
        floats += [(relative(path), node.lineno) for node in constants if isinstance(node.value, float)]
        floats += [(relative(path), node.lineno) for node in list_calls(path, {"float"})]
        floats += [(relative(path), name) for name in imported_modules(read_tree(path)) if name == "numpy"]
    assert not floats, "nombres flottants"


def list_calls(path, names):
    calls = [node for node in ast.walk(read_tree(path)) if isinstance(node, ast.Call)]
    return [node for node in calls if ast.unparse(node.func) in names]


DU_NOYAU = "src/communaccord/noyau/"
ALGORITHMES = tuple(
    DU_NOYAU + place
    for place in ("solver.py", "pouvoir/", "partage/values/", "partage/stability/", "accord/recherche/")
)
FORBIDDEN_CALLS = {"open", "date.today", "datetime.now", "datetime.date.today", "datetime.datetime.now"}
FORBIDDEN_IMPORTS = {"django", "random", "time", "os", "pathlib", "socket", "requests", "urllib"}


def imported_modules(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_templates_hold_no_inline_style_nor_handler():
    """The policy of contents refuses them."""
    inline = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=|<script>")
    assert not [
        (relative(path), inline.findall(read_text(path))) for path in GABARITS if inline.search(read_text(path))
    ]
