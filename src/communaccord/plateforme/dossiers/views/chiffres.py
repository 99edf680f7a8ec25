"""The figures of the communes: all of them for those who prepare, one's own for a mairie, tables to import."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers import actions
from communaccord.plateforme.dossiers.enums import Lecture, Qualite
from communaccord.plateforme.dossiers.forms import chiffres as form
from communaccord.plateforme.dossiers.forms.champs import read_entier, read_saisie, read_version
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier
from communaccord.plateforme.dossiers.pages import chiffres as page
from communaccord.plateforme.dossiers.queries import find_chiffres, list_chiffres, list_communes
from communaccord.plateforme.dossiers.rules import LISENT_LES_BROUILLONS, may_enter, may_prepare
from communaccord.plateforme.dossiers.views.communs import (
    read_fait,
    redirect_to,
    require_commune,
    require_dossier,
    require_prepare,
)
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import Anomalie, build_modele_tableau

ILLISIBLE = Anomalie("collage", "Tableau", "l'aperçu s'est perdu en route.", "Recommencez depuis le tableau.")


@avec_acteur
@require_safe
def show_chiffres(request: HttpRequest, dossier: int) -> HttpResponse:
    """Everybody's for those who prepare; a mairie is led to its own."""
    row = require_dossier(request, dossier, Lecture.COLLECTE)
    if request.acteur.role not in LISENT_LES_BROUILLONS:
        require(may_enter(request.acteur, row, request.acteur.commune_id or 0))
        return redirect_to(request.acteur, "dossiers:chiffres_commune", row.pk, request.acteur.commune_id)
    return render_chiffres(request, row, form.Tableau(None, "", Saisie({"qualite": Qualite.ESTIME})))


def render_chiffres(request: HttpRequest, dossier: Dossier, tableau: form.Tableau, status: int = 200) -> HttpResponse:
    lignes = list_chiffres(request.acteur, dossier)
    colonnes = page.list_colonnes(dossier, lignes)
    context = {
        "dossier": dossier,
        "phrase": page.write_phrase(lignes),
        "colonnes": colonnes,
        "lignes": page.build_lignes(request.acteur, lignes, colonnes),
        "importe": bool(may_prepare(request.acteur)) and bool(may_enter(request.acteur, dossier, 0)),
        "saisit": bool(may_enter(request.acteur, dossier, 0)),
        "tableau": tableau,
        "qualites": Qualite.choices,
        "fait": read_fait(request),
    }
    return render(request, "dossiers/chiffres.html", context, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit_commune(request: HttpRequest, dossier: int, commune: int) -> HttpResponse:
    row = require_dossier(request, dossier, Lecture.COLLECTE)
    membre = require_commune(request, commune)
    require(may_enter(request.acteur, row, membre.pk))
    donnees = find_chiffres(request.acteur, row, membre)
    if request.method != "POST":
        return render_commune(request, row, membre, form.fill_saisie(row, donnees), donnees)
    saisie = read_saisie(request.POST)
    chiffres = form.parse_saisie(row, saisie)
    if isinstance(chiffres, list):
        return render_commune(request, row, membre, saisie.with_anomalies(chiffres), donnees, status=422)
    return record(request, row, membre, donnees, saisie, chiffres)


def record(
    request: HttpRequest,
    dossier: Dossier,
    commune: CommuneMembre,
    donnees: DonneesCommune | None,
    saisie: Saisie,
    chiffres: actions.Chiffres,
) -> HttpResponse:
    """Record, or give back what was typed with what is to be mended or what somebody else wrote."""
    try:
        actions.record_chiffres(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            dossier=dossier,
            commune=commune,
            version=read_version(request.POST),
            chiffres=chiffres,
        )
    except actions.SaisieRefusee as refusee:
        mended = saisie.with_anomalies(form.locate(refusee.anomalies, commune))
        return render_commune(request, dossier, commune, mended, donnees, status=422)
    except actions.EditionConcurrente as concurrente:
        changements = form.list_changements(dossier, saisie, concurrente.actuel)
        context = {"conflit": concurrente.message, "changements": changements, "version": concurrente.actuel.version}
        return render_commune(request, dossier, commune, saisie, concurrente.actuel, status=409, **context)
    if request.acteur.role in LISENT_LES_BROUILLONS:
        return redirect_to(request.acteur, "dossiers:chiffres", dossier.pk, fait="chiffres")
    return redirect_to(request.acteur, "dossiers:dossier", dossier.pk, fait="chiffres")


def render_commune(
    request: HttpRequest,
    dossier: Dossier,
    commune: CommuneMembre,
    saisie: Saisie,
    donnees: DonneesCommune | None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    seen = read_version(request.POST) if request.method == "POST" else (donnees.version if donnees else 0)
    data = {
        "dossier": dossier,
        "commune": commune,
        "saisie": saisie,
        "donnees": donnees,
        "version": seen,
        "volumes": form.list_volumes(dossier),
        "argent": form.ARGENT_ET_TEMPS,
        "autres": form.AUTRES,
        "qualites": [{"valeur": code, "libelle": mot.capitalize()} for code, mot in Qualite.choices],
        "conflit": "",
        "changements": [],
        **context,
    }
    return render(request, "dossiers/chiffres_commune.html", data, status=status)


@avec_acteur
@require_POST
def preview(request: HttpRequest, dossier: int) -> HttpResponse:
    """Read a table and show what would be taken: nothing is recorded."""
    row = require_prepare(request, dossier)
    sent = request.FILES.get("fichier")
    fichier = (sent.read(), sent.name or "") if sent else None
    tableau = form.preview_tableau(row, list_communes(request.acteur), read_saisie(request.POST), fichier)
    empty = tableau.apercu is None or tableau.apercu.est_vide
    return render_chiffres(request, row, tableau, status=422 if empty else 200)


@avec_acteur
@require_POST
def apply(request: HttpRequest, dossier: int) -> HttpResponse:
    """Record what the preview showed; every figure is checked again."""
    row, acteur = require_prepare(request, dossier), request.acteur
    saisie = read_saisie(request.POST)
    anomalies: list[Anomalie] = []
    annee = read_entier(saisie, "annee", "Année", anomalies)
    valeurs = form.read_valeurs(saisie, [c.code for c in list_communes(acteur)])
    if valeurs is None:
        anomalies.append(ILLISIBLE)
    if not anomalies:
        try:
            actions.import_chiffres(
                acteur=acteur,
                instant=horloge.read_instant(),
                dossier=row,
                valeurs=valeurs or {},
                annee=annee,
                source=saisie.texte("source").strip(),
                qualite=saisie.texte("qualite", Qualite.ESTIME),
                remplacer=saisie.texte("remplacer") == "oui",
            )
        except actions.SaisieRefusee as refusee:
            anomalies = refusee.anomalies
        else:
            return redirect_to(acteur, "dossiers:chiffres", row.pk, fait="importes")
    tableau = form.Tableau(None, saisie.texte("valeurs"), saisie.with_anomalies(anomalies))
    return render_chiffres(request, row, tableau, status=422)


@avec_acteur
@require_safe
def download_modele(request: HttpRequest, dossier: int) -> HttpResponse:
    """The table to fill in, with the communes of the démarche and the acts of the dossier."""
    row = require_prepare(request, dossier)
    communes = {commune.code: commune.nom for commune in list_communes(request.acteur)}
    actes = {acte["code"]: acte.get("libelle", acte["code"]) for acte in row.actes}
    return build_fichier(build_modele_tableau(communes, actes), XLSX, "chiffres-a-remplir.xlsx")
