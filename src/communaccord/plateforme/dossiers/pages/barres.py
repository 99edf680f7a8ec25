"""The picture of a dossier: for one scenario, what changes from today for every commune that takes part."""

from collections.abc import Mapping, Sequence
from typing import Any

from communaccord.plateforme.dossiers.models import Scenario
from communaccord.plateforme.dossiers.pages.montants import EXACTS, Plume
from communaccord.plateforme.socle.typographie import insecables, pluriel

Ligne = Mapping[str, Any]


def choose_rang(scenarios: Sequence[Scenario], asked: str) -> int:
    """Position of the scenario of this letter; the first for anything else."""
    return next((rang for rang, scenario in enumerate(scenarios) if scenario.lettre == asked), 0)


def write_adresse(scenarios: Sequence[Scenario], rang: int, *, exacts: bool) -> str:
    """Address of the same page with this scenario drawn and amounts written this way."""
    parametres = [f"scenario={scenarios[rang].lettre}"] if rang else []
    parametres += [f"montants={EXACTS}"] if exacts else []
    return f"?{'&'.join(parametres)}"


def build_image(
    scenarios: Sequence[Scenario], comparaison: Sequence[Ligne], asked: str, plume: Plume
) -> dict[str, Any]:
    """Tabs and bars of the scenario asked; empty when no scenario tells any difference."""
    rang = choose_rang(scenarios, asked)
    if not any(cellule["valeur"] is not None for ligne in comparaison for cellule in ligne["cellules"]):
        return {}
    return {
        "scenario": scenarios[rang],
        "onglets": [
            {
                "libelle": f"{scenario.lettre}. {scenario.libelle}",
                "adresse": write_adresse(scenarios, position, exacts=plume.exacts),
                "courant": position == rang,
            }
            for position, scenario in enumerate(scenarios)
        ],
        "barres": build_barres(comparaison, rang),
        "precision": write_precision(scenarios[rang], len(comparaison)),
        "adresse_montants": write_adresse(scenarios, rang, exacts=not plume.exacts),
    }


def build_barres(comparaison: Sequence[Ligne], rang: int) -> list[dict[str, Any]]:
    """Mine first, then from who would pay least to who would pay most, then those whose spending is not known.

    A commune that takes no part has no bar, but the reader's own, which says so. Ties: in the order of the table.
    """
    kept = [ligne for ligne in comparaison if ligne["cellules"][rang]["participe"] or ligne["mienne"]]
    ordered = sorted(kept, key=lambda ligne: rank_ligne(ligne["mienne"], ligne["cellules"][rang]["valeur"]))
    return [build_barre(ligne, ligne["cellules"][rang]) for ligne in ordered]


def rank_ligne(mienne: bool, valeur: int | None) -> tuple[bool, bool, int]:
    return (not mienne, valeur is None, valeur or 0)


def build_barre(ligne: Ligne, cellule: Ligne) -> dict[str, Any]:
    return {
        "nom": ligne["commune"].nom,
        "adresse": ligne["adresse"],
        "mienne": ligne["mienne"],
        "filtre": ligne["commune"].nom,
        "valeur": cellule["valeur"],
        "estime": cellule["estime"] and cellule["valeur"] is not None,
        "texte": cellule["ecart"] or cellule["contribution"],
    }


def write_precision(scenario: Scenario, communes: int) -> str:
    """How many communes are drawn, the scale, the unit, the year."""
    nombre = scenario.gel.participantes
    qui = f"Les {pluriel(nombre, 'commune')}" if nombre == communes else f"{pluriel(nombre, 'commune')} sur {communes}"
    return insecables(f"{qui}, une seule échelle, en euros par an, {scenario.gel.annee_reference}")
