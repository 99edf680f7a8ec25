"""The form: everything typed comes back whole, whatever the answer."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from communaccord.plateforme.accueil.forms.actions import ACTIONS
from communaccord.plateforme.accueil.forms.envoi import Envoi, Etat
from communaccord.plateforme.accueil.forms.page import build_page, list_reperes
from communaccord.plateforme.accueil.forms.simulation import fill_saisie, parse_saisie, start_saisie
from communaccord.plateforme.accueil.forms.tableau import list_devinables
from communaccord.plateforme.accueil.views.simulateur.fichiers import FICHIERS
from communaccord.plateforme.accueil.views.simulateur.lien import (
    MAX_LIEN,
    build_adresse,
    build_url_formulaire,
    render_lien_illisible,
)
from communaccord.plateforme.socle.saisie import build_saisie
from communaccord.plateforme.socle.typographie import prose
from communaccord.reference import TerritoireInconnu, get_communes, get_epci
from communaccord.simulateur import DOMAINES, ORIGINE_ACTES_URBANISME, Anomalie, Simulation, decode_lien
from communaccord.simulateur.tableau import describe_champ
from communaccord.simulateur.tableau.bornes import MAX_OCTETS

TROP_LONG = Anomalie(
    "trop-long",
    "Simulation",
    "elle est trop longue pour tenir dans un lien.",
    "Gardez-la dans un fichier, ou raccourcissez les noms et les libellés.",
)
MAX_CODE = 20
METHODES = ["GET", "HEAD", "POST"]


@login_not_required
@require_http_methods(METHODES)
def edit_simulation(request: HttpRequest, siren: str) -> HttpResponse:
    """The form of a real intercommunalité."""
    try:
        get_epci(siren)
    except TerritoireInconnu as error:
        raise Http404(str(error)) from error
    return answer_formulaire(request, siren)


@login_not_required
@require_http_methods(METHODES)
def edit_autre(request: HttpRequest) -> HttpResponse:
    """The form of a list of communes of one's own, real or invented."""
    return answer_formulaire(request, "")


def answer_formulaire(request: HttpRequest, siren: str) -> HttpResponse:
    if request.method == "POST":
        return answer_envoi(request, siren)
    lien = request.GET.get("s", "")
    if not lien:
        codes = [commune.code for commune in get_communes(siren)] if siren else []
        return render_etat(request, Etat(start_saisie(codes, request.GET.get("service", "")), siren))
    simulation = decode_lien(lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    return render_etat(request, Etat(fill_saisie(simulation), simulation.territoire.siren or ""))


def answer_envoi(request: HttpRequest, siren: str) -> HttpResponse:
    saisie = build_saisie(request.POST).with_champs({"territoire-siren": siren})
    etat = Etat(saisie, siren, read_envoi(request))
    action = ACTIONS.get("recalculer" if "recalculer" in request.POST else request.POST.get("action", ""))
    if action is not None:
        return render_etat(request, action(etat))
    simulation = parse_saisie(saisie)
    if not isinstance(simulation, Simulation):
        return render_etat(request, Etat(saisie.with_anomalies(simulation), siren, etat.envoi), status=422)
    if build_fichier := FICHIERS.get(request.POST.get("action", "")):
        return build_fichier(simulation)
    return redirect_resultat(request, simulation, commune=request.POST.get("commune", ""))


def redirect_resultat(request: HttpRequest, simulation: Simulation, **parametres: str | int) -> HttpResponse:
    """Send to the page of the result; when no address can hold the simulation, give its form and its files instead."""
    adresse = build_adresse(simulation, **parametres)
    if len(adresse) <= MAX_LIEN:
        return HttpResponseRedirect(adresse, status=303)
    saisie = fill_saisie(simulation).with_anomalies([TROP_LONG])
    return render_etat(request, Etat(saisie, simulation.territoire.siren or ""), status=422)


def read_envoi(request: HttpRequest) -> Envoi:
    """Pasted texts and file of the form; a file too big is cut one byte after the limit, so that it is refused."""
    fichier = request.FILES.get("fichier")
    return Envoi(
        collage=request.POST.get("collage", ""),
        liste=request.POST.get("liste", ""),
        fichier=fichier.read(MAX_OCTETS + 1) if fichier else b"",
        champ=request.POST.get("colonne", ""),
        nom_fichier=(fichier.name or "")[:200] if fichier else "",
    )


def render_etat(request: HttpRequest, etat: Etat, status: int = 200) -> HttpResponse:
    page = build_page(etat.saisie, etat.siren)
    contexte = {
        "page": page,
        "saisie": etat.saisie,
        "etat": etat,
        "domaines": [{"valeur": domaine, "libelle": modele.label} for domaine, modele in DOMAINES.items()],
        "colonnes_devinables": list_devinables(etat),
        "role_de": partial(describe_champ, actes={acte.code: acte.libelle for acte in page.actes}),
        "curseurs_de": page.curseurs,
        "reperes": list_reperes(etat.saisie.texte("service-domaine")),
        "mots": prose,
        "origine_actes": ORIGINE_ACTES_URBANISME,
        "adresse_formulaire": build_url_formulaire(etat.siren),
        "commune": (request.POST if request.method == "POST" else request.GET).get("commune", "")[:MAX_CODE],
        "trop_long": TROP_LONG in etat.saisie.anomalies,
        "adresse_modele": f"{reverse('accueil:simulateur_modele')}?siren={etat.siren}",
    }
    return render(request, "accueil/simulateur/formulaire.html", contexte, status=status)
