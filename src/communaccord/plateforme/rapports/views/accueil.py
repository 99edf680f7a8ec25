"""The room of the rapport."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.rapports.actions.fabrications import name_cle
from communaccord.plateforme.rapports.enums import Genre
from communaccord.plateforme.rapports.pages import accueil as page
from communaccord.plateforme.rapports.pages.avancement import build_documents
from communaccord.plateforme.rapports.queries import (
    Sources,
    list_fabrications,
    list_parties,
    list_versions,
)
from communaccord.plateforme.rapports.queries.kit import may_read_kits
from communaccord.plateforme.rapports.rules import LOI, may_prepare, may_read, may_read_valide, may_validate
from communaccord.plateforme.rapports.views.communs import read_fait
from communaccord.plateforme.socle.permis import require


@avec_acteur
@require_safe
def show_accueil(request: HttpRequest) -> HttpResponse:
    """The table reads the draft; councillors, what the president validated."""
    acteur = request.acteur
    require(may_read_valide(acteur))
    versions = list_versions(acteur)
    shared = {"versions": versions, "loi": LOI, "fait": read_fait(request), "kits": bool(may_read_kits(acteur))}
    if not may_read(acteur):
        return render(request, "rapports/valide.html", shared)
    sources = Sources(acteur.demarche)
    lignes = page.build_lignes(sources, list_parties(acteur.demarche))
    cles = {kind.value: name_cle(acteur.demarche_id, None, kind) for kind in Genre}
    context = shared | {
        "phrase": page.write_phrase(lignes, sources),
        "lignes": lignes,
        "incomplet": any(ligne["manques"] for ligne in lignes),
        "actions": page.build_actions(sources),
        "documents": build_documents(list_fabrications(acteur), None, cles),
        "prepare": bool(may_prepare(acteur)),
        "valide": bool(may_validate(acteur)),
    }
    return render(request, "rapports/accueil.html", context)
