"""Files of a dossier: a scenario as a table, the fiche maire of a commune on screen and on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.documents.fiche import render_fiche
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import Dossier, EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages import exports
from communaccord.plateforme.dossiers.pages.fiche import Fiche, build_fiche, name_fiche
from communaccord.plateforme.dossiers.pages.oublies import read_oublies
from communaccord.plateforme.dossiers.pages.postes import complete_effectifs
from communaccord.plateforme.dossiers.queries import (
    list_effets_complets,
    list_effets_de_commune,
    list_scenarios,
)
from communaccord.plateforme.dossiers.rules import reads_commune
from communaccord.plateforme.dossiers.views.communs import require_commune, require_dossier, require_scenario
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.tableur import TYPE_CSV


def require_export(request: HttpRequest, dossier: int, scenario: int) -> tuple[Scenario, list[EffetCommune]]:
    """A frozen scenario and the communes whose amounts this actor reads."""
    row = require_dossier(request, dossier, Lecture.MA_COMMUNE)
    version = require_scenario(request, row, scenario)
    if not version.est_fige:
        raise Http404("Ce scénario n'est pas figé : il n'a pas encore de chiffres à exporter.")
    return version, list_effets_complets(request.acteur, version)


@avec_acteur
@require_safe
def download_classeur(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    version, effets = require_export(request, dossier, scenario)
    contenu = exports.build_xlsx(request.acteur, version, effets)
    return build_fichier(contenu, XLSX, exports.name_fichier(version, "xlsx"))


@avec_acteur
@require_safe
def download_csv(request: HttpRequest, dossier: int, scenario: int) -> HttpResponse:
    version, effets = require_export(request, dossier, scenario)
    return build_fichier(
        exports.build_csv(request.acteur, version, effets), TYPE_CSV, exports.name_fichier(version, "csv")
    )


def require_fiche(request: HttpRequest, dossier: int, commune: int) -> tuple[Dossier, Fiche]:
    """The fiche of a commune whose amounts this actor reads."""
    acteur, row = request.acteur, require_dossier(request, dossier, Lecture.MA_COMMUNE)
    membre = require_commune(request, commune)
    if not reads_commune(acteur, row, membre.pk):
        raise Http404("La fiche de cette commune ne vous est pas ouverte.")
    scenarios = list_scenarios(acteur, row)
    effets = list_effets_de_commune(acteur, scenarios, membre.pk)
    complete_effectifs(acteur, {pk: [effet] for pk, effet in effets.items()})
    oublies = read_oublies(acteur, scenarios, membre.code)
    return row, build_fiche(acteur, row, membre, scenarios, effets, oublies)


@avec_acteur
@require_safe
def show_fiche(request: HttpRequest, dossier: int, commune: int) -> HttpResponse:
    row, fiche = require_fiche(request, dossier, commune)
    return render(request, "dossiers/fiche.html", {"dossier": row, "fiche": fiche})


@avec_acteur
@require_safe
def download_fiche(request: HttpRequest, dossier: int, commune: int) -> HttpResponse:
    row, fiche = require_fiche(request, dossier, commune)
    adresse = request.build_absolute_uri(chemin(request.acteur, "dossiers:fiche", row.pk, commune))
    instant = horloge.read_instant().astimezone(row.demarche.zone)
    return build_fichier(render_fiche(fiche, adresse, instant), "application/pdf", name_fiche(row, fiche))
