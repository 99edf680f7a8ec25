"""The budget of a frozen scenario, and the scenarios of a dossier side by side."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers.bridge.budget import read_budget
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.pages import budget as page
from communaccord.plateforme.dossiers.pages import comparaison
from communaccord.plateforme.dossiers.pages.couts import compute_budget
from communaccord.plateforme.dossiers.pages.montants import read_plume
from communaccord.plateforme.dossiers.pages.scenario import choose_commune
from communaccord.plateforme.dossiers.queries import (
    find_clauses,
    list_couts,
    list_effets,
    list_profondeurs,
    list_scenarios,
    read_resultat,
    read_resultats,
)
from communaccord.plateforme.dossiers.rules import get_lecture
from communaccord.plateforme.dossiers.views.communs import require_dossier, require_scenario
from communaccord.plateforme.projet.queries import find_cadre
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier


@avec_acteur
@require_safe
def show_budget(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    acteur, row = request.acteur, require_dossier(request, dossier)
    version = require_scenario(request, row, scenario)
    if not version.est_fige:
        raise Http404("Le budget se lit sur un scénario figé.")
    plume, lecture = read_plume(request.GET), get_lecture(acteur, row)
    effets = list_effets(acteur, [version])[version.pk] if lecture >= Lecture.MA_COMMUNE else []
    budget = compute_budget(read_budget(read_resultat(version)), list_couts(acteur, [version.pk]))
    choix = [effet.commune for effet in effets if effet.participe]
    choix.sort(key=lambda commune: commune.pk != acteur.commune_id)
    asked = request.GET.get("commune", "")
    chosen = choose_commune(choix, asked) if asked or acteur.commune_id else 0
    clauses = find_clauses(acteur, version)
    context: dict[str, Any] = {
        "dossier": row,
        "scenario": version,
        "plume": plume,
        "page": page.build_page(acteur, version, lecture, budget, effets, plume, chosen),
        "choix_communes": choix if len(choix) > 1 else [],
        "chosen": chosen,
        "service_nouveau": clauses.service_nouveau if clauses else "",
    }
    return render(request, "dossiers/budget.html", context)


def read_matiere(request: HttpRequest, dossier: int) -> comparaison.Matiere:
    """The scenarios that are shown, with what this reader may see of each."""
    acteur, row = request.acteur, require_dossier(request, dossier)
    lecture, scenarios = get_lecture(acteur, row), list_scenarios(acteur, row)
    profondeurs = list_profondeurs(acteur, scenarios)
    resultats = read_resultats(scenarios)
    return comparaison.Matiere(
        acteur=acteur,
        dossier=row,
        lecture=lecture,
        scenarios=scenarios,
        effets=list_effets(acteur, scenarios) if lecture >= Lecture.MA_COMMUNE else {},
        profondeurs=profondeurs,
        cadre=find_cadre(row.demarche),
        plume=read_plume(request.GET),
        budgets={pk: compute_budget(read_budget(texte), profondeurs[pk].couts) for pk, texte in resultats.items()},
    )


@avec_acteur
@require_safe
def show_comparaison(request: HttpRequest, dossier: int) -> HttpResponse:
    matiere = read_matiere(request, dossier)
    lignes = comparaison.build_lignes(matiere) if matiere.scenarios else []
    context = {
        "dossier": matiere.dossier,
        "scenarios": matiere.scenarios,
        "groupes": [(groupe, list(suite)) for groupe, suite in groupby(lignes, key=attrgetter("groupe"))],
        "plume": matiere.plume,
        "phrase": comparaison.write_phrase(matiere.scenarios, lignes),
    }
    return render(request, "dossiers/comparaison.html", context)


@avec_acteur
@require_safe
def download_comparaison(request: HttpRequest, dossier: int) -> HttpResponse:
    matiere = read_matiere(request, dossier)
    if not matiere.scenarios:
        raise Http404("Aucun scénario n'est encore figé.")
    contenu = comparaison.build_xlsx(matiere, comparaison.build_lignes(matiere))
    return build_fichier(contenu, XLSX, comparaison.name_fichier(matiere.dossier))
