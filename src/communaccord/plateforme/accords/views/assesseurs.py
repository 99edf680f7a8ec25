"""The maire assesseur: accept with the code, then bring one's part of the key after the closing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from communaccord.plateforme.accords import rules
from communaccord.plateforme.accords.actions import accept_assesseur, contribute_part, decline_assesseur
from communaccord.plateforme.accords.coffre import CoffreIllisible
from communaccord.plateforme.accords.enums import ASSESSEURS_REQUIS, PhaseTour
from communaccord.plateforme.accords.forms.envoi import read_code
from communaccord.plateforme.accords.models import Assesseur, Tour
from communaccord.plateforme.accords.pages.lectures import select_assesseurs
from communaccord.plateforme.accords.views.reponse import METHODES, redirect_to
from communaccord.plateforme.accords.views.tours import find_tour
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import moment, prose


@avec_acteur
@sensitive_post_parameters()
@require_http_methods(METHODES)
def assesseur(request: HttpRequest, tour: int) -> HttpResponse:
    """The page of the one whom the draw called: what is asked, what it does, the code."""
    found = find_tour(request, tour)
    everybody = list(select_assesseurs(request.acteur, found))
    mine = next((row for row in everybody if row.mandat_id == request.acteur.mandat_id), None)
    if mine is None:
        raise Http404("Le sort ne vous a pas désigné ou désignée pour ce tour.")
    if request.method != "POST":
        return render_assesseur(request, found, mine, everybody)
    try:
        return answer_geste(request, found, mine)
    except (Conflit, CoffreIllisible) as error:
        return render_assesseur(request, found, mine, everybody, str(error), status=422)


def answer_geste(request: HttpRequest, tour: Tour, mine: Assesseur) -> HttpResponse:
    values = {"acteur": request.acteur, "instant": horloge.read_instant()}
    code = read_code(request.POST)
    geste = request.POST.get("geste", "")
    if geste == "apporter":
        resultat = contribute_part(**values, tour=tour, code=code, ancien_code=read_code(request.POST, "ancien-code"))
        if resultat is not None:
            return redirect_to(request, "accords:resultat", tour.pk)
        return redirect_to(request, "accords:assesseur", tour.pk, fin="?fait=apporte")
    if geste == "decliner":
        decline_assesseur(**values, assesseur=mine)
        return redirect_to(request, "accords:tour", tour.pk)
    accept_assesseur(**values, assesseur=mine, code=code)
    return redirect_to(request, "accords:assesseur", tour.pk, fin="?fait=accepte")


def render_assesseur(
    request: HttpRequest,
    tour: Tour,
    mine: Assesseur,
    everybody: list[Assesseur],
    erreur: str = "",
    status: int = 200,
) -> HttpResponse:
    phase = tour.get_phase(horloge.read_instant())
    context = {
        "tour": tour,
        "mine": mine,
        "parts": sum(row.contribuee_le is not None for row in everybody),
        "requises": ASSESSEURS_REQUIS,
        "phase": phase,
        "clos": phase == PhaseTour.CLOS,
        "ouverture": moment(tour.ouvre_le, tour.demarche.fuseau, semaine=True),
        "cloture": moment(tour.cloture_le, tour.demarche.fuseau, semaine=True),
        "erreur": prose(erreur),
        "fait": request.GET.get("fait", ""),
    }
    return render(request, "accords/assesseur.html", context, status=status)


@avec_acteur
@require_POST
def remplacer(request: HttpRequest, tour: int, assesseur: int) -> HttpResponse:
    """The équipe projet records that somebody drawn declines: the next of the draw is called."""
    require(rules.can_conduct(request.acteur, request.acteur.demarche_id))
    found = find_tour(request, tour)
    row = get_object_or_404(select_assesseurs(request.acteur, found), pk=assesseur)
    decline_assesseur(acteur=request.acteur, instant=horloge.read_instant(), assesseur=row)
    return redirect_to(request, "accords:tour", tour, fin="?fait=remplace")
