"""The result: one sentence, then the picture, the table, the formula; a slider moved answers at once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from communaccord.plateforme.accueil.bridge.lignes import TRIS
from communaccord.plateforme.accueil.forms.criteres import find_incalculables
from communaccord.plateforme.accueil.forms.demande import Demande, read_demande
from communaccord.plateforme.accueil.forms.page import build_curseurs, list_erreurs
from communaccord.plateforme.accueil.forms.simulation import fill_variantes
from communaccord.plateforme.accueil.forms.variantes import change_variantes
from communaccord.plateforme.accueil.pages.resultat import Vue, build_page
from communaccord.plateforme.accueil.views.simulateur.formulaire import TROP_LONG, redirect_resultat
from communaccord.plateforme.accueil.views.simulateur.lien import (
    MAX_LIEN,
    build_url_formulaire,
    render_lien_illisible,
    write_adresse,
)
from communaccord.plateforme.socle.montants import write_ecart, write_montant
from communaccord.plateforme.socle.saisie import Saisie, build_saisie
from communaccord.plateforme.socle.typographie import prose
from communaccord.simulateur import Anomalie, Simulation, compute_resultat, decode_lien, encode_lien

PAGE, FRAGMENT = "accueil/simulateur/resultat.html", "accueil/simulateur/_fragment.html"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def show_resultat(request: HttpRequest) -> HttpResponse:
    demande = read_demande(request.POST if request.method == "POST" else request.GET)
    if not demande.lien:
        return HttpResponseRedirect(reverse("accueil:simulateur"))
    simulation = decode_lien(demande.lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    if request.method == "POST":
        return change_resultat(request, simulation, demande)
    return render_resultat(request, simulation, demande)


def change_resultat(request: HttpRequest, simulation: Simulation, demande: Demande) -> HttpResponse:
    """A key or a perimeter changed: answer with the fragment or send to the page of the new link."""
    saisie = build_saisie(request.POST)
    action = "recalculer" if "recalculer" in request.POST else request.POST.get("action", "recalculer")
    changement = change_variantes(simulation, saisie, demande.rang, action)
    if changement.simulation is None:
        return render_resultat(request, simulation, demande, changement.anomalies, saisie)
    choisis = {"v": changement.rang, "commune": demande.commune, "annee": demande.annee}
    if "HX-Request" not in request.headers:
        return redirect_resultat(request, changement.simulation, **choisis)
    lien = encode_lien(changement.simulation)
    adresse = write_adresse(lien, **choisis)
    if len(adresse) > MAX_LIEN:
        return render_resultat(request, simulation, demande, (TROP_LONG,), saisie)
    nouvelle = Demande(lien, changement.rang, demande.annee, commune=demande.commune)
    response = render_resultat(request, changement.simulation, nouvelle)
    response["HX-Push-Url"] = adresse
    return response


def render_resultat(
    request: HttpRequest,
    simulation: Simulation,
    demande: Demande,
    anomalies: tuple[Anomalie, ...] = (),
    saisie: Saisie | None = None,
) -> HttpResponse:
    vue = Vue(demande.rang, demande.annee, demande.tri, demande.filtre, demande.commune, demande.toutes)
    page = build_page(compute_resultat(simulation), vue)
    remplie = (saisie or fill_variantes(simulation)).with_anomalies(anomalies)
    fragment = "HX-Request" in request.headers
    contexte = {
        "fragment": fragment,
        "erreurs": list_erreurs(anomalies),
        "colonnes": TRIS,
        "mots": prose,
        "montant": write_montant,
        "ecart": write_ecart,
        "page": page,
        "simulation": simulation,
        "resultat": page.resultat,
        "demande": demande,
        "lien": demande.lien,
        "saisie": remplie,
        "curseurs_variante": build_curseurs(remplie, page.rang, find_incalculables(simulation, page.rang)),
        "adresse_partage": request.build_absolute_uri(write_adresse(demande.lien)),
        "adresse_formulaire": build_url_formulaire(simulation.territoire.siren),
    }
    return render(request, FRAGMENT if fragment else PAGE, contexte, status=422 if anomalies else 200)
