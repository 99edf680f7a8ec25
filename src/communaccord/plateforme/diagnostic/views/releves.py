"""« Ce que je donne, ce que je reçois »: the sheet of a commune, its paper, shared by its mairie alone."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.actions.releves import share_releve, withdraw_releve
from communaccord.plateforme.diagnostic.calculs.echanges import Echanges, build_echanges, dump_partage, load_partage
from communaccord.plateforme.diagnostic.documents.donne_recois import name_papier, render_donne_recois
from communaccord.plateforme.diagnostic.enums import EtatCampagne
from communaccord.plateforme.diagnostic.models import Campagne, RelevePartage
from communaccord.plateforme.diagnostic.pages import donne_recois as page
from communaccord.plateforme.diagnostic.queries.flux import (
    Campagnes,
    build_corps,
    find_releve,
    list_communes,
    list_flux,
    list_releves,
    read_compte,
)
from communaccord.plateforme.diagnostic.rules import can_share_releve, reads_releve, reads_releves_partages
from communaccord.plateforme.diagnostic.views.communs import choose_campagne
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import Conflit, Refus, require
from communaccord.plateforme.socle.typographie import moment, prose
from communaccord.plateforme.territoires.models import CommuneMembre

FERME = "Ce relevé n'est pas ouvert : sa mairie le lit d'abord, et décide de le partager."
SANS_TABLE = Refus("Ce que les mairies partagent de leurs flux est lu par qui siège à la table.", "CRPA L311-2")
FAITS = {
    "partage": "Relevé partagé avec la table : les autres lisent ce que vous venez de lire, sans les petits effectifs.",
    "repris": "Partage repris : les autres ne lisent plus ce relevé.",
}


def require_campagnes_des_releves(request: HttpRequest) -> Campagnes:
    if not reads_releves_partages(request.acteur):
        require(SANS_TABLE)
    campagnes = choose_campagne(request)
    if campagnes is None:
        raise Http404("Aucun état des lieux n'est encore préparé.")
    return campagnes


@avec_acteur
@require_safe
def show_liste(request: HttpRequest) -> HttpResponse:
    """Communes whose sheet this actor reads: all for the équipe projet, its own and those shared for the others."""
    campagnes = require_campagnes_des_releves(request)
    campagne = campagnes.lue
    shared = {releve.commune_id: releve for releve in list_releves(request.acteur, campagne)}
    lignes = [
        {"commune": commune, "partage": shared.get(commune.pk), "mienne": commune.pk == request.acteur.commune_id}
        for commune in list_communes(request.acteur)
        if commune.pk in shared or reads_releve(request.acteur, commune.pk)
    ]
    context = {"campagne": campagne, "lignes": lignes, "partages": len(shared), "autres_campagnes": campagnes.autres}
    return render(request, "diagnostic/donne_recois_liste.html", context)


def require_releve(request: HttpRequest, commune: int) -> tuple[Campagne, CommuneMembre, RelevePartage | None, bool]:
    """Campaign, commune, what was shared, whether this actor reads it whole; 404 when nothing of it is open."""
    campagne = require_campagnes_des_releves(request).lue
    membre = next((c for c in list_communes(request.acteur) if c.pk == commune), None)
    if membre is None:
        raise Http404(FERME)
    whole = reads_releve(request.acteur, membre.pk)
    shared = find_releve(request.acteur, campagne, membre.pk)
    if not whole and shared is None:
        raise Http404(FERME)
    return campagne, membre, shared, whole


def read_echanges(
    request: HttpRequest, campagne: Campagne, commune: CommuneMembre, shared: RelevePartage | None, *, whole: bool
) -> Echanges:
    """As they are now for who reads it whole; as they were shared for the others."""
    if not whole:
        return load_partage(shared.contenu) if shared else Echanges(())
    rows = list_flux(request.acteur, campagne)
    sources = {row.pk: row.source for row in rows}
    compte = read_compte(campagne.pk, rows)
    return build_echanges(compte.declarations, build_corps(commune.pk), sources, compte.attentes)


def build_lu(
    campagne: Campagne, commune: CommuneMembre, echanges: Echanges, shared: RelevePartage | None, *, whole: bool
) -> page.ReleveLu:
    demarche = campagne.demarche
    quand = "Lu par la mairie, la DRH et l'équipe projet"
    if not whole and shared is not None:
        quand = f"Partagé par {shared.partage_par}, {moment(shared.partage_le, demarche.fuseau)}"
    return page.build_releve(
        commune=commune.nom,
        territoire=demarche.nom_epci,
        contexte=prose(f"{demarche.nom_epci} · {quand}"),
        financement=demarche.financement,
        fictif=demarche.fictive,
        echanges=echanges,
        entier=whole,
    )


@avec_acteur
@require_safe
def show_releve(request: HttpRequest, commune: int) -> HttpResponse:
    return render_releve(request, commune)


def render_releve(request: HttpRequest, commune: int, *, conflit: str = "", status: int = 200) -> HttpResponse:
    campagne, membre, shared, whole = require_releve(request, commune)
    echanges = read_echanges(request, campagne, membre, shared, whole=whole)
    now = dump_partage(echanges) if whole else None
    context: dict[str, Any] = {
        "campagne": campagne,
        "commune": membre,
        "releve": build_lu(campagne, membre, echanges, shared, whole=whole),
        "entier": whole,
        "partage": shared,
        "change": whole and shared is not None and shared.contenu != now,
        "partageable": bool(can_share_releve(request.acteur, membre.pk, campagne.demarche_id)),
        "lu": json.dumps(now, ensure_ascii=False, sort_keys=True) if whole else "",
        "close": campagne.etat == EtatCampagne.CLOSE,
        "conflit": conflit,
        "fait": prose(FAITS.get(request.GET.get("fait", ""), "")),
    }
    return render(request, "diagnostic/donne_recois.html", context, status=status)


@avec_acteur
@require_safe
def download_releve(request: HttpRequest, commune: int) -> HttpResponse:
    campagne, membre, shared, whole = require_releve(request, commune)
    echanges = read_echanges(request, campagne, membre, shared, whole=whole)
    lu = build_lu(campagne, membre, echanges, shared, whole=whole)
    instant = horloge.read_instant().astimezone(campagne.demarche.zone)
    return build_fichier(render_donne_recois(lu, campagne.titre, instant), "application/pdf", name_papier(lu))


@avec_acteur
@require_POST
def share(request: HttpRequest, commune: int) -> HttpResponse:
    """Share what was read; when flows changed meanwhile, the new sheet is shown first."""
    campagne, membre, _, _ = require_releve(request, commune)
    require(can_share_releve(request.acteur, membre.pk, campagne.demarche_id))
    try:
        share_releve(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            campagne=campagne,
            commune=membre,
            lu=read_lu(request.POST.get("lu", "")),
        )
    except Conflit as conflit:
        return render_releve(request, commune, conflit=conflit.message, status=409)
    return return_to_releve(request, commune, campagne, "partage")


def read_lu(texte: str) -> dict[str, Any]:
    """What the person had before their eyes; nothing when it cannot be read, which is told as a change."""
    try:
        data = json.loads(texte[:200_000])
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


@avec_acteur
@require_POST
def withdraw(request: HttpRequest, commune: int) -> HttpResponse:
    campagne, membre, _, _ = require_releve(request, commune)
    withdraw_releve(acteur=request.acteur, instant=horloge.read_instant(), campagne=campagne, commune=membre)
    return return_to_releve(request, commune, campagne, "repris")


def return_to_releve(request: HttpRequest, commune: int, campagne: Campagne, fait: str) -> HttpResponse:
    adresse = chemin(request.acteur, "diagnostic:donne_recois", commune)
    return HttpResponseRedirect(f"{adresse}?campagne={campagne.pk}&fait={fait}")
