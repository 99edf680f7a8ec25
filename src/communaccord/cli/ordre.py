"""Names put in one order before anything is computed: what each receives does not depend on the order of the file."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
LISTES_VOIE = ("donner", "recevoir", "couts", "subventions")


def rank_nom(nom: str) -> tuple[str, str]:
    """Return by what a name is ordered: letters without accents, capitals or ligatures, then the name. O(length)."""
    lettres = unicodedata.normalize("NFD", nom.casefold().translate(LIGATURES))
    return "".join(lettre for lettre in lettres if not unicodedata.combining(lettre)), normalize_nfc(nom)


def normalize_nfc(nom: str) -> str:
    """Return a name under the one form by which it is compared: an accent typed apart is the same letter."""
    return unicodedata.normalize("NFC", nom)


def find_ordre(noms: Sequence[str]) -> list[int]:
    """Return the places of the names, in the order of the names. O(n log n)."""
    return sorted(range(len(noms)), key=lambda rang: rank_nom(noms[rang]))


def move_listes(donnees: Mapping[str, Any], cles: Sequence[str], ordre: Sequence[int]) -> dict[str, Any]:
    """Return the object with these lists in that order; a list of another length is left, for its own refusal."""
    return dict(donnees) | {
        cle: [donnees[cle][rang] for rang in ordre] for cle in cles if len(donnees.get(cle, ())) == len(ordre)
    }


def sort_jeu(donnees: Mapping[str, Any]) -> dict[str, Any]:
    """Return a game whose players are in the order of their names. O(n log n)."""
    return move_listes(donnees, ("joueurs", "charge", "seul"), find_ordre(donnees["joueurs"]))


def sort_vote(donnees: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule of vote whose voters are in the order of their names. O(n log n)."""
    tables = {cle: donnees[cle] for cle in ("poids", "populations", "opinions") if cle in donnees}
    return dict(donnees) | {
        cle: {nom: table[nom] for nom in sorted(table, key=rank_nom)} for cle, table in tables.items()
    }


def sort_dossier(donnees: Mapping[str, Any]) -> dict[str, Any]:
    """Return a dossier whose communes are in the order of their names, and all lists of one value a commune with them.
    Services, criteria and requests stay where they are: a refusal names their place. O(values)."""
    ordre = find_ordre(donnees["communes"])
    trie = move_listes(donnees, ("communes", "populations"), ordre)
    trie["services"] = [sort_service(service, ordre) for service in donnees["services"]]
    if "transferts" in donnees:
        trie["transferts"] = [move_listes(voie, LISTES_VOIE, ordre) for voie in donnees["transferts"]]
    if "menu" in donnees:
        trie["menu"] = [
            choix | {"options": [sort_formule(option, ordre) for option in choix["options"]]}
            for choix in donnees["menu"]
        ]
    return trie


def sort_service(service: Mapping[str, Any], ordre: Sequence[int]) -> dict[str, Any]:
    """Return a service whose values follow that order of the communes."""
    trie = sort_formule(move_listes(service, ("seul", "cible", "distances", "postes"), ordre), ordre)
    trie["criteres"] = [move_listes(critere, ("valeurs",), ordre) for critere in service["criteres"]]
    return trie


def sort_formule(objet: Mapping[str, Any], ordre: Sequence[int]) -> dict[str, Any]:
    """Return an object whose formula, if it has one, follows that order of the communes."""
    trie = dict(objet)
    if "formule" in objet:
        trie["formule"] = move_listes(objet["formule"], ("charge",), ordre)
    return trie
