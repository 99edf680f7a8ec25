"""Writing a dossier: from nothing, from a simulation, over what it says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers import actions
from communaccord.plateforme.dossiers.enums import Domaine
from communaccord.plateforme.dossiers.forms import dossier as form
from communaccord.plateforme.dossiers.forms.champs import read_saisie, read_version
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.dossiers.queries import list_porteurs
from communaccord.plateforme.dossiers.rules import may_prepare
from communaccord.plateforme.dossiers.views.communs import redirect_to, require_prepare
from communaccord.plateforme.projet.queries.plan import list_choix_objectifs
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.ouverture import read_ouverture
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.plateforme.socle.typographie import prose
from communaccord.simulateur import Anomalie


def render_form(
    request: HttpRequest, saisie: Saisie, *, dossier: Dossier | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """The form, with what was typed."""
    data = {
        "saisie": saisie,
        "dossier": dossier,
        "version": dossier.version if dossier else 0,
        "porteurs": list_porteurs(request.acteur),
        "domaines": Domaine.choices,
        "objectifs": [
            {"valeur": objectif.pk, "libelle": prose(objectif.titre), "aide": prose(objectif.orientation.titre)}
            for objectif in list_choix_objectifs(request.acteur)
        ],
        "changements": [],
        "conflit": "",
        "lien_colle": "",
        **context,
    }
    return render(request, "dossiers/edition.html", data, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    acteur = request.acteur
    require(may_prepare(acteur))
    if request.method != "POST":
        return render_form(request, form.fill_saisie())
    saisie = read_saisie(request.POST, listes=form.LISTES)
    contenu = form.parse_saisie(saisie, list_porteurs(acteur))
    if isinstance(contenu, list):
        return render_form(request, saisie.with_anomalies(contenu), status=422)
    dossier = actions.create_dossier(acteur=acteur, instant=horloge.read_instant(), contenu=contenu)
    return redirect_to(acteur, "dossiers:dossier", dossier.pk, fait="cree")


@avec_acteur
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """A dossier from a simulation."""
    acteur = request.acteur
    require(may_prepare(acteur))
    ouverture = read_ouverture(request.POST.get("lien", ""), request.FILES.get("fichier"))
    anomalies: list[Anomalie] = ouverture.list_anomalies()
    if ouverture.simulation is not None:
        try:
            taken = actions.start_dossier(
                acteur=acteur, instant=horloge.read_instant(), simulation=ouverture.simulation
            )
        except actions.SaisieRefusee as refusee:
            anomalies = [Anomalie(ouverture.champ, a.libelle, a.message, a.que_faire) for a in refusee.anomalies]
        else:
            return redirect_to(acteur, "dossiers:dossier", taken.dossier.pk, fait="simulation")
    return render_form(request, form.fill_saisie().with_anomalies(anomalies), status=422, lien_colle=ouverture.lien)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, dossier: int) -> HttpResponse:
    row = require_prepare(request, dossier)
    if request.method != "POST":
        return render_form(request, form.fill_saisie(row), dossier=row)
    saisie = read_saisie(request.POST, listes=form.LISTES)
    contenu = form.parse_saisie(saisie, list_porteurs(request.acteur))
    if isinstance(contenu, list):
        version = read_version(request.POST)
        return render_form(request, saisie.with_anomalies(contenu), dossier=row, status=422, version=version)
    try:
        actions.edit_dossier(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            dossier=row,
            version=read_version(request.POST),
            contenu=contenu,
        )
    except actions.EditionConcurrente as concurrente:
        changements = form.list_changements(saisie, concurrente.actuel)
        return render_form(
            request,
            saisie,
            dossier=concurrente.actuel,
            status=409,
            conflit=concurrente.message,
            changements=changements,
        )
    return redirect_to(request.acteur, "dossiers:dossier", row.pk, fait="modifie")
