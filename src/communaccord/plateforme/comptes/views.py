"""In whose name: the page where an account chooses the mandate it acts for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.queries import list_mandats


@require_safe
def mes_demarches(request: HttpRequest) -> HttpResponse:
    return render(request, "comptes/mes_demarches.html", {"mandats": list_mandats(request.user)})
