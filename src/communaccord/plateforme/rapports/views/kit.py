"""The kit of the conseil municipal: rounds, the page of a commune before and after, its papers, all of them."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.documents.docx import TYPE_DOCX
from communaccord.plateforme.rapports.documents import kit as papiers
from communaccord.plateforme.rapports.pages import kit as page
from communaccord.plateforme.rapports.pages.kit import APRES, AVANT, Kit
from communaccord.plateforme.rapports.queries.kit import (
    MatiereKit,
    find_tour_du_kit,
    list_communes_du_kit,
    list_demandes,
    list_tours_du_kit,
    may_read_kits,
    read_matiere,
)
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import Refus, require
from communaccord.plateforme.territoires.models import CommuneMembre

ZIP = "application/zip"
PDF = "application/pdf"
FERME = "Ce kit n'existe pas, ou il ne vous est pas ouvert."
PAS_PUBLIE = "Le résultat de ce tour n'est pas encore publié : la page d'après viendra avec lui."
TOUS = Refus("L'équipe projet prend les kits de toutes les communes ; chaque commune a le sien.")


def require_kit(request: HttpRequest, tour: int, commune: int) -> tuple[MatiereKit, CommuneMembre]:
    """The round and the commune, when this actor reads this kit; otherwise nothing tells that it exists."""
    require(may_read_kits(request.acteur))
    row = find_tour_du_kit(request.acteur, tour)
    membre = next((c for c in list_communes_du_kit(request.acteur) if c.pk == commune), None)
    if row is None or membre is None:
        raise Http404(FERME)
    return read_matiere(request.acteur, row, [membre]), membre


def build_kit(request: HttpRequest, matiere: MatiereKit, commune: CommuneMembre, moment: str) -> Kit:
    """``demandes=oui``: the mayor, and nobody else, adds what the commune put on the table itself."""
    if moment == AVANT:
        return page.build_avant(matiere, commune)
    if matiere.resultat is None:
        raise Http404(PAS_PUBLIE)
    ticked = request.GET.get("demandes") == "oui"
    demandes = list_demandes(request.acteur, matiere.tour, commune) if ticked else []
    return page.build_apres(matiere, commune, demandes)


@avec_acteur
@require_safe
def list_kits(request: HttpRequest) -> HttpResponse:
    """Rounds that have a kit, the last first."""
    require(may_read_kits(request.acteur))
    tours = [(tour, page.get_moment(tour)) for tour in list_tours_du_kit(request.acteur)]
    return render(request, "rapports/kits.html", {"tours": tours})


@avec_acteur
@require_safe
def show_tour(request: HttpRequest, tour: int) -> HttpResponse:
    """The communes whose kit this actor reads."""
    require(may_read_kits(request.acteur))
    row = find_tour_du_kit(request.acteur, tour)
    if row is None:
        raise Http404(FERME)
    communes = list_communes_du_kit(request.acteur)
    context = {"tour": row, "communes": communes, "moment": page.get_moment(row), "tous": request.acteur.est_equipe}
    return render(request, "rapports/kit_tour.html", context)


def build_page(moment: str) -> Callable[..., HttpResponse]:
    """The view of one page of the kit."""

    @avec_acteur
    @require_safe
    def show(request: HttpRequest, tour: int, commune: int) -> HttpResponse:
        matiere, membre = require_kit(request, tour, commune)
        kit = build_kit(request, matiere, membre, moment)
        mine = request.acteur.est_maire and request.acteur.commune_id == membre.pk
        context = {
            "kit": kit,
            "tour": matiere.tour,
            "commune": membre,
            "colonnes": page.COLONNES,
            "publie": matiere.resultat is not None,
            "choisit": moment == APRES and mine,
            "ticked": request.GET.get("demandes") == "oui" and mine,
        }
        return render(request, "rapports/kit.html", context)

    return show


def build_pdf(moment: str) -> Callable[..., HttpResponse]:
    """The view of one paper of the kit."""

    @avec_acteur
    @require_safe
    def download(request: HttpRequest, tour: int, commune: int) -> HttpResponse:
        matiere, membre = require_kit(request, tour, commune)
        kit = build_kit(request, matiere, membre, moment)
        instant = horloge.read_instant().astimezone(matiere.tour.demarche.zone)
        nom = papiers.name_kit(matiere, membre, moment, "pdf")
        return build_fichier(papiers.render_kit(kit, matiere, instant), PDF, nom)

    return download


show_avant, show_apres = build_page(AVANT), build_page(APRES)
download_avant, download_apres = build_pdf(AVANT), build_pdf(APRES)


@avec_acteur
@require_safe
def download_voeu(request: HttpRequest, tour: int, commune: int) -> HttpResponse:
    matiere, membre = require_kit(request, tour, commune)
    instant = horloge.read_instant().astimezone(matiere.tour.demarche.zone)
    contenu = papiers.render_voeu(page.build_voeu(matiere), matiere, membre, instant)
    return build_fichier(contenu, TYPE_DOCX, papiers.name_kit(matiere, membre, "voeu", "docx"))


@avec_acteur
@require_safe
def download_tous(request: HttpRequest, tour: int) -> StreamingHttpResponse:
    """The kits of all the communes, sent as they are made: for the équipe projet."""
    if not request.acteur.est_equipe:
        require(TOUS)
    row = find_tour_du_kit(request.acteur, tour)
    if row is None:
        raise Http404(FERME)
    communes = list_communes_du_kit(request.acteur)
    matiere = read_matiere(request.acteur, row, communes)
    instant = horloge.read_instant().astimezone(row.demarche.zone)
    disposition = f'attachment; filename="kits-tour-{row.numero}.zip"'
    morceaux = papiers.iterate_kits(matiere, communes, instant)
    return StreamingHttpResponse(morceaux, content_type=ZIP, headers={"Content-Disposition": disposition})
