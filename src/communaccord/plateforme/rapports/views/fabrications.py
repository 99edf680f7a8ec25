"""Asking for a file, following its making on a page that one may leave and find again, taking it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.documents.docx import TYPE_DOCX
from communaccord.plateforme.rapports import actions
from communaccord.plateforme.rapports.actions.fabrications import get_fichier
from communaccord.plateforme.rapports.enums import EtatFabrication, Genre
from communaccord.plateforme.rapports.models import Fabrication
from communaccord.plateforme.rapports.pages import avancement as page
from communaccord.plateforme.rapports.queries import find_fabrication
from communaccord.plateforme.rapports.rules import may_make
from communaccord.plateforme.rapports.views.communs import INTROUVABLE, redirect_to, require_version
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import require

TYPES = {
    Genre.RAPPORT_PDF: "application/pdf",
    Genre.RAPPORT_DOCX: TYPE_DOCX,
    Genre.COURRIERS: "application/zip",
}


def require_fabrication(request: HttpRequest, pk: int) -> Fabrication:
    """The demand, when the actor reads what the file is made of."""
    fabrication = find_fabrication(request.acteur, pk)
    if fabrication is None or not may_make(request.acteur, fabrication.genre):
        raise Http404("Ce document n'existe pas, ou il ne vous est pas ouvert.")
    return fabrication


def read_pk(asked: str) -> int:
    """The number of a version; what is not one names no version."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise Http404(INTROUVABLE)
    return int(asked)


@avec_acteur
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """``genre``, and ``version`` when it is not the draft."""
    acteur, genre, asked = request.acteur, request.POST.get("genre", ""), request.POST.get("version", "")
    if genre not in Genre.values:
        raise Http404("Ce document n'est pas de ceux que l'on peut demander.")
    require(may_make(acteur, genre))
    version = require_version(request, read_pk(asked)) if asked else None
    fabrication = actions.ask_fabrication(acteur=acteur, instant=horloge.read_instant(), genre=genre, version=version)
    return redirect_to(acteur, "rapports:fabrication", fabrication.pk)


@avec_acteur
@require_safe
def show(request: HttpRequest, fabrication: int) -> HttpResponse:
    """The page, or the fragment that htmx asks for again while the file is being made."""
    row = require_fabrication(request, fabrication)
    context = {
        "fabrication": row,
        "phrase": page.write_phrase(row),
        "nom": page.name_document(row),
        "attend": page.is_en_attente(row),
        "prete": row.etat == EtatFabrication.PRETE,
        "sens": page.SENS[EtatFabrication(row.etat)],
    }
    gabarit = "_avancement" if request.headers.get("HX-Request") else "fabrication"
    return render(request, f"rapports/{gabarit}.html", context)


@avec_acteur
@require_safe
def download(request: HttpRequest, fabrication: int) -> HttpResponse:
    row = require_fabrication(request, fabrication)
    path = get_fichier(row)
    if row.etat != EtatFabrication.PRETE or not path.exists():
        raise Http404("Ce document n'est pas prêt : ouvrez sa page pour le suivre, ou demandez-le de nouveau.")
    nom = page.name_fichier(row, fictif=request.acteur.demarche.fictive)
    return build_fichier(path.read_bytes(), TYPES[Genre(row.genre)], nom)
