"""The page of the figures of a dossier: who gave what, what is still missing."""

from collections.abc import Sequence
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.forms.chiffres import Champ, list_champs, read_valeur
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.dossiers.queries import LigneChiffres
from communaccord.plateforme.dossiers.rules import mask_effectifs, reads_effectifs
from communaccord.plateforme.socle.typographie import pluriel, prose
from communaccord.simulateur import parse_nombre
from communaccord.simulateur.ecriture import format_nombre

INCONNU = "je ne sais pas"


def list_colonnes(dossier: Dossier, lignes: Sequence[LigneChiffres]) -> list[Champ]:
    """Figures worth a column: the volumes, what is paid today, and whatever one commune at least has given."""
    champs = list_champs(dossier)
    given = {c.nom for c in champs for ligne in lignes if ligne.donnees and read_valeur(ligne.donnees.valeurs, c.nom)}
    return [c for c in champs if c.nom.startswith("volume") or c.nom == "depense_actuelle" or c.nom in given]


def build_lignes(acteur: Acteur, lignes: Sequence[LigneChiffres], colonnes: Sequence[Champ]) -> list[dict[str, Any]]:
    """One line a commune; the figure that is not known says so."""
    return [build_ligne(acteur, ligne, colonnes) for ligne in lignes]


def build_ligne(acteur: Acteur, ligne: LigneChiffres, colonnes: Sequence[Champ]) -> dict[str, Any]:
    donnees = ligne.donnees
    if donnees is None:
        return {"commune": ligne.commune, "donnees": None, "cellules": [""] * len(colonnes), "agents": ""}
    return {
        "commune": ligne.commune,
        "donnees": donnees,
        "cellules": [write_valeur(read_valeur(donnees.valeurs, champ.nom)) for champ in colonnes],
        "agents": write_agents(acteur, ligne),
    }


def write_valeur(texte: str) -> str:
    """A recorded figure with its thousands apart; what is not known says so."""
    valeur = parse_nombre(texte) if texte else None
    return INCONNU if valeur is None else format_nombre(valeur)


def write_agents(acteur: Acteur, ligne: LigneChiffres) -> str:
    donnees = ligne.donnees
    if donnees is None or donnees.agents is None:
        return INCONNU
    if reads_effectifs(acteur, ligne.commune.pk):
        return str(donnees.agents)
    return mask_effectifs(donnees.agents, donnees.agents_concernes)[0]


def write_phrase(lignes: Sequence[LigneChiffres]) -> str:
    """``19 communes sur 26 ont donné leurs chiffres.``"""
    nombre, total = sum(ligne.donnees is not None for ligne in lignes), len(lignes)
    if not nombre:
        return "Aucune commune n'a encore donné ses chiffres."
    if nombre == total:
        return prose(f"Les {total} communes ont donné leurs chiffres.")
    verbe = "ont donné leurs" if nombre > 1 else "a donné ses"
    return prose(f"{pluriel(nombre, 'commune')} sur {total} {verbe} chiffres.")
