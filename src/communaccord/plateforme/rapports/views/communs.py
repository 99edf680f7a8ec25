"""What the views of the rapport share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.rapports.models import VersionRapport
from communaccord.plateforme.rapports.pages.faits import get_fait
from communaccord.plateforme.rapports.queries import find_version
from communaccord.plateforme.rapports.rules import may_read_valide
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.typographie import prose

INTROUVABLE = "Cette version n'existe pas, ou elle ne vous est pas ouverte."


def require_version(request: HttpRequest, pk: int) -> VersionRapport:
    """The version, when the actor reads it; otherwise nothing tells that it exists."""
    require(may_read_valide(request.acteur))
    version = find_version(request.acteur, pk)
    if version is None:
        raise Http404(INTROUVABLE)
    return version


def redirect_to(acteur: Acteur, name: str, *args: Any, fait: str = "") -> HttpResponseRedirect:
    adresse = chemin(acteur, name, *args)
    return HttpResponseRedirect(f"{adresse}?fait={fait}" if fait else adresse)


def read_fait(request: HttpRequest) -> str:
    return prose(get_fait(request.GET.get("fait", "")))
