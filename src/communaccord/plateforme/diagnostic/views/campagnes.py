"""The room of the état des lieux: where it stands for whom, its words, its states, the follow-up, the questions."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.enums import EtatCampagne, EtatFiche
from communaccord.plateforme.diagnostic.forms import campagnes as form
from communaccord.plateforme.diagnostic.models import Campagne
from communaccord.plateforme.diagnostic.pages import campagne as page
from communaccord.plateforme.diagnostic.pages import suivi
from communaccord.plateforme.diagnostic.pages.cadre import read_ecarts
from communaccord.plateforme.diagnostic.pages.salle import list_pieces
from communaccord.plateforme.diagnostic.queries.campagnes import (
    count_etats,
    find_campagne,
    find_fiche_of,
    find_question,
    list_autres_mairies,
    list_fiches,
    list_historique_campagne,
    list_lignes,
    list_questions,
    read_attentes,
)
from communaccord.plateforme.diagnostic.rules import can_conduct, can_follow
from communaccord.plateforme.diagnostic.views.communs import (
    read_fait,
    redirect_to,
    require_campagne,
    require_conduite,
)
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie


@avec_acteur
@require_safe
def show_accueil(request: HttpRequest) -> HttpResponse:
    """Where the état des lieux stands: my sheet, the counts for everybody, the acts for who conducts."""
    acteur = request.acteur
    campagne = find_campagne(acteur.demarche)
    if campagne is None:
        context = {
            "phrase": page.write_phrase(None, {}, horloge.read_jour(acteur.demarche.fuseau)),
            "conduit": acteur.est_equipe,
            "pieces": list_pieces(acteur, campagne=False),
        }
        return render(request, "diagnostic/vide.html", {**context, "fait": read_fait(request)})
    preparing = campagne.etat == EtatCampagne.PREPARATION
    counts = dict.fromkeys(EtatFiche.values, 0) if preparing else count_etats(campagne)
    fiche = None if preparing else find_fiche_of(acteur, campagne)
    lignes = list_lignes(campagne)
    jour = horloge.read_jour(acteur.demarche.fuseau)
    context = {
        "campagne": campagne,
        "phrase": page.write_phrase(campagne, counts, jour),
        "ecarts": read_ecarts(acteur, lignes),
        "sens": page.SENS[EtatCampagne(campagne.etat)],
        "compte": [] if preparing else page.build_compte(counts),
        "fiche": fiche,
        "de_qui": write_de(fiche.commune.nom) if fiche is not None and fiche.commune else "de l'intercommunalité",
        "lignes": len([x for x in lignes if fiche is not None and (x.pour_l_epci or fiche.commune_id)]),
        "nombre": len(lignes),
        "autres": list_autres_mairies(acteur, jour),
        "actes": page.build_actes(acteur, campagne, fiche),
        "attentes": read_attentes(acteur) if acteur.est_equipe else None,
        "suit": bool(can_follow(acteur)) and not preparing,
        "pieces": list_pieces(acteur, campagne=True),
        "historique": list_historique_campagne(campagne),
        "fait": read_fait(request),
    }
    return render(request, "diagnostic/accueil.html", context)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    acteur, instant = request.acteur, horloge.read_instant()
    require(can_conduct(acteur, acteur.demarche_id))
    if request.method != "POST":
        return render_edition(
            request, None, form.fill_campagne(None, horloge.get_jour(instant, acteur.demarche.fuseau))
        )
    saisie = form.read_saisie(request.POST)
    contenu = form.parse_campagne(saisie)
    if isinstance(contenu, list):
        return render_edition(request, None, saisie.with_anomalies(contenu), status=422)
    campagne = actions.create_campagne(
        acteur=acteur, instant=instant, contenu=contenu, services=saisie.codes("services")
    )
    return redirect_to(acteur, "diagnostic:questionnaire", campagne.pk, fait="preparee")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, campagne: int) -> HttpResponse:
    row, instant = require_conduite(request, campagne), horloge.read_instant()
    if request.method != "POST":
        jour = horloge.get_jour(instant, request.acteur.demarche.fuseau)
        return render_edition(request, row, form.fill_campagne(row, jour))
    saisie = form.read_saisie(request.POST)
    contenu = form.parse_campagne(saisie)
    if isinstance(contenu, list):
        return render_edition(request, row, saisie.with_anomalies(contenu), status=422)
    version = form.read_version(request.POST)
    try:
        actions.edit_campagne(acteur=request.acteur, instant=instant, campagne=row, version=version, contenu=contenu)
    except Conflit as conflit:
        return render_edition(request, row, saisie, status=409, conflit=conflit)
    return redirect_to(request.acteur, "diagnostic:accueil", fait="modifiee")


def render_edition(
    request: HttpRequest, campagne: Campagne | None, saisie: Saisie, *, status: int = 200, conflit: Any = None
) -> HttpResponse:
    actuel = getattr(conflit, "actuel", None)
    shown = actuel or campagne
    seen = form.read_version(request.POST) if request.method == "POST" and actuel is None else 0
    context = {
        "campagne": campagne,
        "saisie": saisie,
        "services": form.list_services(),
        "version": seen or (shown.version if shown else 0),
        "conflit": conflit.message if conflit else "",
        "actuel": actuel,
    }
    return render(request, "diagnostic/campagne_edition.html", context, status=status)


def build_act(
    act: Callable, fait: str, *, motive: bool = False, retour: str = "accueil"
) -> Callable[..., HttpResponse]:
    """The view of one act on a campaign, with its reason when it asks one."""

    @avec_acteur
    @require_POST
    def do(request: HttpRequest, campagne: int) -> HttpResponse:
        row = require_campagne(request, campagne)
        options = {"motif": request.POST.get("motif", "")} if motive else {}
        act(acteur=request.acteur, instant=horloge.read_instant(), campagne=row, **options)
        args = () if retour == "accueil" else (row.pk,)
        return redirect_to(request.acteur, f"diagnostic:{retour}", *args, fait=fait)

    return do


open_to_communes = build_act(actions.open_campagne, "ouverte")
close = build_act(actions.close_campagne, "close")
reopen = build_act(actions.reopen_campagne, "rouverte", motive=True)
remind = build_act(actions.remind_mairies, "rappel", retour="suivi")


@avec_acteur
@require_safe
def show_suivi(request: HttpRequest, campagne: int) -> HttpResponse:
    """Where each sheet stands, for those who conduct or read them all."""
    row, tri = require_campagne(request, campagne), suivi.read_tri(request.GET.get("tri", ""))
    require(can_follow(request.acteur))
    fiches, lignes = list_fiches(request.acteur, row), list_lignes(row)
    totaux = {True: len(lignes), False: sum(ligne.pour_l_epci for ligne in lignes)}
    context = {
        "campagne": row,
        "phrase": suivi.write_phrase(fiches),
        "colonnes": suivi.build_colonnes(request.path, tri),
        "lignes": suivi.build_lignes(suivi.sort_fiches(fiches, tri), totaux),
        "relance": suivi.write_relance(row, horloge.read_instant()),
        "conduit": bool(can_conduct(request.acteur, row.demarche_id)),
        "fait": read_fait(request),
    }
    return render(request, "diagnostic/suivi.html", context)


@avec_acteur
@require_safe
def show_questions(request: HttpRequest, campagne: int) -> HttpResponse:
    return render_questions(request, require_conduite(request, campagne))


def render_questions(
    request: HttpRequest, campagne: Campagne, saisie: Saisie | None = None, status: int = 200
) -> HttpResponse:
    questions = list_questions(request.acteur, campagne)
    context = {
        "campagne": campagne,
        "attendues": [q for q in questions if q.repondue_le is None],
        "repondues": [q for q in questions if q.repondue_le is not None],
        "saisie": saisie or Saisie(),
        "fait": read_fait(request),
    }
    return render(request, "diagnostic/questions.html", context, status=status)


@avec_acteur
@require_POST
def answer(request: HttpRequest, question: int) -> HttpResponse:
    row = find_question(request.acteur, question)
    if row is None:
        raise Http404("Cette question n'existe pas, ou elle ne vous est pas ouverte.")
    campagne = require_conduite(request, row.fiche.campagne_id)
    texte, nom = request.POST.get("reponse", ""), f"reponse-{row.pk}"
    try:
        actions.answer_question(acteur=request.acteur, instant=horloge.read_instant(), question=row, texte=texte)
    except Conflit as conflit:
        saisie = Saisie({nom: texte}, anomalies=(Anomalie(nom, row.ligne.libelle, conflit.message, ""),))
        return render_questions(request, campagne, saisie, status=422 if row.repondue_le is None else 409)
    return redirect_to(request.acteur, "diagnostic:questions", campagne.pk, fait="repondu")
