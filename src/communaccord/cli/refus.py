"""What a JSON Schema refuses, said in French: what is wrong and what to do, by keyword."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from communaccord.cli.controle import Faute

TYPES = {
    "string": "un texte entre guillemets",
    "integer": "un nombre entier",
    "number": "un nombre",
    "array": "une liste entre crochets",
    "object": "un objet entre accolades",
    "boolean": "true ou false",
    "null": "null",
}
MONTANT = "^[0-9]{1,12}\\.[0-9]{2}$"
MONTANT_SIGNE = "^-?[0-9]{1,12}\\.[0-9]{2}$"
# Lists of one value a name, in the order of « joueurs » or « communes ».
LISTES = {"charge", "seul", "valeurs", "cible", "distances", "postes", "populations", "donner", "recevoir"}
LISTES_TRANSFERT = {"couts", "subventions"}
ENTIER = re.compile(r"-?[0-9][0-9 \u00a0\u202f]*")
# A key that is missing, with the unknown ones of the same object.
CLES_MELEES = "cles"
REMEDE_MONTANT = 'Écrivez les euros en texte, avec un point et deux décimales, par exemple "1250.00".'


def write_chemin(chemin: Iterable[str | int]) -> str:
    """Return the place of a value in the file: « couts[3].cout », « racine » for the whole."""
    texte = ""
    for pas in chemin:
        texte += f"[{pas}]" if isinstance(pas, int) else f"{'.' if texte else ''}{shorten(pas)}"
    return f"« {texte} »" if texte else "À la racine"


def name_place(chemin: Sequence[str | int], donnees: Any) -> str:
    """Return the place of a value with whose it is: « charge[3] » (Le Val, 4e valeur). O(1)."""
    noms = [nom for nom in (*name_objets(chemin, donnees), name_valeur(chemin, donnees)) if nom]
    return write_chemin(chemin) + (f" ({', '.join(noms)})" if noms else "")


def name_objets(chemin: Sequence[str | int], donnees: Any) -> list[str]:
    """Return the names of the service, or of the commune whose request it is, that hold a place of the file."""
    for liste, cle in (("services", "nom"), ("demandes", "commune")):
        if len(chemin) > 2 and chemin[0] == liste and isinstance(chemin[1], int):
            nom = donnees[liste][chemin[1]].get(cle)
            return [shorten(nom)] if isinstance(nom, str) else []
    return []


def name_valeur(chemin: Sequence[str | int], donnees: Any) -> str:
    """Return whose value it is in a list of one value a name, "" when it is in none."""
    if len(chemin) < 2 or not isinstance(rang := chemin[-1], int):
        return ""
    if chemin[-2] not in (LISTES | LISTES_TRANSFERT if chemin[0] == "transferts" else LISTES):
        return ""
    noms = donnees.get("joueurs", donnees.get("communes"))
    if not isinstance(noms, list) or rang >= len(noms) or not isinstance(noms[rang], str):
        return ""
    return f"{shorten(noms[rang])}, {rang + 1}{'re' if rang == 0 else 'e'} valeur"


def merge_cles(fautes: Sequence[Faute]) -> list[Faute]:
    """Return the faults; where an object lacks a key and has one that nobody reads, both make one fault. O(faults)."""
    inconnues = {faute.place: faute for faute in fautes if faute.mot == "additionalProperties"}
    # A kind that is missing makes every kind ask for its keys: the first request of an object is enough.
    manques = {faute.place: faute for faute in reversed(fautes) if faute.mot == "required"}
    gardees = []
    for faute in fautes:
        place = faute.place
        if faute.mot == "required" and faute is manques[place]:
            autre = inconnues.get(place)
            gardees.append(replace(faute, mot=CLES_MELEES, schema=autre.schema) if autre else faute)
        elif faute.mot != "required" and not (faute.mot == "additionalProperties" and place in manques):
            gardees.append(faute)
    return gardees


def suggest(nom: str, connus: Iterable[str]) -> str:
    """Ask whether a known name was meant, alike but for capitals, accents and marks, else near; "" for none. O(n)."""
    formes = {fold_nom(connu): connu for connu in connus}
    proches = get_close_matches(fold_nom(nom), formes, n=1, cutoff=0.75)
    return f"Vouliez-vous dire « {shorten(formes[proches[0]])} » ? " if proches else ""


def fold_nom(nom: str) -> str:
    """Return the letters and figures of a name, without capitals, accents or marks. O(length)."""
    lettres = unicodedata.normalize("NFD", nom.casefold().replace("œ", "oe"))
    return "".join(lettre for lettre in lettres if lettre.isalnum())


def describe_refus(faute: Faute) -> tuple[str, str]:
    """Return what is wrong (no final point) and what to do, in French."""
    mot = faute.mot
    if mot in DESCRIPTIONS:
        return DESCRIPTIONS[mot](faute)
    return f"{describe_valeur(faute.valeur)} ne convient pas", "Suivez le format du guide."


def describe_type(faute: Faute) -> tuple[str, str]:
    """A value of the wrong type; an amount written as a number gets its own sentence."""
    attendus = [faute.attendu] if isinstance(faute.attendu, str) else faute.attendu
    motif = f"{describe_valeur(faute.valeur)} n'est pas {' ni '.join(TYPES[nom] for nom in attendus)}"
    if faute.schema.get("pattern") in (MONTANT, MONTANT_SIGNE):
        return f"un montant n'est pas {describe_nature(faute.valeur)}", REMEDE_MONTANT
    if isinstance(faute.valeur, str) and "integer" in attendus and ENTIER.fullmatch(faute.valeur):
        nombre = shorten("".join(faute.valeur.split()))
        return f'"{nombre}" est entre guillemets, et un nombre entier n\'en a pas', f"Retirez-les : {nombre}."
    if is_nombre(faute.valeur) and "string" in attendus and "pattern" in faute.schema:
        return motif, "Écrivez ce nombre entre guillemets, pour qu'il reste exact."
    return motif, f"Donnez {' ou '.join(TYPES[nom] for nom in attendus)}."


def is_nombre(valeur: Any) -> bool:
    """Return whether a value is a JSON number: for Python, true is one."""
    return isinstance(valeur, int | Decimal) and not isinstance(valeur, bool)


def describe_required(faute: Faute) -> tuple[str, str]:
    """Keys that are missing."""
    manquantes = [cle for cle in faute.attendu if cle not in faute.valeur]
    return name_manquantes(manquantes), "Ajoutez-les." if manquantes[1:] else "Ajoutez-la."


def name_manquantes(manquantes: Sequence[str]) -> str:
    """Return which keys are missing, in French."""
    dites = ", ".join(f"« {cle} »" for cle in manquantes)
    return f"il manque {'les clés' if manquantes[1:] else 'la clé'} {dites}"


def describe_melees(faute: Faute) -> tuple[str, str]:
    """Keys that are missing while others are not known: perhaps the same ones, misspelt."""
    manquantes = [cle for cle in faute.attendu if cle not in faute.valeur]
    inconnues = [cle for cle in faute.valeur if cle not in faute.schema.get("properties", {})]
    dites = ", ".join(f"« {shorten(cle)} »" for cle in inconnues[:3])
    fin = "ne sont pas connues" if inconnues[1:] else "n'est pas connue"
    motif = f"{name_manquantes(manquantes)}, et {dites} {fin}"
    for manque in manquantes:
        for cle in inconnues:
            if is_voisine(cle, manque):
                return motif, f"Renommez « {shorten(cle)} » en « {manque} »."
    return motif, "Ajoutez ce qui manque, et retirez le reste."


def is_voisine(cle: str, attendue: str) -> bool:
    """Return whether a key may be this one, misspelt: one holds the other, or they are alike."""
    une, autre = fold_nom(cle), fold_nom(attendue)
    return autre in une or bool(get_close_matches(une, [autre]))


def describe_dependance(faute: Faute) -> tuple[str, str]:
    """A key that another one asks for."""
    for cle, exigees in faute.attendu.items():
        for exigee in exigees:
            if cle in faute.valeur and exigee not in faute.valeur:
                return f"« {cle} » est donné sans « {exigee} »", f"Ajoutez « {exigee} », ou retirez « {cle} »."
    return "une clé manque", "Suivez le format du guide."


def describe_inconnue(faute: Faute) -> tuple[str, str]:
    """A key that nobody reads, with the nearest one that is read."""
    connues = list(faute.schema.get("properties", {}))
    inconnue = next(cle for cle in faute.valeur if cle not in connues)
    proches = get_close_matches(inconnue, connues, n=1)
    remede = f"Écrivez « {proches[0]} »." if proches else "Retirez-la, ou corrigez son nom."
    return f"la clé « {shorten(inconnue)} » n'est pas connue", remede


def describe_motif(faute: Faute) -> tuple[str, str]:
    """A text that has not the form asked for."""
    if faute.attendu in (MONTANT, MONTANT_SIGNE):
        return describe_montant(faute.valeur)
    remede = 'Écrivez un nombre positif, avec un point, par exemple "0.5".'
    return f"« {shorten(faute.valeur)} » n'est pas un nombre de la forme attendue", remede


def describe_montant(texte: str) -> tuple[str, str]:
    """A text that is no amount: below zero, too large, or not written as one."""
    if re.fullmatch(MONTANT_SIGNE, texte):
        return f"« {shorten(texte)} » est négatif", "Donnez zéro ou un montant positif."
    if re.fullmatch(r"-?[0-9]{13,}\.[0-9]{2}", texte):
        return f"« {shorten(texte)} » dépasse mille milliards d'euros", "Vérifiez ce montant."
    return f"« {shorten(texte)} » n'est pas un montant", REMEDE_MONTANT


def describe_choix(faute: Faute) -> tuple[str, str]:
    """A value that is not in the list."""
    choix = ", ".join(f"« {valeur} »" for valeur in faute.attendu)
    proche = suggest(faute.valeur, faute.attendu) if isinstance(faute.valeur, str) else ""
    return f"{describe_valeur(faute.valeur)} n'est pas une valeur prévue", f"{proche}Choisissez parmi {choix}."


def describe_alternatives(faute: Faute) -> tuple[str, str]:
    """None of several sets of keys."""
    cles = [f"« {branche['required'][0]} »" for branche in faute.attendu if "required" in branche]
    if not cles:
        return f"{describe_valeur(faute.valeur)} ne convient pas", "Suivez le format du guide."
    return f"il manque {' ou '.join(cles)}", "Ajoutez l'une de ces clés."


def describe_taille(faute: Faute) -> tuple[str, str]:
    """Too few or too many elements, or characters."""
    mot, borne = faute.mot, faute.attendu
    nombre = len(faute.valeur)
    quoi = count_mots(nombre, {"Items": "élément", "Length": "caractère", "Properties": "nom"}[mot[3:]])
    if mot.startswith("min"):
        return f"{quoi}, c'est trop peu", f"Donnez-en au moins {borne}."
    return f"{quoi}, c'est trop", f"N'en donnez pas plus de {borne}."


def describe_borne(faute: Faute) -> tuple[str, str]:
    """A number out of its bounds."""
    valeur, borne, mot = shorten(str(faute.valeur)), faute.attendu, faute.mot
    if mot == "minimum":
        return f"{valeur} est trop petit", f"Donnez {borne} ou plus."
    if mot == "exclusiveMinimum":
        return f"{valeur} est trop petit", f"Donnez un nombre plus grand que {borne}."
    return f"{valeur} est trop grand", f"Donnez {borne} au plus."


def describe_valeur(valeur: Any) -> str:
    """Name a value of the file, short."""
    if isinstance(valeur, str):
        return f"« {shorten(valeur)} »"
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, int | Decimal):
        return shorten(str(valeur))
    return describe_nature(valeur)


def describe_nature(valeur: Any) -> str:
    """Name the kind of a value."""
    if valeur is None:
        return "null"
    if isinstance(valeur, bool):
        return "true ou false"
    if isinstance(valeur, int | Decimal):
        return "un nombre JSON, que les machines arrondissent"
    if isinstance(valeur, str):
        return "ce texte"
    return "une liste" if isinstance(valeur, list) else "un objet"


def count_mots(nombre: int, mot: str) -> str:
    """Return a number with its word, in the plural from two on."""
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}"


def shorten(texte: str) -> str:
    """Return a text such that it fits in a sentence."""
    imprimable = "".join(c if c.isprintable() else "�" for c in texte)
    return imprimable if len(imprimable) <= 60 else f"{imprimable[:57]}..."


DESCRIPTIONS = {
    CLES_MELEES: describe_melees,
    "type": describe_type,
    "required": describe_required,
    "dependentRequired": describe_dependance,
    "additionalProperties": describe_inconnue,
    "pattern": describe_motif,
    "enum": describe_choix,
    "anyOf": describe_alternatives,
    "minimum": describe_borne,
    "exclusiveMinimum": describe_borne,
    "maximum": describe_borne,
    "minItems": describe_taille,
    "maxItems": describe_taille,
    "minLength": describe_taille,
    "maxLength": describe_taille,
    "minProperties": describe_taille,
    "maxProperties": describe_taille,
}
