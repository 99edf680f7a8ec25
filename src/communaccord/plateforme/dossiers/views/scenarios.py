"""Scenarios: the page of one, its levers, freezing, a new version, a simulation brought in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers import actions
from communaccord.plateforme.dossiers.enums import Engagement, Forme, Lecture
from communaccord.plateforme.dossiers.forms import scenario as form
from communaccord.plateforme.dossiers.forms.champs import read_saisie, read_version
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.dossiers.pages import dossier as page_dossier
from communaccord.plateforme.dossiers.pages import scenario as page
from communaccord.plateforme.dossiers.pages.brouillon import read_brouillon
from communaccord.plateforme.dossiers.pages.cadre import read_ecarts_brouillon, read_ecarts_fige
from communaccord.plateforme.dossiers.pages.montants import read_plume
from communaccord.plateforme.dossiers.pages.oublies import read_oublies
from communaccord.plateforme.dossiers.pages.postes import complete_effectifs
from communaccord.plateforme.dossiers.queries import find_effet, list_communes, list_effets
from communaccord.plateforme.dossiers.rules import get_lecture, may_prepare
from communaccord.plateforme.dossiers.views.communs import (
    read_fait,
    redirect_to,
    require_dossier,
    require_prepare,
    require_scenario,
)
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.ouverture import read_ouverture
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie


@avec_acteur
@require_safe
def show_scenario(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    row = require_dossier(request, dossier)
    version = require_scenario(request, row, scenario)
    if not version.est_fige:
        return show_brouillon(request, row, version)
    return show_fige(request, row, version)


def show_fige(request: HttpRequest, dossier: Dossier, scenario: Scenario) -> HttpResponse:
    acteur, plume = request.acteur, read_plume(request.GET)
    lecture = get_lecture(acteur, dossier)
    effets = list_effets(acteur, [scenario]) if lecture >= Lecture.MA_COMMUNE else {scenario.pk: []}
    complete_effectifs(acteur, effets)
    lignes = page.build_lignes(acteur, effets[scenario.pk], plume)
    choix = [ligne["commune"] for ligne in lignes if ligne["participe"]]
    mienne = acteur.commune if lecture >= Lecture.MA_COMMUNE else None
    oublies = read_oublies(acteur, [scenario], mienne.code) if mienne else {}
    detail = find_effet(acteur, scenario, page.choose_commune(choix, request.GET.get("commune", "")))
    context = {
        "dossier": dossier,
        "scenario": scenario,
        "ecarts": read_ecarts_fige(acteur, dossier, scenario, effets[scenario.pk]),
        "lecture": lecture,
        "plume": plume,
        "phrase": page_dossier.build_phrase(acteur, dossier, [scenario], effets, plume, oublies),
        "carte": page_dossier.build_cartes([scenario], lecture, plume)[0],
        "lignes": lignes,
        "barres": page.build_barres(lignes),
        "annees": page.build_annees(detail, plume),
        "calcul": page.build_calcul(scenario, detail),
        "choix_communes": choix if len(choix) > 1 else [],
        "prepare": bool(may_prepare(acteur)),
        "fait": read_fait(request),
    }
    return render(request, "dossiers/scenario.html", context)


def show_brouillon(request: HttpRequest, dossier: Dossier, scenario: Scenario, status: int = 200) -> HttpResponse:
    context = {
        "dossier": dossier,
        "scenario": scenario,
        "ecarts": read_ecarts_brouillon(request.acteur, dossier, scenario),
        "prepare": bool(may_prepare(request.acteur)),
        "fait": read_fait(request),
        **read_brouillon(request.acteur, dossier, scenario, read_plume(request.GET)),
    }
    return render(request, "dossiers/brouillon.html", context, status=status)


def render_form(
    request: HttpRequest,
    dossier: Dossier,
    saisie: Saisie,
    scenario: Scenario | None = None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The form of the levers, with what was typed."""
    data = {
        "dossier": dossier,
        "scenario": scenario,
        "version": scenario.version if scenario else 0,
        "saisie": saisie,
        "form": form,
        "formes": Forme.choices,
        "engagements": [{"valeur": code, "libelle": mot} for code, mot in Engagement.choices],
        "communes": [{"valeur": c.code, "libelle": c.nom} for c in list_communes(request.acteur)],
        "conflit": "",
        **context,
    }
    return render(request, "dossiers/leviers.html", data, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, dossier: int) -> HttpResponse:
    row = require_prepare(request, dossier)
    if request.method != "POST":
        return render_form(request, row, form.start_saisie([c.code for c in list_communes(request.acteur)]))
    return save(request, row, None)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    row = require_prepare(request, dossier)
    version = require_scenario(request, row, scenario)
    if version.est_fige:
        return redirect_to(request.acteur, "dossiers:scenario", row.pk, version.pk)
    if request.method != "POST":
        codes = [c.code for c in list_communes(request.acteur)]
        return render_form(request, row, form.fill_saisie(version, codes), version)
    return save(request, row, version)


def save(request: HttpRequest, dossier: Dossier, scenario: Scenario | None) -> HttpResponse:
    """Record the draft, or give the form back whole with what is to be mended or what somebody else wrote."""
    saisie = read_saisie(request.POST, listes=form.LISTES)
    seen = read_version(request.POST)
    if "recalculer" in request.POST:
        return render_form(request, dossier, form.rebalance_saisie(saisie), scenario, version=seen)
    contenu = form.parse_saisie(saisie)
    if isinstance(contenu, list):
        return render_form(request, dossier, saisie.with_anomalies(contenu), scenario, status=422, version=seen)
    try:
        saved = record(request, dossier, scenario, seen, contenu)
    except actions.SaisieRefusee as refusee:
        mended = saisie.with_anomalies(refusee.anomalies)
        return render_form(request, dossier, mended, scenario, status=422, version=seen)
    except actions.EditionConcurrente as concurrente:
        return render_form(request, dossier, saisie, concurrente.actuel, status=409, conflit=concurrente.message)
    fait = "scenario_modifie" if scenario else "scenario_cree"
    return redirect_to(request.acteur, "dossiers:scenario", dossier.pk, saved.pk, fait=fait)


def record(
    request: HttpRequest, dossier: Dossier, scenario: Scenario | None, version: int, contenu: actions.ContenuScenario
) -> Scenario:
    common = {"acteur": request.acteur, "instant": horloge.read_instant(), "contenu": contenu}
    if scenario is None:
        return actions.create_scenario(dossier=dossier, **common)
    return actions.edit_scenario(scenario=scenario, version=version, **common)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def import_simulation(request: HttpRequest, dossier: int) -> HttpResponse:
    """One scenario a variant, and figures for the communes that have none."""
    row = require_prepare(request, dossier)
    context: dict[str, Any] = {"dossier": row, "anomalies": [], "lien_colle": "", "remplacer": False}
    if request.method != "POST":
        return render(request, "dossiers/import_simulation.html", context)
    ouverture = read_ouverture(request.POST.get("lien", ""), request.FILES.get("fichier"))
    context |= {"lien_colle": ouverture.lien, "remplacer": request.POST.get("remplacer") == "oui"}
    context["anomalies"] = ouverture.list_anomalies()
    if ouverture.simulation is not None:
        try:
            actions.import_simulation(
                acteur=request.acteur,
                instant=horloge.read_instant(),
                dossier=row,
                simulation=ouverture.simulation,
                remplacer=context["remplacer"],
            )
        except actions.SaisieRefusee as refusee:
            context["anomalies"] = [
                Anomalie(ouverture.champ, a.libelle, a.message, a.que_faire) for a in refusee.anomalies
            ]
        else:
            return redirect_to(request.acteur, "dossiers:dossier", row.pk, fait="simulation")
    return render(request, "dossiers/import_simulation.html", context, status=422)


@avec_acteur
@require_POST
def freeze(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    row = require_prepare(request, dossier)
    version = require_scenario(request, row, scenario)
    try:
        actions.freeze_scenario(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            scenario=version,
            version=read_version(request.POST),
        )
    except actions.SaisieRefusee:
        return show_brouillon(request, row, version, status=422)
    return redirect_to(request.acteur, "dossiers:scenario", row.pk, version.pk, fait="scenario_fige")


@avec_acteur
@require_POST
def open_version(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    row = require_prepare(request, dossier)
    version = require_scenario(request, row, scenario)
    suivante = actions.open_version(acteur=request.acteur, instant=horloge.read_instant(), scenario=version)
    return redirect_to(request.acteur, "dossiers:scenario_modifier", row.pk, suivante.pk, fait="scenario_version")


@avec_acteur
@require_POST
def delete(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    row = require_prepare(request, dossier)
    version = require_scenario(request, row, scenario)
    actions.delete_scenario(acteur=request.acteur, instant=horloge.read_instant(), scenario=version)
    return redirect_to(request.acteur, "dossiers:dossier", row.pk, fait="scenario_supprime")
