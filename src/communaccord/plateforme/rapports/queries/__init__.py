"""What pages and files read of the rapport, and what the rapport reads of the other rooms."""

from communaccord.plateforme.rapports.queries.rapport import (
    find_choix,
    find_commune,
    find_derniere,
    find_dossier,
    find_fabrication,
    find_partie,
    find_precedente,
    find_rapport,
    find_version,
    list_communes,
    list_fabrications,
    list_parties,
    list_retraits,
    list_versions,
    read_textes,
)
from communaccord.plateforme.rapports.queries.sources import ActionSource, Sources

__all__ = [
    "ActionSource",
    "Sources",
    "find_choix",
    "find_commune",
    "find_derniere",
    "find_dossier",
    "find_fabrication",
    "find_partie",
    "find_precedente",
    "find_rapport",
    "find_version",
    "list_communes",
    "list_fabrications",
    "list_parties",
    "list_retraits",
    "list_versions",
    "read_textes",
]
