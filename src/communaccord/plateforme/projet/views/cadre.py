"""The précadrage: read, compared, written, proposed, its validation recorded."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.projet.actions import cadre as actions
from communaccord.plateforme.projet.enums.cadre import TEXTES_CADRE, EtatCadre
from communaccord.plateforme.projet.forms import cadre as form
from communaccord.plateforme.projet.forms.champs import read_saisie, read_version
from communaccord.plateforme.projet.lecture.cadre import compare_cadres
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.projet.pages import cadre as page
from communaccord.plateforme.projet.pages.onglets import build_onglets
from communaccord.plateforme.projet.queries.cadre import (
    find_cadre_visible,
    list_cadres,
    list_communes,
    list_historique_cadre,
)
from communaccord.plateforme.projet.rules.cadre import may_write
from communaccord.plateforme.projet.views.communs import read_fait, redirect_to
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

INTROUVABLE = "Cette version du précadrage n'existe pas, ou elle ne vous est pas ouverte."


def require_cadre(request: HttpRequest, pk: int) -> Cadre:
    cadre = find_cadre_visible(request.acteur, pk)
    if cadre is None:
        raise Http404(INTROUVABLE)
    return cadre


@avec_acteur
@require_safe
def show_dernier(request: HttpRequest) -> HttpResponse:
    """The last version that this actor reads, or what a précadrage is when there is none yet."""
    versions = list_cadres(request.acteur)
    if versions:
        return show_page(request, versions[0], versions)
    context = {
        "onglets": build_onglets(request.acteur, "cadre"),
        "ecrit": may_write(request.acteur, request.acteur.demarche_id),
    }
    return render(request, "projet/cadre_vide.html", context)


@avec_acteur
@require_safe
def show_version(request: HttpRequest, cadre: int) -> HttpResponse:
    return show_page(request, require_cadre(request, cadre), list_cadres(request.acteur))


def show_page(request: HttpRequest, cadre: Cadre, versions: list[Cadre], saisie: Saisie | None = None) -> HttpResponse:
    """One version; ``saisie``: a decision that was refused, as it was typed."""
    acteur = request.acteur
    context = {
        "onglets": build_onglets(acteur, "cadre"),
        "page": page.build_page(acteur, cadre, versions, list_communes(acteur)),
        "historique": list_historique_cadre(acteur, cadre),
        "saisie": saisie or Saisie(),
        "fait": read_fait(request, page.FAITS),
    }
    return render(request, "projet/cadre.html", context, status=422 if saisie else 200)


@avec_acteur
@require_safe
def show_differences(request: HttpRequest, cadre: int) -> HttpResponse:
    """What changed since an earlier version: the one that the address names, or the one before."""
    acteur, apres = request.acteur, require_cadre(request, cadre)
    earlier = [other for other in list_cadres(acteur) if other.numero < apres.numero]
    asked = request.GET.get("avec", "")
    avant = next((other for other in earlier if str(other.numero) == asked), earlier[0] if earlier else None)
    if avant is None:
        raise Http404("Il n'y a pas de version plus ancienne à comparer.")
    context = {
        "onglets": build_onglets(acteur, "cadre"),
        "avant": avant,
        "apres": apres,
        "anciennes": earlier,
        "champs": compare_cadres(avant, apres, list_communes(acteur)),
    }
    return render(request, "projet/cadre_differences.html", context)


@avec_acteur
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    cadre = actions.start_cadre(acteur=request.acteur, instant=horloge.read_instant())
    return redirect_to(request.acteur, "projet:cadre_modifier", cadre.pk, fait="cadre_ouvert")


def render_form(
    request: HttpRequest, cadre: Cadre, saisie: Saisie, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The form, with what was typed."""
    data = {
        "onglets": build_onglets(request.acteur, "cadre"),
        "cadre": cadre,
        "saisie": saisie,
        "version": cadre.version,
        "textes": {nom: (libelle, aide) for nom, libelle, aide in TEXTES_CADRE},
        "familles": page.build_services(),
        "options": page.build_options(list_communes(request.acteur)),
        "conflit": "",
        "changements": [],
        "fait": read_fait(request, page.FAITS),
        **context,
    }
    return render(request, "projet/cadre_edition.html", data, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, cadre: int) -> HttpResponse:
    row = require_cadre(request, cadre)
    require(may_write(request.acteur, row.demarche_id))
    if request.method != "POST":
        if row.etat != EtatCadre.BROUILLON:
            return redirect_to(request.acteur, "projet:cadre_version", row.pk)
        return render_form(request, row, form.fill_saisie(row))
    saisie, version = read_saisie(request.POST, listes=form.LISTES), read_version(request.POST)
    communes = list_communes(request.acteur)
    contenu = form.parse_saisie(saisie, communes)
    if isinstance(contenu, list):
        return render_form(request, row, saisie.with_anomalies(contenu), status=422, version=version)
    try:
        actions.edit_cadre(
            acteur=request.acteur, instant=horloge.read_instant(), cadre=row, version=version, contenu=contenu
        )
    except Conflit as conflit:
        actuel = find_cadre_visible(request.acteur, row.pk) or row
        changements = form.list_changements(contenu, actuel, communes)
        return render_form(request, actuel, saisie, status=409, conflit=conflit.message, changements=changements)
    return redirect_to(request.acteur, "projet:cadre_version", row.pk, fait="cadre_modifie")


def build_act(act: Callable, fait: str, *, motive: bool = False) -> Callable[..., HttpResponse]:
    """The view of one act of the page, with its reason when it asks one."""

    @avec_acteur
    @require_POST
    def do(request: HttpRequest, cadre: int) -> HttpResponse:
        row = require_cadre(request, cadre)
        options = {"motif": request.POST.get("motif", "")} if motive else {}
        act(acteur=request.acteur, instant=horloge.read_instant(), cadre=row, **options)
        return redirect_to(request.acteur, "projet:cadre_version", row.pk, fait=fait)

    return do


propose = build_act(actions.propose_cadre, "cadre_propose")
take_back = build_act(actions.take_back_cadre, "cadre_repris", motive=True)


@avec_acteur
@require_POST
def validate(request: HttpRequest, cadre: int) -> HttpResponse:
    """What an instance validated elsewhere, at a date."""
    row = require_cadre(request, cadre)
    saisie = read_saisie(request.POST)
    decision = form.parse_decision(saisie)
    if isinstance(decision, list):
        return show_page(request, row, list_cadres(request.acteur), saisie.with_anomalies(decision))
    try:
        actions.validate_cadre(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            cadre=row,
            version=read_version(request.POST),
            jour=decision.jour,
            instance=decision.instance,
        )
    except Conflit as conflit:
        anomalie = Anomalie("jour", "Validation", conflit.message, "")
        return show_page(
            request, require_cadre(request, cadre), list_cadres(request.acteur), saisie.with_anomalies([anomalie])
        )
    return redirect_to(request.acteur, "projet:cadre_version", row.pk, fait="cadre_valide")
