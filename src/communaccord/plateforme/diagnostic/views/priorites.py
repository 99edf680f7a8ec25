"""The choice of priorities: what is asked, the ballot of a commune, the result once it is closed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.actions import EditionConcurrente, SaisieRefusee
from communaccord.plateforme.diagnostic.enums import EtatPriorisation
from communaccord.plateforme.diagnostic.forms import priorites as form
from communaccord.plateforme.diagnostic.forms.campagnes import read_version
from communaccord.plateforme.diagnostic.models import BulletinPriorites, Campagne, OptionPriorite, Priorisation
from communaccord.plateforme.diagnostic.pages import priorites as page
from communaccord.plateforme.diagnostic.queries.campagnes import find_campagne
from communaccord.plateforme.diagnostic.queries.priorites import (
    count_bulletins,
    find_bulletin,
    find_priorisation,
    find_resultat,
    is_ouverte,
    list_options,
    list_options_proposees,
    list_priorisations,
)
from communaccord.plateforme.diagnostic.rules import can_conduct, can_read_priorites, can_vote
from communaccord.plateforme.diagnostic.views.communs import redirect_to
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.saisie import Saisie, build_saisie
from communaccord.plateforme.socle.typographie import prose

FAITS = {
    "preparee": "Choix des priorités enregistré : relisez-le, puis ouvrez-le aux mairies.",
    "ouverte": "Choix ouvert : les mairies reçoivent un courriel.",
    "close": "Choix clos : qui lit la synthèse lit aussi ce résultat.",
    "brouillon": "Brouillon gardé : il ne compte pas tant qu'il n'est pas déposé.",
    "depose": "Bulletin déposé. Vous pouvez le changer jusqu'à la clôture.",
}


def require_priorisation(request: HttpRequest, pk: int) -> Priorisation:
    require(can_read_priorites(request.acteur))
    found = find_priorisation(request.acteur, pk)
    if found is None:
        raise Http404("Ce choix des priorités n'existe pas, ou il n'est pas encore ouvert.")
    return found


def require_conduite(request: HttpRequest, pk: int) -> Priorisation:
    priorisation = require_priorisation(request, pk)
    require(can_conduct(request.acteur, priorisation.demarche_id))
    return priorisation


@avec_acteur
@require_safe
def show_accueil(request: HttpRequest) -> HttpResponse:
    """The last choice that this actor reads, or what will come."""
    require(can_read_priorites(request.acteur))
    rows = list_priorisations(request.acteur)
    if rows:
        return render_priorisation(request, rows[0], autres=rows[1:])
    campagne = find_campagne(request.acteur.demarche)
    prepare = campagne is not None and bool(can_conduct(request.acteur, request.acteur.demarche_id))
    return render(request, "diagnostic/priorites_vide.html", {"campagne": campagne, "prepare": prepare})


@avec_acteur
@require_safe
def show_priorisation(request: HttpRequest, priorisation: int) -> HttpResponse:
    return render_priorisation(request, require_priorisation(request, priorisation))


def render_priorisation(
    request: HttpRequest,
    row: Priorisation,
    *,
    autres: list[Priorisation] | None = None,
    saisie: Saisie | None = None,
    conflit: Conflit | None = None,
    status: int = 200,
) -> HttpResponse:
    acteur, instant = request.acteur, horloge.read_instant()
    options, ligne = list_options(acteur, row), find_resultat(acteur, row)
    resultat = page.build_resultat(ligne, options) if ligne else None
    deposes, communes = (ligne.bulletins, ligne.communes) if ligne else count_bulletins(row)
    bulletin = find_bulletin(acteur, row)
    conduit = bool(can_conduct(acteur, row.demarche_id))
    context = {
        "priorisation": row,
        "phrase": prose(page.write_phrase(row, deposes, communes, resultat)),
        "options": options,
        "sections": page.build_sections(resultat) if resultat else (),
        "resultat": resultat,
        "ouverte": is_ouverte(row, instant),
        "vote": is_ouverte(row, instant) and bool(can_vote(acteur, row.demarche_id)),
        "saisie": saisie or form.fill_bulletin(row, bulletin),
        "bulletin": bulletin,
        "mentions": form.list_mentions(),
        "conduit": conduit,
        "autres": autres or [],
        "nouveau": conduit and row.etat == EtatPriorisation.CLOSE,
        "conflit": conflit.message if conflit else "",
        **list_lu(row, bulletin, options, conflit),
        "fait": prose(FAITS.get(request.GET.get("fait", ""), "")),
    }
    return render(request, "diagnostic/priorites.html", context, status=status)


def list_lu(
    row: Priorisation, bulletin: BulletinPriorites | None, options: list[OptionPriorite], conflit: Conflit | None
) -> dict[str, Any]:
    """One's own ballot in words: as deposited; as somebody else wrote it meanwhile."""
    depose = bulletin is not None and bulletin.depose_le is not None
    ailleurs = isinstance(conflit, EditionConcurrente) and bulletin is not None
    return {
        "depose": page.write_bulletin(row, bulletin.choix, options) if bulletin and depose else [],
        "ailleurs": page.write_bulletin(row, bulletin.brouillon, options) if bulletin and ailleurs else [],
        "change": bulletin is not None and depose and bulletin.brouillon != bulletin.choix,
    }


@avec_acteur
@require_POST
def vote(request: HttpRequest, priorisation: int) -> HttpResponse:
    """Keep the draft or deposit the ballot; what cannot be kept comes back as it was typed."""
    row = require_priorisation(request, priorisation)
    require(can_vote(request.acteur, row.demarche_id))
    depose = request.POST.get("suite") == "deposer"
    saisie = build_saisie(request.POST)
    choix = form.parse_bulletin(row, list_options(request.acteur, row), saisie)
    if isinstance(choix, list):
        return render_priorisation(request, row, saisie=saisie.with_anomalies(choix), status=422)
    try:
        actions.record_bulletin(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            priorisation=row,
            version=read_version(request.POST),
            choix=choix,
            depose=depose,
        )
    except SaisieRefusee as refus:
        saisie = saisie.with_anomalies(form.build_anomalies(refus.fautes))
        return render_priorisation(request, row, saisie=saisie, status=422)
    except Conflit as conflit:
        return render_priorisation(request, row, saisie=saisie, conflit=conflit, status=409)
    return redirect_to(request.acteur, "diagnostic:priorisation", row.pk, fait="depose" if depose else "brouillon")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    acteur, instant = request.acteur, horloge.read_instant()
    require(can_conduct(acteur, acteur.demarche_id))
    campagne = find_campagne(acteur.demarche)
    if campagne is None:
        raise Http404("Préparez d'abord l'état des lieux : les options viennent de son questionnaire.")
    proposees = list_options_proposees(campagne)
    if request.method != "POST":
        jour = horloge.get_jour(instant, acteur.demarche.fuseau)
        saisie = form.fill_priorisation(None, [libelle for libelle, _ in proposees], jour)
        return render_edition(request, campagne, None, saisie)
    saisie = build_saisie(request.POST)
    contenu = form.parse_priorisation(saisie, dict(proposees))
    if isinstance(contenu, list):
        return render_edition(request, campagne, None, saisie.with_anomalies(contenu), status=422)
    try:
        row = actions.create_priorisation(acteur=acteur, instant=instant, campagne=campagne, contenu=contenu)
    except Conflit as conflit:
        return render_edition(request, campagne, None, saisie, status=409, conflit=conflit)
    return redirect_to(acteur, "diagnostic:priorisation", row.pk, fait="preparee")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, priorisation: int) -> HttpResponse:
    row, instant = require_conduite(request, priorisation), horloge.read_instant()
    options = list_options(request.acteur, row)
    if request.method != "POST":
        saisie = form.fill_priorisation(row, [option.libelle for option in options], row.fin)
        return render_edition(request, row.campagne, row, saisie)
    saisie = build_saisie(request.POST)
    known = {option.libelle: option.service for option in options} | dict(list_options_proposees(row.campagne))
    contenu = form.parse_priorisation(saisie, known)
    if isinstance(contenu, list):
        return render_edition(request, row.campagne, row, saisie.with_anomalies(contenu), status=422)
    try:
        actions.edit_priorisation(
            acteur=request.acteur,
            instant=instant,
            priorisation=row,
            version=read_version(request.POST),
            contenu=contenu,
        )
    except Conflit as conflit:
        return render_edition(request, row.campagne, row, saisie, status=409, conflit=conflit)
    return redirect_to(request.acteur, "diagnostic:priorisation", row.pk, fait="preparee")


def render_edition(
    request: HttpRequest,
    campagne: Campagne,
    row: Priorisation | None,
    saisie: Saisie,
    *,
    status: int = 200,
    conflit: Conflit | None = None,
) -> HttpResponse:
    actuel = conflit.actuel if isinstance(conflit, EditionConcurrente) else None
    version = actuel.version if actuel else saisie.texte("version") or (row.version if row else 0)
    context = {
        "campagne": campagne,
        "priorisation": row,
        "saisie": saisie,
        "version": version,
        "modes": form.list_modes(),
        "conflit": conflit.message if conflit else "",
        "actuel": actuel,
    }
    return render(request, "diagnostic/priorites_edition.html", context, status=status)


@avec_acteur
@require_POST
def open_to_mairies(request: HttpRequest, priorisation: int) -> HttpResponse:
    row = require_conduite(request, priorisation)
    try:
        actions.open_priorisation(acteur=request.acteur, instant=horloge.read_instant(), priorisation=row)
    except Conflit as conflit:
        return render_priorisation(request, require_conduite(request, priorisation), conflit=conflit, status=409)
    return redirect_to(request.acteur, "diagnostic:priorisation", row.pk, fait="ouverte")


@avec_acteur
@require_POST
def close(request: HttpRequest, priorisation: int) -> HttpResponse:
    row = require_conduite(request, priorisation)
    try:
        actions.close_priorisation(acteur=request.acteur, instant=horloge.read_instant(), priorisation=row)
    except Conflit as conflit:
        return render_priorisation(request, require_conduite(request, priorisation), conflit=conflit, status=409)
    return redirect_to(request.acteur, "diagnostic:priorisation", row.pk, fait="close")


@avec_acteur
@require_safe
def download_classeur(request: HttpRequest, priorisation: int) -> HttpResponse:
    row = require_priorisation(request, priorisation)
    ligne = find_resultat(request.acteur, row)
    resultat = page.build_resultat(ligne, list_options(request.acteur, row)) if ligne else None
    if resultat is None:
        raise Http404("Il n'y a pas de résultat à exporter : le choix n'est pas clos, ou trop peu de bulletins.")
    return build_fichier(page.build_classeur(resultat), XLSX, page.name_classeur(resultat))
