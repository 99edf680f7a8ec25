"""Frozen versions: read, compared, validated."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.rapports import actions
from communaccord.plateforme.rapports.actions.fabrications import name_cle
from communaccord.plateforme.rapports.actions.versions import DEJA_ENVOYEE, SANS_MOTIF
from communaccord.plateforme.rapports.enums import Genre
from communaccord.plateforme.rapports.models import VersionRapport
from communaccord.plateforme.rapports.pages.accueil import build_lignes
from communaccord.plateforme.rapports.pages.accueil import write_phrase as write_avancement
from communaccord.plateforme.rapports.pages.avancement import build_documents
from communaccord.plateforme.rapports.pages.differences import compare_versions, write_phrase
from communaccord.plateforme.rapports.queries import (
    Sources,
    find_precedente,
    list_fabrications,
    list_parties,
    list_retraits,
)
from communaccord.plateforme.rapports.rules import may_make, may_prepare, may_validate
from communaccord.plateforme.rapports.views.communs import read_fait, redirect_to, require_version
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.typographie import prose

SANS_OUI = "Cochez la case pour valider cette version en sachant ce qui lui manque, ou attendez la suivante."


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """What the draft lacks, then the act: a version may be frozen as it is, knowingly."""
    acteur = request.acteur
    if request.method != "POST":
        require(may_prepare(acteur))
        sources = Sources(acteur.demarche)
        lignes = build_lignes(sources, list_parties(acteur.demarche))
        incompletes = [ligne for ligne in lignes if ligne["manques"]]
        context = {"phrase": write_avancement(lignes, sources), "incompletes": incompletes}
        return render(request, "rapports/figer.html", context)
    motif = request.POST.get("motif", "").strip()
    version = actions.freeze_version(acteur=acteur, instant=horloge.read_instant(), motif=motif)
    return redirect_to(acteur, "rapports:version", version.pk, fait="figee")


@avec_acteur
@require_safe
def show(request: HttpRequest, version: int) -> HttpResponse:
    acteur, row = request.acteur, require_version(request, version)
    cles = {kind.value: name_cle(acteur.demarche_id, row, kind) for kind in Genre}
    documents = build_documents(list_fabrications(acteur), row, cles)
    context = {
        "version": row,
        "contenu": row.contenu,
        "precedente": find_precedente(acteur, row),
        "retraits": list_retraits(acteur, row),
        "documents": [document for document in documents if may_make(acteur, document["genre"])],
        "envoie": bool(may_prepare(acteur) or may_validate(acteur)),
        "valide": bool(may_validate(acteur)),
        "fait": read_fait(request),
    }
    return render(request, "rapports/version.html", context)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def validate(request: HttpRequest, version: int) -> HttpResponse:
    """What the version lacks, again; an explicit yes when it lacks anything."""
    acteur = request.acteur
    require(may_validate(acteur))
    row = require_version(request, version)
    if request.method != "POST" and row.est_validee:
        return redirect_to(acteur, "rapports:version", row.pk)
    sciemment = request.POST.get("sciemment") == "oui"
    if request.method != "POST" or (row.compte_manques and not sciemment):
        erreur = "" if request.method != "POST" else SANS_OUI
        return render_acte(request, "valider", row, erreur)
    actions.validate_version(acteur=acteur, instant=horloge.read_instant(), version=row, sciemment=sciemment)
    return redirect_to(acteur, "rapports:version", row.pk, fait="validee")


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, version: int) -> HttpResponse:
    """Take a validation back: why, and the word that nothing was transmitted."""
    acteur = request.acteur
    require(may_validate(acteur))
    row = require_version(request, version)
    motif, rien_envoye = request.POST.get("motif", "").strip(), request.POST.get("rien_envoye") == "oui"
    if request.method != "POST":
        shown = row.est_validee
        return render_acte(request, "retirer", row) if shown else redirect_to(acteur, "rapports:version", row.pk)
    if not motif or not rien_envoye:
        erreur = DEJA_ENVOYEE if motif else SANS_MOTIF
        return render_acte(request, "retirer", row, erreur, motif=motif, rien_envoye=rien_envoye)
    values = {"version": row, "motif": motif, "rien_envoye": rien_envoye}
    actions.withdraw_validation(acteur=acteur, instant=horloge.read_instant(), **values)
    return redirect_to(acteur, "rapports:version", row.pk, fait="retiree")


def render_acte(
    request: HttpRequest, gabarit: str, version: VersionRapport, erreur: str = "", **saisie: Any
) -> HttpResponse:
    """The page of an act of the president; with a fault, it comes back as it was typed."""
    context = {"version": version, "erreur": prose(erreur), "motif": "", "rien_envoye": False, **saisie}
    return render(request, f"rapports/{gabarit}.html", context, status=422 if erreur else 200)


@avec_acteur
@require_safe
def show_differences(request: HttpRequest, version: int) -> HttpResponse:
    """From the version before that the actor reads."""
    row = require_version(request, version)
    precedente = find_precedente(request.acteur, row)
    if precedente is None:
        raise Http404("Cette version est la première que vous lisez : elle ne se compare à rien.")
    parties = compare_versions(precedente.contenu, row.contenu)
    context = {
        "version": row,
        "precedente": precedente,
        "parties": parties,
        "phrase": write_phrase(parties, precedente.numero, row.numero),
    }
    return render(request, "rapports/differences.html", context)
