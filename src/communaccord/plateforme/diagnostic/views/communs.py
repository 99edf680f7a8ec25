"""What the views of the campaign and of the sheets share: fetch or 404, come back with what was done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.models import Campagne, Fiche
from communaccord.plateforme.diagnostic.pages.accueil import get_fait
from communaccord.plateforme.diagnostic.queries.campagnes import find_campagne_of, find_fiche
from communaccord.plateforme.diagnostic.queries.flux import Campagnes, find_campagnes
from communaccord.plateforme.diagnostic.rules import can_conduct
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.typographie import prose


def require_campagne(request: HttpRequest, pk: int) -> Campagne:
    """The campaign of this démarche; otherwise nothing tells that it exists."""
    campagne = find_campagne_of(request.acteur, pk)
    if campagne is None:
        raise Http404("Cet état des lieux n'existe pas, ou il ne vous est pas ouvert.")
    return campagne


def choose_campagne(request: HttpRequest) -> Campagnes | None:
    """The campaigns, the one that the address names (``?campagne=``) on the page; None: there is none yet."""
    found, asked = find_campagnes(request.acteur), request.GET.get("campagne", "")
    if found is None or not asked:
        return found
    chosen = found.choose(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if chosen is None:
        raise Http404("Cet état des lieux n'existe pas, ou il ne vous est pas ouvert.")
    return chosen


def require_conduite(request: HttpRequest, pk: int) -> Campagne:
    """The campaign, for those who conduct it; the others are told why they cannot."""
    campagne = require_campagne(request, pk)
    require(can_conduct(request.acteur, campagne.demarche_id))
    return campagne


def require_fiche(request: HttpRequest, pk: int) -> Fiche:
    """A sheet that this actor reads; of another commune, nothing tells that it exists."""
    fiche = find_fiche(request.acteur, pk)
    if fiche is None:
        raise Http404("Cette fiche n'existe pas, ou elle ne vous est pas ouverte.")
    return fiche


def redirect_to(acteur: Acteur, name: str, *args: Any, fait: str = "", ancre: str = "") -> HttpResponseRedirect:
    adresse = chemin(acteur, name, *args)
    suite = f"?fait={fait}" if fait else ""
    return HttpResponseRedirect(f"{adresse}{suite}{'#' + ancre if ancre else ''}")


def read_fait(request: HttpRequest) -> str:
    return prose(get_fait(request.GET.get("fait", "")))
