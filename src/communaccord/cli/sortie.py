"""Writing on the terminal: any encoding, closed pipes, aligned columns, JSON lines. No colour, so NO_COLOR is kept."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

MAX_NOMS = 12


class ErreurCommande(Exception):
    """A command that has no answer: a French sentence and the exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def print_json(donnees: Mapping[str, object], *, ligne: bool = False) -> None:
    """Print data as JSON, indented or on one line."""
    print(json.dumps(donnees, ensure_ascii=False, indent=None if ligne else 2))


def print_tableau(lignes: Iterable[Sequence[str]], *, droite: frozenset[int] = frozenset()) -> None:
    """Print aligned columns; those of ``droite`` are aligned to the right."""
    for ligne in align_tableau(lignes, droite=droite):
        print(ligne)


def align_tableau(lignes: Iterable[Sequence[str]], *, droite: frozenset[int] = frozenset()) -> list[str]:
    """Return aligned columns, one text a line; those of ``droite`` are aligned to the right."""
    tableau = [tuple(ligne) for ligne in lignes]
    largeurs = [max(measure(ligne[rang]) for ligne in tableau) for rang in range(len(tableau[0]))] if tableau else []
    alignees = []
    for ligne in tableau:
        cellules = (
            pad(texte, largeur, droite=rang in droite)
            for rang, (texte, largeur) in enumerate(zip(ligne, largeurs, strict=True))
        )
        alignees.append("  ".join(cellules).rstrip())
    return alignees


def measure(texte: str) -> int:
    """Width of a text on a terminal: combining marks take no room."""
    return sum(not unicodedata.combining(caractere) for caractere in texte)


def pad(texte: str, largeur: int, *, droite: bool) -> str:
    """Fill a text up to a width."""
    espaces = " " * (largeur - measure(texte))
    return espaces + texte if droite else texte + espaces


def write_entier(nombre: int | None) -> str:
    """Write a whole number in French: 12 345, or "inconnu"."""
    return "inconnu" if nombre is None else f"{nombre:,}".replace(",", "\u202f")


def print_titre(titre: str) -> None:
    """Print a heading."""
    print(titre)
    print("─" * measure(titre))


def name_quelques(noms: Sequence[str]) -> str:
    """Return names as text, the first ones when they are many."""
    if len(noms) <= MAX_NOMS:
        return ", ".join(noms)
    return f"{', '.join(noms[:MAX_NOMS])} et {len(noms) - MAX_NOMS} autres"
