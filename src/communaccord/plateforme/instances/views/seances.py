"""A séance: created, shown, prepared, convened, answered, cancelled; its agenda."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.instances import actions, rules
from communaccord.plateforme.instances.enums import TypeInstance
from communaccord.plateforme.instances.forms import FormMotif, FormPoint, FormReponse, FormSeance
from communaccord.plateforme.instances.forms.seance import build_initial_point, build_initial_seance
from communaccord.plateforme.instances.models import Convocation, Seance
from communaccord.plateforme.instances.pages.resultat_tour import write_resultat_tour
from communaccord.plateforme.instances.pages.seance import build_page, count_reponses
from communaccord.plateforme.instances.queries import visible
from communaccord.plateforme.instances.views.outils import PERIME, get_instance, get_point, get_seance, go, show
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import require


@avec_acteur
@require_safe
def show_seance(request: HttpRequest, pk: int) -> HttpResponse:
    seance = get_seance(request.acteur, pk)
    return show_page(request, seance)


def show_page(
    request: HttpRequest, seance: Seance, form: FormReponse | None = None, convocation: Convocation | None = None
) -> HttpResponse:
    """The face of the participants; ``form``: an answer that was refused, for this ``convocation``."""
    page = build_page(request.acteur, seance, horloge.read_instant())
    return show(request, "seance", {"page": page, "en_erreur": convocation}, form=form)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    require(rules.may_prepare(acteur))
    instance = get_instance(acteur, pk)
    initial = {"duree_minutes": 120, "presidence": instance.presidence_id}
    instant = horloge.read_instant()
    form = FormSeance(request.POST or None, acteur=acteur, instant=instant, initial=initial)
    for name in ("urgence", "motif_urgence", "seconde_convocation"):
        del form.fields[name]
    if form.is_valid():
        seance = actions.create_seance(acteur=acteur, instant=instant, instance=instance, **form.get_valeurs())
        fait = "seance_passee" if seance.debut <= instant else "seance"
        return go(acteur, "instances:preparer", seance.pk, fait=fait)
    context = {"titre": f"Nouvelle séance : {instance.nom}", "bouton_libelle": "Créer la séance", "instance": instance}
    return show(request, "formulaire", context, form=form)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    require(rules.may_prepare(acteur))
    seance = get_seance(acteur, pk)
    instant = horloge.read_instant()
    initial = build_initial_seance(seance, instant)
    form = FormSeance(request.POST or None, acteur=acteur, instant=instant, initial=initial)
    if form.is_valid():
        actions.update_seance(acteur=acteur, instant=instant, seance=seance, **form.get_valeurs())
        return go(acteur, "instances:preparer", pk, fait="seance_modifiee")
    context = {"titre": f"Modifier la séance : {seance.instance.nom}", "bouton_libelle": "Enregistrer"}
    return show(request, "formulaire", {**context, "seance": seance, "instance": seance.instance}, form=form)


@avec_acteur
@require_safe
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    seance = get_seance(acteur, pk)
    require(rules.may_prepare(acteur))
    page = build_page(acteur, seance, horloge.read_instant())
    context = {
        "page": page,
        "reponses": count_reponses(page.convocations),
        "destinations": list_destinations(acteur, seance),
    }
    return show(request, "preparer", context)


def list_destinations(acteur: Any, seance: Seance) -> list[Seance]:
    """Séances to which an item may be carried: of the instance prepared, or of the conférence des maires."""
    coming = visible(Seance, acteur).a_venir(horloge.read_instant()).exclude(pk=seance.pk)
    kinds = [seance.instance.prepare_pour_id] if seance.instance.prepare_pour_id else []
    return [
        other
        for other in coming.select_related("instance__demarche")
        if other.instance_id in kinds or other.instance.type == TypeInstance.CONFERENCE_DES_MAIRES
    ]


@avec_acteur
@require_POST
def convoke(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    seance = get_seance(acteur, pk)
    adresse, lue = request.build_absolute_uri("/"), request.POST.get("agenda", "")
    actions.convoke_seance(
        acteur=acteur,
        instant=horloge.read_instant(),
        seance=seance,
        adresse=adresse,
        lue=int(lue) if lue.isascii() and lue.isdigit() and len(lue) < 10 else None,
    )
    return go(acteur, "instances:seance", pk, fait="convoquee")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    seance = get_seance(acteur, pk)
    require(rules.may_prepare(acteur))
    form = FormMotif(request.POST or None)
    if form.is_valid():
        instant = horloge.read_instant()
        actions.cancel_seance(acteur=acteur, instant=instant, seance=seance, motif=form.cleaned_data["motif"])
        return go(acteur, "instances:seance", pk, fait="annulee")
    context = {"titre": f"Annuler la séance : {seance.instance.nom}", "bouton_libelle": "Annuler la séance"}
    return show(request, "formulaire", {**context, "seance": seance, "instance": seance.instance}, form=form)


@avec_acteur
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk``: the convocation."""
    acteur = request.acteur
    mine = visible(Convocation, acteur).select_related("mandat", "seance__instance__demarche")
    convocation = get_object_or_404(mine, pk=pk)
    form = FormReponse(request.POST)
    if form.is_valid():
        represented = form.cleaned_data["reponse"] == "represente"
        if represented and not form.cleaned_data["par_qui"]:
            form.add_error("par_qui", "Dites par qui : sa fonction suffit, par exemple « première adjointe ».")
    if not form.is_valid():
        return show_page(request, get_seance(acteur, convocation.seance_id), form, convocation)
    actions.answer_convocation(
        acteur=acteur, instant=horloge.read_instant(), convocation=convocation, **form.cleaned_data
    )
    back = "instances:preparer" if request.POST.get("retour") == "preparer" else "instances:seance"
    return go(acteur, back, convocation.seance_id, fait="repondu", ancre="reponses" if "preparer" in back else "")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def add_point(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    require(rules.may_prepare(acteur))
    seance = get_seance(acteur, pk)
    form = FormPoint(request.POST or None, acteur=acteur, type_instance=seance.instance.type)
    if form.is_valid():
        values = fill_resultat(acteur, form.get_valeurs())
        point = actions.add_point(acteur=acteur, instant=horloge.read_instant(), seance=seance, **values)
        return go(acteur, "instances:preparer", pk, fait="point", ancre=f"point-{point.pk}")
    return show_point(request, seance, form, "Ajouter un point")


def fill_resultat(acteur: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Write the sentence of the published round when one was chosen and none was typed."""
    if values["tour"] is not None and not values["resultat_tour"]:
        values["resultat_tour"] = write_resultat_tour(acteur, values["tour"], values["dossier"])
    return values


def show_point(
    request: HttpRequest, seance: Seance, form: FormPoint, titre: str, *, actuel: Any = None
) -> HttpResponse:
    context = {"seance": seance, "titre": titre, "actuel": actuel}
    return show(request, "point", context, form=form, status=PERIME if actuel else 200)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def change_point(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    require(rules.may_prepare(acteur))
    point = get_point(acteur, pk)
    seance = point.seance
    form = FormPoint(
        request.POST or None,
        acteur=acteur,
        type_instance=seance.instance.type,
        initial=build_initial_point(point),
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        values = fill_resultat(acteur, form.get_valeurs()) | {"version": -1 if version is None else version}
        try:
            actions.update_point(acteur=acteur, instant=horloge.read_instant(), point=point, **values)
        except actions.PointPerime:
            form.data = form.data.copy() | {"version": str(point.version)}
            return show_point(request, seance, form, f"Modifier : {point.titre}", actuel=point)
        return go(acteur, "instances:preparer", seance.pk, fait="point_modifie", ancre=f"point-{pk}")
    return show_point(request, seance, form, f"Modifier : {point.titre}")


@avec_acteur
@require_POST
def move_point(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    point = get_point(acteur, pk)
    up = request.POST.get("sens") == "haut"
    actions.move_point(acteur=acteur, instant=horloge.read_instant(), point=point, vers_le_haut=up)
    return go(acteur, "instances:preparer", point.seance_id, ancre=f"point-{pk}")


@avec_acteur
@require_POST
def delete_point(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    point = get_point(acteur, pk)
    actions.delete_point(acteur=acteur, instant=horloge.read_instant(), point=point)
    return go(acteur, "instances:preparer", point.seance_id, fait="point_retire", ancre="ordre-du-jour")


@avec_acteur
@require_POST
def carry_point(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    point = get_point(acteur, pk)
    sent = request.POST.get("vers", "")
    vers = get_seance(acteur, int(sent) if sent.isascii() and sent.isdigit() else 0)
    actions.carry_point(acteur=acteur, instant=horloge.read_instant(), point=point, vers=vers)
    return go(acteur, "instances:preparer", vers.pk, fait="porte", ancre="ordre-du-jour")
