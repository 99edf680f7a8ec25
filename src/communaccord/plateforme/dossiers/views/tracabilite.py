"""Which dossiers serve which objectifs of the projet de territoire."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers.enums import MODIFIABLES
from communaccord.plateforme.dossiers.pages.liste import SENS
from communaccord.plateforme.dossiers.pages.tracabilite import build_tracabilite
from communaccord.plateforme.dossiers.queries import list_dossiers_et_objectifs
from communaccord.plateforme.dossiers.rules import may_prepare
from communaccord.plateforme.projet.queries.plan import read_plan


@avec_acteur
@require_safe
def show_tracabilite(request: HttpRequest) -> HttpResponse:
    """Among the dossiers that the actor reads."""
    arbre = read_plan(request.acteur.demarche)
    context = {
        "trace": build_tracabilite(arbre, list_dossiers_et_objectifs(request.acteur)),
        "sens": SENS,
        "prepare": bool(may_prepare(request.acteur)),
        "modifiables": MODIFIABLES,
    }
    return render(request, "dossiers/tracabilite.html", context)
