"""The legal form of a dossier: the advisor, the form of a draft, the acts, the order of magnitude of AC and CIF."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers import actions
from communaccord.plateforme.dossiers.bridge.formes import REGLE_CIF, read_conseil, tell_reponses
from communaccord.plateforme.dossiers.enums import FORMES_DE_LA_LOI, MODIFIABLES, EtatDossier, Forme, Lecture
from communaccord.plateforme.dossiers.forms import formes as form
from communaccord.plateforme.dossiers.forms.champs import read_saisie, read_version
from communaccord.plateforme.dossiers.models import BaseFinanciere, Dossier, Scenario
from communaccord.plateforme.dossiers.pages import formes as page
from communaccord.plateforme.dossiers.pages.montants import read_plume
from communaccord.plateforme.dossiers.queries import (
    find_base,
    find_reponses,
    find_suivi,
    list_attributions,
    list_brouillons,
    list_communes_parties,
    list_effets,
    list_pieces,
    list_scenarios,
)
from communaccord.plateforme.dossiers.rules import get_lecture, may_prepare
from communaccord.plateforme.dossiers.views.communs import (
    read_fait,
    redirect_to,
    require_dossier,
    require_prepare,
    require_scenario,
)
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.saisie import Saisie

SANS_ACTES = "Cette forme n'est pas de celles dont les actes sont connus."


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def show_formes(request: HttpRequest, dossier: int) -> HttpResponse:
    """The advisor: answered by those who prepare, read by those who read the dossier."""
    if request.method != "POST":
        return render_formes(request, require_dossier(request, dossier))
    row = require_prepare(request, dossier)
    reponses = form.read_reponses(read_saisie(request.POST))
    try:
        actions.record_reponses(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            dossier=row,
            version=read_version(request.POST),
            reponses=reponses,
        )
    except actions.EditionConcurrente as concurrente:
        typed = {cle: valeur for cle, valeur in reponses.items() if valeur}
        return render_formes(request, row, typed, status=409, conflit=concurrente)
    return redirect_to(request.acteur, "dossiers:formes", row.pk, fait="formes")


def render_formes(
    request: HttpRequest,
    dossier: Dossier,
    typed: dict[str, str] | None = None,
    *,
    status: int = 200,
    conflit: actions.EditionConcurrente | None = None,
) -> HttpResponse:
    acteur = request.acteur
    kept = find_reponses(acteur, dossier)
    connues = page.start_reponses(dossier.demarche) | (kept.reponses if kept else {})
    reponses = connues if typed is None else typed
    conseil = read_conseil(reponses)
    modifiable = bool(may_prepare(acteur)) and dossier.etat in MODIFIABLES
    context = {
        "dossier": dossier,
        "kept": kept,
        "version": kept.version if kept else 0,
        "phrase": page.write_phrase(conseil),
        "questions": page.build_questions(conseil, reponses),
        "avis": page.build_avis(conseil, fpu=page.is_fpu(reponses, dossier.demarche)),
        "reponses": tell_reponses(reponses),
        "brouillons": list_brouillons(acteur, dossier) if modifiable else [],
        "scenarios": list_scenarios(acteur, dossier),
        "modifiable": modifiable,
        "conflit": conflit.message if conflit else "",
        "autres": tell_reponses(conflit.actuel.reponses) if conflit else [],
        "fait": read_fait(request),
    }
    return render(request, "dossiers/formes.html", context, status=status)


@avec_acteur
@require_POST
def choose(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    """Give a draft the form that was chosen among those of the advisor."""
    row = require_prepare(request, dossier)
    version = require_scenario(request, row, scenario)
    actions.choose_forme(
        acteur=request.acteur,
        instant=horloge.read_instant(),
        scenario=version,
        version=read_version(request.POST),
        forme=request.POST.get("forme", ""),
    )
    return redirect_to(request.acteur, "dossiers:scenario", row.pk, version.pk, fait="forme_choisie")


def require_forme(code: str) -> Forme:
    if code not in FORMES_DE_LA_LOI:
        raise Http404(SANS_ACTES)
    return Forme(code)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def show_actes(request: HttpRequest, dossier: int, code: str) -> HttpResponse:
    """Every act that the form asks, what is there and what is missing; the case in which the dossier is."""
    chosen = require_forme(code)
    if request.method != "POST":
        return render_actes(request, require_dossier(request, dossier), chosen)
    row = require_prepare(request, dossier)
    try:
        actions.record_conditions(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            dossier=row,
            forme=chosen,
            version=read_version(request.POST),
            conditions=form.read_conditions(read_saisie(request.POST), chosen),
        )
    except actions.EditionConcurrente as concurrente:
        return render_actes(request, row, chosen, status=409, conflit=concurrente.message)
    return redirect_to(request.acteur, "dossiers:actes", row.pk, chosen.value, fait="conditions")


def render_actes(
    request: HttpRequest, dossier: Dossier, forme: Forme, *, status: int = 200, conflit: str = ""
) -> HttpResponse:
    acteur = request.acteur
    suivi = find_suivi(acteur, dossier, forme)
    communes = list_communes_parties(acteur, dossier, forme)
    context = {
        "dossier": dossier,
        "forme": forme,
        "fiche": page.build_fiche(forme, fpu=page.is_fpu({}, dossier.demarche)),
        "suivi": page.build_suivi(forme, suivi, communes, list_pieces(acteur, suivi)),
        "conditions": page.build_conditions(forme, suivi),
        "version": suivi.version if suivi else 0,
        "ecrit": may_record(request, dossier),
        "conflit": conflit,
        "fait": read_fait(request),
    }
    return render(request, "dossiers/formes_actes.html", context, status=status)


def may_record(request: HttpRequest, dossier: Dossier) -> bool:
    return bool(may_prepare(request.acteur)) and dossier.etat != EtatDossier.RETIRE


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit_acte(request: HttpRequest, dossier: int, code: str, cle: str) -> HttpResponse:
    """One act, body by body: its date and number, or why it is not needed."""
    chosen = require_forme(code)
    piece = page.build_piece(chosen, cle)
    if piece is None:
        raise Http404("La forme ne demande pas cet acte.")
    row = require_prepare(request, dossier)
    suivi = find_suivi(request.acteur, row, chosen)
    porteurs = page.list_porteurs(chosen, piece["piece"], list_communes_parties(request.acteur, row, chosen))
    context: dict[str, Any] = {
        "dossier": row,
        "forme": chosen,
        "piece": piece,
        "porteurs": porteurs,
        "version": suivi.version if suivi else 0,
        "conflit": "",
    }
    if request.method != "POST":
        recues = [p for p in list_pieces(request.acteur, suivi) if p.cle == cle]
        return render_acte(request, context, form.fill_pieces(recues))
    return save_acte(request, context)


def render_acte(request: HttpRequest, context: dict[str, Any], saisie: Saisie, *, status: int = 200) -> HttpResponse:
    data = context | {"saisie": saisie, "lignes": form.list_lignes(saisie, context["porteurs"])}
    return render(request, "dossiers/formes_acte.html", data, status=status)


def save_acte(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Record the lines, or give them back whole with what is to be mended or what somebody else wrote."""
    dossier, forme, piece = context["dossier"], context["forme"], context["piece"]
    saisie = read_saisie(request.POST)
    lignes = form.parse_pieces(saisie, context["porteurs"])
    context |= {"version": read_version(request.POST)}
    if isinstance(lignes, list):
        return render_acte(request, context, saisie.with_anomalies(lignes), status=422)
    try:
        actions.record_pieces(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            dossier=dossier,
            forme=forme,
            cle=piece["cle"],
            version=context["version"],
            lignes=lignes,
        )
    except actions.SaisieRefusee as refusee:
        return render_acte(request, context, saisie.with_anomalies(refusee.anomalies), status=422)
    except actions.EditionConcurrente as concurrente:
        context |= {"conflit": concurrente.message, "version": concurrente.actuel.version}
        return render_acte(request, context, saisie, status=409)
    return redirect_to(request.acteur, "dossiers:actes", dossier.pk, forme.value, fait="pieces")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def show_compensation(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    """The order of magnitude of AC and CIF for a frozen scenario; its base is typed by those who prepare."""
    row = require_dossier(request, dossier)
    version = require_scenario(request, row, scenario)
    if not version.est_fige:
        raise Http404("L'ordre de grandeur se calcule sur un scénario figé.")
    base = find_base(request.acteur)
    if request.method != "POST":
        return render_compensation(request, row, version, base, form.fill_base(base))
    require_prepare(request, dossier)
    saisie = read_saisie(request.POST)
    contenu = form.parse_base(saisie)
    if isinstance(contenu, list):
        return render_compensation(request, row, version, base, saisie.with_anomalies(contenu), status=422)
    try:
        actions.record_base(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            version=read_version(request.POST),
            contenu=contenu,
        )
    except actions.SaisieRefusee as refusee:
        return render_compensation(request, row, version, base, saisie.with_anomalies(refusee.anomalies), status=422)
    except actions.EditionConcurrente as concurrente:
        return render_compensation(request, row, version, base, saisie, status=409, conflit=concurrente.message)
    return redirect_to(request.acteur, "dossiers:compensation", row.pk, version.pk, fait="base")


def render_compensation(
    request: HttpRequest,
    dossier: Dossier,
    scenario: Scenario,
    base: BaseFinanciere | None,
    saisie: Saisie,
    *,
    status: int = 200,
    conflit: str = "",
) -> HttpResponse:
    acteur, plume = request.acteur, read_plume(request.GET)
    lecture = get_lecture(acteur, dossier)
    effets = list_effets(acteur, [scenario])[scenario.pk] if lecture >= Lecture.MA_COMMUNE else []
    context = {
        "dossier": dossier,
        "scenario": scenario,
        "base": base,
        "page": page.build_compensation(dossier, scenario, base, effets, lecture, plume, list_attributions(acteur)),
        "regle": REGLE_CIF,
        "saisie": saisie,
        "montants": form.MONTANTS,
        "version": base.version if base else 0,
        "prepare": bool(may_prepare(acteur)),
        "conflit": conflit,
        "fait": read_fait(request),
    }
    return render(request, "dossiers/compensation.html", context, status=status)
