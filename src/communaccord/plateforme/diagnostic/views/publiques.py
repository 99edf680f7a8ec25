"""Public data: read by all, taken from official files by the équipe projet, accepted by whoever fills a sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.diagnostic.actions.publiques import import_publiques
from communaccord.plateforme.diagnostic.forms.fichiers import Depot, read_depot, seal_publiques, unseal_publiques
from communaccord.plateforme.diagnostic.lecture.publiques import read_publiques
from communaccord.plateforme.diagnostic.lecture.types import AnneeManquante, FichierIllisible, Lues, TerritoireLu
from communaccord.plateforme.diagnostic.pages import publiques as page
from communaccord.plateforme.diagnostic.queries.publiques import list_lues, list_membres
from communaccord.plateforme.diagnostic.rules import can_conduct
from communaccord.plateforme.diagnostic.views.communs import redirect_to
from communaccord.plateforme.diagnostic.views.envois import avec_gros_fichier
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.typographie import prose

FAITS = {"reprises": "Données publiques enregistrées : les fiches en sont préremplies."}


@avec_acteur
@require_safe
def show_publiques(request: HttpRequest) -> HttpResponse:
    return render_publiques(request, Depot())


def render_publiques(
    request: HttpRequest, depot: Depot, lues: Lues | None = None, *, status: int = 200
) -> HttpResponse:
    acteur = request.acteur
    communes, rows = list_membres(acteur), list_lues(acteur.demarche)
    apercu = page.build_apercu(acteur.demarche, communes, rows, lues, depot.nom) if lues else None
    context = {
        "tableau": page.build_tableau(acteur.demarche, communes, rows),
        "apercu": apercu,
        "scelle": seal_publiques(acteur, lues.source, lues.donnees) if lues and lues.donnees else "",
        "depot": depot,
        "erreurs": dict(depot.erreurs),
        "conduit": bool(can_conduct(acteur, acteur.demarche_id)),
        "fait": prose(FAITS.get(request.GET.get("fait", ""), "")),
    }
    return render(request, "diagnostic/publiques.html", context, status=status)


@avec_acteur
@require_POST
@avec_gros_fichier
def preview_publiques(request: HttpRequest) -> HttpResponse:
    """Read an official file and show what it says of the démarche: nothing is recorded."""
    acteur = request.acteur
    require(can_conduct(acteur, acteur.demarche_id))
    depot = read_depot(request.POST, request.FILES)
    if depot.erreurs:
        return render_publiques(request, depot, status=422)
    try:
        demarche = acteur.demarche
        communes = {commune.code: commune.nom for commune in list_membres(acteur)}
        territoire = TerritoireLu(communes, demarche.siren, demarche.nom_epci)
        lues = read_publiques(depot.contenu, territoire, depot.annee)
    except FichierIllisible as illisible:
        champ = "annee" if isinstance(illisible, AnneeManquante) else "fichier"
        phrase = f"{illisible.message[:1].upper()}{illisible.message[1:]} {illisible.que_faire}"
        depot = Depot(depot.nom, annee_saisie=depot.annee_saisie, erreurs=((champ, prose(phrase)),))
        return render_publiques(request, depot, status=422)
    return render_publiques(request, depot, lues)


@avec_acteur
@require_POST
def apply_publiques(request: HttpRequest) -> HttpResponse:
    """Record what the preview showed."""
    acteur = request.acteur
    require(can_conduct(acteur, acteur.demarche_id))
    source, donnees = unseal_publiques(acteur, request.POST.get("scelle", ""))
    import_publiques(acteur=acteur, instant=horloge.read_instant(), source=source, donnees=donnees)
    return redirect_to(acteur, "diagnostic:publiques", fait="reprises")
