"""A file of public data opened by what it holds: tables of a workbook or of a text, each read row by row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from communaccord.plateforme.diagnostic.lecture.archive import MAX_COLONNES, Archive, Filtre, Ligne
from communaccord.reference import normalize_nom
from communaccord.simulateur.tableau.types import FichierIllisible

# The national file of the DGCL (35,000 communes, some eighty columns) is under that.
MAX_OCTETS = 40_000_000
# An OFGL export has a row for each collectivité, exercice and agrégat.
MAX_LIGNES_TEXTE = 2_000_000
DEBUT = 15
SEPARATEURS = (";", ",", "\t", "|")
OLE, ZIP, PDF = b"\xd0\xcf\x11\xe0", b"PK", b"%PDF"
LONGUEUR_LIGNE = 200_000
PAS_DE_CONTROLE = 1_000_000


@dataclass(slots=True)
class Table:
    """One sheet, or a whole text: its first rows, already read, then all of them (``lignes``, once).

    ``filtre``: to be set once the columns are known; rows read ahead of it, and those of a text, come all the same.
    """

    nom: str
    debut: list[Ligne]
    lignes: Iterator[Ligne]
    filtre: Filtre

    def titres(self, rang: int) -> dict[int, str]:
        """Keys of the titles of one of the first rows, by column."""
        return {colonne: normalize_nom(texte) for colonne, texte in self.debut[rang].cellules.items()}

    def skip_titres(self, rang: int) -> None:
        """Go past the row of titles, among the first ones: what is left is matter."""
        for _ in range(rang + 1):
            next(self.lignes)


def open_tables(contenu: bytes) -> Iterator[Table]:
    """The tables of a file, one after the other. Errors: FichierIllisible. Complexity: O(bytes) to read them all."""
    if not contenu.strip(b"\x00 \t\r\n"):
        raise FichierIllisible("le fichier est vide.", "Choisissez un autre fichier.")
    if len(contenu) > MAX_OCTETS:
        raise FichierIllisible(
            "le fichier dépasse 40 Mo.", "Ne gardez que les lignes de votre intercommunalité ou de votre département."
        )
    if contenu.startswith(OLE):
        raise FichierIllisible(
            "c'est un ancien classeur Excel (.xls), ou un classeur protégé par un mot de passe.",
            "Enregistrez-le en .xlsx, sans mot de passe.",
        )
    if contenu.startswith(PDF):
        raise FichierIllisible("c'est un document PDF.", "Choisissez le fichier de données, en .xlsx ou .csv.")
    if contenu.startswith(ZIP):
        archive = Archive(contenu)
        for nom, membre in archive.feuilles:
            filtre = Filtre()
            yield start_table(nom, archive.read_feuille(membre, filtre), filtre)
    else:
        yield start_table("", read_texte(contenu), Filtre())


def start_table(nom: str, lignes: Iterator[Ligne], filtre: Filtre) -> Table:
    debut = list(islice(lignes, DEBUT))
    return Table(nom, debut, chain(debut, lignes), filtre)


def find_encodage(contenu: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else the Windows table of western Europe."""
    if contenu.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in contenu[:PAS_DE_CONTROLE]:
        raise FichierIllisible(
            "ce n'est ni un classeur .xlsx ni un tableau .csv.", "Choisissez le fichier de données tel que téléchargé."
        )
    try:
        contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def read_texte(contenu: bytes) -> Iterator[Ligne]:
    """Rows of a CSV, whatever its separator and its encoding. Errors: FichierIllisible."""
    encodage = find_encodage(contenu)
    flux = io.TextIOWrapper(io.BytesIO(contenu), encoding=encodage, errors="replace", newline="")
    titres = flux.readline(LONGUEUR_LIGNE)
    flux.seek(0)
    separateur = max(SEPARATEURS, key=lambda signe: count_separateurs(titres, signe))
    lecteur = csv.reader(flux, delimiter=separateur)
    try:
        for numero, ligne in enumerate(lecteur, start=1):
            if numero > MAX_LIGNES_TEXTE or len(ligne) > MAX_COLONNES:
                raise FichierIllisible("le tableau est démesuré.", "Ne gardez que les lignes et les colonnes utiles.")
            cellules = {colonne: texte for colonne, texte in enumerate(ligne) if texte}
            if cellules:
                yield Ligne(numero, cellules)
    except (csv.Error, UnicodeError) as erreur:
        raise FichierIllisible(
            f"le tableau ne se lit plus à partir de la ligne {lecteur.line_num} : un guillemet n'est pas refermé ?",
            "Téléchargez le fichier de nouveau.",
        ) from erreur


def count_separateurs(titres: str, separateur: str) -> int:
    """Columns of the line of titles for this separator, quotes respected."""
    return len(next(csv.reader([titres], delimiter=separateur), []))
