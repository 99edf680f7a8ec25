"""The documentation is true: links lead somewhere, the glossary names what exists, the tree is the real one."""

import ast
import re
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
PAGES = sorted([*RACINE.glob("*.md"), *(RACINE / "docs").rglob("*.md")])
LIEN = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def relative(path: Path) -> str:
    return str(path.relative_to(RACINE))


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_links_lead_somewhere(path):
    targets = [t for t in LIEN.findall(path.read_text(encoding="utf-8")) if not re.match(r"[a-z]+:", t)]
    missing = [t for t in targets if not (path.parent / t).exists()]
    assert not missing


def defined_names() -> set[str]:
    names: set[str] = set()
    for path in (RACINE / "src").rglob("*.py"):
        names.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            elif isinstance(node, ast.Assign):
                names.update(t.id for t in node.targets if isinstance(t, ast.Name))
            elif isinstance(node, ast.arg):
                names.add(node.arg)
    return names


def glossary_rows() -> list[list[str]]:
    lines = (RACINE / "docs/glossaire.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] not in {"terme", "---"}]


def test_the_glossary_names_identifiers_that_exist():
    rows = glossary_rows()
    assert len(rows) >= 30
    assert all(len(row) == 4 and row[0] and row[3] for row in rows)
    identifiers = {name for row in rows for name in re.findall(r"`([^`]+)`", row[1])}
    assert len(identifiers) >= 25
    assert identifiers <= defined_names(), identifiers - defined_names()


def test_the_glossary_is_in_alphabetical_order():
    terms = [row[0] for row in glossary_rows()]
    assert terms == sorted(terms, key=str.casefold)


def test_the_architecture_page_names_the_folders_that_exist():
    text = (RACINE / "docs/architecture.md").read_text(encoding="utf-8")
    source = RACINE / "src/communaccord"
    folders = [f for d in (source, source / "noyau", source / "plateforme") for f in d.iterdir() if f.is_dir()]
    names = {f.name for f in folders if not f.name.startswith("_")}
    missing = {name for name in names if f"{name}/" not in text}
    assert not missing


def test_documentation_gives_no_command_that_does_not_exist():
    makefile = (RACINE / "Makefile").read_text(encoding="utf-8")
    for path in PAGES:
        for target in re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8")):
            assert f"\n{target}:" in makefile, f"{relative(path)} : make {target}"
