"""Files of a simulation: workbook whose formulas recompute, JSON, CSV, and the table to fill in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from communaccord.plateforme.accueil.forms.demande import read_demande
from communaccord.plateforme.accueil.forms.tableau import build_modele, write_csv
from communaccord.plateforme.accueil.views.simulateur.lien import render_lien_illisible
from communaccord.simulateur import Simulation, build_classeur, compute_resultat, decode_lien, write_json

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def build_fichier(contenu: bytes | str, genre: str, nom: str) -> HttpResponse:
    return HttpResponse(contenu, content_type=genre, headers={"Content-Disposition": f'attachment; filename="{nom}"'})


@login_not_required
@require_safe
def download_classeur(request: HttpRequest) -> HttpResponse:
    simulation = decode_lien(read_demande(request.GET).lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    contenu = build_classeur(compute_resultat(simulation), etabli_le=timezone.localdate())
    return build_fichier(contenu, XLSX, "simulation.xlsx")


@login_not_required
@require_safe
def download_json(request: HttpRequest) -> HttpResponse:
    simulation = decode_lien(read_demande(request.GET).lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    return build_fichier(write_json(simulation), "application/json; charset=utf-8", "simulation.json")


@login_not_required
@require_safe
def download_csv(request: HttpRequest) -> HttpResponse:
    demande = read_demande(request.GET)
    simulation = decode_lien(demande.lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    contenu = write_csv(compute_resultat(simulation), demande.rang)
    return build_fichier(contenu, "text/csv; charset=utf-8", "simulation.csv")


@login_not_required
@require_safe
def download_modele(request: HttpRequest) -> HttpResponse:
    """The table to fill in, with the names of the communes of a territory."""
    contenu = build_modele(request.GET.get("siren", ""))
    if contenu is None:
        raise Http404("Ce territoire est inconnu.")
    return build_fichier(contenu, XLSX, "tableau-a-remplir.xlsx")
