"""The list of dossiers, the page of one, and the acts that change its state."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers import actions
from communaccord.plateforme.dossiers.enums import MODIFIABLES, Lecture
from communaccord.plateforme.dossiers.pages import dossier as page
from communaccord.plateforme.dossiers.pages.barres import build_image
from communaccord.plateforme.dossiers.pages.cadre import read_ecarts
from communaccord.plateforme.dossiers.pages.liste import SENS, build_lignes, write_phrase
from communaccord.plateforme.dossiers.pages.manques import build_manques, write_inconnues_figees
from communaccord.plateforme.dossiers.pages.montants import read_plume
from communaccord.plateforme.dossiers.pages.oublies import read_oublies
from communaccord.plateforme.dossiers.pages.postes import complete_effectifs
from communaccord.plateforme.dossiers.queries import (
    list_brouillons,
    list_dossiers,
    list_effets,
    list_historique,
    list_objectifs,
    list_scenarios,
)
from communaccord.plateforme.dossiers.rules import get_lecture, may_conclude, may_enter, may_prepare
from communaccord.plateforme.dossiers.views.communs import read_fait, redirect_to, require_dossier
from communaccord.plateforme.socle import horloge


@avec_acteur
@require_safe
def show_liste(request: HttpRequest) -> HttpResponse:
    dossiers = list(list_dossiers(request.acteur))
    context = {
        "phrase": write_phrase(dossiers),
        "lignes": build_lignes(request.acteur, dossiers),
        "prepare": bool(may_prepare(request.acteur)),
        "fait": read_fait(request),
    }
    return render(request, "dossiers/liste.html", context)


@avec_acteur
@require_safe
def show_dossier(request: HttpRequest, dossier: int) -> HttpResponse:
    acteur, row = request.acteur, require_dossier(request, dossier, Lecture.COLLECTE)
    lecture = get_lecture(acteur, row)
    if lecture is Lecture.COLLECTE:
        return render(request, "dossiers/collecte.html", {"dossier": row, "fait": read_fait(request)})
    plume, scenarios = read_plume(request.GET), list_scenarios(acteur, row)
    effets = list_effets(acteur, scenarios) if lecture >= Lecture.MA_COMMUNE else {}
    comparaison = page.build_comparaison(acteur, scenarios, effets, plume) if lecture is Lecture.TOUT else []
    complete_effectifs(acteur, effets)
    mienne = acteur.commune if lecture >= Lecture.MA_COMMUNE else None
    oublies = read_oublies(acteur, scenarios, mienne.code) if mienne else {}
    image = build_image(scenarios, comparaison, request.GET.get("scenario", ""), plume)
    context = {
        "dossier": row,
        "sens": SENS[row.etat],
        "ecarts": read_ecarts(acteur, row),
        "lecture": lecture,
        "plume": plume,
        "phrase": page.build_phrase(acteur, row, scenarios, effets, plume, oublies),
        "cartes": page.build_cartes(scenarios, lecture, plume),
        "miennes": page.build_miennes(acteur, scenarios, effets, plume, oublies),
        "barres": [] if image else page.build_barres_miennes(acteur, scenarios, effets, plume),
        "image": image,
        "quand": page.write_quand(scenarios),
        "comparaison": comparaison,
        "brouillons": list_brouillons(acteur, row),
        "historique": list_historique(acteur, row),
        "objectifs": list_objectifs(row),
        "manques": build_manques(acteur, row, scenarios),
        "inconnues": write_inconnues_figees(effets.values()),
        "prepare": bool(may_prepare(acteur)),
        "modifiable": row.etat in MODIFIABLES,
        "conclut": bool(may_conclude(acteur)),
        "saisit": bool(acteur.commune_id and may_enter(acteur, row, acteur.commune_id)),
        "fait": read_fait(request),
    }
    return render(request, "dossiers/dossier.html", context)


def build_act(act: Callable, fait: str, *, motive: bool = False) -> Callable[..., HttpResponse]:
    """The view of one act of the page of a dossier, with its reason when it asks one."""

    @avec_acteur
    @require_POST
    def do(request: HttpRequest, dossier: int) -> HttpResponse:
        row = require_dossier(request, dossier)
        options = {"motif": request.POST.get("motif", "")} if motive else {}
        act(acteur=request.acteur, instant=horloge.read_instant(), dossier=row, **options)
        return redirect_to(request.acteur, "dossiers:dossier", row.pk, fait=fait)

    return do


present = build_act(actions.present_dossier, "presente")
conclude = build_act(actions.conclude_dossier, "conclu", motive=True)
withdraw = build_act(actions.withdraw_dossier, "retire", motive=True)
reopen = build_act(actions.reopen_dossier, "rouvert", motive=True)
open_collecte = build_act(actions.open_collecte, "collecte_ouverte")
close_collecte = build_act(actions.close_collecte, "collecte_fermee")
