"""The whole document: each part computed from the sources, beside the words that people wrote for it."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from communaccord.plateforme.dossiers.bridge.gel import dump_canonique
from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.pages.contenu.actions import build_actions
from communaccord.plateforme.rapports.pages.contenu.annexes import build_annexes
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc
from communaccord.plateforme.rapports.pages.contenu.calendrier import build_calendrier
from communaccord.plateforme.rapports.pages.contenu.etat_des_lieux import build_etat_des_lieux
from communaccord.plateforme.rapports.pages.contenu.impact import build_impact
from communaccord.plateforme.rapports.pages.contenu.manques import list_manques_partie
from communaccord.plateforme.rapports.pages.contenu.projet import build_cadre, build_projet
from communaccord.plateforme.rapports.pages.contenu.territoire import build_contexte
from communaccord.plateforme.rapports.queries import Sources

FORMAT = 1
TITRE = "Rapport relatif aux mutualisations de services"
SOUS_TITRE = "Projet de schéma de mutualisation des services"
# The word of the president holds nothing computed.
CONSTRUCTIONS: Mapping[str, Callable[[Sources], list[Bloc]]] = {
    ClePartie.CONTEXTE: build_contexte,
    ClePartie.PROJET: build_projet,
    ClePartie.CADRE: build_cadre,
    ClePartie.ETAT_DES_LIEUX: build_etat_des_lieux,
    ClePartie.ACTIONS: build_actions,
    ClePartie.IMPACT: build_impact,
    ClePartie.CALENDRIER: build_calendrier,
    ClePartie.ANNEXES: build_annexes,
}


def build_blocs(sources: Sources, cle: str) -> list[Bloc]:
    """The computed matter of a part."""
    build = CONSTRUCTIONS.get(cle)
    return build(sources) if build else []


def compute_empreinte(matter: Any) -> str:
    """SHA-256 of canonical JSON: of the blocks of a part, it tells whether its figures moved."""
    return hashlib.sha256(dump_canonique(matter).encode()).hexdigest()


def build_contenu(sources: Sources, textes: Mapping[str, str]) -> dict[str, Any]:
    """The document as JSON, to be frozen or rendered; a part without words nor matter is left out."""
    parties = [
        {"cle": cle, "titre": titre, "blocs": build_blocs(sources, cle), "ecrit": textes.get(cle, "").strip()}
        for cle, titre in ClePartie.choices
    ]
    manques = [
        {"titre": partie["titre"], "points": list_manques_partie(sources, partie["cle"], partie["ecrit"])}
        for partie in parties
    ]
    return {
        "format": FORMAT,
        "titre": TITRE,
        "sous_titre": SOUS_TITRE,
        "territoire": sources.demarche.nom_epci,
        "fictif": sources.demarche.fictive,
        "parties": [partie for partie in parties if partie["blocs"] or partie["ecrit"]],
        "manques": [partie for partie in manques if partie["points"]],
    }
