"""Titles of columns: the row that bears them, the field that each one fills."""

import re
from collections.abc import Mapping, Sequence

from communaccord.reference import normalize_nom

MAX_LIGNES_ENTETE = 30
_APPARTE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\b(?:19|20)\d\d\b")

LIBELLES: Mapping[str, str] = {
    "code": "Code Insee",
    "nom": "Commune",
    "population": "Population",
    "volume": "Volume",
    "depense_actuelle": "Dépense d'aujourd'hui",
    "heures_actuelles": "Heures d'agents aujourd'hui",
    "valeur_temps": "Valeur de ces heures",
    "temps": "Temps convenu",
    "potentiel_fiscal": "Potentiel fiscal",
    "cout_seul": "Coût seule, même service",
}
"""Words of each field: titles that the reading recognises too."""

SYNONYMES: Mapping[str, tuple[str, ...]] = {
    "code": ("code insee", "insee", "code commune", "code", "codgeo", "depcom", "code insee commune", "com", "n insee"),
    "nom": (
        "commune", "communes", "nom", "nom de la commune", "nom commune", "libelle commune", "libgeo", "collectivite",
        "ville", "villes", "mairie", "mairies", "communes membres", "commune membre", "nom de la ville",
    ),
    "population": (
        "population", "pop", "habitants", "population municipale", "nombre d habitants", "nb habitants", "pmun",
    ),
    "volume": (
        "volume", "volumes", "volume annuel", "nombre d actes", "nb actes", "nb d actes", "nb", "permis", "actes",
        "actes ponderes", "acte pondere", "dossiers", "nombre de dossiers", "bulletins", "bulletins de paie",
        "bulletin", "postes", "poste", "postes informatiques", "marches", "marche",
        "unites", "unite", "quantite", "quantites", "nombre", "usage",
    ),
    "depense_actuelle": (
        "depense actuelle", "depense", "depenses", "depenses actuelles", "depense annuelle", "cout actuel", "cout",
        "couts", "cout annuel", "montant", "montants", "budget", "depense de la commune", "depense aujourd hui",
        "depense d aujourd hui",
    ),
    "heures_actuelles": (
        "heures", "heures actuelles", "heures des agents", "temps des agents", "temps agents", "heures agents",
        "temps passe", "nombre d heures", "nb heures", "heures par an", "temps actuel", "heures des agents aujourd hui",
        "heures d agents aujourd hui",
    ),
    "valeur_temps": (
        "valeur du temps", "valeur du temps des agents", "valeur temps", "cout du temps", "valeur de ces heures",
    ),
    "temps": ("temps convenu", "part de temps", "temps cle"),
    "potentiel_fiscal": ("potentiel fiscal", "pot fiscal", "pf"),
    "cout_seul": (
        "cout seul", "cout seule", "cout seule pour le meme service", "cout seule meme service",
        "cout pour la commune seule",
    ),
}  # fmt: skip


def describe_champ(champ: str, actes: Mapping[str, str]) -> str:
    """What a column will become, in words: the label of a field, or that of the act whose volumes it holds."""
    return LIBELLES.get(champ) or actes.get(champ.partition(".")[2], champ)


def find_entete(lignes: Sequence[Sequence[object]], actes: Mapping[str, str]) -> tuple[int, dict[int, str]] | None:
    """Return the rank of the row of titles and the field of each column, None without a column of communes.

    ``actes``: label of each act by code; a title that is a code or a label fills ``volumes.<code>``. Among the first
    rows, the one with the most recognised titles, the highest of equals.
    """
    titres = _index_titres(actes)
    meilleur: tuple[int, dict[int, str]] | None = None
    for rang, ligne in enumerate(lignes[:MAX_LIGNES_ENTETE]):
        champs: dict[int, str] = {}
        for colonne, cellule in enumerate(ligne):
            champ = recognize_titre(cellule, titres)
            if champ and champ not in champs.values():
                champs[colonne] = champ
        if {"code", "nom"} & set(champs.values()) and (meilleur is None or len(champs) > len(meilleur[1])):
            meilleur = rang, champs
    return meilleur


def _index_titres(actes: Mapping[str, str]) -> dict[str, str]:
    titres = {synonyme: champ for champ, synonymes in SYNONYMES.items() for synonyme in synonymes}
    for code, libelle in actes.items():
        titres[normalize_nom(code)] = f"volumes.{code}"
        titres[normalize_nom(_APPARTE.sub(" ", libelle))] = f"volumes.{code}"
    return titres


def recognize_titre(cellule: object, titres: Mapping[str, str]) -> str | None:
    """Field that a title names, accent-blind; what stands between brackets, years and units do not count."""
    if not isinstance(cellule, str) or len(cellule) > 120:
        return None
    cle = normalize_nom(_APPARTE.sub(" ", cellule))
    nue = re.sub(r" (?:en )?(?:euros?|eur|heures|h|ht|ttc|par an|an)$", "", f" {cle}").strip()
    return titres.get(cle) or titres.get(nue)
