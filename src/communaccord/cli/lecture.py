"""A JSON file as exact data that its schema accepts, or one French sentence: what is wrong, where, what to do."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from communaccord.cli.controle import Faute, find_fautes
from communaccord.cli.ordre import normalize_nfc
from communaccord.cli.reconnus import describe_autre, describe_etranger
from communaccord.cli.refus import describe_refus, merge_cles, name_place, shorten, suggest
from communaccord.cli.sortie import ErreurCommande
from communaccord.noyau.partage.erreurs import DonneeInvalide

MAX_OCTETS = 20_000_000
MAX_PROFONDEUR = 20
MAX_FAUTES = 5
MARQUES = {b"\xef\xbb\xbf": "UTF-8", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True, slots=True)
class Lignes:
    """A long list at the key `cle`, and what says that a row is plainly right: a schema takes half a minute to read the
    65,535 groups of sixteen players."""

    cle: str
    est_claire: Callable[[Any], bool]

    def lighten(self, donnees: Any) -> tuple[Any, int]:
        """Return the object with only its first row that is not plainly right, and how many rows come before it."""
        lignes = donnees.get(self.cle) if isinstance(donnees, dict) else None
        if not isinstance(lignes, list):
            return donnees, 0
        faute = next((rang for rang, ligne in enumerate(lignes) if not self.est_claire(ligne)), len(lignes))
        return {**donnees, self.cle: lignes[faute : faute + 1]}, faute


def refuse(ou: str, motif: str, remede: str) -> NoReturn:
    """Errors: ErreurCommande, with code 2, always: what is wrong at this place of the file, and what to do."""
    raise ErreurCommande(str(DonneeInvalide(f"{ou} : {motif}.", remede)), code=2)


def read_donnees(chemin: Path, schema: str, lignes: Lignes | None = None) -> dict[str, Any]:
    """Return the object of a file that the schema accepts; numbers with a point come as Decimal.

    `lignes`: a long list of the object, whose plainly right rows need no schema. Errors: ErreurCommande with code 2,
    that names the first faults, one a line.
    """
    donnees = parse_json(read_texte(chemin, "JSON ou CSV" if schema == "proposition" else "JSON"), name_fichier(chemin))
    montre, avant = (donnees, 0) if lignes is None else lignes.lighten(donnees)
    fautes = merge_cles(sorted(find_fautes(schema, montre), key=rank_faute))
    if not fautes:
        return dict(donnees)
    if autre := describe_autre(donnees, schema):
        refuse(name_fichier(chemin), *autre)
    phrases = []
    for faute in fautes:
        place = list(faute.place)
        if avant and lignes is not None and place[:1] == [lignes.cle] and len(place) > 1:
            place[1] = int(place[1]) + avant
        motif, remede = describe_refus(faute)
        phrases.append(str(DonneeInvalide(f"{name_place(place, donnees)} : {motif}.", remede)))
    phrases = list(dict.fromkeys(phrases))
    if len(phrases) > MAX_FAUTES:
        reste = len(phrases) - MAX_FAUTES
        phrases[MAX_FAUTES:] = ["Et 1 autre faute." if reste == 1 else f"Et {reste} autres fautes."]
    raise ErreurCommande("\n".join(phrases), code=2)


def rank_faute(faute: Faute) -> tuple[int, list[tuple[int, str]]]:
    """Order the faults: the nearest to the root first, then by place, the tenth of a list after the second."""
    return len(faute.place), [(pas, "") if isinstance(pas, int) else (-1, pas) for pas in faute.place]


def name_fichier(chemin: Path) -> str:
    """Return how a file is named in a refusal."""
    return f"Fichier « {shorten(chemin.name or str(chemin))} »"


def read_texte(chemin: Path, attendu: str = "JSON") -> str:
    """Read a file, UTF-8 without a mark. `attendu`: the formats that fit. Errors: ErreurCommande with code 2."""
    ou = name_fichier(chemin)
    try:
        with chemin.open("rb") as fichier:
            contenu = fichier.read(MAX_OCTETS + 1)
    except FileNotFoundError:
        refuse(ou, "il n'existe pas", "Vérifiez son nom et son dossier.")
    except IsADirectoryError:
        refuse(ou, "c'est un dossier", "Donnez un fichier JSON.")
    except (OSError, ValueError):
        refuse(ou, "il ne peut pas être lu", "Vérifiez son nom et vos droits de lecture.")
    if len(contenu) > MAX_OCTETS:
        refuse(ou, f"il dépasse {MAX_OCTETS // 1_000_000} Mo", "Donnez un fichier plus petit.")
    if etranger := describe_etranger(contenu, chemin.suffix, attendu):
        refuse(ou, *etranger)
    for marque, encodage in MARQUES.items():
        if contenu.startswith(marque):
            remede = "Enregistrez-le en « UTF-8 sans BOM »."
            refuse(ou, f"il commence par une marque d'encodage {encodage} (BOM)", remede)
    try:
        texte = contenu.decode("utf-8")
    except UnicodeDecodeError as erreur:
        refuse(ou, f"l'octet {erreur.start + 1} n'est pas de l'UTF-8", "Enregistrez le fichier en UTF-8.")
    if not texte.strip():
        refuse(ou, "il est vide", "Écrivez-y un objet JSON entre accolades.")
    return texte


def parse_json(texte: str, ou: str) -> Any:
    """Return JSON as exact data. Errors: ErreurCommande with code 2 for what JSON or exactness forbids."""

    def gather(paires: list[tuple[str, Any]]) -> dict[str, Any]:
        objet = dict(paires)
        if len(objet) < len(paires):
            cles = [cle for cle, _ in paires]
            double = next(cle for cle in cles if cles.count(cle) > 1)
            refuse(ou, f"la clé « {shorten(double)} » est donnée deux fois dans le même objet", "Gardez-en une.")
        return objet

    def refuse_constante(nom: str) -> NoReturn:
        refuse(ou, f"{nom} n'est pas un nombre permis", "Donnez un nombre fini.")

    check_profondeur(texte, ou)
    try:
        donnees = json.loads(
            texte, object_pairs_hook=gather, parse_float=Decimal, parse_int=read_entier, parse_constant=refuse_constante
        )
    except json.JSONDecodeError as erreur:
        ici = f"le JSON ne se lit plus à la ligne {erreur.lineno}, colonne {erreur.colno}"
        refuse(ou, ici, "Vérifiez les guillemets, les virgules et les accolades à cet endroit, ou juste avant.")
    try:
        json.dumps(donnees, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeEncodeError:
        refuse(ou, "un texte contient un caractère incomplet (demi-paire Unicode)", "Retirez-le.")
    return donnees


def read_entier(chiffres: str) -> int | Decimal:
    """Read a whole number; one too long for any use here stays a Decimal, which no schema takes for whole."""
    return int(chiffres) if len(chiffres) <= 40 else Decimal(chiffres)


def check_profondeur(texte: str, ou: str) -> None:
    """Errors: ErreurCommande when brackets are nested too deep, those inside texts apart. O(length)."""
    profondeur, dans_texte, echappe = 0, False, False
    for caractere in texte:
        if dans_texte:
            dans_texte = echappe or caractere != '"'
            echappe = caractere == "\\" and not echappe
        elif caractere == '"':
            dans_texte = True
        elif caractere in "[{":
            profondeur += 1
            if profondeur > MAX_PROFONDEUR:
                refuse(ou, f"plus de {MAX_PROFONDEUR} niveaux sont emboîtés", "Suivez le format du guide.")
        elif caractere in "]}":
            profondeur -= 1


def check_noms(noms: Mapping[str, str]) -> None:
    """Errors: ErreurCommande for a name that cannot be told from another or printed. `noms`: place to name. O(n)."""
    vus: dict[str, str] = {}
    for ou, nom in noms.items():
        cle = " ".join(nom.split())
        if cle and cle != nom and nom.isprintable():
            motif = f"le nom « {shorten(nom)} » a un espace de trop, au début, au milieu ou à la fin"
            refuse(ou, motif, f"Écrivez « {shorten(cle)} ».")
        if not cle or not nom.isprintable():
            motif = f"le nom « {shorten(nom)} » est vide, ou a des caractères invisibles de trop"
            refuse(ou, motif, "Écrivez un nom lisible.")
        forme = normalize_nfc(cle)
        if forme in vus:
            refuse(ou, f"le nom « {shorten(nom)} » est déjà donné à {vus[forme]}", "Donnez un nom différent à chacun.")
        vus[forme] = ou


def check_connu(nom: str, connus: Sequence[str], ou: str, liste: str) -> None:
    """Errors: ErreurCommande when a name is not in the list, with the one it may be. O(n) but for a wrong name."""
    if nom not in connus:
        refuse(ou, f"« {shorten(nom)} » n'est pas dans « {liste} »", f"{suggest(nom, connus)}Corrigez ce nom.")
