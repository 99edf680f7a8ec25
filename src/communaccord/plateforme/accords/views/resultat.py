"""The published result, its files, and what a commune chooses to show."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from communaccord.plateforme.accords import rules
from communaccord.plateforme.accords.actions import share_a_vous_seule, share_element
from communaccord.plateforme.accords.coffre import CoffreIllisible
from communaccord.plateforme.accords.documents.papiers import render_resultat
from communaccord.plateforme.accords.forms.envoi import read_code
from communaccord.plateforme.accords.pages.lectures import (
    list_partageables,
    select_communes,
    select_resultats,
    select_seules,
)
from communaccord.plateforme.accords.pages.papiers import build_resultat_papier
from communaccord.plateforme.accords.pages.recapitulatif import name_element
from communaccord.plateforme.accords.pages.resultat import (
    TITRES_EXPORT,
    PageResultat,
    build_resultat,
    list_lignes_export,
)
from communaccord.plateforme.accords.views.reponse import METHODES, redirect_to
from communaccord.plateforme.accords.views.tours import find_tour
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.tableur import TYPE_CSV, write_csv, write_xlsx
from communaccord.plateforme.socle.typographie import prose

SEULE = "seule"


def build_page(request: HttpRequest, tour: int) -> PageResultat:
    """The page of a round that is published; 404 before."""
    found = find_tour(request, tour)
    row = get_object_or_404(select_resultats(request.acteur), tour=found)
    return build_resultat(request.acteur, found, row, select_communes(request.acteur))


@avec_acteur
@require_safe
def resultat(request: HttpRequest, tour: int) -> HttpResponse:
    context = {"page": build_page(request, tour), "fait": request.GET.get("fait", "")}
    return render(request, "accords/resultat.html", context)


@avec_acteur
@require_safe
def resultat_pdf(request: HttpRequest, tour: int) -> HttpResponse:
    page = build_page(request, tour)
    contenu = render_resultat(build_resultat_papier(page, horloge.read_instant()))
    return build_fichier(contenu, "application/pdf", f"resultat-tour-{page.tour.numero}.pdf")


@avec_acteur
@require_safe
def resultat_csv(request: HttpRequest, tour: int) -> HttpResponse:
    """The published counts in a table: never more than the page says."""
    page = build_page(request, tour)
    contenu = write_csv(TITRES_EXPORT, list_lignes_export(page))
    return build_fichier(contenu, TYPE_CSV, f"resultat-tour-{page.tour.numero}.csv")


@avec_acteur
@require_safe
def resultat_xlsx(request: HttpRequest, tour: int) -> HttpResponse:
    page = build_page(request, tour)
    fictif = ["Territoire fictif."] if page.tour.demarche.fictive else []
    mentions = [*fictif, f"Dépouillé le {page.depouille}.", *page.regle, f"Empreinte : {page.resultat.empreinte}"]
    contenu = write_xlsx(page.tour.titre, TITRES_EXPORT, list_lignes_export(page), mentions=mentions)
    return build_fichier(contenu, XLSX, f"resultat-tour-{page.tour.numero}.xlsx")


@avec_acteur
@sensitive_post_parameters()
@require_http_methods(METHODES)
def partager(request: HttpRequest, tour: int, dossier: int) -> HttpResponse:
    """Put something of one's commune on the table, for good: what, then the code."""
    acteur = request.acteur
    if not acteur.est_mairie:
        raise Http404("Cette page est celle des mairies.")
    page = build_page(request, tour)
    seule = next((row for row in page.seules if row.identifiant == dossier), None)
    elements = list_partageables(acteur, page.tour, dossier)
    if seule is None:
        raise Http404("Votre commune n'a pas de réponse comptée sur ce dossier.")
    erreur = ""
    if request.method == "POST":
        try:
            share(request, page, dossier)
            return redirect_to(request, "accords:resultat", tour, fin="?fait=partage")
        except (Conflit, CoffreIllisible) as error:
            erreur = str(error)
    context = {
        "tour": page.tour,
        "seule": seule,
        "elements": [(element.pk, name_element(element)) for element in elements],
        "choix": request.POST.get("choix", "" if seule.partage else SEULE),
        "refus": rules.can_share(acteur, acteur.demarche_id, acteur.commune_id),
        "dossier": next(row.titre for row in page.dossiers if row.identifiant == dossier),
        "erreur": prose(erreur),
    }
    return render(request, "accords/partager.html", context, status=422 if erreur else 200)


def share(request: HttpRequest, page: PageResultat, dossier: int) -> None:
    """What was chosen; Conflit when nothing was, or when it cannot be."""
    choix = request.POST.get("choix", "")
    values = {"acteur": request.acteur, "instant": horloge.read_instant(), "code": read_code(request.POST)}
    if choix == SEULE:
        row = select_seules(request.acteur, page.tour).get(dossier=dossier)
        share_a_vous_seule(**values, a_vous_seule=row)
        return
    elements = {str(row.pk): row for row in list_partageables(request.acteur, page.tour, dossier)}
    if choix not in elements:
        raise Conflit("Choisissez ce que vous voulez partager.")
    share_element(**values, element=elements[choix], ancien_code=read_code(request.POST, "ancien-code"))
