"""The public portrait of an intercommunalité, and its files."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from communaccord.plateforme.accueil.bridge.portrait import (
    PRECAUTION,
    compute_calendrier,
    compute_instances,
    list_regles_conseil,
)
from communaccord.plateforme.accueil.pages.export_sieges import build_csv, build_xlsx
from communaccord.plateforme.accueil.pages.frise import build_frise
from communaccord.plateforme.accueil.pages.phrases import build_description, build_phrase, explain_conseil
from communaccord.plateforme.accueil.pages.portrait import (
    Territoire,
    build_carte,
    build_groupes,
    list_ecartees,
    read_territoire,
)
from communaccord.plateforme.accueil.pages.sieges import COLONNES, build_tableau
from communaccord.plateforme.accueil.queries.portrait import get_epci, list_communes, list_provenances
from communaccord.plateforme.accueil.queries.recherche import suggest_for_code
from communaccord.plateforme.documents.ics import TYPE_ICS, Evenement, build_ics
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.tableur import TYPE_CSV
from communaccord.plateforme.territoires.fuseaux import get_fuseau
from communaccord.plateforme.territoires.models import Epci

FICHIER = "communes.tsv.xz"
COLONNES_MONTREES = ("population_municipale_2022", "sieges_constates")


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def portrait(request: HttpRequest, siren: str) -> HttpResponse:
    """The whole page, or only its table when somebody filters it."""
    epci = get_epci(siren)
    if epci is None:
        return render_inconnu(request, siren)
    code = request.GET.get("commune", "")
    territoire = read_territoire(epci, code)
    context = build_tableau_context(request, territoire)
    if "HX-Request" in request.headers:
        return render(request, "accueil/portrait_tableau.html", context)
    return render(request, "accueil/portrait.html", context | build_context(request, territoire))


def build_tableau_context(request: HttpRequest, territoire: Territoire) -> dict[str, object]:
    code = territoire.mienne.code if territoire.mienne else ""
    return {
        "epci": territoire.epci,
        "tableau": build_tableau(
            territoire.lignes, tri=request.GET.get("tri", ""), filtre=request.GET.get("filtre", "")
        ),
        "colonnes": COLONNES,
        "code_mienne": code,
        "conseil": territoire.conseil,
    }


def build_context(request: HttpRequest, territoire: Territoire) -> dict[str, object]:
    epci, conseil = territoire.epci, territoire.conseil
    adresse = reverse("accueil:portrait", kwargs={"siren": epci.siren})
    aujourd_hui = read_today(epci)
    return {
        "adresse": request.build_absolute_uri(adresse),
        "phrase": build_phrase(epci, conseil, territoire.noms),
        "description": build_description(epci),
        "explication": explain_conseil(conseil, territoire.noms),
        "noms": territoire.noms,
        "mienne": territoire.mienne,
        "etapes_mienne": conseil.get_ligne(territoire.mienne.code) if territoire.mienne else None,
        "code_inconnu": "" if territoire.mienne else request.GET.get("commune", "")[:20],
        "carte": build_carte(territoire, adresse),
        "groupes": build_groupes(territoire.lignes),
        "instances": compute_instances(epci),
        "aujourd_hui": aujourd_hui,
        "frise": build_frise(compute_calendrier(epci, territoire.communes, aujourd_hui)),
        "provenances": list_provenances(FICHIER, *COLONNES_MONTREES),
        "ecartees": list_ecartees(conseil, territoire.noms),
        "nombre_absentes": territoire.nombre_absentes,
        "precaution": PRECAUTION,
        "regles": list_regles_conseil(),
    }


def read_today(epci: Epci) -> date:
    """The date in the time zone of the territory."""
    return timezone.now().astimezone(get_fuseau(epci.departement_id)).date()


@login_not_required
@require_safe
def sieges_csv(request: HttpRequest, siren: str) -> HttpResponse:
    epci = get_epci(siren)
    if epci is None:
        return render_inconnu(request, siren)
    return build_fichier(build_csv(read_territoire(epci)), TYPE_CSV, f"sieges-{siren}.csv")


@login_not_required
@require_safe
def sieges_xlsx(request: HttpRequest, siren: str) -> HttpResponse:
    epci = get_epci(siren)
    if epci is None:
        return render_inconnu(request, siren)
    territoire = read_territoire(epci)
    sources = list_provenances(FICHIER, *COLONNES_MONTREES).values()
    content = build_xlsx(territoire, build_phrase(epci, territoire.conseil, territoire.noms), sources, read_today(epci))
    return build_fichier(content, XLSX, f"sieges-{siren}.xlsx")


@login_not_required
@require_safe
def calendrier_ics(request: HttpRequest, siren: str) -> HttpResponse:
    epci = get_epci(siren)
    if epci is None:
        return render_inconnu(request, siren)
    adresse = request.build_absolute_uri(reverse("accueil:portrait", kwargs={"siren": siren}))
    evenements = [
        Evenement(f"{e.uid}-{siren}", e.titre, e.debut, e.fin - timedelta(days=1), e.description, adresse)
        for e in compute_calendrier(epci, list_communes(siren), read_today(epci)).list_evenements()
    ]
    titre = f"Calendrier du mandat : {epci.nom_complet}"
    content = build_ics(titre, evenements, horodatage=timezone.now())
    return build_fichier(content, TYPE_ICS, f"calendrier-{siren}.ics")


def render_inconnu(request: HttpRequest, code: str) -> HttpResponse:
    """No EPCI has this number: say so, and propose the closest ones."""
    context = {"code": code[:40].replace("\0", ""), "propositions": suggest_for_code(code), "saisie": "", "erreur": ""}
    return render(request, "accueil/portrait_inconnu.html", context, status=404)
