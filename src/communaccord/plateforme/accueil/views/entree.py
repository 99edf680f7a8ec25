"""The entrance: what this is, and a search that leads to the portrait of one's own territory."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from communaccord.plateforme.accueil.forms.recherche import RechercheForm
from communaccord.plateforme.accueil.pages.portrait import read_exemple
from communaccord.plateforme.accueil.queries.portrait import count_territoires, list_sirens
from communaccord.plateforme.accueil.queries.recherche import search_territoires

EXEMPLE = "200067106"
REPONSES = "accueil/recherche_reponses.html"


@login_not_required
@require_safe
def entree(request: HttpRequest) -> HttpResponse:
    context = {
        **count_territoires(),
        "adresse": request.build_absolute_uri(reverse("accueil:entree")),
        "exemple": read_exemple(EXEMPLE),
        "saisie": "",
        "erreur": "",
        "demo": settings.DEMO,
    }
    return render(request, "accueil/entree.html", context)


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def recherche(request: HttpRequest) -> HttpResponse:
    """The whole page, or only its answers while somebody is typing."""
    template = REPONSES if "HX-Request" in request.headers else "accueil/recherche.html"
    return render(request, template, build_reponses(request))


def build_reponses(request: HttpRequest) -> dict[str, object]:
    """What was typed, its answers, and what is wrong with it: the same search wherever a territory is looked for."""
    form = RechercheForm(request.GET)
    is_valid = form.is_valid()
    return {
        "saisie": form.data.get("q", "")[:200].replace("\0", ""),
        "resultats": search_territoires(form.cleaned_data["q"]) if is_valid else None,
        "erreur": "" if is_valid else form.errors["q"][0],
    }


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /recherche/",
        f"Sitemap: {request.build_absolute_uri(reverse('accueil:plan_du_site'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def plan_du_site(request: HttpRequest) -> HttpResponse:
    """Every portrait, for search engines."""
    context = {"racine": request.build_absolute_uri("/")[:-1], "sirens": list_sirens()}
    return render(request, "accueil/plan_du_site.xml", context, content_type="application/xml; charset=utf-8")
