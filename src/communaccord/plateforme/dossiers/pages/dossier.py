"""The page of a dossier: its sentence, my commune, the scenarios side by side, what each reader may see of them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.enums import Engagement, Lecture
from communaccord.plateforme.dossiers.models import Dossier, EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.effectifs import write_effectifs
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.oublies import Oublies, write_ligne
from communaccord.plateforme.dossiers.pages.phrases import write_commune, write_ensemble, write_totaux
from communaccord.plateforme.dossiers.pages.totaux import get_sens, reads_total
from communaccord.plateforme.dossiers.rules import get_lecture
from communaccord.simulateur.ecriture import format_pourcentage

# The family of cost lines, as the frozen result names it (a test holds it).
MISE_EN_PLACE = "Mise en place"
Effets = Mapping[int, Sequence[EffetCommune]]


def index_commune(effets: Effets, commune_id: int | None) -> dict[int, EffetCommune]:
    """The effect of each scenario on one commune."""
    return {pk: effet for pk, rows in effets.items() for effet in rows if effet.commune_id == commune_id}


def build_phrase(
    acteur: Acteur,
    dossier: Dossier,
    scenarios: Sequence[Scenario],
    effets: Effets,
    plume: Plume,
    oublies: Oublies | None = None,
) -> str:
    """The sentence of this reader."""
    lecture = get_lecture(acteur, dossier)
    if acteur.commune is not None and lecture >= Lecture.MA_COMMUNE:
        return write_commune(acteur.commune.nom, scenarios, index_commune(effets, acteur.commune_id), plume, oublies)
    return write_ensemble(scenarios, plume) if lecture is Lecture.TOUT else write_totaux(scenarios, plume)


def build_miennes(
    acteur: Acteur, scenarios: Sequence[Scenario], effets: Effets, plume: Plume, oublies: Oublies
) -> list[dict[str, Any]]:
    """One line a scenario for the reader's own commune; empty for those who act for none."""
    mine = index_commune(effets, acteur.commune_id)
    return [
        build_mienne(acteur, scenario, mine[scenario.pk], plume, oublies.get(scenario.pk))
        for scenario in scenarios
        if scenario.pk in mine
    ]


def build_mienne(
    acteur: Acteur, scenario: Scenario, effet: EffetCommune, plume: Plume, oublie: int | None
) -> dict[str, Any]:
    ecart = plume.compute_ecart(effet)
    return {
        "scenario": scenario,
        "participe": effet.participe,
        "contribution": plume.write(effet.contribution),
        "fourchette": plume.write_fourchette(effet.bas, effet.haut),
        "oublies": write_ligne(effet, oublie, plume),
        "depense": plume.write(effet.depense),
        "ecart": plume.write_ecart(ecart),
        "sens": get_sens(ecart),
        "par_habitant": plume.write_par_habitant(effet),
        "cout_seul": plume.write(effet.cout_seul),
        "effectifs": write_effectifs(acteur, effet),
        "estime": effet.estime,
    }


def build_barres_miennes(
    acteur: Acteur, scenarios: Sequence[Scenario], effets: Effets, plume: Plume
) -> list[dict[str, Any]]:
    """The difference from today by scenario, for the reader's own commune; empty when none is known."""
    mine = index_commune(effets, acteur.commune_id)
    barres = []
    for scenario in scenarios:
        effet = mine.get(scenario.pk)
        if effet is None or not effet.participe:
            continue
        ecart = plume.compute_ecart(effet)
        nom = f"{scenario.lettre}. {scenario.libelle}"
        barres.append({"nom": nom, "valeur": ecart, "estime": effet.estime, "texte": plume.write_ecart(ecart)})
    return barres if any(barre["valeur"] is not None for barre in barres) else []


def build_comparaison(
    acteur: Acteur, scenarios: Sequence[Scenario], effets: Effets, plume: Plume
) -> list[dict[str, Any]]:
    """All communes, one line each, mine first: what each scenario makes them pay. For those who read every amount."""
    columns = [{effet.commune_id: effet for effet in effets[scenario.pk]} for scenario in scenarios]
    lignes = []
    for first in effets[scenarios[0].pk] if scenarios else ():
        lignes.append(
            {
                "commune": first.commune,
                "mienne": first.commune_id == acteur.commune_id,
                "adresse": chemin(acteur, "dossiers:fiche", scenarios[0].dossier_id, first.commune_id),
                "cellules": [build_cellule(column[first.commune_id], plume) for column in columns],
            }
        )
    return sorted(lignes, key=lambda ligne: not ligne["mienne"])


def build_cellule(effet: EffetCommune, plume: Plume) -> dict[str, Any]:
    cellule = {"participe": effet.participe, "estime": effet.estime, "valeur": None, "sens": ""}
    if not effet.participe:
        return cellule | {"contribution": "ne participe pas", "ecart": ""}
    ecart = plume.compute_ecart(effet)
    return cellule | {
        "contribution": plume.write(effet.contribution),
        "ecart": plume.write_ecart(ecart),
        "valeur": ecart,
        "sens": get_sens(ecart),
    }


def build_cartes(scenarios: Sequence[Scenario], lecture: Lecture, plume: Plume) -> list[dict[str, Any]]:
    """What each scenario is, whoever reads."""
    return [
        {
            "scenario": scenario,
            "gel": scenario.gel,
            "cout": plume.write(scenario.gel.cout) if reads_total(scenario, lecture) else "",
            "engagements": list_engagements(scenario),
            "hausse_max": write_hausse(scenario),
        }
        for scenario in scenarios
    ]


def list_engagements(scenario: Scenario) -> list[str]:
    """The engagements of a scenario, in words, in the order of the list of choices."""
    return [mot for code, mot in Engagement.choices if code in scenario.engagements]


def write_quand(scenarios: Sequence[Scenario]) -> str:
    """Which year the amounts are of, and whether it still pays for the setting up: ``2027, mise en place comprise``."""
    annees = sorted({scenario.gel.annee_reference for scenario in scenarios})
    quand = " ou ".join(map(str, annees)) + (", selon le scénario" if len(annees) > 1 else "")
    return f"{quand}, mise en place comprise" if any(has_mise_en_place(s) for s in scenarios) else quand


def has_mise_en_place(scenario: Scenario) -> bool:
    """Whether the year of reference still carries the cost of setting the service up."""
    return any(famille == MISE_EN_PLACE and cents for famille, _, _, cents in scenario.gel.couts)


def write_hausse(scenario: Scenario) -> str:
    """``2 %``; empty without a cap."""
    if scenario.hausse_max is None:
        return ""
    return format_pourcentage(Fraction(scenario.hausse_max, 10_000))
