"""Small things that come with a form: a version, a rank, a code."""

from collections.abc import Mapping

MAX_CODE = 40


def read_entier(donnees: Mapping[str, str], nom: str, defaut: int = -1) -> int:
    """A small natural number; ``defaut`` when the text is anything else."""
    texte = donnees.get(nom, "")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else defaut


def read_code(donnees: Mapping[str, str], nom: str = "code") -> str:
    return donnees.get(nom, "").strip()[:MAX_CODE]
