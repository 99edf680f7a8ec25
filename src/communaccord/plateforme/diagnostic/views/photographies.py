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
)
from communaccord.plateforme.diagnostic.models import Campagne, Photographie
from communaccord.plateforme.diagnostic.pages import photographie as page
from communaccord.plateforme.diagnostic.queries.campagnes import find_campagne
from communaccord.plateforme.diagnostic.queries.photographies import (
    find_derniere,
    find_photographie,
    find_precedente,
    list_gardees,
    list_photographies,
    read_masques,
    read_photographie,
)
from communaccord.plateforme.diagnostic.rules import LISENT_TOUTES_LES_FICHES, can_conduct, can_read_synthese
from communaccord.plateforme.diagnostic.views.communs import redirect_to, require_conduite
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import prose

DATE_ILLISIBLE = "Choisissez la date de la photographie dans le calendrier."
INTROUVABLE = "Cette version n'existe pas, ou elle ne vous est pas ouverte."


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
    return read_masques(photo, [] if code is None else [code])


@avec_acteur
@require_safe
def show_photographie(request: HttpRequest) -> HttpResponse:
    """The last version frozen, whatever campaign was prepared since; before any, what the équipe would freeze."""
    acteur = request.acteur
    require(can_read_synthese(acteur))
    photo = read_photographie(acteur.demarche)
    campagne = find_campagne(acteur.demarche) if photo is None or acteur.est_equipe else None
    if photo is None and campagne is None:
        raise Http404("Aucun état des lieux n'est encore préparé.")
    if photo is None and can_conduct(acteur, campagne.demarche_id):
        return redirect_to(acteur, "diagnostic:photographie_apercu", campagne.pk)
    context = {
        "campagne": photo.campagne if photo else campagne,
        "photo": photo,
        "versions": list_photographies(acteur) if reads_entiere(request) else list_gardees(acteur.demarche),
        "entiere": reads_entiere(request),
        "a_photographier": campagne,
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
def show_version(request: HttpRequest, photographie: int) -> HttpResponse:
    """An older version, and what changed since the one before: for those who read it whole."""
    photo = require_version(request, photographie)
    before = find_precedente(request.acteur, photo)
    context = {
        "campagne": photo.campagne,
        "photo": photo,
        "versions": list_photographies(request.acteur),
        "entiere": True,
        "a_photographier": None,
        "fait": "",
        "avant": before,
        "differences": page.build_differences(compare_contenus(before.contenu, photo.contenu)) if before else [],
        **page.build_page(photo.contenu, demandee=request.GET.get("entite")),
    }
    return render(request, "diagnostic/photographie.html", context)


def require_version(request: HttpRequest, pk: int) -> Photographie:
    require(can_read_synthese(request.acteur))
    photo = find_photographie(request.acteur, pk)
    if photo is None:
        raise Http404(INTROUVABLE)
    return photo


@avec_acteur
@require_safe
def preview(request: HttpRequest, campagne: int) -> HttpResponse:
    return render_apercu(request, require_conduite(request, campagne))


def render_apercu(request: HttpRequest, campagne: Campagne, *, faute: str = "", status: int = 200) -> HttpResponse:
    """What would be frozen now of this campaign, beside its last version: for the équipe projet."""
    jour = horloge.read_jour(campagne.demarche.fuseau)
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
def freeze(request: HttpRequest, campagne: int) -> HttpResponse:
    row = require_conduite(request, campagne)
    try:
        jour = date.fromisoformat(request.POST.get("date", ""))
    except ValueError:
        return render_apercu(request, row, faute=DATE_ILLISIBLE, status=422)
    lue = request.POST.get("lue", "")
    try:
        freeze_photographie(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            campagne=row,
            jour=jour,
            motif=request.POST.get("motif", ""),
            lue=int(lue) if lue.isascii() and lue.isdigit() and len(lue) < 6 else -1,
        )
    except Conflit as conflit:
        return render_apercu(request, row, faute=conflit.message, status=409)
    return redirect_to(request.acteur, "diagnostic:photographie", fait="figee")


@avec_acteur
@require_safe
def download_classeur(request: HttpRequest, photographie: int) -> HttpResponse:
    """A version as a workbook: any for those who read it whole; the last one frozen, masked, for the others."""
    require(can_read_synthese(request.acteur))
    if reads_entiere(request):
        photo = require_version(request, photographie)
    else:
        photo = read_photographie(request.acteur.demarche)
    if photo is None or photo.pk != photographie:
        raise Http404(INTROUVABLE)
    masques = build_masques(request, photo)
    nom = page.name_classeur(photo, masquee=not reads_entiere(request))
    return build_fichier(page.build_classeur(photo, masques), XLSX, nom)
