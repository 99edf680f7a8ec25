"""One round: read by all, conducted by the équipe projet."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.accords import rules
from communaccord.plateforme.accords.actions import (
    abandon_tour,
    change_tour,
    declare_non_depouillable,
    draw_assesseurs,
    extend_cloture,
    open_tour,
    prepare_tour,
)
from communaccord.plateforme.accords.forms.elements import Anomalie
from communaccord.plateforme.accords.forms.tour import (
    Reglages,
    SaisieTour,
    check_saisie_tour,
    fill_saisie,
    parse_instant,
    read_saisie_tour,
    start_saisie,
)
from communaccord.plateforme.accords.models import Tour
from communaccord.plateforme.accords.pages.lectures import (
    list_scenarios,
    select_precedents,
    select_regles,
    select_scenarios,
    select_tours,
)
from communaccord.plateforme.accords.pages.preparation import build_preparation
from communaccord.plateforme.accords.pages.tour import build_tour
from communaccord.plateforme.accords.views.reponse import METHODES, redirect_to
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import prose

LONGUEUR_MOTIF = 500
PLUS_DISPONIBLE = prose("Un choix n'est plus disponible : vérifiez les scénarios et la règle du jeu.")


def find_tour(request: HttpRequest, tour: int) -> Tour:
    return get_object_or_404(select_tours(request.acteur), pk=tour)


def require_conduite(request: HttpRequest) -> None:
    require(rules.can_conduct(request.acteur, request.acteur.demarche_id))


@avec_acteur
@require_safe
def tour(request: HttpRequest, tour: int) -> HttpResponse:
    return render_tour(request, find_tour(request, tour))


def render_tour(request: HttpRequest, found: Tour, erreur: str = "", status: int = 200) -> HttpResponse:
    page = build_tour(request.acteur, found, horloge.read_instant())
    context = {"page": page, "erreur": prose(erreur), "fait": request.GET.get("fait", "")}
    return render(request, "accords/tour.html", context, status=status)


# --- Prepare ----------------------------------------------------------------------------------------------------------


@avec_acteur
@require_http_methods(METHODES)
def preparer(request: HttpRequest) -> HttpResponse:
    """The form of a new round, useful as it opens."""
    require_conduite(request)
    acteur = request.acteur
    if request.method == "POST":
        saisie = read_saisie_tour(request.POST, request.POST.getlist("scenarios"))
        return answer_preparation(request, saisie, create_tour)
    jour = horloge.read_jour(acteur.demarche.fuseau)
    regle = select_regles(acteur).order_by("-adoptee_le", "-version").first()
    precedent = select_precedents(acteur).filter(pk=read_pk(request.GET.get("precedent", ""))).first()
    saisie = start_saisie(jour, regle, select_tours(acteur).count() + 1, precedent)
    return render_preparation(request, saisie)


@avec_acteur
@require_http_methods(METHODES)
def modifier(request: HttpRequest, tour: int) -> HttpResponse:
    require_conduite(request)
    found = find_tour(request, tour)
    if request.method != "POST":
        places = list_scenarios(request.acteur, found)
        return render_preparation(request, fill_saisie(found, [place.scenario_id for place in places]), tour=found)
    saisie = read_saisie_tour(request.POST, request.POST.getlist("scenarios"))

    def change(request: HttpRequest, saisie: SaisieTour, values: dict[str, Any]) -> HttpResponse:
        change_tour(tour=found, mode=saisie.mode, **values)
        return redirect_to(request, "accords:tour", found.pk, fin="?fait=modifie")

    return answer_preparation(request, saisie, change, tour=found)


def create_tour(request: HttpRequest, saisie: SaisieTour, values: dict[str, Any]) -> HttpResponse:
    precedent = select_precedents(request.acteur).filter(pk=read_pk(saisie.precedent)).first()
    created = prepare_tour(mode=saisie.mode, precedent=precedent, **values)
    return redirect_to(request, "accords:tour", created.pk, fin="?fait=prepare")


Write = Callable[[HttpRequest, SaisieTour, dict[str, Any]], HttpResponse]


def answer_preparation(
    request: HttpRequest, saisie: SaisieTour, write: Write, *, tour: Tour | None = None
) -> HttpResponse:
    """Check, write, or give the form back whole."""
    acteur = request.acteur
    reglages = check_saisie_tour(saisie, acteur.demarche.zone)
    if not isinstance(reglages, Reglages):
        return render_preparation(request, saisie, reglages, tour=tour)
    asked = {read_pk(pk) for pk in saisie.scenarios}
    regle = select_regles(acteur).filter(pk=read_pk(saisie.regle)).first()
    scenarios = [scenario for scenario in select_scenarios(acteur) if scenario.pk in asked]
    if regle is None or len(scenarios) != len(asked):
        lost = Anomalie(
            "scenarios", prose("Un choix n'est plus disponible : vérifiez les scénarios et la règle du jeu.")
        )
        return render_preparation(request, saisie, [lost], tour=tour)
    values = {
        "acteur": acteur,
        "instant": horloge.read_instant(),
        "titre": saisie.titre,
        "regle": regle,
        "scenarios": scenarios,
        "ouvre_le": reglages.ouvre_le,
        "cloture_le": reglages.cloture_le,
    }
    try:
        return write(request, saisie, values)
    except Conflit as error:
        return render_preparation(request, saisie, [Anomalie("titre", prose(error.message))], tour=tour)


def render_preparation(
    request: HttpRequest, saisie: SaisieTour, anomalies: list[Anomalie] | None = None, *, tour: Tour | None = None
) -> HttpResponse:
    page = build_preparation(request.acteur, anomalies or [], tour)
    return render(request, "accords/preparer.html", {"page": page, "saisie": saisie}, status=422 if anomalies else 200)


def read_pk(texte: str) -> int:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 15 else 0


# --- Conduct ----------------------------------------------------------------------------------------------------------


@avec_acteur
@require_POST
def lancer(request: HttpRequest, tour: int) -> HttpResponse:
    return act(request, tour, "lance", lambda values: open_tour(**values))


@avec_acteur
@require_POST
def tirage(request: HttpRequest, tour: int) -> HttpResponse:
    graine = request.POST.get("graine", "").strip()[:200]
    return act(request, tour, "tire", lambda values: draw_assesseurs(**values, graine=graine))


def act(request: HttpRequest, tour: int, fait: str, write: Callable[[dict[str, Any]], Any]) -> HttpResponse:
    """One act of the équipe projet on a round; refused, the page of the round says why."""
    found = find_tour(request, tour)
    try:
        write({"acteur": request.acteur, "instant": horloge.read_instant(), "tour": found})
    except Conflit as error:
        return render_tour(request, find_tour(request, tour), error.message, status=409)
    return redirect_to(request, "accords:tour", tour, fin=f"?fait={fait}")


@avec_acteur
@require_http_methods(METHODES)
def prolonger(request: HttpRequest, tour: int) -> HttpResponse:
    """Put the closing off, with a reason told to all."""
    require_conduite(request)
    found = find_tour(request, tour)
    motif = request.POST.get("motif", "")[:LONGUEUR_MOTIF]
    jour, heure = request.POST.get("jour", ""), request.POST.get("heure", "")
    erreur = ""
    if request.method == "POST":
        cloture = parse_instant(jour, heure, found.demarche.zone)
        if cloture is None:
            erreur = "Donnez le jour et l'heure de la nouvelle clôture."
        else:
            values = {"acteur": request.acteur, "instant": horloge.read_instant(), "tour": found}
            try:
                extend_cloture(**values, cloture_le=cloture, motif=motif)
                return redirect_to(request, "accords:tour", tour, fin="?fait=reporte")
            except Conflit as error:
                erreur = error.message
    start = fill_saisie(found, ())
    context = {
        "tour": found,
        "motif": motif,
        "jour": jour or start.cloture_jour,
        "heure": heure or start.cloture_heure,
        "erreur": prose(erreur),
    }
    return render(request, "accords/prolonger.html", context, status=422 if erreur else 200)


@avec_acteur
@require_http_methods(METHODES)
def abandonner(request: HttpRequest, tour: int) -> HttpResponse:
    return answer_arret(request, tour, abandon_tour, "abandonner")


@avec_acteur
@require_http_methods(METHODES)
def non_depouillable(request: HttpRequest, tour: int) -> HttpResponse:
    """Two parts of the key are lost: say it to all, and why."""
    return answer_arret(request, tour, declare_non_depouillable, "non_depouillable")


def answer_arret(request: HttpRequest, tour: int, stop: Callable[..., None], genre: str) -> HttpResponse:
    require_conduite(request)
    found = find_tour(request, tour)
    motif = request.POST.get("motif", "")[:LONGUEUR_MOTIF]
    erreur = ""
    if request.method == "POST":
        try:
            stop(acteur=request.acteur, instant=horloge.read_instant(), tour=found, motif=motif)
            return redirect_to(request, "accords:table", fin="?fait=arrete")
        except Conflit as error:
            erreur = error.message
    context = {"tour": found, "motif": motif, "genre": genre, "erreur": prose(erreur)}
    return render(request, "accords/arreter.html", context, status=422 if erreur else 200)
