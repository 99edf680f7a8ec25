"""Cases of law as data: run by the tests of this folder, printed for jurists by tools/build_docs_droit.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest


class Annee(int):
    """A year: printed without a space between thousands."""


@dataclass(frozen=True)
class Cas:
    """One worked case: a French title, what is given, what the law answers, where the answer comes from."""

    titre: str
    entrees: tuple[Any, ...]
    attendu: Any
    source: str = "calculé à partir du texte de la règle"


@dataclass(frozen=True)
class Table:
    """Cases of one rule that are computed the same way; ``entrees`` and ``attendu`` name the columns in French."""

    regle: str
    titre: str
    entrees: tuple[str, ...]
    attendu: str
    compute: Callable[..., Any]
    cas: tuple[Cas, ...]


def spread(tables: tuple[Table, ...]) -> list[Any]:
    """Return one test parameter for each case, named by its rule and title."""
    return [pytest.param(table, cas, id=f"{table.regle} {cas.titre}") for table in tables for cas in table.cas]


def run(table: Table, cas: Cas) -> Any:
    """Compute one case; as many values as columns must be given."""
    if len(cas.entrees) != len(table.entrees):
        raise AssertionError(f"{cas.titre}: {len(cas.entrees)} values for {len(table.entrees)} columns")
    return table.compute(*cas.entrees)
