"""Where the simulation takes place: search a territory, open a saved simulation, see the example."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from communaccord.plateforme.accueil.forms.page import list_erreurs
from communaccord.plateforme.accueil.views.entree import REPONSES, build_reponses
from communaccord.plateforme.accueil.views.simulateur.formulaire import redirect_resultat
from communaccord.plateforme.accueil.views.simulateur.lien import build_adresse
from communaccord.plateforme.socle.ouverture import Ouverture, read_ouverture
from communaccord.simulateur import DOMAINES, build_exemple


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def choose_territoire(request: HttpRequest) -> HttpResponse:
    """The whole page, or only the answers while somebody is typing; each answer leads to the form of its territory."""
    choisi = request.GET.get("service", "")
    domaine = choisi if choisi in DOMAINES else ""
    suite = f"?service={domaine}" if domaine else ""
    contexte = {
        **build_reponses(request),
        "domaine": domaine,
        "adresse_recherche": f"{reverse('accueil:simulateur')}{suite}",
        "vers": "accueil:simulateur_formulaire",
        "suite": suite,
    }
    template = REPONSES if "HX-Request" in request.headers else "accueil/simulateur/choix.html"
    return render(request, template, contexte)


@login_not_required
@require_safe
def show_exemple(_request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(build_adresse(build_exemple(), commune="C02"))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_simulation(request: HttpRequest) -> HttpResponse:
    """A file (JSON, XLSX) or a pasted link, opened into the form without being kept."""
    if request.method != "POST":
        return render_ouverture(request, Ouverture())
    ouverture = read_ouverture(request.POST.get("lien", ""), request.FILES.get("fichier"))
    if ouverture.simulation is None:
        return render_ouverture(request, ouverture, status=422)
    return redirect_resultat(request, ouverture.simulation)


def render_ouverture(request: HttpRequest, ouverture: Ouverture, status: int = 200) -> HttpResponse:
    contexte = {"ouverture": ouverture, "erreurs": list_erreurs(ouverture.list_anomalies())}
    return render(request, "accueil/simulateur/ouvrir.html", contexte, status=status)
