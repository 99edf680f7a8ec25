"""Accent-blind keys for the names of territories."""

import string
import unicodedata
from collections.abc import Iterable

_LIGATURES = (("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ß", "ss"), ("&", " et "))
_APOSTROPHES_ET_TIRETS = ("’", "‘", "–", "—")
_GARDES = (string.ascii_lowercase + string.digits + "\n").encode()
_SEPARATEURS = bytes(octet if octet in _GARDES else ord(" ") for octet in range(256))
_SAINTS = ((" st ", " saint "), (" ste ", " sainte "), (" sts ", " saints "), (" stes ", " saintes "))


def normalize_nom(texte: str) -> str:
    """Key of a name, for comparing and searching: lower case, no accent, words separated by one space.

    Ligatures are opened (œ gives oe), apostrophes, hyphens and all punctuation separate words, "st" and "ste" are
    written out. Idempotent; a text without any letter or digit gives an empty key. O(length).
    """
    return normalize_lignes(texte.replace("\n", " "))


def normalize_noms(noms: Iterable[str]) -> list[str]:
    """Keys of many names, in their order: the same as one by one, much faster. O(length)."""
    return normalize_lignes("\n".join(nom.replace("\n", " ") for nom in noms)).split("\n")


def normalize_lignes(texte: str) -> str:
    """Keys of many names at once, one a line (the number of lines is kept): much faster than one by one. O(length)."""
    texte = texte.lower()
    for signe, lettres in (*_LIGATURES, *((signe, " ") for signe in _APOSTROPHES_ET_TIRETS)):
        texte = texte.replace(signe, lettres)
    octets = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").translate(_SEPARATEURS)
    cle = f" {octets.decode()} ".replace("\n", " \n ")
    for abrege, entier in (("  ", " "), *_SAINTS):
        while abrege in cle:
            cle = cle.replace(abrege, entier)
    return cle.replace(" \n", "\n").replace("\n ", "\n").strip(" ")
