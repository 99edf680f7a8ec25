"""The room: its rounds, and the honest page on what an envelope protects."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.accords.pages.protection import build_protection
from communaccord.plateforme.accords.pages.table import build_table
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.socle import horloge


@avec_acteur
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    if not request.acteur.lit_la_table:
        raise Http404("La table des accords réunit les mairies, l'exécutif et l'équipe projet.")
    page = build_table(request.acteur, horloge.read_instant())
    return render(request, "accords/table.html", {"page": page, "fait": request.GET.get("fait", "")})


@avec_acteur
@require_safe
def protection(request: HttpRequest) -> HttpResponse:
    """Open to everybody of the démarche: what is promised may be read by all."""
    return render(request, "accords/protection.html", {"page": build_protection(request.acteur)})
