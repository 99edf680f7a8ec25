"""The relevé: read, validated with a code, reopened to be corrected; the follow-up of the councils; the files."""

import zipfile
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.codes import CodeRefuse
from communaccord.plateforme.documents.ics import TYPE_ICS, build_ics
from communaccord.plateforme.instances import actions, rules
from communaccord.plateforme.instances.documents.papiers import render_convocation, render_presence, render_releve
from communaccord.plateforme.instances.documents.releve_docx import render_releve_docx
from communaccord.plateforme.instances.enums import EtatSeance
from communaccord.plateforme.instances.forms import FormMotif
from communaccord.plateforme.instances.models import Piece, Releve, Seance
from communaccord.plateforme.instances.pages.seance import build_page
from communaccord.plateforme.instances.papiers import build_convocation, build_feuille, build_rendez_vous
from communaccord.plateforme.instances.queries import list_assis, list_points, list_presidences, visible
from communaccord.plateforme.instances.views.outils import INVALIDE, get_seance, go, show
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import require

TYPE_PDF = "application/pdf"
TYPE_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPE_ZIP = "application/zip"


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def show_releve(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be validated, word for word; the président adds their code."""
    acteur, instant = request.acteur, horloge.read_instant()
    seance = get_seance(acteur, pk)
    require_lecture(acteur, seance)
    erreur = ""
    if request.method == "POST":
        try:
            actions.validate_releve(
                acteur=acteur,
                instant=instant,
                seance=seance,
                code=request.POST.get("code", ""),
                lu=request.POST.get("lu", ""),
            )
        except CodeRefuse as refus:
            erreur = refus.message
        else:
            return go(acteur, "instances:seance", pk, fait="releve_valide")
    page = build_page(acteur, seance, instant)
    projet = actions.build_projet(seance, instant)
    context = {
        "page": page,
        "projet": projet,
        "lu": actions.compute_empreinte(projet),
        "erreur": erreur,
        "peut_corriger": rules.may_correct_releve(acteur, list_presidences(seance)),
    }
    return show(request, "releve", context, status=INVALIDE if erreur else 200)


def require_lecture(acteur: Any, seance: Seance) -> None:
    """A project is read by those who write it and who validate it."""
    allowed = rules.may_record(acteur, seance.secretaire_id)
    require(allowed or rules.may_validate_releve(acteur, list_presidences(seance)))


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    seance = get_seance(acteur, pk)
    require(rules.may_correct_releve(acteur, list_presidences(seance)))
    form = FormMotif(request.POST or None)
    if form.is_valid():
        motif = form.cleaned_data["motif"]
        actions.reopen_releve(acteur=acteur, instant=horloge.read_instant(), seance=seance, motif=motif)
        return go(acteur, "instances:saisie", pk, fait="rouvert")
    context = {"titre": "Corriger le relevé", "bouton_libelle": "Rouvrir le relevé", "seance": seance}
    return show(request, "formulaire", {**context, "instance": seance.instance}, form=form)


@avec_acteur
@require_safe
def download(request: HttpRequest, pk: int, fichier: str) -> HttpResponse:
    """One of the files of a séance; 404 when this one has none of that name yet."""
    acteur = request.acteur
    seance = get_seance(acteur, pk)
    if fichier == "seance.zip":
        return build_fichier(build_zip(acteur, seance), TYPE_ZIP, "seance.zip")
    files = list_fichiers(acteur, seance)
    if fichier not in files:
        return HttpResponse(status=404)
    genre, contenu = files[fichier](acteur, seance)
    return build_fichier(contenu, genre, fichier)


def list_fichiers(acteur: Any, seance: Seance) -> dict[str, Any]:
    """Names of the files that this actor may take now, and what makes each."""
    files: dict[str, Any] = {"seance.ics": make_ics, "convocation.pdf": make_convocation}
    writes = bool(rules.may_record(acteur, seance.secretaire_id))
    if writes:
        files["feuille-de-presence.pdf"] = make_presence
    if seance.releve_version:
        files |= {"releve-de-conclusions.pdf": make_releve_pdf, "releve-de-conclusions.docx": make_releve_docx}
    elif seance.etat == EtatSeance.TENUE and (writes or rules.may_validate_releve(acteur, list_presidences(seance))):
        files |= {"projet-de-releve.pdf": make_projet_pdf, "projet-de-releve.docx": make_projet_docx}
    return files


def make_ics(_acteur: Any, seance: Seance) -> tuple[str, bytes]:
    calendar = build_ics(seance.instance.nom, [build_rendez_vous(seance)], horodatage=horloge.read_instant())
    return TYPE_ICS, calendar


def make_convocation(_acteur: Any, seance: Seance) -> tuple[str, bytes]:
    paper = build_convocation(seance, list_points(seance), list_assis(seance), instant=horloge.read_instant())
    return TYPE_PDF, render_convocation(paper)


def make_presence(_acteur: Any, seance: Seance) -> tuple[str, bytes]:
    return TYPE_PDF, render_presence(build_feuille(seance, list_assis(seance), horloge.read_instant()))


def make_projet_pdf(_acteur: Any, seance: Seance) -> tuple[str, bytes]:
    return TYPE_PDF, render_releve(actions.build_projet(seance, horloge.read_instant()))


def make_projet_docx(_acteur: Any, seance: Seance) -> tuple[str, bytes]:
    return TYPE_DOCX, render_releve_docx(actions.build_projet(seance, horloge.read_instant()))


def make_releve_pdf(acteur: Any, seance: Seance) -> tuple[str, bytes]:
    return TYPE_PDF, bytes(get_releve(acteur, seance).pdf)


def make_releve_docx(acteur: Any, seance: Seance) -> tuple[str, bytes]:
    return TYPE_DOCX, bytes(get_releve(acteur, seance).docx)


def get_releve(acteur: Any, seance: Seance) -> Releve:
    """The last validated version: the one that is read while another is being written."""
    return visible(Releve, acteur).filter(seance=seance).latest("version")


def build_zip(acteur: Any, seance: Seance) -> bytes:
    """All that this actor may take of the séance, délibérations included."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name, make in list_fichiers(acteur, seance).items():
            target.writestr(name, make(acteur, seance)[1])
        pieces = visible(Piece, acteur).filter(deliberations__point__seance=seance)
        for rank, piece in enumerate(pieces, 1):
            target.writestr(f"deliberations/{rank:02}-{piece.nom}", bytes(piece.contenu))
    return archive.getvalue()


@avec_acteur
@require_safe
def download_piece(request: HttpRequest, pk: int) -> HttpResponse:
    piece = get_object_or_404(visible(Piece, request.acteur), pk=pk)
    return build_fichier(bytes(piece.contenu), TYPE_PDF, piece.nom)
