"""What the views of the projet share: come back with what was done."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle.typographie import prose


def redirect_to(acteur: Acteur, name: str, *args: Any, fait: str = "", ancre: str = "") -> HttpResponseRedirect:
    """To a page of the room, saying what was done (``fait``), at a place of it (``ancre``)."""
    adresse = chemin(acteur, name, *args)
    adresse = f"{adresse}?fait={fait}" if fait else adresse
    return HttpResponseRedirect(f"{adresse}#{ancre}" if ancre else adresse)


def read_fait(request: HttpRequest, faits: Mapping[str, str]) -> str:
    """The sentence of what was just done; empty when the address tells none."""
    return prose(faits.get(request.GET.get("fait", ""), ""))
