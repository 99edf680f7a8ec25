"""Instances: the list, the proposal, one instance, its members, the poles."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.instances import actions, rules
from communaccord.plateforme.instances.bridge import find_article
from communaccord.plateforme.instances.forms import FormInstance, FormMembre, FormPole
from communaccord.plateforme.instances.models import Instance, MembreInstance, Pole, Seance
from communaccord.plateforme.instances.pages.liste import ETATS, build_liste, count_sieges
from communaccord.plateforme.instances.pages.proposition import build_page as build_proposition
from communaccord.plateforme.instances.papiers import write_mention
from communaccord.plateforme.instances.queries import list_membres, visible
from communaccord.plateforme.instances.views.outils import get_instance, go, show
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require


def get_jour(request: HttpRequest) -> date:
    return horloge.read_jour(request.acteur.demarche.fuseau)


@avec_acteur
@require_safe
def show_liste(request: HttpRequest) -> HttpResponse:
    page = build_liste(request.acteur, horloge.read_instant())
    context = {"page": page, "etats": ETATS, "peut_composer": rules.may_compose(request.acteur)}
    return show(request, "liste", context)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    acteur, instant = request.acteur, horloge.read_instant()
    require(rules.may_compose(acteur))
    erreurs: list[dict[str, str]] = []
    if request.method == "POST":
        choix = {request.POST.get(f"forme-{groupe}", "") for groupe in request.POST.getlist("groupe")} - {""}
        try:
            actions.accept_propositions(acteur=acteur, instant=instant, choix=choix)
        except Conflit as conflit:
            erreurs.append({"id": "copil", "message": conflit.message})
        else:
            return go(acteur, "instances:liste", fait="installees")
    context = {"page": build_proposition(acteur, get_jour(request), request.POST), "erreurs": erreurs}
    return show(request, "proposer", context, status=422 if erreurs else 200)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    acteur = request.acteur
    require(rules.may_compose(acteur))
    form = FormInstance(request.POST or None, acteur=acteur, jour=get_jour(request), initial={"adjoint_admis": True})
    if form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        values.pop("adjoint_admis")
        instance = actions.create_instance(acteur=acteur, instant=horloge.read_instant(), **values)
        return go(acteur, "instances:instance", instance.pk, fait="creee")
    return show(request, "formulaire", {"titre": "Nouvelle instance", "bouton_libelle": "Créer l'instance"}, form=form)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    require(rules.may_compose(acteur))
    instance = get_instance(acteur, pk)
    names = ("nom", "fonction", "en_exercice", "ouverte_aux_municipaux", "adjoint_admis")
    initial = {name: getattr(instance, name) for name in names}
    initial |= {"presidence": instance.presidence_id, "prepare_pour": instance.prepare_pour_id}
    form = FormInstance(request.POST or None, acteur=acteur, jour=get_jour(request), instance=instance, initial=initial)
    if form.is_valid():
        actions.update_instance(acteur=acteur, instant=horloge.read_instant(), instance=instance, **form.cleaned_data)
        return go(acteur, "instances:instance", pk, fait="modifiee")
    context = {"titre": f"Modifier : {instance.nom}", "bouton_libelle": "Enregistrer", "instance": instance}
    return show(request, "formulaire", context, form=form)


@avec_acteur
@require_safe
def show_instance(request: HttpRequest, pk: int) -> HttpResponse:
    instance = get_instance(request.acteur, pk)
    return show_composition(request, instance, None)


def show_composition(request: HttpRequest, instance: Instance, form: FormMembre | None) -> HttpResponse:
    acteur, jour = request.acteur, get_jour(request)
    if form is None and rules.may_compose(acteur):
        form = FormMembre(acteur=acteur, jour=jour, instance=instance, initial={"qualite": "membre"})
    seances = visible(Seance, acteur).filter(instance=instance).select_related("instance__demarche")
    context = {
        "instance": instance,
        "membres": list_membres(instance, jour),
        "sieges": count_sieges(instance, acteur.demarche.sieges_total),
        "seances": list(seances),
        "article": find_article(instance.type),
        "mention": write_mention(instance.type),
        "peut_composer": rules.may_compose(acteur),
        "peut_preparer": rules.may_prepare(acteur),
    }
    return show(request, "instance", context, form=form)


@avec_acteur
@require_POST
def add_membre(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    require(rules.may_compose(acteur))
    instance = get_instance(acteur, pk)
    form = FormMembre(request.POST, acteur=acteur, jour=get_jour(request), instance=instance)
    if not form.is_valid():
        return show_composition(request, instance, form)
    actions.add_membre(acteur=acteur, instant=horloge.read_instant(), instance=instance, **form.cleaned_data)
    return go(acteur, "instances:instance", pk, fait="membre", ancre="composition")


@avec_acteur
@require_POST
def remove_membre(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    membres = visible(MembreInstance, acteur).select_related("instance", "mandat")
    membre = get_object_or_404(membres, pk=pk)
    actions.remove_membre(acteur=acteur, instant=horloge.read_instant(), membre=membre)
    return go(acteur, "instances:instance", membre.instance_id, fait="retire", ancre="composition")


@avec_acteur
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    actions.close_instance(acteur=acteur, instant=horloge.read_instant(), instance=get_instance(acteur, pk))
    return go(acteur, "instances:liste", fait="close")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def show_poles(request: HttpRequest) -> HttpResponse:
    acteur = request.acteur
    require(rules.may_compose(acteur))
    form = FormPole(request.POST or None, acteur=acteur)
    if form.is_valid():
        actions.create_pole(acteur=acteur, instant=horloge.read_instant(), **form.cleaned_data)
        return go(acteur, "instances:poles", fait="pole")
    poles = list(visible(Pole, acteur).prefetch_related("communes"))
    seated = {commune.pk for pole in poles for commune in pole.communes.all()}
    free = [commune.nom for commune in acteur.demarche.communes.all() if commune.pk not in seated]
    return show(request, "poles", {"poles": poles, "sans_pole": free}, form=form)


@avec_acteur
@require_POST
def delete_pole(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    pole = get_object_or_404(visible(Pole, acteur), pk=pk)
    actions.delete_pole(acteur=acteur, instant=horloge.read_instant(), pole=pole)
    return go(acteur, "instances:poles", fait="pole_defait")
