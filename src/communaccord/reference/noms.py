"""Accent-blind keys for the names of territories."""

import re
import unicodedata

_REMPLACEMENTS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "&": " et "} | dict.fromkeys("’‘–—", " "),
)
_SEPARATEURS = re.compile(r"[^a-z0-9\n]+")
_BORDS = re.compile(r"^ | $", re.MULTILINE)
_SAINTS = re.compile(r"\bs(t|te|ts|tes)\b")
_SUITES_DE_SAINT = {"t": "saint", "te": "sainte", "ts": "saints", "tes": "saintes"}


def normalize_nom(texte: str) -> str:
    """Key of a name, for comparing and searching: lower case, no accent, words separated by one space.

    Ligatures are opened (œ gives oe), apostrophes, hyphens and all punctuation separate words, "st" and "ste" are
    written out. Idempotent; a text without any letter or digit gives an empty key. O(length).
    """
    return normalize_lignes(texte.replace("\n", " "))


def normalize_lignes(texte: str) -> str:
    """Keys of many names at once, one a line (the number of lines is kept): much faster than one by one. O(length)."""
    texte = unicodedata.normalize("NFKD", texte.lower().translate(_REMPLACEMENTS)).encode("ascii", "ignore").decode()
    texte = _BORDS.sub("", _SEPARATEURS.sub(" ", texte))
    return _SAINTS.sub(lambda trouve: _SUITES_DE_SAINT[trouve[1]], texte)
