"""During the séance: presence, counts, conclusions, votes; the view for the projector."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.instances import actions, rules
from communaccord.plateforme.instances.enums import EtatPresence
from communaccord.plateforme.instances.forms import FormComptes, FormVote, read_conclusion, read_presences
from communaccord.plateforme.instances.forms.saisie import read_fichier
from communaccord.plateforme.instances.models import Point, Seance
from communaccord.plateforme.instances.pages.saisie import build_saisie
from communaccord.plateforme.instances.pages.seance import build_page
from communaccord.plateforme.instances.queries import list_lignes
from communaccord.plateforme.instances.views.outils import INVALIDE, PERIME, get_point, get_seance, go, show
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import require


def get_seance_a_noter(acteur: Acteur, pk: int) -> Seance:
    seance = get_seance(acteur, pk)
    require(rules.may_record(acteur, seance.secretaire_id))
    return seance


def show_saisie(
    request: HttpRequest, seance: Seance, *, status: int = 200, form: FormComptes | None = None, **typed: Any
) -> HttpResponse:
    """The page of the secretary; ``typed``: what was refused, kept as it was typed."""
    answers_first = request.GET.get("depuis") == "reponses"
    page = build_page(request.acteur, seance, horloge.read_instant())
    saisie = build_saisie(page, request.acteur, answers_first=answers_first, **typed)
    if form is None and page.est_conseil:
        names = ("en_exercice", "presents", "pouvoirs")
        form = FormComptes(initial={name: getattr(seance, name) for name in names})
    context = {"page": page, "saisie": saisie, "etats": EtatPresence.choices, "comptes": form}
    return show(request, "saisie", context, status=status)


@avec_acteur
@require_safe
def show_page(request: HttpRequest, pk: int) -> HttpResponse:
    return show_saisie(request, get_seance_a_noter(request.acteur, pk))


@avec_acteur
@require_POST
def record_presences(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    seance = get_seance_a_noter(acteur, pk)
    lignes = read_presences(request.POST, list_lignes(seance))
    desaccords = actions.record_presences(acteur=acteur, instant=horloge.read_instant(), seance=seance, lignes=lignes)
    if desaccords:
        return show_saisie(request, seance, status=PERIME, desaccords=desaccords)
    return go(acteur, "instances:saisie", pk, fait="presences", ancre="presences")


@avec_acteur
@require_POST
def record_comptes(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    seance = get_seance_a_noter(acteur, pk)
    form = FormComptes(request.POST)
    if form.is_valid() and form.cleaned_data["presents"] > form.cleaned_data["en_exercice"]:
        form.add_error("presents", "Il y a plus de membres présents que de membres en exercice.")
    if not form.is_valid():
        return show_saisie(request, seance, status=INVALIDE, form=form)
    actions.record_comptes(acteur=acteur, instant=horloge.read_instant(), seance=seance, **form.cleaned_data)
    return go(acteur, "instances:saisie", pk, fait="comptes", ancre="comptes")


@avec_acteur
@require_POST
def record_conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk``: the item."""
    acteur = request.acteur
    point = get_point(acteur, pk)
    seance = get_seance_a_noter(acteur, point.seance_id)
    typed = read_conclusion(request.POST, list(acteur.demarche.communes.all()), f"p{pk}-")
    if typed.erreurs:
        return show_saisie(request, seance, status=INVALIDE, saisi={pk: typed})
    try:
        actions.record_conclusion(
            acteur=acteur, instant=horloge.read_instant(), point=point, version=typed.version, **typed.valeurs
        )
    except actions.PointPerime as conflit:
        return show_saisie(request, seance, status=PERIME, saisi={pk: typed}, perime={pk: conflit.message})
    return go(acteur, "instances:saisie", seance.pk, fait="conclusion", ancre=f"point-{pk}")


@avec_acteur
@require_POST
def validate_precadrage(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk``: the item that presented it."""
    point = get_point(request.acteur, pk)
    lue = request.POST.get("version", "")
    version = int(lue) if lue.isascii() and lue.isdigit() and len(lue) < 10 else 0
    actions.validate_precadrage(acteur=request.acteur, instant=horloge.read_instant(), point=point, version=version)
    return go(request.acteur, "instances:seance", point.seance_id, fait="precadrage", ancre=f"point-{pk}")


@avec_acteur
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    actions.hold_seance(acteur=acteur, instant=horloge.read_instant(), seance=get_seance_a_noter(acteur, pk))
    return go(acteur, "instances:releve", pk, fait="tenue")


@avec_acteur
@require_safe
def show_ecran(request: HttpRequest, pk: int) -> HttpResponse:
    """The large view: one item at a time, chosen by links; it never reloads by itself."""
    seance = get_seance(request.acteur, pk)
    page = build_page(request.acteur, seance, horloge.read_instant())
    asked = request.GET.get("point", "")
    rank = int(asked) if asked.isascii() and asked.isdigit() else 1
    rank = max(1, min(rank, len(page.points)))
    return show(request, "ecran", {"page": page, "rang": rank, "vu": page.points[rank - 1] if page.points else None})


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk``: the item."""
    acteur = request.acteur
    point = get_point(acteur, pk)
    require(rules.may_vote(point.seance.instance.type))
    seance = get_seance_a_noter(acteur, point.seance_id)
    form = FormVote(request.POST or None, request.FILES or None, initial=build_initial_vote(point, seance))
    if form.is_valid():
        values = {"acteur": acteur, "instant": horloge.read_instant(), "point": point}
        saisie = actions.SaisieVote(**form.get_valeurs())
        try:
            actions.record_deliberation(
                saisie=saisie, version=form.cleaned_data["version"], **values, **read_fichier(form)
            )
        except actions.FichierRefuse as refus:
            form.add_error("fichier", refus.message)
        except actions.VoteIncoherent as refus:
            form.add_error("presents", refus.message)
        else:
            return go(acteur, "instances:seance", seance.pk, fait="vote", ancre=f"point-{pk}")
    return show(request, "vote", {"point": point, "seance": seance}, form=form)


def build_initial_vote(point: Point, seance: Seance) -> dict[str, Any]:
    """What was recorded, or the counts of the opening of the séance."""
    held = getattr(point, "deliberation", None)
    if held is None:
        names = ("en_exercice", "presents", "pouvoirs")
        opening = {name: getattr(seance, name) for name in names}
        if opening["en_exercice"] is None:
            opening["en_exercice"] = seance.instance.en_exercice
        opening["pouvoirs"] = opening["pouvoirs"] or 0
        return {"date": seance.debut_local.date(), **opening}
    initial = {name: getattr(held, name) for name in FormVote.base_fields if name not in ("fichier", "adoptee")}
    return {**initial, "adoptee": "oui" if held.adoptee else "non"}
