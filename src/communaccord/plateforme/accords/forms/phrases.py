"""An answer told in words, line by line: in the recapitulation, beside another version, or in a file one keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from communaccord.plateforme.accords.forms.reponse import SaisieClause, SaisieReponse
from communaccord.plateforme.accords.forms.vocabulaire import CLAUSES, DEGRES, POSITIONS, PRIORITES
from communaccord.plateforme.socle.typographie import INSECABLE, montant, nombre, prose


@dataclass(frozen=True, slots=True)
class Ligne:
    """One element told: what it is, what it says, who reads it. ``champ``: the group of fields it comes from."""

    champ: str
    titre: str
    texte: str
    visibilite: str


def list_lignes(saisie: SaisieReponse, communes: Mapping[str, str]) -> list[Ligne]:
    """The elements that are filled. ``communes``: names by code."""
    lignes = []
    if saisie.position or saisie.motif:
        texte = POSITIONS[saisie.position].libelle if saisie.position else "position à choisir"
        texte += f" : {saisie.motif}" if saisie.motif else ""
        lignes.append(Ligne("position", "Position", prose(texte), saisie.position_visibilite))
    for rang, clause in enumerate(saisie.clauses, 1):
        if not clause.est_vide:
            titre = DEGRES[clause.degre].libelle.removeprefix("un ").removeprefix("une ").capitalize()
            lignes.append(Ligne(f"c{rang}", titre, tell_saisie(clause, communes), clause.visibilite))
    if saisie.priorite:
        texte = f"dossier {PRIORITES[saisie.priorite].libelle}"
        lignes.append(Ligne("priorite", "Pour ma commune", texte, saisie.priorite_visibilite))
    if saisie.notes:
        lignes.append(Ligne("notes", "Notes personnelles", saisie.notes, "notes"))
    return lignes


def tell_saisie(clause: SaisieClause, communes: Mapping[str, str]) -> str:
    """One request as it is typed, complete or not."""
    unites = {"montant": f"{INSECABLE}€ par an", "taux": " %", "annee": ""}
    given = getattr(clause, clause.valeur)
    if clause.valeur == "commune":
        given = communes.get(given, given)
    return join_valeur(clause.type, f"{given}{unites.get(clause.valeur, '')}" if given else "")


def tell_contenu(contenu: Mapping[str, Any], communes: Mapping[str, str]) -> str:
    """One request as the safe keeps it."""
    if contenu.get("montant") is not None:
        cents = contenu["montant"]
        valeur = montant(cents, "euro" if cents % 100 == 0 else "centime") + " par an"
    elif contenu.get("taux") is not None:
        taux = Fraction(str(contenu["taux"])) * 100
        valeur = nombre(taux, 0 if taux.denominator == 1 else 2) + " %"
    elif contenu.get("commune"):
        valeur = communes.get(contenu["commune"], contenu["commune"])
    else:
        valeur = str(contenu.get("annee") or contenu.get("texte") or "")
    return join_valeur(contenu["type"], valeur)


def join_valeur(type_clause: str, valeur: str) -> str:
    """« Ma commune ne paie pas plus de 1 500 € par an », « Autre demande : … »."""
    mot = CLAUSES[type_clause]
    if mot.valeur == "texte":
        return prose(f"{mot.libelle} : {valeur}" if valeur else mot.libelle)
    return prose(f"{mot.libelle.removesuffix('…').rstrip()} {valeur or '…'}")


def write_texte(titre: str, lignes: list[Ligne]) -> str:
    """The plain text that one keeps: a title, then one line an element."""
    return "\n".join([titre, ""] + [f"{ligne.titre} : {ligne.texte}" for ligne in lignes]) + "\n"
