"""One voice in the journal: each phrase is what its author did, read after the author's name."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.urls import reverse
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for

from communaccord import plateforme
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee

RACINE = Path(plateforme.__file__).parent
PORTE = "record_acte"


@cache
def parse_actions() -> dict[Path, ast.Module]:
    paths = [*RACINE.glob("*/actions.py"), *RACINE.glob("*/actions/**/*.py")]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def find_portes() -> dict[str, int | None]:
    """The functions that take a ``phrase`` for the journal, and the place of that argument (None: by name)."""
    portes: dict[str, int | None] = {PORTE: None}
    for tree in parse_actions().values():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name != PORTE:
                names = [arg.arg for arg in function.args.args]
                if "phrase" in names:
                    portes[function.name] = names.index("phrase")
    return portes


def list_phrases() -> Iterator[tuple[str, str]]:
    """Each written phrase, where it is; what is computed inside is told ``{}``."""
    portes = find_portes()
    for path, tree in parse_actions().items():
        for node in ast.walk(tree):
            yield from ((f"{path.relative_to(RACINE)}:{node.lineno}", text) for text in read_phrases(node, portes))


def read_phrases(node: ast.AST, portes: dict[str, int | None]) -> Iterator[str]:
    if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "phrase" for target in node.targets):
        yield from write_out(node.value)
    elif isinstance(node, ast.Call) and name_of(node) in portes:
        place = portes[name_of(node)]
        values = [keyword.value for keyword in node.keywords if keyword.arg == "phrase"]
        if place is not None and place < len(node.args):
            values.append(node.args[place])
        for value in values:
            yield from write_out(value)


def write_out(node: ast.expr) -> Iterator[str]:
    """The texts an expression may give; nothing for a name, read where it is assigned."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from write_out(node.body)
        yield from write_out(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from write_out(node.left)


def test_every_act_is_told_by_who_did_it():
    phrases = [(place, text) for place, text in list_phrases() if not text.startswith("{}")]
    assert len(phrases) > 60, "des phrases du journal ne sont plus trouvées"
    faults = [f"{place} {text}" for place, text in phrases if not text[:1].islower() or text.rstrip().endswith(".")]
    assert faults == []


def test_no_phrase_is_long_before_its_names():
    assert [f"{place} {text}" for place, text in list_phrases() if len(text) >= 120] == []


@pytest.mark.django_db
@pytest.mark.parametrize("room", ["accueil:journal", "accueil:chez_moi"])
def test_the_author_is_read_before_the_act(room):
    acteur = build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)
    other = build_acteur_de(acteur.demarche, Role.DGS_EPCI)
    acte = record_acte(acteur=other, instant=INSTANT, verbe="essai", phrase="a fini l'essai.", portee=Portee.TABLE)
    assert acte.phrase == "a fini l'essai", "le point d'un motif ne reste pas au bout"
    page = client_for(acteur).get(reverse(room, args=[acteur.mandat_id])).content.decode()
    assert f"<strong>{other.nom.replace(chr(39), '’')}</strong> a fini l’essai</p>" in page
