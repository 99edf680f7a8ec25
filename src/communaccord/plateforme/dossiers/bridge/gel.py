"""Freeze a scenario: compute it once, keep its input, its result and its explanation; replay it to check."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communaccord import __version__
from communaccord.plateforme.dossiers.bridge.formule import build_cout, build_etapes
from communaccord.plateforme.dossiers.models import Gel
from communaccord.simulateur import (
    VERSION,
    EffetCommune,
    Resultat,
    ResultatVariante,
    Simulation,
    compute_resultat,
    parse_simulation,
    to_json,
    write_data,
)
from communaccord.simulateur.ecriture import format_nombre
from communaccord.simulateur.resultat import count_moins
from communaccord.simulateur.validation.variantes import describe_cle

MOTEUR = f"simulateur {VERSION}, Commun Accord {__version__}"
FORMAT = 1


class SansReponse(Exception):
    """The simulation has no answer: why, and what to change."""


@dataclass(frozen=True, slots=True)
class Calcul:
    """What freezing writes: texts kept as they are, the summary, and the effects by code of commune."""

    entree: str
    empreinte: str
    resultat: str
    resume: dict[str, Any]
    effets: dict[str, dict[str, Any]]


def dump_canonique(data: Any) -> str:
    """The one text of this data: keys sorted, no space."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def compute_gel(simulation: Simulation, *, sel: str, contexte: Mapping[str, Any]) -> Calcul:
    """Compute the scenario. ``contexte``: what is frozen beside the simulation (label, engagements, origin of figures).

    ``sel``: random text kept inside, so that the published hash tells nothing of a figure. Errors: SansReponse.
    """
    entree = dump_canonique({"format": FORMAT, "sel": sel, **contexte, "simulation": write_data(simulation)})
    resultat = compute_resultat(simulation)
    variante = resultat.variantes[0]
    if variante.refus is not None:
        raise SansReponse(f"{variante.refus.motif} {variante.refus.remede}")
    return Calcul(
        entree=entree,
        empreinte=hashlib.sha256(entree.encode()).hexdigest(),
        resultat=dump_canonique(to_json(resultat)),
        resume=build_resume(resultat, variante),
        effets={effet.commune.code: build_effet(resultat, variante, effet) for effet in variante.communes},
    )


def build_resume(resultat: Resultat, variante: ResultatVariante) -> dict[str, Any]:
    """The columns of ``Gel`` that sum the result up."""
    simulation, annee = resultat.simulation, resultat.annee_reference
    cout = variante.cout
    if cout is None:
        raise SansReponse("Ce scénario n'a pas de coût.")
    annuels = [effet.get_annee(annee) for effet in variante.communes]
    lignes = build_cout(variante, simulation.service, annee)
    return {
        "phrase": variante.phrase,
        "estime": resultat.estime,
        "annee_debut": simulation.annees[0],
        "annee_fin": simulation.annees[-1],
        "annee_reference": annee,
        "participantes": len(variante.perimetre),
        "moins": count_moins(annuels),
        "cout": cout.a_repartir[cout.annees.index(annee)],
        "etp": "" if cout.etp is None else format_nombre(cout.etp),
        "cle": describe_cle(variante.variante.cle)[:300],
        "temps": variante.temps,
        "couts": [[ligne.famille, ligne.libelle, ligne.calcul, ligne.cents] for ligne in lignes],
        "avertissements": list(variante.avertissements),
    }


def build_effet(resultat: Resultat, variante: ResultatVariante, effet: EffetCommune) -> dict[str, Any]:
    """The columns of ``EffetCommune`` for a commune that takes part."""
    annee = resultat.annee_reference
    annuel, fourchette = effet.get_annee(annee), effet.get_fourchette(annee)
    etapes = build_etapes(resultat, variante, effet.commune.code, annee)
    return {
        "participe": True,
        "contribution": annuel.contribution,
        "depense": annuel.depense_actuelle,
        "ecart": None if annuel.depense_actuelle is None else annuel.contribution - annuel.depense_actuelle,
        "cout_seul": annuel.cout_seul,
        "bas": None if fourchette is None else fourchette.contribution.bas,
        "haut": None if fourchette is None else fourchette.contribution.haut,
        "annees": [build_annee(effet, annee) for annee in resultat.simulation.annees],
        "explication": [[etape.libelle, etape.calcul, etape.resultat] for etape in etapes],
    }


def build_annee(effet: EffetCommune, annee: int) -> dict[str, Any]:
    annuel, fourchette = effet.get_annee(annee), effet.get_fourchette(annee)
    return {
        "annee": annee,
        "contribution": annuel.contribution,
        "depense": annuel.depense_actuelle,
        "cout_seul": annuel.cout_seul,
        "temps": annuel.temps_libere,
        "bas": None if fourchette is None else fourchette.contribution.bas,
        "haut": None if fourchette is None else fourchette.contribution.haut,
    }


def replay(gel: Gel) -> list[str]:
    """Compute the frozen input again and tell what differs from what was frozen; nothing when all is the same."""
    entree = json.loads(gel.entree)
    simulation = parse_simulation(entree["simulation"], strict=True)
    if isinstance(simulation, list):
        return [f"entrée illisible : {anomalie}" for anomalie in simulation]
    contexte = {cle: valeur for cle, valeur in entree.items() if cle not in ("format", "sel", "simulation")}
    calcul = compute_gel(simulation, sel=entree["sel"], contexte=contexte)
    differences = [nom for nom in ("entree", "empreinte", "resultat") if getattr(calcul, nom) != getattr(gel, nom)]
    differences += [nom for nom, valeur in calcul.resume.items() if getattr(gel, nom) != valeur]
    frozen = {effet.commune.code: effet for effet in gel.scenario.effets.select_related("commune") if effet.participe}
    if frozen.keys() != calcul.effets.keys():
        return [*differences, "périmètre"]
    for code, effet in calcul.effets.items():
        differences += [f"{code}.{nom}" for nom, valeur in effet.items() if getattr(frozen[code], nom) != valeur]
    return differences
