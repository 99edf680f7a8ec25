"""Territories of France (public reference data), and the démarches that are led on them."""

from communaccord.plateforme.territoires.models.demarche import CommuneMembre, Demarche, PhaseDemarche
from communaccord.plateforme.territoires.models.reference import (
    POPULATIONS_IMPOSSIBLES,
    Carte,
    ChargementReference,
    Commune,
    Departement,
    Epci,
    Ept,
    Provenance,
)

__all__ = [
    "POPULATIONS_IMPOSSIBLES",
    "Carte",
    "ChargementReference",
    "Commune",
    "CommuneMembre",
    "Demarche",
    "Departement",
    "Epci",
    "Ept",
    "PhaseDemarche",
    "Provenance",
]
