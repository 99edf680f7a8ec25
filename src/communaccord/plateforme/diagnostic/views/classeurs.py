"""Workbooks, papers and letters of the sheets: downloaded, then read back with a preview."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.classeurs import (
    Comparaison,
    EtatLigne,
    build_reprise,
    compare_classeurs,
    import_classeurs,
)
from communaccord.plateforme.diagnostic.documents import liasse
from communaccord.plateforme.diagnostic.forms.fichiers import Depot, read_depot, seal_reprises, unseal_reprises
from communaccord.plateforme.diagnostic.lecture.envois import open_envoi
from communaccord.plateforme.diagnostic.lecture.types import FichierIllisible
from communaccord.plateforme.diagnostic.models import Campagne, Fiche
from communaccord.plateforme.diagnostic.pages import classeur as page
from communaccord.plateforme.diagnostic.queries.campagnes import list_fiches
from communaccord.plateforme.diagnostic.queries.classeurs import Matiere, list_matieres
from communaccord.plateforme.diagnostic.rules import can_fill
from communaccord.plateforme.diagnostic.views.communs import (
    redirect_to,
    require_conduite,
    require_fiche,
)
from communaccord.plateforme.diagnostic.views.envois import avec_gros_fichier
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel, prose

PDF, ZIP = "application/pdf", "application/zip"
FAITS = {"repris": "Réponses du classeur enregistrées. Relisez la fiche avant de la valider."}


def require_matiere(request: HttpRequest, pk: int) -> Matiere:
    """A sheet that this actor reads, with all that fills it."""
    fiche = require_fiche(request, pk)
    matieres = list_matieres(request.acteur, fiche.campagne, fiche.pk)
    if not matieres:
        raise Http404("Cette fiche n'existe pas, ou elle ne vous est pas ouverte.")
    return matieres[0]


@avec_acteur
@require_safe
def download_classeur(request: HttpRequest, fiche: int) -> HttpResponse:
    matiere = require_matiere(request, fiche)
    contenu = liasse.make_classeur(matiere, horloge.read_instant())
    return build_fichier(contenu, XLSX, page.name_fichier(matiere.nom, "xlsx"))


@avec_acteur
@require_safe
def download_papier(request: HttpRequest, fiche: int) -> HttpResponse:
    matiere = require_matiere(request, fiche)
    contenu = liasse.make_papier(matiere, horloge.read_instant())
    return build_fichier(contenu, PDF, page.name_fichier(matiere.nom, "pdf"))


@avec_acteur
@require_safe
def download_lettre(request: HttpRequest, fiche: int) -> HttpResponse:
    matiere = require_matiere(request, fiche)
    contenu = liasse.make_lettre(matiere, request.build_absolute_uri("/"), horloge.read_instant())
    return build_fichier(contenu, PDF, liasse.name_lettre(matiere))


@avec_acteur
@require_safe
def download_liasse(request: HttpRequest, campagne: int) -> StreamingHttpResponse:
    """The workbooks of all the communes, with their letters, sent as they are made."""
    row = require_conduite(request, campagne)
    matieres = list_matieres(request.acteur, row)
    morceaux = liasse.iterate_liasse(matieres, request.build_absolute_uri("/"), horloge.read_instant())
    disposition = f'attachment; filename="fiches-{row.annee}.zip"'
    return StreamingHttpResponse(morceaux, content_type=ZIP, headers={"Content-Disposition": disposition})


@avec_acteur
@require_safe
def show_fichiers(request: HttpRequest, fiche: int) -> HttpResponse:
    """The files of one sheet, and the way back of its workbook."""
    return render_fichiers(request, require_fiche(request, fiche))


def render_fichiers(
    request: HttpRequest,
    fiche: Fiche,
    depot: Depot | None = None,
    comparaisons: list[Comparaison] | None = None,
    *,
    status: int = 200,
    message: str = "",
) -> HttpResponse:
    context = {
        "fiche": fiche,
        "campagne": fiche.campagne,
        "nom": page.name(fiche),
        "remplit": bool(can_fill(request.acteur, fiche)),
        **build_context(request, depot, comparaisons, message),
    }
    return render(request, "diagnostic/fiche_fichiers.html", context, status=status)


def build_context(
    request: HttpRequest, depot: Depot | None, comparaisons: list[Comparaison] | None, message: str
) -> dict[str, object]:
    """What the two pages share: the preview, what it would write sealed, what is to be mended."""
    acteur, lues = request.acteur, comparaisons or []
    return {
        "apercus": [page.build_apercu(lue, acteur.demarche.fuseau) for lue in lues],
        "propositions": [
            proposition for remplacer in (False, True) if (proposition := propose(acteur, lues, remplacer=remplacer))
        ],
        "erreurs": dict(depot.erreurs) if depot else {},
        "message": prose(message),
        "fait": prose(FAITS.get(request.GET.get("fait", ""), "")),
    }


def propose(acteur: Acteur, lues: list[Comparaison], *, remplacer: bool) -> dict[str, object] | None:
    """One button of the preview: what it would write, sealed; None when it would write nothing of its own."""
    reprises = [reprise for lue in lues if (reprise := build_reprise(lue, remplacer=remplacer)) is not None]
    perimees = sum(len(lue.list_etat(EtatLigne.PERIMEE)) for lue in lues)
    if not reprises or (remplacer and not perimees):
        return None
    lignes = pluriel(sum(len(reprise.reponses) for reprise in reprises), "ligne")
    suite = f", dont {perimees} changées depuis sur la page" if remplacer else ""
    libelle = prose(f"Enregistrer {lignes}{suite}")
    return {"libelle": libelle, "scelle": seal_reprises(acteur, reprises), "second": remplacer}


def compare(request: HttpRequest, campagne: Campagne, attendue: Fiche | None) -> tuple[Depot, list[Comparaison] | None]:
    """The workbooks sent, compared with their sheets; None, and the errors of the file, when it cannot be opened."""
    depot = read_depot(request.POST, request.FILES)
    if depot.erreurs:
        return depot, None
    try:
        envois = open_envoi(depot.nom, depot.contenu)
    except FichierIllisible as illisible:
        phrase = prose(f"{illisible.message[:1].upper()}{illisible.message[1:]} {illisible.que_faire}")
        return Depot(depot.nom, erreurs=(("fichier", phrase),)), None
    cette_annee = horloge.read_instant().year
    return depot, compare_classeurs(request.acteur, campagne, envois, attendue, cette_annee)


def is_vaine(comparaisons: list[Comparaison] | None) -> bool:
    """Whether nothing of what was sent could be read."""
    return not comparaisons or all(comparaison.refus for comparaison in comparaisons)


@avec_acteur
@require_POST
def preview_fichier(request: HttpRequest, fiche: int) -> HttpResponse:
    row = require_fiche(request, fiche)
    require(can_fill(request.acteur, row))
    depot, comparaisons = compare(request, row.campagne, row)
    return render_fichiers(request, row, depot, comparaisons, status=422 if is_vaine(comparaisons) else 200)


@avec_acteur
@require_POST
def apply_fichier(request: HttpRequest, fiche: int) -> HttpResponse:
    """Record what the preview showed; when something moved meanwhile, nothing is, and the page says so."""
    row = require_fiche(request, fiche)
    require(can_fill(request.acteur, row))
    message = apply(request, row.campagne)
    if message:
        return render_fichiers(request, row, status=409, message=message)
    return redirect_to(request.acteur, "diagnostic:fiche_fichiers", row.pk, fait="repris")


def apply(request: HttpRequest, campagne: Campagne) -> str:
    """Why nothing was recorded; empty when all was."""
    try:
        reprises = unseal_reprises(request.acteur, request.POST.get("scelle", ""))
        import_classeurs(acteur=request.acteur, instant=horloge.read_instant(), campagne=campagne, reprises=reprises)
    except Conflit as conflit:
        return conflit.message
    return ""


@avec_acteur
@require_safe
def show_classeurs(request: HttpRequest, campagne: int) -> HttpResponse:
    """The files of every sheet, for those who conduct the campaign."""
    return render_classeurs(request, require_conduite(request, campagne))


def render_classeurs(
    request: HttpRequest,
    campagne: Campagne,
    depot: Depot | None = None,
    comparaisons: list[Comparaison] | None = None,
    *,
    status: int = 200,
    message: str = "",
) -> HttpResponse:
    fiches = [{"fiche": fiche, "nom": page.name(fiche)} for fiche in list_fiches(request.acteur, campagne)]
    context = {"campagne": campagne, "fiches": fiches, **build_context(request, depot, comparaisons, message)}
    return render(request, "diagnostic/classeurs.html", context, status=status)


@avec_acteur
@require_POST
@avec_gros_fichier
def preview_classeurs(request: HttpRequest, campagne: int) -> HttpResponse:
    """One workbook or a ZIP of several, whichever communes they are of: nothing is recorded."""
    row = require_conduite(request, campagne)
    depot, comparaisons = compare(request, row, None)
    return render_classeurs(request, row, depot, comparaisons, status=422 if is_vaine(comparaisons) else 200)


@avec_acteur
@require_POST
def apply_classeurs(request: HttpRequest, campagne: int) -> HttpResponse:
    row = require_conduite(request, campagne)
    message = apply(request, row)
    if message:
        return render_classeurs(request, row, status=409, message=message)
    return redirect_to(request.acteur, "diagnostic:classeurs", row.pk, fait="repris")
