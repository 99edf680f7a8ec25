"""What the views of dossiers share: fetch or 404, come back with what was done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.dossiers.pages.faits import get_fait
from communaccord.plateforme.dossiers.queries import find_commune, find_dossier, find_scenario
from communaccord.plateforme.dossiers.rules import get_lecture, may_prepare
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.typographie import prose
from communaccord.plateforme.territoires.models import CommuneMembre

INTROUVABLE = "Ce dossier n'existe pas, ou il ne vous est pas ouvert."


def require_dossier(request: HttpRequest, pk: int, minimum: Lecture = Lecture.TEXTES) -> Dossier:
    """The dossier, when the actor reads at least that much of it; otherwise nothing tells that it exists."""
    dossier = find_dossier(request.acteur, pk)
    if dossier is None or get_lecture(request.acteur, dossier) < minimum:
        raise Http404(INTROUVABLE)
    return dossier


def require_prepare(request: HttpRequest, pk: int) -> Dossier:
    """The dossier, for those who prepare it; the others are told why they cannot."""
    dossier = require_dossier(request, pk)
    require(may_prepare(request.acteur))
    return dossier


def require_scenario(request: HttpRequest, dossier: Dossier, pk: int) -> Scenario:
    scenario = find_scenario(request.acteur, dossier, pk)
    if scenario is None:
        raise Http404("Ce scénario n'existe pas, ou il ne vous est pas ouvert.")
    return scenario


def require_commune(request: HttpRequest, pk: int) -> CommuneMembre:
    commune = find_commune(request.acteur, pk)
    if commune is None:
        raise Http404("Cette commune n'est pas de la démarche.")
    return commune


def redirect_to(acteur: Acteur, name: str, *args: Any, fait: str = "") -> HttpResponseRedirect:
    adresse = chemin(acteur, name, *args)
    return HttpResponseRedirect(f"{adresse}?fait={fait}" if fait else adresse)


def read_fait(request: HttpRequest) -> str:
    return prose(get_fait(request.GET.get("fait", "")))
