"""The rooms of a démarche, for the one who is there: an entry that leads nowhere is not in the menu."""

from typing import Any

from django.urls import NoReverseMatch, reverse

SALLES = (
    ("Ma page", "accueil:chez_moi", None),
    ("Projet", "projet:accueil", None),
    ("Diagnostic", "diagnostic:accueil", None),
    ("Dossiers", "dossiers:liste", None),
    ("Table des accords", "accords:table", "lit_la_table"),
    ("Instances", "instances:liste", None),
    ("Rapport", "rapports:accueil", None),
    ("Territoire", "accueil:territoire", None),
    ("Personnes", "comptes:personnes", "est_equipe"),
    ("Journal", "accueil:journal", None),
    ("Mon code", "comptes:mon_code", "est_avec_code"),
)


def chemin(acteur: Any, name: str, *args: Any) -> str:
    """The address of a page of the démarche, in the name of ``acteur``."""
    return reverse(name, args=(acteur.mandat_id, *args))


def build_salles(acteur: Any, path: str) -> list[dict[str, Any]]:
    """Entries open to this actor, the current one marked."""
    entries = []
    for libelle, name, condition in SALLES:
        if condition and not getattr(acteur, condition):
            continue
        try:
            adresse = chemin(acteur, name)
        except NoReverseMatch:
            continue
        is_home = name == "accueil:chez_moi"
        entries.append(
            {
                "libelle": libelle,
                "adresse": adresse,
                "courante": path == adresse if is_home else path.startswith(adresse),
            }
        )
    return entries
