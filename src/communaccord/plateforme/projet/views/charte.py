"""The charte: read, its parts written, adopted, joined, downloaded."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.documents.docx import TYPE_DOCX
from communaccord.plateforme.projet.actions import charte as actions
from communaccord.plateforme.projet.documents import charte as documents
from communaccord.plateforme.projet.enums.cadre import Partie
from communaccord.plateforme.projet.forms.cadre import parse_decision
from communaccord.plateforme.projet.forms.champs import read_saisie, read_version
from communaccord.plateforme.projet.forms.charte import check_partie
from communaccord.plateforme.projet.lecture.charte import PartieLue
from communaccord.plateforme.projet.models import Charte
from communaccord.plateforme.projet.pages import charte as page
from communaccord.plateforme.projet.pages.onglets import build_onglets
from communaccord.plateforme.projet.queries.cadre import find_cadre
from communaccord.plateforme.projet.queries.charte import find_charte, list_chartes, list_parties
from communaccord.plateforme.projet.rules.cadre import may_write
from communaccord.plateforme.projet.views.communs import read_fait, redirect_to
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

INTROUVABLE = "Cette version de la charte n'existe pas, ou elle ne vous est pas ouverte."


def require_charte(request: HttpRequest, pk: int) -> Charte:
    charte = find_charte(request.acteur, pk)
    if charte is None:
        raise Http404(INTROUVABLE)
    return charte


@avec_acteur
@require_safe
def show_derniere(request: HttpRequest) -> HttpResponse:
    """The last adopted version; before there is one, the project; before the project, what a charte is."""
    acteur, versions = request.acteur, list_chartes(request.acteur)
    if versions:
        shown = next((charte for charte in versions if charte.est_adoptee), versions[0])
        return show_page(request, shown, versions)
    context = {
        "onglets": build_onglets(acteur, "charte"),
        "ecrit": may_write(acteur, acteur.demarche_id),
        "cadre": find_cadre(acteur.demarche),
    }
    return render(request, "projet/charte_vide.html", context)


@avec_acteur
@require_safe
def show_version(request: HttpRequest, charte: int) -> HttpResponse:
    return show_page(request, require_charte(request, charte), list_chartes(request.acteur))


def show_page(
    request: HttpRequest, charte: Charte, versions: list[Charte], saisie: Saisie | None = None
) -> HttpResponse:
    """One version; ``saisie``: a decision that was refused, as it was typed."""
    context = {
        "onglets": build_onglets(request.acteur, "charte"),
        "page": page.build_page(request.acteur, charte, versions, horloge.read_instant()),
        "saisie": saisie or Saisie(),
        "fait": read_fait(request, page.FAITS),
    }
    return render(request, "projet/charte.html", context, status=422 if saisie else 200)


@avec_acteur
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    charte = actions.start_charte(acteur=request.acteur, instant=horloge.read_instant())
    return redirect_to(request.acteur, "projet:charte_version", charte.pk, fait="charte_ouverte")


def require_partie(request: HttpRequest, charte: Charte, cle: str) -> PartieLue:
    """A part, for those who write it; 404 when there is none of this name."""
    require(may_write(request.acteur, charte.demarche_id))
    if cle not in Partie.values:
        raise Http404("Cette partie de la charte n'existe pas.")
    parties = page.read_texte(request.acteur, charte, list_parties(request.acteur, charte))
    return next(partie for partie in parties if partie.cle == cle)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit_partie(request: HttpRequest, charte: int, cle: str) -> HttpResponse:
    row = require_charte(request, charte)
    partie = require_partie(request, row, cle)
    if request.method != "POST":
        if row.est_adoptee:
            return redirect_to(request.acteur, "projet:charte_version", row.pk, ancre=cle)
        return render_partie(request, row, partie, Saisie({"texte": partie.texte}))
    saisie, version = read_saisie(request.POST), read_version(request.POST)
    if anomalies := check_partie(saisie):
        return render_partie(request, row, partie, saisie.with_anomalies(anomalies), status=422, version=version)
    try:
        actions.write_partie(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            charte=row,
            cle=cle,
            version=version,
            texte=saisie.texte("texte"),
        )
    except Conflit as conflit:
        changements = [("Le texte", partie.texte or "(vide)")]
        return render_partie(request, row, partie, saisie, status=409, conflit=conflit.message, changements=changements)
    return redirect_to(request.acteur, "projet:charte_version", row.pk, fait="partie_ecrite", ancre=cle)


def render_partie(
    request: HttpRequest, charte: Charte, partie: PartieLue, saisie: Saisie, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The form of a part, with what was typed."""
    data = {
        "onglets": build_onglets(request.acteur, "charte"),
        "charte": charte,
        "partie": partie,
        "saisie": saisie,
        "version": partie.version,
        "conflit": "",
        "changements": [],
        **context,
    }
    return render(request, "projet/charte_partie.html", data, status=status)


def build_act(act: Callable, fait: str) -> Callable[..., HttpResponse]:
    """The view of what is done of a part whose source moved."""

    @avec_acteur
    @require_POST
    def do(request: HttpRequest, charte: int, cle: str) -> HttpResponse:
        row = require_charte(request, charte)
        version = read_version(request.POST)
        act(acteur=request.acteur, instant=horloge.read_instant(), charte=row, cle=cle, version=version)
        return redirect_to(request.acteur, "projet:charte_version", row.pk, fait=fait, ancre=cle)

    return do


keep = build_act(actions.keep_partie, "partie_gardee")
take = build_act(actions.take_proposition, "partie_reprise")


@avec_acteur
@require_POST
def adopt(request: HttpRequest, charte: int) -> HttpResponse:
    """What an instance adopted, at a date."""
    row, saisie = require_charte(request, charte), read_saisie(request.POST)
    decision = parse_decision(saisie)
    if isinstance(decision, list):
        return show_page(request, row, list_chartes(request.acteur), saisie.with_anomalies(decision))
    try:
        actions.adopt_charte(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            charte=row,
            lu=saisie.texte("lu"),
            jour=decision.jour,
            instance=decision.instance,
        )
    except Conflit as conflit:
        refused = saisie.with_anomalies([Anomalie("jour", "Adoption", conflit.message, "")])
        return show_page(request, row, list_chartes(request.acteur), refused)
    return redirect_to(request.acteur, "projet:charte_version", row.pk, fait="charte_adoptee")


def build_adhesion(act: Callable, fait: str) -> Callable[..., HttpResponse]:
    """The view of joining and of leaving: one POST."""

    @avec_acteur
    @require_POST
    def do(request: HttpRequest, charte: int) -> HttpResponse:
        row = require_charte(request, charte)
        act(acteur=request.acteur, instant=horloge.read_instant(), charte=row)
        return redirect_to(request.acteur, "projet:charte_version", row.pk, fait=fait)

    return do


join = build_adhesion(actions.join_charte, "charte_rejointe")
leave = build_adhesion(actions.leave_charte, "charte_quittee")


def build_telechargement(
    render_fichier: Callable[..., bytes], genre: str, extension: str
) -> Callable[..., HttpResponse]:
    """The view of a file of the charte."""

    @avec_acteur
    @require_safe
    def do(request: HttpRequest, charte: int) -> HttpResponse:
        row, instant = require_charte(request, charte), horloge.read_instant()
        shown = page.build_page(request.acteur, row, [row], instant)
        name = f"charte-de-mutualisation-v{row.numero}.{extension}"
        return build_fichier(render_fichier(request.acteur, shown, instant), genre, name)

    return do


download_pdf = build_telechargement(documents.render_pdf, "application/pdf", "pdf")
download_docx = build_telechargement(documents.render_docx, TYPE_DOCX, "docx")
