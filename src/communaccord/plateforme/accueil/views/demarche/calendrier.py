"""The five phases and their dates: read by all, adjusted by the équipe projet."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from communaccord.plateforme.accueil.forms.calendrier import CalendrierForm, read_initial, read_plan
from communaccord.plateforme.accueil.pages.demarche.calendrier import build_lignes, build_phrase
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.actions import enter_demarche_en_cours
from communaccord.plateforme.territoires.bridge import PlanPhases, compute_phases
from communaccord.plateforme.territoires.queries import list_communes, list_phases
from communaccord.plateforme.territoires.rules import may_set_phases

SEANCE_IMPOSSIBLE = "Ce conseil est daté d'avant les élections de mars 2026 : vérifiez l'année."


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def show_calendrier(request: HttpRequest) -> HttpResponse:
    demarche = request.acteur.demarche
    if request.method != "POST":
        return render_page(request, CalendrierForm(initial=read_initial(demarche, list_phases(demarche))))
    require(may_set_phases(request.acteur))
    form = CalendrierForm(request.POST)
    if not form.is_valid():
        return render_page(request, form, status=422)
    if request.POST.get("action") == "proposer":
        return propose(request, form)
    return record(request, form)


def propose(request: HttpRequest, form: CalendrierForm) -> HttpResponse:
    """The dates backwards from the council just typed, in the form: nothing is recorded yet."""
    try:
        plan = read_plan_demarche(request, form.cleaned_data["approbation_visee"])
    except ValueError:
        form.add_error("approbation_visee", SEANCE_IMPOSSIBLE)
        return render_page(request, form, status=422)
    return render_page(request, CalendrierForm(initial=read_plan(plan, form.cleaned_data["phase"])), est_propose=True)


def record(request: HttpRequest, form: CalendrierForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        enter_demarche_en_cours(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            phase=data["phase"],
            dates=form.list_dates(),
            approbation_visee=data["approbation_visee"],
        )
    except Conflit as conflit:
        form.add_error(None, conflit.message)
        return render_page(request, form, status=409)
    return HttpResponseRedirect(chemin(request.acteur, "accueil:calendrier"))


def render_page(
    request: HttpRequest, form: CalendrierForm, *, est_propose: bool = False, status: int = 200
) -> HttpResponse:
    demarche = request.acteur.demarche
    phases, plan = list_phases(demarche), read_plan_demarche(request, demarche.approbation_visee)
    context = {
        "phrase": build_phrase(demarche, phases, read_jour(request)),
        "lignes": build_lignes(demarche, phases, plan),
        "plan": plan,
        "form": form,
        "est_propose": est_propose,
        "modifiable": bool(may_set_phases(request.acteur)),
    }
    return render(request, "accueil/demarche/calendrier.html", context, status=status)


def read_plan_demarche(request: HttpRequest, seance: date | None) -> PlanPhases:
    populations = [commune.population_municipale for commune in list_communes(request.acteur.demarche)]
    debut = horloge.get_jour(request.acteur.demarche.creee_le, request.acteur.demarche.fuseau)
    return compute_phases(
        request.acteur.demarche, populations, debut=debut, aujourd_hui=read_jour(request), seance=seance
    )


def read_jour(request: HttpRequest) -> date:
    return horloge.read_jour(request.acteur.demarche.fuseau)
