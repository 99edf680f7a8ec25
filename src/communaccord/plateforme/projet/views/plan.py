"""The plan: its tree, its order, the form of each element."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.projet.actions import plan as actions
from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.forms import plan as form
from communaccord.plateforme.projet.lecture import list_ecarts_plan
from communaccord.plateforme.projet.lecture.ecarts import build_ecarts
from communaccord.plateforme.projet.models.plan import ElementPlan
from communaccord.plateforme.projet.pages import plan as page
from communaccord.plateforme.projet.pages.onglets import build_onglets
from communaccord.plateforme.projet.queries import find_cadre
from communaccord.plateforme.projet.queries.plan import find_element, list_elus, read_plan
from communaccord.plateforme.projet.rules.plan import may_edit_plan
from communaccord.plateforme.projet.views.communs import read_fait
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.saisie import Saisie, build_saisie
from communaccord.plateforme.socle.typographie import prose


@avec_acteur
@require_safe
def show_plan(request: HttpRequest) -> HttpResponse:
    """The tree; with ``organiser``, what moves and changes it, for those who write it."""
    arbre, ecrit = read_plan(request.acteur.demarche), bool(may_edit_plan(request.acteur))
    cadre = find_cadre(request.acteur.demarche)
    context = {
        "onglets": build_onglets(request.acteur, "plan"),
        "arbre": arbre,
        "phrase": page.write_phrase(arbre),
        "avancement": page.write_avancement(arbre),
        "sens": page.SENS,
        "ecarts": build_ecarts(request.acteur, cadre, list_ecarts_plan(cadre, page.list_titres(arbre))),
        "ecrit": ecrit,
        "organise": ecrit and "organiser" in request.GET,
        "fait": read_fait(request, page.FAITS),
    }
    return render(request, "projet/plan.html", context)


def require_element(request: HttpRequest, niveau: Niveau, pk: int) -> ElementPlan:
    """An element of the plan, for those who write it; the others are told why they cannot."""
    require(may_edit_plan(request.acteur))
    element = find_element(request.acteur, niveau, pk)
    if element is None:
        raise Http404("Cet élément n'est pas, ou n'est plus, dans le plan.")
    return element


def list_porteurs(request: HttpRequest, niveau: Niveau, element: ElementPlan | None = None) -> list[Mandat]:
    """Who may carry an action; nobody is asked for the other levels."""
    if niveau != Niveau.ACTION:
        return []
    return list_elus(request.acteur, getattr(element, "porteur_id", None))


def render_form(
    request: HttpRequest,
    niveau: Niveau,
    saisie: Saisie,
    element: ElementPlan | None = None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The form, with what was typed."""
    data = {
        "niveau": niveau,
        "saisie": saisie,
        "element": element,
        "version": element.version if element else 0,
        "titre_page": prose((page.TITRES_MODIFIER if element else page.TITRES_NOUVEAU)[niveau]),
        "conflit": "",
        "changements": [],
        **page.build_form(request.acteur, niveau, list_porteurs(request, niveau, element)),
        **context,
    }
    return render(request, "projet/element.html", data, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, niveau: Niveau) -> HttpResponse:
    require(may_edit_plan(request.acteur))
    if request.method != "POST":
        return render_form(request, niveau, form.fill_saisie(niveau, parent=request.GET.get("sous", "")))
    saisie = build_saisie(request.POST)
    contenu = form.parse_saisie(niveau, saisie, list_porteurs(request, niveau))
    if isinstance(contenu, list):
        return render_form(request, niveau, saisie.with_anomalies(contenu), status=422)
    try:
        element = actions.create_element(
            acteur=request.acteur, instant=horloge.read_instant(), niveau=niveau, contenu=contenu
        )
    except Conflit as refus:
        return render_form(request, niveau, saisie, status=409, conflit=refus.message)
    return return_to_plan(request, "ajoute", f"{niveau.label}-{element.pk}")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, niveau: Niveau, element: int) -> HttpResponse:
    row = require_element(request, niveau, element)
    if request.method != "POST":
        return render_form(request, niveau, form.fill_saisie(niveau, row), row)
    saisie = build_saisie(request.POST)
    contenu = form.parse_saisie(niveau, saisie, list_porteurs(request, niveau, row))
    seen = read_entier(request, "version")
    if isinstance(contenu, list):
        return render_form(request, niveau, saisie.with_anomalies(contenu), row, status=422, version=seen)
    try:
        actions.edit_element(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            niveau=niveau,
            element=row,
            version=seen,
            contenu=contenu,
        )
    except actions.EditionConcurrente as concurrente:
        changements = form.list_changements(niveau, saisie, concurrente.actuel)
        context = {"conflit": concurrente.message, "changements": changements}
        return render_form(request, niveau, saisie, concurrente.actuel, status=409, **context)
    return return_to_plan(request, "modifie", f"{niveau.label}-{row.pk}")


@avec_acteur
@require_POST
def move(request: HttpRequest, niveau: Niveau, element: int) -> HttpResponse:
    row = require_element(request, niveau, element)
    actions.move_element(
        acteur=request.acteur,
        instant=horloge.read_instant(),
        niveau=niveau,
        element=row,
        vers_le_haut=request.POST.get("sens") == "haut",
        rang=read_entier(request, "rang"),
    )
    return return_to_plan(request, "deplace", f"{niveau.label}-{row.pk}")


@avec_acteur
@require_POST
def delete(request: HttpRequest, niveau: Niveau, element: int) -> HttpResponse:
    row = require_element(request, niveau, element)
    actions.delete_element(acteur=request.acteur, instant=horloge.read_instant(), niveau=niveau, element=row)
    return return_to_plan(request, "supprime")


def return_to_plan(request: HttpRequest, fait: str, ancre: str = "") -> HttpResponse:
    """Back to the plan, where the element is, ready for the next change."""
    adresse = f"{chemin(request.acteur, 'projet:accueil')}?organiser=oui&fait={fait}"
    return HttpResponseRedirect(f"{adresse}#{ancre}" if ancre else adresse)


def read_entier(request: HttpRequest, nom: str) -> int:
    """What the person had before their eyes; zero when it is not told."""
    texte = request.POST.get(nom, "")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0
