"""A whole list of people: its model, its preview, then all of it or nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.actions import import_personnes
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.forms.liste import TITRES, Liste, read_liste
from communaccord.plateforme.comptes.queries import select_communes, select_mandats
from communaccord.plateforme.comptes.rules import may_manage_personnes
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.tableur import write_xlsx


@require_http_methods(["GET", "HEAD", "POST"])
@avec_acteur
def importer(request: HttpRequest) -> HttpResponse:
    """Posted once: what was read, line by line; posted again with ``confirmer``: written, whole."""
    require(may_manage_personnes(request.acteur))
    if request.method != "POST":
        return render(request, "comptes/importer.html", {"liste": None})
    liste = read_posted(request)
    if liste.est_prete and "confirmer" in request.POST:
        import_personnes(acteur=request.acteur, instant=horloge.read_instant(), entrees=liste.nouvelles)
        return HttpResponseRedirect(f"{chemin(request.acteur, 'comptes:personnes')}?fait=importees")
    return render(request, "comptes/importer.html", {"liste": liste}, status=200 if liste.est_prete else 422)


def read_posted(request: HttpRequest) -> Liste:
    envoi = request.FILES.get("fichier")
    return read_liste(
        texte=request.POST.get("texte", ""),
        contenu=envoi.read() if envoi else None,
        communes=select_communes(request.acteur),
        mandats=select_mandats(request.acteur),
    )


@require_safe
@avec_acteur
def modele(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in: one line for each commune, its mayor to name."""
    require(may_manage_personnes(request.acteur))
    lignes = [("", Role.MAIRE.label, commune.nom, "", "", "", "") for commune in select_communes(request.acteur)]
    mentions = ["Rôles possibles : " + " ; ".join(role.label for role in Role) + "."]
    contenu = write_xlsx("Personnes de la démarche", TITRES, lignes, mentions=mentions)
    return build_fichier(contenu, XLSX, "personnes.xlsx")
