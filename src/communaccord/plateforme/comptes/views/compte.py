"""One's own account: in whose name one acts, the ways to sign in, the second factor."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.queries import group_by_demarche, list_mandats


@require_safe
@never_cache
def mes_demarches(request: HttpRequest) -> HttpResponse:
    """The hats of the account; straight to the only one when there is one."""
    mandats = list_mandats(request.user)
    if len(mandats) == 1 and "choisir" not in request.GET:
        return HttpResponseRedirect(reverse("accueil:chez_moi", args=(mandats[0].pk,)))
    page = {"groupes": group_by_demarche(mandats), "nombre": len(mandats), "compte": request.user}
    return render(request, "comptes/mes_demarches.html", page)


@require_safe
@never_cache
def mon_compte(request: HttpRequest) -> HttpResponse:
    return render(request, "comptes/mon_compte.html", {"compte": request.user})


@require_safe
def adresses(_request: HttpRequest) -> HttpResponse:
    """The page of addresses of the library is not offered: the équipe projet changes the address of a person."""
    return HttpResponseRedirect(reverse("comptes:mon_compte"))


@require_safe
@never_cache
def second_facteur(request: HttpRequest) -> HttpResponse:
    """Why the équipe projet cannot go further without a second factor, and how to set one up."""
    suite = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(suite, allowed_hosts=None):
        suite = reverse("comptes:mes_demarches")
    return render(request, "comptes/second_facteur.html", {"suite": suite})
