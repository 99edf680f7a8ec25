"""The flows: list, declare, correct, set aside, import; two declarations said to be one flow, or two."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.diagnostic.actions import doubles
from communaccord.plateforme.diagnostic.actions import flux as actions
from communaccord.plateforme.diagnostic.actions.communs import EditionConcurrente
from communaccord.plateforme.diagnostic.calculs.doubles import INTERCOMMUNALITE
from communaccord.plateforme.diagnostic.enums import EtatCampagne, Qualite
from communaccord.plateforme.diagnostic.forms import flux as form
from communaccord.plateforme.diagnostic.forms import tableau_flux as tableau
from communaccord.plateforme.diagnostic.models import Campagne, Flux
from communaccord.plateforme.diagnostic.pages import flux as page
from communaccord.plateforme.diagnostic.queries.campagnes import find_campagne
from communaccord.plateforme.diagnostic.queries.flux import (
    Campagnes,
    find_flux,
    list_communes,
    list_distincts,
    list_flux,
    list_services,
)
from communaccord.plateforme.diagnostic.rules import can_declare_flux, can_edit_flux, can_read_flux
from communaccord.plateforme.diagnostic.views.communs import choose_campagne, redirect_to
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.tableur import write_xlsx

PERDU = "L'aperçu s'est perdu en route : recommencez depuis le tableau."


def require_campagne_des_flux(request: HttpRequest) -> Campagne:
    """The campaign whose flows are declared, to those who read some of them."""
    require(can_read_flux(request.acteur))
    campagne = find_campagne(request.acteur.demarche)
    if campagne is None:
        raise Http404("Aucun état des lieux n'est encore préparé : les flux se déclarent ensuite.")
    return campagne


def require_flux(request: HttpRequest, pk: int) -> Flux:
    """A flow that this actor reads; otherwise nothing tells that it exists."""
    flux = find_flux(request.acteur, pk)
    if flux is None:
        raise Http404("Ce flux n'existe pas, ou il ne vous est pas ouvert.")
    return flux


@avec_acteur
@require_safe
def show_flux(request: HttpRequest) -> HttpResponse:
    require(can_read_flux(request.acteur))
    campagnes = choose_campagne(request)
    if campagnes is None:
        return render(request, "diagnostic/flux.html", {"campagne": None, "fait": ""})
    return render_flux(request, campagnes.lue, campagnes=campagnes)


def render_flux(
    request: HttpRequest,
    campagne: Campagne,
    *,
    campagnes: Campagnes | None = None,
    lu: tableau.TableauFlux | None = None,
    collage: str = "",
    status: int = 200,
) -> HttpResponse:
    acteur = request.acteur
    rows = list_flux(acteur, campagne)
    courante = campagnes.courante if campagnes else campagne
    peut = bool(can_declare_flux(acteur, campagne.demarche_id))
    context = {
        **page.build_page(
            acteur,
            campagne,
            rows,
            list_distincts(acteur, campagne),
            list_services(campagne),
            request.GET.get("qui", ""),
        ),
        "campagne": campagne,
        "declare": peut and campagne.etat != EtatCampagne.CLOSE,
        "declare_dans": courante if peut and courante.etat != EtatCampagne.CLOSE else None,
        "autres_campagnes": campagnes.autres if campagnes else [],
        "lu": lu,
        "collage": collage,
        "colonnes": tuple(tableau.COLONNES.values()),
        "fait": page.get_fait(request.GET.get("fait", "")),
    }
    return render(request, "diagnostic/flux.html", context, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """A new flow; a mairie finds its commune as who benefits from the intercommunalité."""
    acteur, campagne = request.acteur, require_campagne_des_flux(request)
    require(can_declare_flux(acteur, campagne.demarche_id))
    if request.method != "POST":
        start = {"qualite": Qualite.ESTIME, "annee": str(campagne.annee), "porteur": INTERCOMMUNALITE}
        start |= {"beneficiaire": f"c{acteur.commune_id}"} if acteur.role in MAIRIE else {}
        return render_form(request, campagne, form.SaisieFlux(start), None)
    saisie = form.read_saisie(request.POST)
    lu = form.parse_flux(saisie.champs, list_communes(acteur), list_services(campagne))
    if isinstance(lu, dict):
        return render_form(request, campagne, form.SaisieFlux(saisie.champs, lu), None, status=422)
    copied = next((c for c in list_communes(acteur) if f"c{c.pk}" == saisie.texte("declare_par")), None)
    try:
        actions.declare_flux(
            acteur=acteur, instant=horloge.read_instant(), campagne=campagne, contenu=lu, declare_par=copied
        )
    except actions.FluxRefuse as refuse:
        return render_form(request, campagne, form.SaisieFlux(saisie.champs, refuse.fautes), None, status=422)
    return redirect_to(acteur, "diagnostic:flux", fait="declare")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, flux: int) -> HttpResponse:
    acteur, row = request.acteur, require_flux(request, flux)
    require(can_edit_flux(acteur, row, row.campagne.demarche_id))
    if request.method != "POST":
        return render_form(request, row.campagne, form.fill_saisie(row), row)
    saisie = form.read_saisie(request.POST)
    lu = form.parse_flux(saisie.champs, list_communes(acteur), list_services(row.campagne))
    if isinstance(lu, dict):
        return render_form(request, row.campagne, form.SaisieFlux(saisie.champs, lu), row, status=422)
    try:
        actions.edit_flux(
            acteur=acteur, instant=horloge.read_instant(), flux=row, version=read_version(request), contenu=lu
        )
    except actions.FluxRefuse as refuse:
        return render_form(request, row.campagne, form.SaisieFlux(saisie.champs, refuse.fautes), row, status=422)
    except EditionConcurrente as concurrente:
        return render_form(
            request,
            row.campagne,
            saisie,
            row,
            status=409,
            conflit=concurrente.message,
            version=concurrente.actuel.version,
        )
    return redirect_to(acteur, "diagnostic:flux", fait="corrige")


def read_version(request: HttpRequest) -> int:
    """The version that the person had before their eyes; zero when it is not told."""
    texte = request.POST.get("version", "")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


def render_form(
    request: HttpRequest,
    campagne: Campagne,
    saisie: form.SaisieFlux,
    flux: Flux | None,
    *,
    status: int = 200,
    conflit: str = "",
    version: int | None = None,
) -> HttpResponse:
    communes = list_communes(request.acteur)
    seen = read_version(request) if request.method == "POST" else flux.version if flux else 0
    context: dict[str, Any] = {
        "campagne": campagne,
        "flux": flux,
        "saisie": saisie,
        "version": seen if version is None else version,
        "conflit": conflit,
        "corps": form.list_corps(communes, campagne.demarche.nom_epci),
        "natures": form.list_natures(),
        "services": [("", "Aucun en particulier"), *list_services(campagne).items()],
        "declarants": [("", campagne.demarche.nom_epci), *((f"c{c.pk}", c.nom) for c in communes)],
        "copie": request.acteur.est_equipe and flux is None,
        "libelles": form.LIBELLES,
    }
    return render(request, "diagnostic/flux_form.html", context, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, flux: int) -> HttpResponse:
    """Ask why, on a page of its own; then take the flow out of the totals."""
    acteur, row = request.acteur, require_flux(request, flux)
    require(can_declare_flux(acteur, row.campagne.demarche_id))
    if not acteur.est_equipe:
        require(can_edit_flux(acteur, row, row.campagne.demarche_id))
    context = {"flux": row, "sens": page.write_sens(row, row.campagne.demarche.nom_epci), "faute": ""}
    if request.method != "POST":
        return render(request, "diagnostic/flux_ecarter.html", context)
    try:
        actions.set_aside_flux(
            acteur=acteur, instant=horloge.read_instant(), flux=row, motif=request.POST.get("motif", "")
        )
    except actions.FluxRefuse as refuse:
        context["faute"] = refuse.fautes["motif"]
        return render(request, "diagnostic/flux_ecarter.html", context, status=422)
    return redirect_to(acteur, "diagnostic:flux", fait="ecarte")


@avec_acteur
@require_POST
def restore(request: HttpRequest, flux: int) -> HttpResponse:
    row = require_flux(request, flux)
    actions.restore_flux(acteur=request.acteur, instant=horloge.read_instant(), flux=row)
    return redirect_to(request.acteur, "diagnostic:flux", fait="repris")


@avec_acteur
@require_POST
def judge(request: HttpRequest, flux: int, autre: int) -> HttpResponse:
    """The same flow (``flux`` counts), or two."""
    acteur, one, other = request.acteur, require_flux(request, flux), require_flux(request, autre)
    instant = horloge.read_instant()
    if request.POST.get("verdict") == "meme":
        doubles.join_flux(acteur=acteur, instant=instant, gardee=one, autre=other)
        return redirect_to(acteur, "diagnostic:flux", fait="reunis")
    doubles.tell_distincts(acteur=acteur, instant=instant, one=one, other=other)
    return redirect_to(acteur, "diagnostic:flux", fait="distingues")


@avec_acteur
@require_POST
def separate(request: HttpRequest, flux: int) -> HttpResponse:
    row = require_flux(request, flux)
    doubles.separate_flux(acteur=request.acteur, instant=horloge.read_instant(), flux=row)
    return redirect_to(request.acteur, "diagnostic:flux", fait="separes")


def build_reperes(request: HttpRequest, campagne: Campagne) -> tableau.Reperes:
    return tableau.Reperes(list_communes(request.acteur), campagne.demarche.nom_epci, list_services(campagne))


@avec_acteur
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Read a table and show what would be taken: nothing is recorded."""
    campagne = require_campagne_des_flux(request)
    require(can_declare_flux(request.acteur, campagne.demarche_id))
    sent, collage = request.FILES.get("fichier"), request.POST.get("collage", "")
    lu = tableau.read_tableau(build_reperes(request, campagne), sent.read() if sent else None, collage)
    return render_flux(request, campagne, lu=lu, collage=collage, status=200 if lu.bonnes else 422)


@avec_acteur
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Record what the preview showed; every field is read again, all or nothing."""
    campagne = require_campagne_des_flux(request)
    contenus = tableau.read_renvoi(build_reperes(request, campagne), request.POST.get("lignes", ""))
    if contenus is None:
        return render_flux(request, campagne, lu=tableau.TableauFlux(refus=PERDU), status=422)
    written, _ = actions.import_flux(
        acteur=request.acteur, instant=horloge.read_instant(), campagne=campagne, contenus=contenus
    )
    return redirect_to(request.acteur, "diagnostic:flux", fait="importes" if written else "deja_la")


@avec_acteur
@require_safe
def download_modele(request: HttpRequest) -> HttpResponse:
    """An empty table to fill in, with an example that says it is one."""
    campagne = require_campagne_des_flux(request)
    communes = list_communes(request.acteur)
    porteur = campagne.demarche.nom_epci
    exemple = [
        "service rendu",
        "",
        "Exemple à effacer",
        porteur,
        communes[0].nom if communes else "",
        0,
        None,
        campagne.annee,
    ]
    contenu = write_xlsx(
        "Flux entre communes et intercommunalité",
        list(tableau.COLONNES.values()),
        [[*exemple, "", "", "", "estimé"]],
        mentions=["Une ligne par flux : qui porte, puis qui bénéficie. Une case vide veut dire « je ne sais pas »."],
    )
    return build_fichier(contenu, XLSX, "flux-a-remplir.xlsx")
