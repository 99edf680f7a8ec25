"""The journal: who did what, in whose name, as far as the reader may know it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communaccord.plateforme.accueil.forms.journal import JournalForm
from communaccord.plateforme.accueil.pages.demarche.journal import build_csv, paginate
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.journal.queries import list_actes
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.tableur import TYPE_CSV


@avec_acteur
@require_safe
def show_journal(request: HttpRequest) -> HttpResponse:
    choix = JournalForm.read(request.GET)
    actes = list_actes(request.acteur, texte=choix.texte, commune=choix.ma_commune)
    return render(request, "accueil/demarche/journal.html", {"choix": choix, **paginate(actes, choix.page)})


@avec_acteur
@require_safe
def download_journal(request: HttpRequest) -> HttpResponse:
    choix = JournalForm.read(request.GET)
    actes = list_actes(request.acteur, texte=choix.texte, commune=choix.ma_commune)
    return build_fichier(build_csv(actes, request.acteur.demarche), TYPE_CSV, "journal.csv")
