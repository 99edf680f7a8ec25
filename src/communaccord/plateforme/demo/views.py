"""The entrance of the demo: one account a role, in one click. It exists only where the site is a demo."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communaccord.plateforme.demo.queries import find_porte, list_demos, list_portes
from communaccord.plateforme.demo.reglages import BACKEND, CODE, MOT_DE_PASSE

View = Callable[..., HttpResponse]


def only_in_demo(view: View) -> View:
    """Open to everybody on a demo; elsewhere, the page does not exist."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(never_cache(answer))


@only_in_demo
@require_safe
def entree(request: HttpRequest) -> HttpResponse:
    demos = [{"demarche": demarche, "portes": list_portes(demarche)} for demarche in list_demos()]
    return render(request, "demo/entree.html", {"demos": demos, "mot_de_passe": MOT_DE_PASSE, "code": CODE})


@only_in_demo
@require_POST
def enter(request: HttpRequest, mandat: int) -> HttpResponse:
    """Sign in with the account behind this door, then go to its page."""
    porte = find_porte(mandat)
    if porte is None:
        raise Http404
    login(request, porte.personne.compte, backend=BACKEND)
    return redirect(f"/m/{porte.pk}/")
