"""Pages about the site itself, and the answers given when something goes wrong."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communaccord.plateforme.socle.donnees import build_donnees
from communaccord.plateforme.socle.exploitant import read_exploitant
from communaccord.plateforme.socle.rendus import write_rendu
from communaccord.plateforme.socle.vitrine import build_vitrine
from communaccord.reference import sources


def render_error(request: HttpRequest, code: int, gabarit: str) -> HttpResponse:
    return render(request, f"socle/erreurs/{gabarit}.html", {"code": code}, status=code)


@login_not_required
def bad_request(request: HttpRequest, *_reasons: object, **_named_reasons: object) -> HttpResponse:
    return render_error(request, 400, "400")


@login_not_required
def forbidden(request: HttpRequest, *_reasons: object, **_named_reasons: object) -> HttpResponse:
    return render_error(request, 403, "403")


@login_not_required
def csrf_failure(request: HttpRequest, *_reasons: object, **_named_reasons: object) -> HttpResponse:
    """What was typed is given back, to copy: sent again from here, the form would not be protected any more."""
    response = render(request, "socle/erreurs/csrf.html", {"code": 403, "texte": write_rendu(request.POST)}, status=403)
    response.headers["Cache-Control"] = "no-store, private"
    return response


@login_not_required
def not_found(request: HttpRequest, *_reasons: object, **_named_reasons: object) -> HttpResponse:
    return render_error(request, 404, "404")


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    return render_error(request, 500, "500")


@login_not_required
def composants(request: HttpRequest) -> HttpResponse:
    response = render(request, "socle/composants.html", build_vitrine())
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
def accessibilite(request: HttpRequest) -> HttpResponse:
    return render(request, "socle/accessibilite.html", {"exploitant": read_exploitant()})


@login_not_required
def mentions_legales(request: HttpRequest) -> HttpResponse:
    return render(request, "socle/mentions_legales.html", {"exploitant": read_exploitant()})


@login_not_required
def donnees(request: HttpRequest) -> HttpResponse:
    return render(request, "socle/donnees.html", build_donnees(sources()))
