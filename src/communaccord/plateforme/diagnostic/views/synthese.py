"""The synthèse of an état des lieux: on screen, as a table, as a note for the COPIL."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.diagnostic.documents.note import render_note
from communaccord.plateforme.diagnostic.pages.cartes import (
    INDICATEURS,
    build_commune_par_commune,
    choose_indicateur,
)
from communaccord.plateforme.diagnostic.pages.exports import build_csv, build_xlsx, name_fichier
from communaccord.plateforme.diagnostic.pages.matiere import Matiere, read_matiere
from communaccord.plateforme.diagnostic.pages.synthese import build_synthese
from communaccord.plateforme.diagnostic.queries.restitution import find_campagne_restituee, find_fond, read_cadre
from communaccord.plateforme.diagnostic.rules import can_read_synthese, reads_fiche
from communaccord.plateforme.documents.docx import TYPE_DOCX
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.tableur import TYPE_CSV


def find_matiere(request: HttpRequest) -> Matiere | None:
    """What the last opened campaign tells, to who may read it; None before any was opened."""
    require(can_read_synthese(request.acteur))
    campagne = find_campagne_restituee(request.acteur)
    return read_matiere(read_cadre(campagne)) if campagne else None


def require_matiere(request: HttpRequest) -> Matiere:
    matiere = find_matiere(request)
    if matiere is None:
        raise Http404("L'état des lieux n'est pas encore ouvert : il n'y a rien à exporter.")
    return matiere


@avec_acteur
@require_safe
def show_synthese(request: HttpRequest) -> HttpResponse:
    matiere = find_matiere(request)
    context = {"ouvrage": None, "lit_les_carnets": reads_fiche(request.acteur, None)}
    if matiere:
        indicateur = choose_indicateur(request.GET.get("indicateur", ""))
        fond = find_fond(request.acteur)
        context |= {
            "ouvrage": build_synthese(matiere),
            "photo_pk": matiere.photo.pk if matiere.photo else None,
            "indicateurs": INDICATEURS,
            "commune_par_commune": build_commune_par_commune(matiere, indicateur, fond, request.acteur.commune_id),
        }
    return render(request, "diagnostic/synthese.html", context)


@avec_acteur
@require_safe
def download_classeur(request: HttpRequest) -> HttpResponse:
    matiere = require_matiere(request)
    return build_fichier(build_xlsx(matiere), XLSX, name_fichier(matiere, "xlsx"))


@avec_acteur
@require_safe
def download_csv(request: HttpRequest) -> HttpResponse:
    matiere = require_matiere(request)
    return build_fichier(build_csv(matiere), TYPE_CSV, name_fichier(matiere, "csv"))


@avec_acteur
@require_safe
def download_note(request: HttpRequest) -> HttpResponse:
    matiere = require_matiere(request)
    instant = horloge.read_instant().astimezone(request.acteur.demarche.zone)
    carte = build_commune_par_commune(matiere, INDICATEURS[0], find_fond(request.acteur), None)
    return build_fichier(render_note(matiere, carte, instant), TYPE_DOCX, name_fichier(matiere, "docx"))
