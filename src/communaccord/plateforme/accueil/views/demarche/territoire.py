"""The territory of the démarche: page and file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.accueil.pages.demarche.territoire import (
    LigneCommune,
    build_carte,
    build_lignes,
    build_phrase,
    build_xlsx,
)
from communaccord.plateforme.accueil.queries.demarche import find_carte, list_maires
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.territoires.queries import list_communes


@avec_acteur
@require_safe
def show_territoire(request: HttpRequest) -> HttpResponse:
    lignes = read_lignes(request.acteur)
    context = {
        "lignes": lignes,
        "phrase": build_phrase(request.acteur.demarche, [ligne.commune for ligne in lignes]),
        "carte": build_carte(find_carte(request.acteur), lignes),
    }
    return render(request, "accueil/demarche/territoire.html", context)


@avec_acteur
@require_safe
def download_communes(request: HttpRequest) -> HttpResponse:
    content = build_xlsx(request.acteur.demarche, read_lignes(request.acteur))
    return build_fichier(content, XLSX, "communes.xlsx")


def read_lignes(acteur: Acteur) -> list[LigneCommune]:
    jour = horloge.read_jour(acteur.demarche.fuseau)
    return build_lignes(acteur.demarche, list_communes(acteur.demarche), list_maires(acteur, jour), acteur.commune_id)
