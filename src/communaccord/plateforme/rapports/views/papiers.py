"""The letters and the models of délibération, one by one."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.documents.docx import TYPE_DOCX
from communaccord.plateforme.rapports.documents import courriers
from communaccord.plateforme.rapports.documents.courriers import Destinataire, Envoi
from communaccord.plateforme.rapports.enums import Papier
from communaccord.plateforme.rapports.models import VersionRapport
from communaccord.plateforme.rapports.queries import find_commune, list_communes
from communaccord.plateforme.rapports.rules import may_make, may_read_papiers
from communaccord.plateforme.rapports.views.communs import require_version
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import require

PDF = "application/pdf"


def build_envoi(version: VersionRapport) -> Envoi:
    figee_le = version.figee_le.astimezone(version.rapport.demarche.zone)
    return Envoi(version.contenu, version.numero, not version.est_validee, figee_le)


@avec_acteur
@require_safe
def show(request: HttpRequest, version: int) -> HttpResponse:
    """Every paper of a version; a mairie has its own."""
    acteur, row = request.acteur, require_version(request, version)
    communes = [commune for commune in list_communes(acteur) if may_read_papiers(acteur, commune.pk)]
    if not communes:
        raise Http404("Les lettres sont remises aux mairies et à qui prépare le rapport.")
    context = {"version": row, "communes": communes, "toutes": bool(may_make(acteur, "courriers"))}
    return render(request, "rapports/courriers.html", context)


def build_download(papier: Papier, extension: str) -> Callable[..., HttpResponse]:
    """The view of one paper of one commune."""
    renderer, genre = (courriers.render_pdf, PDF) if extension == "pdf" else (courriers.render_docx, TYPE_DOCX)

    @avec_acteur
    @require_safe
    def download(request: HttpRequest, version: int, commune: int) -> HttpResponse:
        row, membre = require_version(request, version), find_commune(request.acteur, commune)
        if membre is None:
            raise Http404("Cette commune n'est pas de la démarche.")
        require(may_read_papiers(request.acteur, membre.pk))
        envoi, destinataire = build_envoi(row), Destinataire(membre.code, membre.nom)
        nom = courriers.name_papier(papier, destinataire, extension, fictif=envoi.contenu["fictif"])
        return build_fichier(renderer(envoi, papier, destinataire), genre, nom)

    return download


download_lettre_pdf = build_download(Papier.LETTRE, "pdf")
download_lettre_docx = build_download(Papier.LETTRE, "docx")
download_modele_pdf = build_download(Papier.DELIBERATION, "pdf")
download_modele_docx = build_download(Papier.DELIBERATION, "docx")


def build_approbation(extension: str) -> Callable[..., HttpResponse]:
    """The view of the model of the conseil communautaire."""
    renderer, genre = (courriers.render_acte, PDF) if extension == "pdf" else (courriers.write_acte, TYPE_DOCX)

    @avec_acteur
    @require_safe
    def download(request: HttpRequest, version: int) -> HttpResponse:
        row, acteur = require_version(request, version), request.acteur
        require(may_make(acteur, "courriers"))
        envoi = build_envoi(row)
        data = courriers.build_approbation(envoi, len(list_communes(acteur)))
        suite = "-fictif" if envoi.contenu["fictif"] else ""
        return build_fichier(renderer(envoi, data), genre, f"deliberation-approbation{suite}.{extension}")

    return download


download_approbation_pdf = build_approbation("pdf")
download_approbation_docx = build_approbation("docx")
