"""Where the simulation takes place: search a territory, open a saved simulation, see the example."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from communaccord.plateforme.accueil.forms.ouverture import Ouverture, read_ouverture
from communaccord.plateforme.accueil.forms.page import list_erreurs
from communaccord.plateforme.accueil.views.simulateur.formulaire import redirect_resultat
from communaccord.plateforme.accueil.views.simulateur.lien import build_adresse
from communaccord.reference import find_territoires
from communaccord.simulateur import DOMAINES, build_exemple

MAX_TEXTE = 200


@login_not_required
@require_safe
def choose_territoire(request: HttpRequest) -> HttpResponse:
    texte = request.GET.get("q", "")[:MAX_TEXTE].replace("\0", "").strip()
    domaine = request.GET.get("service", "")
    contexte = {
        "texte": texte,
        "domaine": domaine if domaine in DOMAINES else "",
        "territoires": find_territoires(texte, limit=30) if texte else (),
    }
    return render(request, "accueil/simulateur/choix.html", contexte)


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
