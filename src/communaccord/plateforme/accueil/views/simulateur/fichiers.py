"""Files of a simulation: workbook whose formulas recompute, JSON, CSV, and the table to fill in."""

from collections.abc import Callable, Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from communaccord.plateforme.accueil.forms.demande import read_demande
from communaccord.plateforme.accueil.forms.tableau import build_modele, write_csv
from communaccord.plateforme.accueil.views.simulateur.lien import render_lien_illisible
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.simulateur import Domaine, Simulation, build_classeur, compute_resultat, decode_lien, write_json

MAX_NOM = 50
SIGLES = {"communaute-de-communes": "cc", "communaute-dagglomeration": "ca", "communaute-urbaine": "cu"}


def name_fichier(simulation: Simulation, extension: str) -> str:
    """Name of a file after the territory and the service, in plain letters: ``simulation-cc-du-pays-paie.xlsx``."""
    service = simulation.service
    sujet = service.nom if service.domaine is Domaine.LIBRE else service.domaine.replace("_", " ")
    territoire = slugify(simulation.territoire.nom)
    for genre, sigle in SIGLES.items():
        territoire = territoire.replace(genre, sigle)
    mots = f"simulation-{shorten_mots(territoire)}-{shorten_mots(slugify(sujet))}".split("-")
    return f"{'-'.join(mot for mot in mots if mot)}.{extension}"


def shorten_mots(slug: str) -> str:
    """The same without the words that do not fit."""
    return slug if len(slug) <= MAX_NOM else slug[: MAX_NOM + 1].rpartition("-")[0] or slug[:MAX_NOM]


def build_fichier_classeur(simulation: Simulation) -> HttpResponse:
    """The workbook of a simulation, to keep."""
    contenu = build_classeur(compute_resultat(simulation), etabli_le=timezone.localdate())
    return build_fichier(contenu, XLSX, name_fichier(simulation, "xlsx"))


def build_fichier_json(simulation: Simulation) -> HttpResponse:
    """The file of a simulation, to keep and open again."""
    return build_fichier(write_json(simulation), "application/json; charset=utf-8", name_fichier(simulation, "json"))


FICHIERS: Mapping[str, Callable[[Simulation], HttpResponse]] = {
    "fichier": build_fichier_json,
    "classeur": build_fichier_classeur,
}
"""Files that a button of the form asks for, by the value it sends."""


@login_not_required
@require_safe
def download_classeur(request: HttpRequest) -> HttpResponse:
    simulation = decode_lien(read_demande(request.GET).lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    return build_fichier_classeur(simulation)


@login_not_required
@require_safe
def download_json(request: HttpRequest) -> HttpResponse:
    simulation = decode_lien(read_demande(request.GET).lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    return build_fichier_json(simulation)


@login_not_required
@require_safe
def download_csv(request: HttpRequest) -> HttpResponse:
    demande = read_demande(request.GET)
    simulation = decode_lien(demande.lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    contenu = write_csv(compute_resultat(simulation), demande.rang)
    return build_fichier(contenu, "text/csv; charset=utf-8", name_fichier(simulation, "csv"))


@login_not_required
@require_safe
def download_modele(request: HttpRequest) -> HttpResponse:
    """The table to fill in, with the names of the communes of a territory."""
    contenu = build_modele(request.GET.get("siren", ""))
    if contenu is None:
        raise Http404("Ce territoire est inconnu.")
    return build_fichier(contenu, XLSX, "tableau-a-remplir.xlsx")
