"""The three pages of the room: the plan, its frame, its charte."""

from typing import Any

from communaccord.plateforme.comptes.salles import chemin

ONGLETS = (
    ("plan", "Projet de territoire", "projet:accueil"),
    ("cadre", "Précadrage", "projet:cadre"),
    ("charte", "Charte", "projet:charte"),
)


def build_onglets(acteur: Any, courant: str) -> list[dict[str, Any]]:
    """The entries, the one being read marked."""
    return [
        {"libelle": libelle, "adresse": chemin(acteur, nom), "courant": cle == courant} for cle, libelle, nom in ONGLETS
    ]
