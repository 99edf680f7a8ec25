"""Paper answers: received closed, copied after the closing, read again by a second person."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from communaccord.plateforme.accords import rules
from communaccord.plateforme.accords.actions import (
    confirm_enveloppe,
    discard_enveloppe,
    enter_enveloppe,
    register_enveloppe,
    reject_saisie,
    reread_enveloppe,
    return_enveloppe,
)
from communaccord.plateforme.accords.enums import EtatAssesseur, EtatEnveloppe, PhaseTour
from communaccord.plateforme.accords.forms.envoi import read_entier
from communaccord.plateforme.accords.models import Enveloppe
from communaccord.plateforme.accords.pages.enveloppes import build_copie, build_relecture, read_copie
from communaccord.plateforme.accords.pages.lectures import (
    list_liens,
    select_assesseurs,
    select_communes,
    select_enveloppes,
)
from communaccord.plateforme.accords.views.reponse import METHODES, redirect_to
from communaccord.plateforme.accords.views.tours import find_tour, require_conduite
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.typographie import prose


@avec_acteur
@require_http_methods(METHODES)
def enveloppes(request: HttpRequest, tour: int) -> HttpResponse:
    """Those received; the équipe projet registers one more."""
    found = find_tour(request, tour)
    acteur = request.acteur
    erreur = ""
    if request.method == "POST":
        try:
            row = get_object_or_404(select_communes(acteur), pk=read_entier(request.POST, "commune", 0))
            register_enveloppe(acteur=acteur, instant=horloge.read_instant(), tour=found, commune=row)
            return redirect_to(request, "accords:enveloppes", tour, fin="?fait=recue")
        except Conflit as error:
            erreur = error.message
    phase = found.get_phase(horloge.read_instant())
    called = select_assesseurs(acteur, found).filter(mandat=acteur.mandat_id, etat=EtatAssesseur.ACCEPTE).exists()
    rows = list(select_enveloppes(acteur, found))
    context = {
        "tour": found,
        "enveloppes": [
            (row, rules.can_reread_enveloppe(acteur, row, mode=found.mode, est_assesseur=called)) for row in rows
        ],
        "communes": [("", "Choisir…")] + [(row.pk, row.nom) for row in select_communes(acteur)],
        "ouvert": phase == PhaseTour.OUVERT,
        "clos": phase == PhaseTour.CLOS,
        "erreur": prose(erreur),
        "fait": request.GET.get("fait", ""),
    }
    return render(request, "accords/enveloppes.html", context, status=422 if erreur else 200)


def find_enveloppe(request: HttpRequest, tour: int, enveloppe: int) -> Enveloppe:
    return get_object_or_404(select_enveloppes(request.acteur, find_tour(request, tour)), pk=enveloppe)


def act(request: HttpRequest, row: Enveloppe, write: Callable[..., Any], fait: str, **values: Any) -> HttpResponse:
    write(acteur=request.acteur, instant=horloge.read_instant(), enveloppe=row, **values)
    return redirect_to(request, "accords:enveloppes", row.tour_id, fin=f"?fait={fait}")


@avec_acteur
@require_POST
def rendre(request: HttpRequest, tour: int, enveloppe: int) -> HttpResponse:
    """Given back, closed, before the closing."""
    return act(request, find_enveloppe(request, tour, enveloppe), return_enveloppe, "rendue")


@avec_acteur
@sensitive_post_parameters()
@require_http_methods(METHODES)
def copier(request: HttpRequest, tour: int, enveloppe: int) -> HttpResponse:
    """After the closing: copy what the paper says, or set the envelope aside, with the reason."""
    require_conduite(request)
    row = find_enveloppe(request, tour, enveloppe)
    if row.etat != EtatEnveloppe.RECUE:
        raise Http404("Cette enveloppe n'est pas à recopier.")
    communes = list(select_communes(request.acteur))
    liens = list_liens(request.acteur, row.tour)
    copie = read_copie(request.POST, liens, communes, row.commune_id)
    erreur = ""
    if request.method == "POST":
        try:
            if request.POST.get("geste") == "ecarter":
                return act(request, row, discard_enveloppe, "ecartee", motif=request.POST.get("motif", "")[:300])
            if not copie.anomalies:
                return act(request, row, enter_enveloppe, "copiee", reponses=copie.reponses)
        except Conflit as error:
            erreur = error.message
    context = {
        "enveloppe": row,
        "pages": build_copie(request.acteur, row, liens, communes, copie),
        "resume": [{"id": a.id, "message": a.message} for a in copie.anomalies],
        "motif": request.POST.get("motif", ""),
        "erreur": prose(erreur),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accords/copier.html", context, status=status)


@avec_acteur
@sensitive_post_parameters()
@require_http_methods(METHODES)
def relire(request: HttpRequest, tour: int, enveloppe: int) -> HttpResponse:
    """A second person compares the copy with the paper: confirms it, or asks that it be copied again."""
    row = find_enveloppe(request, tour, enveloppe)
    if request.method == "POST":
        confirmed = request.POST.get("geste") == "confirmer"
        return act(
            request,
            row,
            confirm_enveloppe if confirmed else reject_saisie,
            "confirmee" if confirmed else "a_recopier",
        )
    copied = reread_enveloppe(acteur=request.acteur, enveloppe=row)
    noms = {commune.code: commune.nom for commune in select_communes(request.acteur)}
    context = {
        "enveloppe": row,
        "dossiers": build_relecture(list_liens(request.acteur, row.tour), copied, noms),
    }
    return render(request, "accords/relire.html", context)
