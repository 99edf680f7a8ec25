"""A file that is not the one a command reads, recognised and named: a workbook, a table, another one's."""

from collections.abc import Mapping
from typing import Any

# What a workbook begins with: ZIP (xlsx, ods) and the older binary form (xls).
CLASSEURS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
SUFFIXES_TABLEAU = {".csv", ".tsv"}
# What each command reads: name of the schema, keys of which all are there, what the file is, the command.
FORMES = (
    ("jeu", {"joueurs"}, "un jeu de coût", "partage"),
    ("regle", {"poids", "quota"}, "une règle de vote", "vote"),
    ("regle", {"regle", "populations"}, "une règle de vote", "vote"),
    ("dossier", {"services", "demandes"}, "un dossier de demandes", "accord"),
    ("proposition", {"sieges"}, "une proposition de sièges", "sieges SIREN --proposes"),
    ("simulation", {"version", "territoire"}, "une simulation", "simuler"),
)


def describe_etranger(contenu: bytes, suffixe: str, attendu: str) -> tuple[str, str] | None:
    """Return what is wrong and what to do for a file that is no JSON, None for one that may be. O(first line).

    `suffixe`: end of its name, such as ".csv"; `attendu`: what the command reads, in French.
    """
    if contenu.startswith(CLASSEURS):
        return f"c'est un classeur ou une archive, et cette commande lit du {attendu}", f"Donnez un fichier {attendu}."
    texte = contenu.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not texte or texte[:1] in b'{["' or b"\x00" in texte[:200]:
        return None
    ligne = texte.split(b"\n", 1)[0]
    if suffixe.lower() in SUFFIXES_TABLEAU or any(signe in ligne for signe in (b";", b"\t", b",")):
        return f"c'est un tableau (CSV), et cette commande lit du {attendu}", f"Donnez un fichier {attendu}."
    return None


def describe_autre(donnees: Any, schema: str) -> tuple[str, str] | None:
    """Return what the object of a file is and which command reads it, None when it is not plainly another's. O(1)."""
    if not isinstance(donnees, Mapping):
        return None
    trouves = [forme for forme in FORMES if forme[1] <= donnees.keys()]
    if not trouves or any(forme[0] == schema for forme in trouves):
        return None
    _, _, nom, commande = trouves[0]
    return f"c'est {nom}, que lit une autre commande", f"Lancez « communaccord {commande} »."
