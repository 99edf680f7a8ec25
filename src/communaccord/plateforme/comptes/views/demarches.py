"""A démarche opened on one's territory, confirmed by the letter, or by who administers the site."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.actions import (
    confirm_by_administration,
    confirm_by_code,
    draw_code_confirmation,
    found_demarche,
    refuse_by_administration,
)
from communaccord.plateforme.comptes.codes import CodeRefuse
from communaccord.plateforme.comptes.forms.demarches import ConfirmationForm, MotifForm, OuvertureForm
from communaccord.plateforme.comptes.pages.lettres import render_confirmation
from communaccord.plateforme.comptes.queries import AConfirmer, find_mandat_en_attente, list_demarches_a_confirmer
from communaccord.plateforme.comptes.rules import may_administer, may_confirm_by_code
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.comptes.views.personnes import build_adresse_site, read_post
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.queries import check_libre, find_epci
from communaccord.plateforme.territoires.rules import may_open_on

SAISIE = ["GET", "HEAD", "POST"]


@require_http_methods(SAISIE)
@never_cache
def ouvrir(request: HttpRequest, siren: str) -> HttpResponse:
    """Open the démarche of a real territory: who one is, and the aimed council."""
    epci = find_epci(siren)
    if epci is None:
        raise Http404
    require(may_open_on(epci))
    mine = find_mandat_en_attente(request.user, siren)
    if mine is not None:
        return HttpResponseRedirect(reverse("comptes:confirmer", args=(mine.pk,)))
    try:
        check_libre(epci.siren, epci.nom_complet)
    except Conflit as error:
        return render(request, "comptes/deja_ouverte.html", {"epci": epci, "message": error.message}, status=409)
    form = OuvertureForm(read_post(request))
    if request.method == "POST" and form.is_valid():
        instant = horloge.read_instant()
        mandat = found_demarche(compte=request.user, instant=instant, epci=epci, **form.cleaned_data)
        return HttpResponseRedirect(reverse("comptes:confirmer", args=(mandat.pk,)) + "?fait=ouverte")
    page = {"form": form, "epci": epci, "compte": request.user}
    return render(request, "comptes/ouvrir.html", page, status=422 if form.is_bound else 200)


@require_http_methods(SAISIE)
@avec_acteur
def confirmer(request: HttpRequest) -> HttpResponse:
    """Where the confirmation stands; posted: the code of the letter."""
    require(may_confirm_by_code(request.acteur))
    form = ConfirmationForm(read_post(request))
    if request.method == "POST" and form.is_valid():
        try:
            confirm_by_code(acteur=request.acteur, instant=horloge.read_instant(), code=form.cleaned_data["code"])
        except CodeRefuse as error:
            form.add_error("code", error.message)
        else:
            return HttpResponseRedirect(f"{chemin(request.acteur, 'comptes:confirmer')}?fait=confirmee")
    page = {"form": form, "fait": request.GET.get("fait", "")}
    return render(request, "comptes/confirmer.html", page, status=422 if form.is_bound else 200)


@require_safe
@never_cache
def administration(request: HttpRequest) -> HttpResponse:
    """The démarches that wait to be confirmed, for who administers the installation."""
    require(may_administer(request.user))
    page = {"lignes": list_demarches_a_confirmer(), "form": MotifForm(), "fait": request.GET.get("fait", "")}
    return render(request, "comptes/administration.html", page)


def find_ligne(request: HttpRequest, demarche: int) -> AConfirmer:
    require(may_administer(request.user))
    for ligne in list_demarches_a_confirmer():
        if ligne.demarche.pk == demarche:
            return ligne
    raise Http404


@require_POST
@never_cache
def trancher(request: HttpRequest, demarche: int) -> HttpResponse:
    """Confirm or refuse, with what was checked."""
    ligne = find_ligne(request, demarche)
    form = MotifForm(request.POST)
    if not form.is_valid():
        page = {"lignes": list_demarches_a_confirmer(), "form": form, "fait": "", "fautive": demarche}
        return render(request, "comptes/administration.html", page, status=422)
    instant, motif = horloge.read_instant(), form.cleaned_data["motif"]
    if "refuser" in request.POST:
        refuse_by_administration(compte=request.user, instant=instant, demarche=ligne.demarche, motif=motif)
        return HttpResponseRedirect(reverse("comptes:administration") + "?fait=refusee")
    confirm_by_administration(compte=request.user, instant=instant, demarche=ligne.demarche, comment=motif)
    return HttpResponseRedirect(reverse("comptes:administration") + "?fait=confirmee")


@require_POST
@never_cache
def lettre_confirmation(request: HttpRequest, demarche: int) -> HttpResponse:
    """The letter to the seat, with a new code: printed by the administration, never shown to who opened."""
    ligne = find_ligne(request, demarche)
    instant = horloge.read_instant()
    code = draw_code_confirmation(compte=request.user, instant=instant, demarche=ligne.demarche)
    contenu = render_confirmation(ligne, code, instant, build_adresse_site(request))
    return build_fichier(contenu, "application/pdf", f"confirmation-{ligne.demarche.siren}.pdf")
