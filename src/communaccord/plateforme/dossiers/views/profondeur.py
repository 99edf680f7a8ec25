"""What a scenario says in depth: the page of it, and one form a part while it is a draft."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers import actions
from communaccord.plateforme.dossiers.enums import MODIFIABLES
from communaccord.plateforme.dossiers.forms.champs import read_saisie, read_version
from communaccord.plateforme.dossiers.forms.profondeur import chiffres, textes
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.dossiers.models.profondeur import NomVolet, PosteOublie, ThemeMaire
from communaccord.plateforme.dossiers.pages import profondeur as page
from communaccord.plateforme.dossiers.pages.employeurs import EPCI
from communaccord.plateforme.dossiers.pages.montants import read_plume
from communaccord.plateforme.dossiers.queries import (
    find_clauses,
    list_brouillons,
    list_communes,
    list_couts,
    list_effectifs,
    list_profondeurs,
    list_scenarios,
    list_volets,
)
from communaccord.plateforme.dossiers.rules import get_lecture, may_prepare
from communaccord.plateforme.dossiers.views.communs import (
    read_fait,
    redirect_to,
    require_commune,
    require_dossier,
    require_prepare,
    require_scenario,
)
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie


@avec_acteur
@require_safe
def show_profondeur(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    acteur, row = request.acteur, require_dossier(request, dossier)
    version = require_scenario(request, row, scenario)
    plume, lecture = read_plume(request.GET), get_lecture(acteur, row)
    dite = list_profondeurs(acteur, [version])[version.pk]
    volets = list_volets(acteur, version)
    ecrit = bool(may_prepare(acteur)) and row.etat in MODIFIABLES and not version.est_fige
    sources = [*list_scenarios(acteur, row), *list_brouillons(acteur, row)] if ecrit and not volets else []
    context = {
        "dossier": row,
        "scenario": version,
        "plume": plume,
        "page": page.build_page(acteur, version, lecture, dite, plume),
        "volets": volets,
        "version_effectifs": volets["effectifs"].version if "effectifs" in volets else 0,
        "ecrit": ecrit,
        "sources": [(s.pk, f"{s.lettre}. {s.libelle}") for s in sources if s.pk != version.pk],
        "fait": read_fait(request),
    }
    return render(request, "dossiers/profondeur.html", context)


@dataclass(frozen=True, slots=True)
class Partie:
    """How one part is read, typed and written. ``parse`` gives what to write, or what is to be mended."""

    nom: NomVolet
    gabarit: str
    fill: Callable[[HttpRequest, Scenario], Saisie]
    parse: Callable[[Saisie], Any]
    record: Callable[..., Any]
    argument: str
    refill: Callable[[Any], Saisie] | None = None


def require_brouillon(request: HttpRequest, dossier: int, scenario: int) -> tuple[Dossier, Scenario]:
    """A draft, for those who prepare; a frozen scenario has nothing to be typed."""
    row = require_prepare(request, dossier)
    version = require_scenario(request, row, scenario)
    if version.est_fige:
        raise Http404("Ce scénario est figé : ouvrez-en une nouvelle version pour le changer.")
    return row, version


def build_edit(partie: Partie) -> Callable[..., HttpResponse]:
    """The view of one part: shown, mended, or written over the version that was read."""

    @avec_acteur
    @require_http_methods(["GET", "HEAD", "POST"])
    def edit(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
        row, version = require_brouillon(request, dossier, scenario)
        if request.method == "POST":
            return save(request, partie, row, version)
        volet = list_volets(request.acteur, version).get(partie.nom)
        saisie = partie.fill(request, version)
        return render_partie(request, partie, row, version, saisie, lue=volet.version if volet else 0)

    return edit


def save(request: HttpRequest, partie: Partie, dossier: Dossier, scenario: Scenario) -> HttpResponse:
    saisie, lue = read_saisie(request.POST), read_version(request.POST)
    contenu = partie.parse(saisie)
    if is_anomalies(contenu):
        return render_partie(request, partie, dossier, scenario, saisie.with_anomalies(contenu), lue=lue, status=422)
    arguments = {"acteur": request.acteur, "instant": horloge.read_instant(), "scenario": scenario, "version": lue}
    try:
        partie.record(**arguments, **{partie.argument: contenu})
    except actions.SaisieRefusee as refusee:
        typed = partie.refill(contenu) if partie.refill else saisie
        typed = typed.with_anomalies(refusee.anomalies)
        return render_partie(request, partie, dossier, scenario, typed, lue=lue, status=422)
    except actions.EditionConcurrente as autre:
        typed = {"lue": autre.actuel.version, "conflit": autre.message}
        return render_partie(request, partie, dossier, scenario, saisie, status=409, **typed)
    return redirect_to(request.acteur, "dossiers:profondeur", dossier.pk, scenario.pk, fait="profondeur")


def is_anomalies(contenu: Any) -> bool:
    """Whether a form gave back what is to be mended."""
    return isinstance(contenu, list) and bool(contenu) and isinstance(contenu[0], Anomalie)


def render_partie(
    request: HttpRequest,
    partie: Partie,
    dossier: Dossier,
    scenario: Scenario,
    saisie: Saisie,
    *,
    lue: int,
    status: int = 200,
    conflit: str = "",
) -> HttpResponse:
    payeurs = chiffres.list_payeurs(list_communes(request.acteur)) if partie.nom == NomVolet.COUTS else []
    context = {
        "dossier": dossier,
        "scenario": scenario,
        "titre": partie.nom.label,
        "saisie": saisie,
        "version": lue,
        "conflit": conflit,
        "postes": PosteOublie,
        "themes": ThemeMaire.choices,
        "payeurs": payeurs,
        "textes": textes,
        "form": chiffres,
    }
    return render(request, partie.gabarit, context, status=status)


def fill_service(request: HttpRequest, scenario: Scenario) -> Saisie:
    return textes.fill_service(list_profondeurs(request.acteur, [scenario])[scenario.pk].criteres)


def fill_maire(request: HttpRequest, scenario: Scenario) -> Saisie:
    return textes.fill_maire(list_profondeurs(request.acteur, [scenario])[scenario.pk].changements)


def fill_couts(request: HttpRequest, scenario: Scenario) -> Saisie:
    return chiffres.fill_couts(list_couts(request.acteur, [scenario.pk]))


def fill_clauses(request: HttpRequest, scenario: Scenario) -> Saisie:
    return chiffres.fill_clauses(find_clauses(request.acteur, scenario))


edit_service = build_edit(
    Partie(
        NomVolet.SERVICE,
        "dossiers/profondeur_service.html",
        fill_service,
        textes.parse_service,
        actions.record_service,
        "lignes",
        textes.fill_service,
    )
)
edit_maire = build_edit(
    Partie(
        NomVolet.MAIRE,
        "dossiers/profondeur_maire.html",
        fill_maire,
        textes.parse_maire,
        actions.record_maire,
        "lignes",
        textes.fill_maire,
    )
)
edit_couts = build_edit(
    Partie(
        NomVolet.COUTS,
        "dossiers/profondeur_couts.html",
        fill_couts,
        chiffres.parse_couts,
        actions.record_couts,
        "lignes",
    )
)
edit_clauses = build_edit(
    Partie(
        NomVolet.CLAUSES,
        "dossiers/profondeur_clauses.html",
        fill_clauses,
        chiffres.parse_clauses,
        actions.record_clauses,
        "contenu",
    )
)


@avec_acteur
@require_safe
def list_employeurs(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    """Every employer, told or not: one link each."""
    row, version = require_brouillon(request, dossier, scenario)
    dits = {ligne.commune_id: ligne for ligne in list_effectifs(request.acteur, [version.pk])}
    communes: Sequence[tuple[int | None, str]] = [(c.pk, c.nom) for c in list_communes(request.acteur)]
    context = {
        "dossier": row,
        "scenario": version,
        "employeurs": [{"pk": pk or 0, "nom": nom, "ligne": dits.get(pk)} for pk, nom in [(None, EPCI), *communes]],
    }
    return render(request, "dossiers/profondeur_employeurs.html", context)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit_effectif(request: HttpRequest, dossier: int, scenario: int, commune: int) -> HttpResponse:
    """Staff of one employer; zero in the address: the EPCI."""
    row, version = require_brouillon(request, dossier, scenario)
    membre = require_commune(request, commune) if commune else None
    context: dict[str, Any] = {
        "dossier": row,
        "scenario": version,
        "employeur": membre.nom if membre else EPCI,
        "libelles": chiffres.LIBELLES,
        "conflit": "",
    }
    if request.method != "POST":
        volet = list_volets(request.acteur, version).get(NomVolet.EFFECTIFS)
        lignes = list_effectifs(request.acteur, [version.pk])
        ligne = next((x for x in lignes if x.commune_id == (membre.pk if membre else None)), None)
        context |= {"version": volet.version if volet else 0, "saisie": chiffres.fill_effectif(ligne)}
        return render(request, "dossiers/profondeur_effectif.html", context)
    return save_effectif(request, context, membre)


def save_effectif(request: HttpRequest, context: dict[str, Any], membre: Any) -> HttpResponse:
    saisie = read_saisie(request.POST)
    lus = chiffres.parse_effectif(saisie)
    context |= {"version": read_version(request.POST), "saisie": saisie}
    gabarit = "dossiers/profondeur_effectif.html"
    if isinstance(lus, list):
        return render(request, gabarit, context | {"saisie": saisie.with_anomalies(lus)}, status=422)
    try:
        actions.record_effectif(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            scenario=context["scenario"],
            version=context["version"],
            commune=membre,
            agents=lus[0],
            etp=lus[1],
        )
    except actions.SaisieRefusee as refusee:
        return render(request, gabarit, context | {"saisie": saisie.with_anomalies(refusee.anomalies)}, status=422)
    except actions.EditionConcurrente as autre:
        context |= {"conflit": autre.message, "version": autre.actuel.version}
        return render(request, gabarit, context, status=409)
    pks = (context["dossier"].pk, context["scenario"].pk)
    return redirect_to(request.acteur, "dossiers:profondeur", *pks, fait="profondeur")


@avec_acteur
@require_POST
def resume_effectifs(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    """Begin the staff from the figures that the communes have given."""
    row, version = require_brouillon(request, dossier, scenario)
    actions.resume_effectifs(
        acteur=request.acteur,
        instant=horloge.read_instant(),
        scenario=version,
        version=read_version(request.POST),
    )
    return redirect_to(request.acteur, "dossiers:profondeur", row.pk, version.pk, fait="effectifs_repris")


@avec_acteur
@require_POST
def resume(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    """Begin a scenario from what another one of the dossier says."""
    row, version = require_brouillon(request, dossier, scenario)
    source = request.POST.get("source", "")
    if not (source.isascii() and source.isdigit() and len(source) < 10):
        raise Http404("Choisissez un scénario.")
    autre = require_scenario(request, row, int(source))
    actions.resume_profondeur(acteur=request.acteur, instant=horloge.read_instant(), scenario=version, source=autre)
    return redirect_to(request.acteur, "dossiers:profondeur", row.pk, version.pk, fait="profondeur_reprise")
