"""Seats to check, from a JSON or a CSV file: exactly one number for each commune, or one French sentence."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from communaccord.cli.lecture import MAX_OCTETS, name_fichier, read_donnees, refuse
from communaccord.cli.refus import shorten
from communaccord.cli.sortie import name_quelques
from communaccord.reference import normalize_nom

MAX_SIEGES = 100_000
SEPARATEURS = ";,\t"
CLASSEURS = {".xlsx", ".xls", ".xlsm", ".ods"}
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
    if chemin.suffix.lower() in CLASSEURS:
        refuse(
            name_fichier(chemin), "c'est un classeur", "Enregistrez la feuille en « CSV UTF-8 », puis donnez ce .csv."
        )
    if chemin.suffix.lower() == ".csv":
        return Proposition(_gather(_read_csv(chemin), noms), origine)
    donnees = read_donnees(chemin, "proposition")
    lignes = ((f"« sieges.{shorten(nom)} »", (nom,), nombre) for nom, nombre in donnees["sieges"].items())
    return Proposition(_gather(lignes, noms), donnees.get("titre", origine), bool(donnees.get("fictif")))


def _gather(lignes: Iterable[tuple[str, Sequence[str], int]], noms: Mapping[str, str]) -> dict[str, int]:
    """Return the seats by code. ``lignes``: place in the file, what names the commune (code, name or both), seats."""
    sieges: dict[str, int] = {}
    for ou, textes, nombre in lignes:
        trouves = [_find_codes(ou, texte, noms) for texte in textes]
        communs = [code for code in trouves[0] if all(code in autres for autres in trouves)]
        if not communs:
            motif = f"« {shorten(textes[0])} » et « {shorten(textes[1])} » ne sont pas la même commune"
            refuse(ou, motif, "Corrigez le code ou le nom : une colonne a peut-être été triée sans l'autre.")
        if len(communs) > 1:
            refuse(ou, f"« {shorten(textes[0])} » est le nom de plusieurs communes", "Donnez son code Insee.")
        if communs[0] in sieges:
            refuse(ou, f"les sièges de {noms[communs[0]]} sont déjà donnés", "Gardez une seule ligne par commune.")
        sieges[communs[0]] = nombre
    manquantes = [nom for code, nom in noms.items() if code not in sieges]
    if manquantes:
        refuse(
            "Sièges proposés", f"il manque {name_quelques(manquantes)}", "Donnez un nombre de sièges à chaque commune."
        )
    if not any(sieges.values()):
        refuse("Sièges proposés", "aucun siège n'est donné", "Donnez un nombre de sièges à chaque commune.")
    return sieges


def _find_codes(ou: str, texte: str, noms: Mapping[str, str]) -> list[str]:
    """Return the members of this code or name. Errors: ErreurCommande, with the nearest one, when there is none."""
    if texte in noms:
        return [texte]
    voulu = normalize_nom(texte)
    trouves = [code for code, nom in noms.items() if normalize_nom(nom) == voulu]
    if not trouves:
        refuse(ou, f"« {shorten(texte)} » n'est pas une commune membre", _suggest(texte, noms))
    return trouves


def _suggest(texte: str, noms: Mapping[str, str]) -> str:
    """Return what to do about an unknown code or name: a zero that a spreadsheet ate, or the nearest name."""
    code = texte.zfill(5)
    if code in noms:
        return f"Vouliez-vous {code} ({noms[code]}) ? Un tableur enlève le zéro du début : mettez la colonne en texte."
    normalises = {normalize_nom(nom): nom for nom in noms.values()}
    proches = get_close_matches(normalize_nom(texte), list(normalises), n=1)
    debut = f"Vouliez-vous « {normalises[proches[0]]} » ? " if proches else ""
    return f"{debut}Donnez son code Insee ou son nom exact."


def _read_csv(chemin: Path) -> Iterator[tuple[str, Sequence[str], int]]:
    """Yield the rows of a table with a heading: a column of codes or names, a column « sieges »."""
    ou = name_fichier(chemin)
    lignes = _read_lignes(chemin)
    separateur = max(SEPARATEURS, key=lignes[0].count)
    try:
        tableau = [(n, rangee) for n, rangee in enumerate(csv.reader(lignes, delimiter=separateur, strict=True), 1)]
    except csv.Error:
        refuse(ou, "le tableau ne se lit pas", "Vérifiez les guillemets, puis enregistrez-le de nouveau en CSV.")
    entete = [normalize_nom(titre) for titre in tableau[0][1]]
    reperes = [rang for rang, titre in enumerate(entete) if titre in COLONNES_COMMUNE]
    if not reperes or "sieges" not in entete:
        lu = shorten(f"{separateur} ".join(tableau[0][1]))
        refuse(f"{ou}, ligne 1", f"il manque la colonne « code » ou « sieges » dans « {lu} »", "Écrivez : code;sieges.")
    colonne = entete.index("sieges")
    for n, rangee in tableau[1:]:
        if not any(case.strip() for case in rangee):
            continue
        textes = [rangee[rang].strip() for rang in reperes if rang < len(rangee) and rangee[rang].strip()]
        if not textes or len(rangee) <= colonne:
            refuse(f"{ou}, ligne {n}", "il manque une case", "Donnez la commune et son nombre de sièges.")
        yield f"{ou}, ligne {n}", textes, _read_nombre(rangee[colonne].strip(), f"{ou}, ligne {n}")


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
