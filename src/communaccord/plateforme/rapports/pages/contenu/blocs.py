"""Blocks of the document: plain mappings, so that a version is frozen as JSON and written again years later."""

from collections.abc import Iterable, Sequence
from typing import Any

Bloc = dict[str, Any]


def say(texte: str) -> Bloc:
    """A paragraph."""
    return {"type": "paragraphe", "texte": texte}


def tell(terme: str, texte: str) -> Bloc:
    """A paragraph that begins with what it tells of, in bold."""
    return {"type": "fait", "terme": terme, "texte": texte}


def note(texte: str) -> Bloc:
    """A small sentence: unit, year, origin."""
    return {"type": "note", "texte": texte}


def frame(texte: str) -> Bloc:
    """A framed sentence that must not be missed."""
    return {"type": "encart", "texte": texte}


def head(texte: str, niveau: int = 2) -> Bloc:
    """A title inside a part: 2, or 3 inside a 2."""
    return {"type": "titre", "texte": texte, "niveau": niveau}


def itemize(lignes: Iterable[str]) -> Bloc:
    """A list with bullets."""
    return {"type": "liste", "lignes": list(lignes)}


def tabulate(
    titre: str, colonnes: Sequence[str], lignes: Iterable[Sequence[str]], *, textes: int = 1, total: bool = False
) -> Bloc:
    """A table: the first ``textes`` columns are words, the others figures; ``total``: the last line is a sum."""
    return {
        "type": "tableau",
        "titre": titre,
        "colonnes": list(colonnes),
        "lignes": [list(ligne) for ligne in lignes],
        "textes": textes,
        "total": total,
    }


def draw(titre: str, description: str, barres: Iterable[tuple[str, int, str]]) -> Bloc:
    """Bars around today's spending: (name, value, amount as written); the same figures are in a table beside."""
    rows = [{"nom": nom, "valeur": valeur, "texte": texte} for nom, valeur, texte in barres]
    return {"type": "barres", "titre": titre, "description": description, "lignes": rows}
