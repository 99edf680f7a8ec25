"""The published result of a round in words for an agenda: what the rule of publication allowed, nothing more."""

import re
from typing import Any

from communaccord.plateforme.accords.models import Resultat, Tour
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.socle.typographie import ESPACES, prose

# The engine names a scenario by its identifier between guillemets.
IDENTIFIANT = re.compile(rf"scénario «{ESPACES}*(\d+){ESPACES}*»")
LONGUEUR = 600
AUTRE = "Un scénario retiré depuis"


def write_resultat_tour(acteur: Any, tour: Tour, dossier: Dossier | None) -> str:
    """The sentences published for ``dossier`` (or for all those of the round); empty before the publication."""
    resultat = Resultat.objects.visible_to(acteur).filter(tour=tour).only("publication").first()
    if resultat is None:
        return ""
    published = resultat.publication["dossiers"]
    chosen = [published[str(dossier.pk)]] if dossier and str(dossier.pk) in published else list(published.values())
    rows = Scenario.objects.visible_to(acteur).filter(dossier__in=[int(pk) for pk in published])
    names = {str(row.pk): f"Scénario {row.lettre}" for row in rows}
    phrases = [phrase for publication in chosen for phrase in list_phrases(publication, names)]
    return prose(f"{tour.titre}. {' '.join(phrases)}")[:LONGUEUR]


def list_phrases(publication: dict[str, Any], names: dict[str, str]) -> list[str]:
    """What is published, or else why nothing is; each scenario by its name when there are several."""
    if publication["motif"]:
        return [publication["motif"]]
    rows = publication["scenarios"]
    phrases = [(names.get(row["identifiant"], AUTRE), name_scenarios(row["phrase"], names)) for row in rows]
    kept = [pair for pair, row in zip(phrases, rows, strict=True) if row["publie"]] or phrases
    return [f"{nom} : {phrase}" if len(rows) > 1 else phrase for nom, phrase in kept]


def name_scenarios(phrase: str, names: dict[str, str]) -> str:
    return IDENTIFIANT.sub(lambda found: lower_first(names.get(found[1], AUTRE)), phrase)


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
