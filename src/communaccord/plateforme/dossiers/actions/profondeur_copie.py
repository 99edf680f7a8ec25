"""Carry what a scenario says in depth to another one: its next version, or a sister scenario; and freeze it."""

import json
from typing import Any

from communaccord.plateforme.dossiers.models import (
    ChangementMaire,
    ClausesScenario,
    CoutOublie,
    CritereService,
    EffectifEmployeur,
    Scenario,
    Volet,
)

CONTENUS = (CritereService, ChangementMaire, EffectifEmployeur, CoutOublie, ClausesScenario)


def list_colonnes(model: Any) -> list[str]:
    """What is copied and frozen: every column but the key and the scenario."""
    return [champ.attname for champ in model._meta.concrete_fields if champ.attname not in ("id", "scenario_id")]


def copy_profondeur(source: Scenario, target: Scenario) -> None:
    """Write on a draft that says nothing yet what ``source`` says: two queries a model."""
    for model in (*CONTENUS, Volet):
        columns = list_colonnes(model)
        rows = model.objects.filter(scenario=source).values(*columns)
        model.objects.bulk_create(model(scenario=target, **row) for row in rows)


def snapshot_profondeur(scenario: Scenario) -> dict[str, list[dict[str, Any]]]:
    """What is frozen with the scenario, in an order of its own; empty when nothing was said."""
    found = {}
    for model in CONTENUS:
        if rows := [write_ligne(row) for row in model.objects.filter(scenario=scenario).values(*list_colonnes(model))]:
            found[model._meta.model_name] = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return found


def write_ligne(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON keeps it: days as text."""
    return {nom: valeur.isoformat() if nom == "revoyure_le" and valeur else valeur for nom, valeur in row.items()}
