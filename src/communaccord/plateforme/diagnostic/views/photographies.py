"""The reference picture: whole for those who read every sheet, masked for the table; frozen by the équipe projet."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.diagnostic.actions.photographies import freeze_photographie, read_contenu
from communaccord.plateforme.diagnostic.calculs.photographie import (
    RIEN_DE_MASQUE,
    MasquesPhotographie,
    compare_contenus,
    mask_contenu,
)
from communaccord.plateforme.diagnostic.models import Campagne, Photographie
from communaccord.plateforme.diagnostic.pages import photographie as page
from communaccord.plateforme.diagnostic.queries.campagnes import find_campagne
from communaccord.plateforme.diagnostic.queries.photographies import (
    find_derniere,
    find_photographie,
    list_photographies,
)
from communaccord.plateforme.diagnostic.rules import LISENT_TOUTES_LES_FICHES, can_conduct, can_read_synthese
from communaccord.plateforme.diagnostic.views.communs import redirect_to
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import prose

DATE_ILLISIBLE = "Choisissez la date de la photographie dans le calendrier."


def require_campagne_photographiee(request: HttpRequest) -> Campagne:
    require(can_read_synthese(request.acteur))
    campagne = find_campagne(request.acteur.demarche)
    if campagne is None:
        raise Http404("Aucun état des lieux n'est encore préparé.")
    return campagne


def reads_entiere(request: HttpRequest) -> bool:
    return request.acteur.role in LISENT_TOUTES_LES_FICHES


def find_code(request: HttpRequest) -> str | None:
    """The code of the commune that this reader knows whole."""
    return request.acteur.commune.code if request.acteur.role in MAIRIE and request.acteur.commune else None


def build_masques(request: HttpRequest, photo: Photographie) -> MasquesPhotographie:
    """Nothing is masked for those who read every sheet; a mairie knows its own row."""
    if reads_entiere(request):
        return RIEN_DE_MASQUE
    code = find_code(request)
    return mask_contenu(photo.contenu, [] if code is None else [code])


@avec_acteur
@require_safe
def show_photographie(request: HttpRequest) -> HttpResponse:
    """The last version; for the équipe projet, what a new one would change."""
    campagne = require_campagne_photographiee(request)
    photo = find_derniere(campagne)
    if photo is None and can_conduct(request.acteur, campagne.demarche_id):
        return redirect_to(request.acteur, "diagnostic:photographie_apercu")
    context = {
        "campagne": campagne,
        "photo": photo,
        "versions": list_photographies(request.acteur, campagne),
        "entiere": reads_entiere(request),
        "conduit": bool(can_conduct(request.acteur, campagne.demarche_id)),
        "fait": prose(page.FAITS.get(request.GET.get("fait", ""), "")),
    }
    if photo is not None:
        masques = build_masques(request, photo)
        context |= page.build_page(
            photo.contenu, masques, mienne=find_code(request), demandee=request.GET.get("entite")
        )
    return render(request, "diagnostic/photographie.html", context)


@avec_acteur
@require_safe
def show_version(request: HttpRequest, numero: int) -> HttpResponse:
    """An older version, and what changed since the one before: for those who read it whole."""
    campagne = require_campagne_photographiee(request)
    photo = require_version(request, campagne, numero)
    before = find_photographie(request.acteur, campagne, numero - 1)
    context = {
        "campagne": campagne,
        "photo": photo,
        "versions": list_photographies(request.acteur, campagne),
        "entiere": True,
        "conduit": False,
        "fait": "",
        "avant": before,
        "differences": page.build_differences(compare_contenus(before.contenu, photo.contenu)) if before else [],
        **page.build_page(photo.contenu, demandee=request.GET.get("entite")),
    }
    return render(request, "diagnostic/photographie.html", context)


def require_version(request: HttpRequest, campagne: Campagne, numero: int) -> Photographie:
    photo = find_photographie(request.acteur, campagne, numero)
    if photo is None:
        raise Http404("Cette version n'existe pas, ou elle ne vous est pas ouverte.")
    return photo


@avec_acteur
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    return render_apercu(request)


def render_apercu(request: HttpRequest, *, faute: str = "", status: int = 200) -> HttpResponse:
    """What would be frozen now, beside the last version: for the équipe projet."""
    campagne = require_campagne_photographiee(request)
    require(can_conduct(request.acteur, campagne.demarche_id))
    jour = horloge.get_jour(horloge.read_instant(), campagne.demarche.fuseau)
    contenu, last = read_contenu(campagne, jour), find_derniere(campagne)
    typed = request.POST if request.method == "POST" else {}
    context = {
        "campagne": campagne,
        "derniere": last,
        "doutes": page.build_doutes(contenu),
        "differences": page.build_differences(compare_contenus(last.contenu, contenu)) if last else [],
        "jour": typed.get("date", jour.isoformat()),
        "motif": typed.get("motif", ""),
        "faute": prose(faute),
        **page.build_page(contenu, demandee=request.GET.get("entite")),
    }
    return render(request, "diagnostic/photographie_apercu.html", context, status=status)


@avec_acteur
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    campagne = require_campagne_photographiee(request)
    require(can_conduct(request.acteur, campagne.demarche_id))
    try:
        jour = date.fromisoformat(request.POST.get("date", ""))
    except ValueError:
        return render_apercu(request, faute=DATE_ILLISIBLE, status=422)
    lue = request.POST.get("lue", "")
    try:
        freeze_photographie(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            campagne=campagne,
            jour=jour,
            motif=request.POST.get("motif", ""),
            lue=int(lue) if lue.isascii() and lue.isdigit() and len(lue) < 6 else -1,
        )
    except Conflit as conflit:
        return render_apercu(request, faute=conflit.message, status=409)
    return redirect_to(request.acteur, "diagnostic:photographie", fait="figee")


@avec_acteur
@require_safe
def download_classeur(request: HttpRequest, numero: int) -> HttpResponse:
    """A version as a workbook: any for those who read it whole; the last one, masked, for the others."""
    campagne = require_campagne_photographiee(request)
    photo = require_version(request, campagne, numero) if reads_entiere(request) else find_derniere(campagne)
    if photo is None or photo.numero != numero:
        raise Http404("Cette version n'existe pas, ou elle ne vous est pas ouverte.")
    masques = build_masques(request, photo)
    nom = page.name_classeur(photo, masquee=not reads_entiere(request))
    return build_fichier(page.build_classeur(photo, masques), XLSX, nom)
