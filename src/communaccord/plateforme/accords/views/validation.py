"""Hand to the mayor, validate with the code, read the plis again, take back, withdraw."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.accords import rules
from communaccord.plateforme.accords.actions import (
    reopen_reponse,
    reread_plis,
    resume_precedente,
    submit_au_maire,
    validate_reponses,
    withdraw_reponse,
)
from communaccord.plateforme.accords.coffre import CoffreIllisible
from communaccord.plateforme.accords.enums import PhaseTour
from communaccord.plateforme.accords.forms.envoi import read_code, read_entier
from communaccord.plateforme.accords.pages.lectures import Dossier, list_dossiers, select_communes, select_tours
from communaccord.plateforme.accords.pages.recapitulatif import build_recapitulatif, tell_plis
from communaccord.plateforme.accords.saisies import ReponseDepassee, SaisieInvalide
from communaccord.plateforme.accords.views.reponse import METHODES, Place, find_place, redirect_to
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.typographie import prose


@avec_acteur
@require_safe
def reponse(request: HttpRequest, tour: int) -> HttpResponse:
    """The whole answer of the commune, read again before it is validated."""
    return render_recapitulatif(request, tour)


def render_recapitulatif(request: HttpRequest, tour: int, erreur: str = "", status: int = 200) -> HttpResponse:
    acteur = request.acteur
    if not acteur.est_mairie:
        raise Http404("Cette page est celle des mairies.")
    found = get_object_or_404(select_tours(acteur), pk=tour)
    dossiers = list_dossiers(acteur, found, acteur.commune_id)
    noms = {commune.code: commune.nom for commune in select_communes(acteur)}
    page = build_recapitulatif(acteur, found, dossiers, noms, horloge.read_instant())
    context = {"page": page, "erreur": prose(erreur), "fait": request.GET.get("fait", "")}
    return render(request, "accords/reponse.html", context, status=status)


def find_dossiers(request: HttpRequest, tour: int) -> list[Dossier]:
    """The dossiers that the page named, with the version that was read there (``version-<rank>``)."""
    found = get_object_or_404(select_tours(request.acteur), pk=tour)
    if not request.acteur.est_mairie:
        raise Http404("Cette page est celle des mairies.")
    dossiers = list_dossiers(request.acteur, found, request.acteur.commune_id)
    return [dossier for dossier in dossiers if f"version-{dossier.rang}" in request.POST]


def read_version(request: HttpRequest, dossier: Dossier) -> int:
    return read_entier(request.POST, f"version-{dossier.rang}")


@avec_acteur
@require_POST
def soumettre(request: HttpRequest, tour: int) -> HttpResponse:
    """The secretary hands to the mayor what is ready."""
    instant = horloge.read_instant()
    try:
        for dossier in find_dossiers(request, tour):
            version = read_version(request, dossier)
            submit_au_maire(acteur=request.acteur, instant=instant, reponse=dossier.reponse, version=version)
    except Conflit as error:
        return render_recapitulatif(request, tour, error.message, status=409)
    return redirect_to(request, "accords:reponse", tour, fin="?fait=soumise")


@avec_acteur
@sensitive_post_parameters()
@require_POST
def valider(request: HttpRequest, tour: int) -> HttpResponse:
    """All that was read on the page, with the code given once: all, or nothing."""
    pairs = [(dossier.reponse, read_version(request, dossier)) for dossier in find_dossiers(request, tour)]
    try:
        validate_reponses(
            acteur=request.acteur, instant=horloge.read_instant(), reponses=pairs, code=read_code(request.POST)
        )
    except ReponseDepassee as error:
        phrase = f"{error.modifiee_par} a modifié cette réponse entre-temps : relisez-la ici, puis validez."
        return render_recapitulatif(request, tour, phrase, status=409)
    except SaisieInvalide as error:
        return render_recapitulatif(request, tour, next(iter(error.anomalies.values())), status=422)
    except Conflit as error:
        return render_recapitulatif(request, tour, error.message, status=422)
    return redirect_to(request, "accords:reponse", tour, fin="?fait=validee")


# --- What a code opens ------------------------------------------------------------------------------------------------


@avec_acteur
@sensitive_post_parameters()
@require_http_methods(METHODES)
def plis(request: HttpRequest, tour: int, rang: int) -> HttpResponse:
    """Read the plis again, take the answer back, or withdraw it: one page, one code, three buttons."""
    place = find_place(request, tour, rang)
    if request.method != "POST":
        return render_plis(request, place)
    act = GESTES.get(request.POST.get("geste", ""))
    if act is None:
        return render_plis(request, place, "Choisissez ce que vous voulez faire.", status=422)
    try:
        return act(request, place)
    except (Conflit, CoffreIllisible) as error:
        return render_plis(request, place, str(error), status=422)


def render_plis(
    request: HttpRequest, place: Place, erreur: str = "", lignes: Any = None, status: int = 200
) -> HttpResponse:
    context = {
        "tour": place.tour,
        "dossier": place.reponse.dossier.titre,
        "reponse": place.reponse,
        "refus": rules.can_validate(request.acteur, place.reponse),
        "ouvert": place.tour.get_phase(horloge.read_instant()) == PhaseTour.OUVERT,
        "erreur": prose(erreur),
        "lignes": lignes,
        "rang": place.dossier.rang,
    }
    return render(request, "accords/plis.html", context, status=status)


def build_arguments(request: HttpRequest, place: Place, *, ancien: bool = True) -> dict[str, Any]:
    arguments = {
        "acteur": request.acteur,
        "instant": horloge.read_instant(),
        "reponse": place.reponse,
        "code": read_code(request.POST),
    }
    return arguments | ({"ancien_code": read_code(request.POST, "ancien-code")} if ancien else {})


def relire(request: HttpRequest, place: Place) -> HttpResponse:
    elements = reread_plis(**build_arguments(request, place))
    return render_plis(request, place, lignes=tell_plis(elements, place.noms))


def reprendre(request: HttpRequest, place: Place) -> HttpResponse:
    reopen_reponse(**build_arguments(request, place), version=read_entier(request.POST, "version"))
    return redirect_to(request, "accords:repondre", place.tour.pk, place.dossier.rang)


def retirer(request: HttpRequest, place: Place) -> HttpResponse:
    arguments = build_arguments(request, place, ancien=False)
    withdraw_reponse(**arguments, version=read_entier(request.POST, "version"))
    return redirect_to(request, "accords:reponse", place.tour.pk, fin="?fait=retiree")


GESTES = {"relire": relire, "reprendre": reprendre, "retirer": retirer}


@avec_acteur
@sensitive_post_parameters()
@require_http_methods(METHODES)
def partir_du_precedent(request: HttpRequest, tour: int, rang: int) -> HttpResponse:
    """Start from the answer of the round before: the mayor alone can, with the code."""
    place = find_place(request, tour, rang)
    if place.tour.precedent_id is None:
        raise Http404("Ce tour n'a pas de tour précédent.")
    erreur = ""
    if request.method == "POST":
        try:
            version = read_entier(request.POST, "version")
            resume_precedente(**build_arguments(request, place), version=version)
            return redirect_to(request, "accords:repondre", tour, rang)
        except (Conflit, CoffreIllisible) as error:
            erreur = str(error)
    context = {
        "place": place,
        "refus": rules.can_validate(request.acteur, place.reponse),
        "erreur": prose(erreur),
    }
    return render(request, "accords/precedent.html", context, status=422 if erreur else 200)
