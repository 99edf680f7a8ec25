"""Columns of a spreadsheet: rank and letters."""


def to_lettre(rang: int) -> str:
    """Letters of a column, from 1: A, B… Z, AA."""
    lettres = ""
    while rang > 0:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def to_rang(lettres: str) -> int:
    """Rank of a column, from 1, by its letters."""
    rang = 0
    for lettre in lettres.upper():
        rang = rang * 26 + ord(lettre) - 64
    return rang
