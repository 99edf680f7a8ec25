"""The published result of a round in words for an agenda: what the rule of publication allowed, nothing more."""

import re
from typing import Any

from communaccord.plateforme.accords.models import Resultat, Tour
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.socle.typographie import ESPACES, prose

# The engine names a scenario by its identifier between guillemets.
IDENTIFIANT = re.compile(rf"scénario «{ESPACES}*(\d+){ESPACES}*»")
LONGUEUR = 600


def write_resultat_tour(acteur: Any, tour: Tour, dossier: Dossier | None) -> str:
    """The sentences published for ``dossier`` (or for all those of the round); empty before the publication."""
    resultat = Resultat.objects.visible_to(acteur).filter(tour=tour).only("publication").first()
    if resultat is None:
        return ""
    published = resultat.publication["dossiers"]
    chosen = [published[str(dossier.pk)]] if dossier and str(dossier.pk) in published else list(published.values())
    rows = Scenario.objects.visible_to(acteur).filter(dossier__in=[int(pk) for pk in published])
    names = {row.pk: row.libelle for row in rows}
    phrases = [phrase for publication in chosen for phrase in list_phrases(publication)]
    words = [IDENTIFIANT.sub(lambda found: f"scénario « {names.get(int(found[1]), '?')} »", p) for p in phrases]
    return prose(f"{tour.titre} : {' '.join(words)}")[:LONGUEUR]


def list_phrases(publication: dict[str, Any]) -> list[str]:
    """Why nothing is published, or what is, scenario by scenario."""
    if publication["motif"]:
        return [publication["motif"]]
    return [row["phrase"] for row in publication["scenarios"] if row["publie"]]
