"""The questionnaire: read by all, proposed by the mairies, edited by the équipe projet."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.enums import EtatCampagne, EtatProposition, TypeLigne
from communaccord.plateforme.diagnostic.forms import campagnes as form
from communaccord.plateforme.diagnostic.models import Campagne, Ligne, PropositionLigne
from communaccord.plateforme.diagnostic.pages import campagne as page
from communaccord.plateforme.diagnostic.queries.campagnes import (
    count_reponses,
    find_ligne,
    find_proposition,
    list_lignes,
    list_propositions,
)
from communaccord.plateforme.diagnostic.rules import can_conduct, can_propose
from communaccord.plateforme.diagnostic.views.communs import (
    read_fait,
    redirect_to,
    require_campagne,
    require_conduite,
)
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

PAGE = "diagnostic:questionnaire"


def require_ligne(request: HttpRequest, campagne: Campagne, pk: int) -> Ligne:
    ligne = find_ligne(request.acteur, campagne, pk)
    if ligne is None:
        raise Http404("Cette ligne n'est pas de ce questionnaire.")
    ligne.campagne = campagne
    return ligne


@avec_acteur
@require_safe
def show_questionnaire(request: HttpRequest, campagne: int) -> HttpResponse:
    return render_questionnaire(request, require_campagne(request, campagne), Saisie())


def render_questionnaire(request: HttpRequest, campagne: Campagne, saisie: Saisie, status: int = 200) -> HttpResponse:
    acteur = request.acteur
    lignes = list_lignes(campagne, retirees=True)
    propositions = list_propositions(acteur, campagne)
    waiting = sum(p.etat == EtatProposition.PROPOSEE for p in propositions)
    closed = campagne.etat == EtatCampagne.CLOSE
    conduit = bool(can_conduct(acteur, campagne.demarche_id))
    context = {
        "campagne": campagne,
        "phrase": page.write_phrase_questionnaire(lignes, waiting if conduit else 0),
        "volets": page.build_questionnaire(lignes, propositions),
        "modifie": conduit and not closed,
        "deplace": conduit and campagne.etat == EtatCampagne.PREPARATION,
        "propose": bool(can_propose(acteur, campagne.demarche_id)) and not closed,
        "services": form.list_options_absentes([ligne for ligne in lignes if not ligne.retiree]),
        "noms_volets": form.list_volets(),
        "saisie": saisie,
        "fait": read_fait(request),
    }
    return render(request, "diagnostic/questionnaire.html", context, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def add_ligne(request: HttpRequest, campagne: int) -> HttpResponse:
    row = require_conduite(request, campagne)
    if request.method != "POST":
        return render_ligne(request, row, form.fill_ligne(None, volet=request.GET.get("volet", "")))
    saisie = form.read_saisie(request.POST)
    contenu = form.parse_ligne(saisie)
    if isinstance(contenu, list):
        return render_ligne(request, row, saisie.with_anomalies(contenu), status=422)
    try:
        ligne = actions.add_ligne(acteur=request.acteur, instant=horloge.read_instant(), campagne=row, contenu=contenu)
    except Conflit as conflit:
        return render_ligne(request, row, saisie, conflit=conflit, status=409)
    return redirect_to(request.acteur, PAGE, row.pk, fait="ligne", ancre=f"ligne-{ligne.pk}")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit_ligne(request: HttpRequest, campagne: int, ligne: int) -> HttpResponse:
    row = require_conduite(request, campagne)
    actuelle = require_ligne(request, row, ligne)
    if request.method != "POST":
        return render_ligne(request, row, form.fill_ligne(actuelle), ligne=actuelle)
    saisie = form.read_saisie(request.POST)
    contenu = form.parse_ligne(saisie)
    if isinstance(contenu, list):
        return render_ligne(request, row, saisie.with_anomalies(contenu), ligne=actuelle, status=422)
    version, instant = form.read_version(request.POST), horloge.read_instant()
    try:
        actions.edit_ligne(acteur=request.acteur, instant=instant, ligne=actuelle, version=version, contenu=contenu)
    except Conflit as conflit:
        return render_ligne(request, row, saisie, ligne=actuelle, conflit=conflit, status=409)
    return redirect_to(request.acteur, PAGE, row.pk, fait="ligne", ancre=f"ligne-{actuelle.pk}")


def render_ligne(
    request: HttpRequest,
    campagne: Campagne,
    saisie: Saisie,
    *,
    ligne: Ligne | None = None,
    proposition: PropositionLigne | None = None,
    conflit: Conflit | None = None,
    status: int = 200,
) -> HttpResponse:
    actuel = getattr(conflit, "actuel", None)
    seen = form.read_version(request.POST) if request.method == "POST" and actuel is None else 0
    context: dict[str, Any] = {
        "campagne": campagne,
        "ligne": ligne,
        "proposition": proposition,
        "saisie": saisie,
        "types": TypeLigne.choices,
        "noms_volets": form.list_volets(),
        "services": form.list_options_service(list_lignes(campagne, retirees=True)),
        "version": seen or (actuel or ligne).version if actuel or ligne else 0,
        "conflit": conflit.message if conflit else "",
        "actuel": actuel,
    }
    return render(request, "diagnostic/ligne.html", context, status=status)


@avec_acteur
@require_POST
def add_service(request: HttpRequest, campagne: int) -> HttpResponse:
    row, saisie = require_conduite(request, campagne), form.read_saisie(request.POST)
    texts = {nom: saisie.texte(nom)[:200] for nom in ("cle", "nom", "unite")}
    try:
        actions.add_service(acteur=request.acteur, instant=horloge.read_instant(), campagne=row, **texts)
    except actions.ServiceDeja:
        return redirect_to(request.acteur, PAGE, row.pk, fait="service_deja")
    except Conflit as conflit:
        mended = saisie.with_anomalies([Anomalie("nom", "", conflit.message, "")])
        return render_questionnaire(request, row, mended, status=422)
    return redirect_to(request.acteur, PAGE, row.pk, fait="ligne")


@avec_acteur
@require_POST
def move_ligne(request: HttpRequest, campagne: int, ligne: int) -> HttpResponse:
    row = require_conduite(request, campagne)
    actuelle = require_ligne(request, row, ligne)
    vers = -1 if request.POST.get("vers") == "haut" else 1
    actions.move_ligne(acteur=request.acteur, instant=horloge.read_instant(), ligne=actuelle, vers=vers)
    return redirect_to(request.acteur, PAGE, row.pk, ancre=f"ligne-{actuelle.pk}")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def set_retiree(request: HttpRequest, campagne: int, ligne: int) -> HttpResponse:
    """What a withdrawal would hide, then the act; putting a line back asks nothing."""
    row = require_conduite(request, campagne)
    actuelle = require_ligne(request, row, ligne)
    if request.method != "POST":
        phrase = page.write_retrait(count_reponses(actuelle))
        return render(request, "diagnostic/ligne_retrait.html", {"campagne": row, "ligne": actuelle, "phrase": phrase})
    retiree = request.POST.get("retiree") == "oui"
    actions.set_retiree(acteur=request.acteur, instant=horloge.read_instant(), ligne=actuelle, retiree=retiree)
    return redirect_to(request.acteur, PAGE, row.pk, fait="retiree" if retiree else "remise")


@avec_acteur
@require_POST
def propose(request: HttpRequest, campagne: int) -> HttpResponse:
    row, saisie = require_campagne(request, campagne), form.read_saisie(request.POST)
    pk = saisie.texte("ligne")
    ligne = require_ligne(request, row, int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 10 else None
    texts = {nom: saisie.texte(nom) for nom in ("volet", "libelle", "motif")}
    instant = horloge.read_instant()
    try:
        actions.propose_ligne(acteur=request.acteur, instant=instant, campagne=row, ligne=ligne, **texts)
    except Conflit as conflit:
        mended = saisie.with_anomalies([Anomalie("libelle", "", conflit.message, "")])
        return render_questionnaire(request, row, mended, status=422)
    return redirect_to(request.acteur, PAGE, row.pk, fait="proposee")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, proposition: int) -> HttpResponse:
    """Take up a proposal, its wording adjusted, or leave it aside with a word."""
    row = find_proposition(request.acteur, proposition)
    if row is None:
        raise Http404("Cette proposition n'existe pas, ou elle ne vous est pas ouverte.")
    campagne = require_conduite(request, row.campagne_id)
    if row.ligne:
        row.ligne.campagne = campagne
    if request.method != "POST":
        return render_ligne(request, campagne, form.fill_ligne(row.ligne, row), ligne=row.ligne, proposition=row)
    saisie, instant, mot = form.read_saisie(request.POST), horloge.read_instant(), request.POST.get("mot", "")
    contenu = form.parse_ligne(saisie)
    refused = request.POST.get("suite") == "refuser"
    try:
        if refused:
            actions.refuse_proposition(acteur=request.acteur, instant=instant, proposition=row, mot=mot)
        elif isinstance(contenu, list):
            mended = saisie.with_anomalies(contenu)
            return render_ligne(request, campagne, mended, ligne=row.ligne, proposition=row, status=422)
        else:
            options = {"acteur": request.acteur, "instant": instant, "proposition": row, "mot": mot}
            actions.accept_proposition(contenu=contenu, **options)
    except Conflit as conflit:
        options = {"ligne": row.ligne, "proposition": row, "conflit": conflit}
        return render_ligne(request, campagne, saisie, status=409, **options)
    return redirect_to(request.acteur, PAGE, campagne.pk, fait="ecartee" if refused else "retenue")
