"""The carnet of a commune: its page, its paper; and the list of carnets for who reads them all."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.documents.carnet import render_carnet
from communaccord.plateforme.diagnostic.pages.carnet import build_carnet, name_carnet
from communaccord.plateforme.diagnostic.pages.carnet_matiere import MatiereCarnet, read_matiere_carnet
from communaccord.plateforme.diagnostic.queries.restitution import (
    find_campagne_restituee,
    find_fiche_lue,
    list_carnets,
    read_cadre,
)
from communaccord.plateforme.diagnostic.rules import reads_fiche
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier

INTROUVABLE = "Ce carnet n'existe pas, ou il ne vous est pas ouvert."


@avec_acteur
@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """Every carnet, for who reads every sheet; a mairie goes straight to its own."""
    acteur = request.acteur
    if not reads_fiche(acteur, None):
        if acteur.commune_id and reads_fiche(acteur, acteur.commune_id):
            return HttpResponseRedirect(chemin(acteur, "diagnostic:carnet", acteur.commune_id))
        raise Http404(INTROUVABLE)
    campagne = find_campagne_restituee(acteur)
    fiches = list_carnets(acteur, campagne) if campagne else []
    return render(request, "diagnostic/carnets.html", {"campagne": campagne, "fiches": fiches})


def find_matiere(request: HttpRequest, commune: int) -> MatiereCarnet | None:
    """What the carnet of this commune says, to who may read it; None before any campaign was opened."""
    if not reads_fiche(request.acteur, commune):
        raise Http404(INTROUVABLE)
    campagne = find_campagne_restituee(request.acteur)
    if campagne is None:
        return None
    cadre = read_cadre(campagne)
    fiche = find_fiche_lue(request.acteur, cadre, commune)
    if fiche is None:
        raise Http404(INTROUVABLE)
    return read_matiere_carnet(request.acteur, cadre, fiche)


@avec_acteur
@require_safe
def show_carnet(request: HttpRequest, commune: int) -> HttpResponse:
    matiere = find_matiere(request, commune)
    ouvrage = build_carnet(matiere) if matiere else None
    return render(request, "diagnostic/carnet.html", {"ouvrage": ouvrage, "commune_pk": commune})


@avec_acteur
@require_safe
def download_carnet(request: HttpRequest, commune: int) -> HttpResponse:
    matiere = find_matiere(request, commune)
    if matiere is None:
        raise Http404(INTROUVABLE)
    adresse = request.build_absolute_uri(chemin(request.acteur, "diagnostic:carnet", commune))
    instant = horloge.read_instant().astimezone(request.acteur.demarche.zone)
    return build_fichier(render_carnet(matiere, adresse, instant), "application/pdf", name_carnet(matiere))
