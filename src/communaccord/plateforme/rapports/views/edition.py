"""Writing a part beside its figures, and choosing what the rapport says of a dossier."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.dossiers.queries import list_scenarios
from communaccord.plateforme.rapports import actions
from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.forms import action as form
from communaccord.plateforme.rapports.forms.champs import read_saisie, read_version
from communaccord.plateforme.rapports.models import Partie
from communaccord.plateforme.rapports.pages.accueil import is_bougee
from communaccord.plateforme.rapports.pages.contenu import build_blocs, compute_empreinte, list_manques_partie
from communaccord.plateforme.rapports.pages.contenu.montants import PLUME
from communaccord.plateforme.rapports.queries import Sources, find_choix, find_dossier, find_partie
from communaccord.plateforme.rapports.rules import may_prepare, may_read
from communaccord.plateforme.rapports.views.communs import read_fait, redirect_to
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.saisie import Saisie

INCONNUE = "Cette partie n'est pas du rapport."
MAX_TEXTE = actions.MAX_TEXTE


@dataclass(frozen=True, slots=True)
class PartieLue:
    """A part as its page shows it. ``empreinte``: of the computed matter, as it is now."""

    cle: str
    titre: str
    blocs: list[dict[str, Any]]
    manques: list[str]
    empreinte: str
    ecrite: Partie | None


def require_partie(request: HttpRequest, cle: str) -> PartieLue:
    """The computed matter of a part and what people wrote for it."""
    require(may_read(request.acteur))
    if cle not in ClePartie.values:
        raise Http404(INCONNUE)
    ecrite, sources = find_partie(request.acteur, cle), Sources(request.acteur.demarche)
    blocs = build_blocs(sources, cle)
    manques = list_manques_partie(sources, cle, ecrite.texte if ecrite else "")
    return PartieLue(cle, ClePartie(cle).label, blocs, manques, compute_empreinte(blocs), ecrite)


def render_partie(
    request: HttpRequest, partie: PartieLue, ecrite: Partie | None, *, status: int = 200, **context: Any
) -> HttpResponse:
    data = {
        "partie": partie,
        "ecrite": ecrite,
        "texte": ecrite.texte if ecrite else "",
        "version": ecrite.version if ecrite else 0,
        "bougee": is_bougee(partie.blocs, ecrite),
        "prepare": bool(may_prepare(request.acteur)),
        "erreur": "",
        "conflit": "",
        "maximum": MAX_TEXTE,
        "fait": read_fait(request),
        **context,
    }
    return render(request, "rapports/partie.html", data, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit_partie(request: HttpRequest, cle: str) -> HttpResponse:
    partie = require_partie(request, cle)
    ecrite = partie.ecrite
    if request.method != "POST":
        return render_partie(request, partie, ecrite)
    require(may_prepare(request.acteur))
    texte, version = request.POST.get("texte", "").replace("\r\n", "\n"), read_version(request.POST)
    if len(texte) > MAX_TEXTE:
        erreur = f"Ce texte compte {len(texte)} caractères : gardez-en {MAX_TEXTE} au plus."
        return render_partie(request, partie, ecrite, status=422, texte=texte, version=version, erreur=erreur)
    try:
        actions.record_partie(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            cle=cle,
            texte=texte,
            empreinte=partie.empreinte,
            version=version,
        )
    except actions.EditionConcurrente as concurrente:
        context = {"texte": texte, "version": concurrente.actuel.version, "conflit": concurrente.message}
        return render_partie(request, partie, concurrente.actuel, status=409, **context)
    return redirect_to(request.acteur, "rapports:partie", cle, fait="partie")


@avec_acteur
@require_POST
def mark_relue(request: HttpRequest, cle: str) -> HttpResponse:
    """The text still suits: it is taken beside the figures that were shown, not those of a later instant."""
    partie = require_partie(request, cle)
    shown = request.POST.get("empreinte", "")
    if shown != partie.empreinte:
        raise Conflit(
            "Les chiffres ont encore changé pendant que vous relisiez : relisez cette partie une fois de plus."
        )
    actions.mark_relue(
        acteur=request.acteur,
        instant=horloge.read_instant(),
        cle=cle,
        empreinte=shown,
        version=read_version(request.POST),
    )
    return redirect_to(request.acteur, "rapports:partie", cle, fait="relue")


def require_dossier(request: HttpRequest, pk: int) -> Dossier:
    require(may_prepare(request.acteur))
    dossier = find_dossier(request.acteur, pk)
    if dossier is None:
        raise Http404("Ce dossier n'est pas présenté : il n'est pas encore une action du rapport.")
    return dossier


def render_action(
    request: HttpRequest, dossier: Dossier, saisie: Saisie, version: int, *, status: int = 200, conflit: str = ""
) -> HttpResponse:
    scenarios = list_scenarios(request.acteur, dossier)
    context = {
        "dossier": dossier,
        "saisie": saisie,
        "version": version,
        "conflit": conflit,
        "options": [(row.rang, f"{row.lettre}. {row.libelle}") for row in scenarios],
        "couts": [(row.lettre, PLUME.write(row.gel.cout), row.gel.annee_reference) for row in scenarios],
        "agents": form.AGENTS,
        "depenses": form.DEPENSES,
    }
    return render(request, "rapports/action.html", context, status=status)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit_action(request: HttpRequest, dossier: int) -> HttpResponse:
    acteur, row = request.acteur, require_dossier(request, dossier)
    if request.method != "POST":
        actuel = find_choix(acteur, row)
        return render_action(request, row, form.fill_saisie(actuel), actuel.version if actuel else 0)
    saisie, version = read_saisie(request.POST), read_version(request.POST)
    choix = form.parse_saisie(saisie, list_scenarios(acteur, row))
    if isinstance(choix, list):
        return render_action(request, row, saisie.with_anomalies(choix), version, status=422)
    try:
        actions.record_choix(acteur=acteur, instant=horloge.read_instant(), dossier=row, version=version, choix=choix)
    except actions.EditionConcurrente as concurrente:
        return render_action(request, row, saisie, concurrente.actuel.version, status=409, conflit=concurrente.message)
    return redirect_to(acteur, "rapports:accueil", fait="action")
