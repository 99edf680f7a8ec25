"""Seats to check, from a JSON or a CSV file: exactly one number for each commune, or one French sentence."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from communaccord.cli.lecture import MAX_OCTETS, name_fichier, read_donnees, refuse
from communaccord.cli.refus import shorten
from communaccord.cli.sortie import name_quelques
from communaccord.reference import normalize_nom

MAX_SIEGES = 100_000
SEPARATEURS = ";,\t"
COLONNES_COMMUNE = ("code", "commune", "code insee", "nom")


@dataclass(frozen=True, slots=True)
class Proposition:
    """Seats by INSEE code, where they come from in French, and whether they are said invented."""

    sieges: Mapping[str, int]
    origine: str
    fictif: bool = False


def read_proposition(chemin: Path, noms: Mapping[str, str]) -> Proposition:
    """Return the seats of a file. ``noms``: name of each member, by code; the file gives codes or names.

    Errors: ErreurCommande with code 2: what is wrong, where, what to do.
    """
    origine = f"fichier {shorten(chemin.name)}"
    if chemin.suffix.lower() == ".csv":
        return Proposition(_gather(_read_csv(chemin), noms), origine)
    donnees = read_donnees(chemin, "proposition")
    lignes = ((f"« sieges.{shorten(nom)} »", nom, nombre) for nom, nombre in donnees["sieges"].items())
    return Proposition(_gather(lignes, noms), donnees.get("titre", origine), bool(donnees.get("fictif")))


def _gather(lignes: Iterable[tuple[str, str, int]], noms: Mapping[str, str]) -> dict[str, int]:
    """Return the seats by code. ``lignes``: place in the file, code or name, seats."""
    codes: dict[str, list[str]] = {}
    for code, nom in noms.items():
        codes.setdefault(normalize_nom(nom), []).append(code)
    sieges: dict[str, int] = {}
    for ou, texte, nombre in lignes:
        trouves = [texte] if texte in noms else codes.get(normalize_nom(texte), [])
        if not trouves:
            refuse(ou, f"« {shorten(texte)} » n'est pas une commune membre", "Donnez son code Insee ou son nom exact.")
        if len(trouves) > 1:
            refuse(ou, f"« {shorten(texte)} » est le nom de plusieurs communes", "Donnez son code Insee.")
        if trouves[0] in sieges:
            refuse(ou, f"les sièges de {noms[trouves[0]]} sont déjà donnés", "Gardez une seule ligne par commune.")
        sieges[trouves[0]] = nombre
    manquantes = [nom for code, nom in noms.items() if code not in sieges]
    if manquantes:
        refuse(
            "Sièges proposés", f"il manque {name_quelques(manquantes)}", "Donnez un nombre de sièges à chaque commune."
        )
    if not any(sieges.values()):
        refuse("Sièges proposés", "aucun siège n'est donné", "Donnez un nombre de sièges à chaque commune.")
    return sieges


def _read_csv(chemin: Path) -> Iterator[tuple[str, str, int]]:
    """Yield the rows of a table with a heading: a column of codes or names, a column « sieges »."""
    ou = name_fichier(chemin)
    lignes = _read_lignes(chemin)
    separateur = max(SEPARATEURS, key=lignes[0].count)
    try:
        tableau = [(n, rangee) for n, rangee in enumerate(csv.reader(lignes, delimiter=separateur, strict=True), 1)]
    except csv.Error:
        refuse(ou, "le tableau ne se lit pas", "Vérifiez les guillemets, puis enregistrez-le de nouveau en CSV.")
    entete = [normalize_nom(titre) for titre in tableau[0][1]]
    commune = next((entete.index(titre) for titre in COLONNES_COMMUNE if titre in entete), None)
    if commune is None or "sieges" not in entete:
        refuse(f"{ou}, ligne 1", "il manque la colonne « code » ou « sieges »", "Écrivez l'en-tête : code;sieges.")
    colonne = entete.index("sieges")
    for n, rangee in tableau[1:]:
        if not any(case.strip() for case in rangee):
            continue
        if len(rangee) <= max(commune, colonne):
            refuse(f"{ou}, ligne {n}", "il manque une case", "Donnez la commune et son nombre de sièges.")
        yield f"{ou}, ligne {n}", rangee[commune].strip(), _read_nombre(rangee[colonne].strip(), f"{ou}, ligne {n}")


def _read_nombre(texte: str, ou: str) -> int:
    if not (texte.isascii() and texte.isdigit() and len(texte) < 10 and int(texte) <= MAX_SIEGES):
        refuse(ou, f"« {shorten(texte)} » n'est pas un nombre de sièges", "Donnez un nombre entier, 0 ou plus.")
    return int(texte)


def _read_lignes(chemin: Path) -> list[str]:
    """Return the lines of a CSV file in UTF-8, with or without the mark that a spreadsheet writes."""
    ou = name_fichier(chemin)
    try:
        with chemin.open("rb") as fichier:
            contenu = fichier.read(MAX_OCTETS + 1)
    except (OSError, ValueError):
        refuse(ou, "il ne peut pas être lu", "Vérifiez son nom, son dossier et vos droits de lecture.")
    if len(contenu) > MAX_OCTETS:
        refuse(ou, f"il dépasse {MAX_OCTETS // 1_000_000} Mo", "Donnez un fichier plus petit.")
    try:
        lignes = contenu.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        refuse(ou, "il n'est pas en UTF-8", "Enregistrez-le en « CSV UTF-8 ».")
    if not any(ligne.strip() for ligne in lignes):
        refuse(ou, "il est vide", "Écrivez l'en-tête code;sieges, puis une ligne par commune.")
    return lignes
