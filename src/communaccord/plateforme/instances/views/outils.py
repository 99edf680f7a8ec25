"""What the views of this room share: reaching an object, going on after an act, showing a form again."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.instances.forms.champs import Formulaire
from communaccord.plateforme.instances.gens import write_qui
from communaccord.plateforme.instances.models import Instance, Point, Seance
from communaccord.plateforme.instances.queries import visible

INVALIDE = 422
PERIME = 409


def get_seance(acteur: Acteur, pk: int) -> Seance:
    return get_object_or_404(visible(Seance, acteur).with_instance(), pk=pk)


def get_point(acteur: Acteur, pk: int) -> Point:
    points = visible(Point, acteur).select_related("seance__instance__demarche", "seance__instance__commune")
    return get_object_or_404(points, pk=pk)


def get_instance(acteur: Acteur, pk: int) -> Instance:
    return get_object_or_404(visible(Instance, acteur).with_composition().select_related("demarche"), pk=pk)


def go(acteur: Acteur, name: str, *args: Any, fait: str = "", ancre: str = "") -> HttpResponse:
    """To a page after an act; ``fait`` names the sentence that it will show."""
    end = (f"?fait={fait}" if fait else "") + (f"#{ancre}" if ancre else "")
    return HttpResponseRedirect(chemin(acteur, name, *args) + end, status=303)


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, form: Formulaire | None = None, status: int = 200
) -> HttpResponse:
    """A page; a form that was refused comes back with its errors and what was typed."""
    if form is not None and form.is_bound and status == 200:
        status = INVALIDE
    values = {"fait": request.GET.get("fait", ""), "form": form, "qui": write_qui, **context}
    return render(request, f"instances/{template}.html", values, status=status)
