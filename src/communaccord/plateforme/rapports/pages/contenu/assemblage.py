"""The whole document: each part computed from the sources, beside the words that people wrote for it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.dossiers.bridge.gel import dump_canonique
from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.pages.contenu.actions import build_actions
from communaccord.plateforme.rapports.pages.contenu.annexes import build_annexes
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc
from communaccord.plateforme.rapports.pages.contenu.calendrier import build_calendrier
from communaccord.plateforme.rapports.pages.contenu.etat_des_lieux import build_etat_des_lieux
from communaccord.plateforme.rapports.pages.contenu.impact import build_impact
from communaccord.plateforme.rapports.pages.contenu.projet import build_cadre, build_projet
from communaccord.plateforme.rapports.pages.contenu.territoire import build_contexte
from communaccord.plateforme.rapports.queries import Sources

FORMAT = 1
TITRE = "Rapport relatif aux mutualisations de services"
SOUS_TITRE = "Projet de schéma de mutualisation des services"


@dataclass(frozen=True, slots=True)
class PartieCalculee:
    """The computed matter of a part, what it lacks, and the hash that tells whether its figures moved."""

    cle: str
    titre: str
    blocs: list[Bloc]
    manques: list[str]
    empreinte: str


def build_mot(sources: Sources) -> tuple[list[Bloc], list[str]]:  # noqa: ARG001 (every part is built alike)
    """The word of the president holds nothing computed."""
    return [], []


CONSTRUCTIONS: Mapping[str, Callable[[Sources], tuple[list[Bloc], list[str]]]] = {
    ClePartie.MOT: build_mot,
    ClePartie.CONTEXTE: build_contexte,
    ClePartie.PROJET: build_projet,
    ClePartie.CADRE: build_cadre,
    ClePartie.ETAT_DES_LIEUX: build_etat_des_lieux,
    ClePartie.ACTIONS: build_actions,
    ClePartie.IMPACT: build_impact,
    ClePartie.CALENDRIER: build_calendrier,
    ClePartie.ANNEXES: build_annexes,
}


def compute_empreinte(matter: Any) -> str:
    """SHA-256 of canonical JSON."""
    return hashlib.sha256(dump_canonique(matter).encode()).hexdigest()


def compute_parties(sources: Sources, textes: Mapping[str, str]) -> list[PartieCalculee]:
    """Every part in the order of the document; the word of the president is missing as long as nobody wrote it."""
    parties = []
    for cle, titre in ClePartie.choices:
        blocs, manques = CONSTRUCTIONS[cle](sources)
        if cle == ClePartie.MOT and not textes.get(cle, "").strip():
            manques = ["il n'est pas encore écrit"]
        parties.append(PartieCalculee(cle, titre, blocs, manques, compute_empreinte(blocs)))
    return parties


def build_contenu(sources: Sources, textes: Mapping[str, str]) -> dict[str, Any]:
    """The document as JSON, to be frozen or rendered; a part without words nor matter is left out."""
    demarche = sources.demarche
    return {
        "format": FORMAT,
        "titre": TITRE,
        "sous_titre": SOUS_TITRE,
        "territoire": demarche.nom_epci,
        "fictif": demarche.fictive,
        "parties": [
            {"cle": p.cle, "titre": p.titre, "blocs": p.blocs, "ecrit": textes.get(p.cle, "").strip()}
            for p in compute_parties(sources, textes)
            if p.blocs or textes.get(p.cle, "").strip()
        ],
    }
