"""The room of persons: the list, somebody added, their page, invitations."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.actions import (
    add_personne,
    edit_personne,
    end_mandat,
    end_mandats_commune,
    invite_mandats,
    invite_personne,
    open_mandat,
)
from communaccord.plateforme.comptes.enums import AVEC_CODE, Role
from communaccord.plateforme.comptes.forms.personnes import FicheForm, FinForm, MandatForm, PersonneForm
from communaccord.plateforme.comptes.queries import (
    ETATS,
    Filtre,
    count_etats,
    get_etat,
    get_etat_mandat,
    has_acted,
    list_partages,
    list_personnes,
    select_a_inviter,
    select_communes,
    select_mandats,
    select_personnes,
)
from communaccord.plateforme.comptes.rules import may_manage_personnes, may_reset_code
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.territoires.rules import may_invite

SAISIE = ["GET", "HEAD", "POST"]
PAR_PAGE = 150


def go(request: HttpRequest, name: str, *args: Any, fait: str) -> HttpResponse:
    return HttpResponseRedirect(f"{chemin(request.acteur, name, *args)}?fait={fait}")


def read_post(request: HttpRequest) -> Any:
    """What was posted, even when it is empty; None when nothing was: the form is then new."""
    return request.POST if request.method == "POST" else None


def build_adresse_site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/mes-demarches/")


@require_safe
@avec_acteur
def personnes(request: HttpRequest) -> HttpResponse:
    require(may_manage_personnes(request.acteur))
    get = request.GET
    filtre = Filtre(get.get("q", "")[:100], get.get("role", ""), get.get("etat", ""), get.get("passes") == "oui")
    mandats = list_personnes(request.acteur, filtre)
    pages = Paginator(mandats, PAR_PAGE)
    page = {
        "mandats": mandats,
        "feuille": pages.get_page(get.get("page")),
        "adresse_filtre": urlencode({"q": filtre.texte, "role": filtre.role, "etat": filtre.etat}),
        "etat_de": get_etat_mandat,
        "compte_de": count_etats(mandats),
        "a_inviter": select_a_inviter(request.acteur).count(),
        "invitation": may_invite(request.acteur.demarche),
        "filtre": filtre,
        "roles": [("", "Tous"), *Role.choices],
        "etats": [("", "Tous"), *((etat, etat) for etat in ETATS)],
        "fait": get.get("fait", ""),
    }
    return render(request, "comptes/personnes.html", page)


@require_http_methods(SAISIE)
@avec_acteur
def ajouter(request: HttpRequest) -> HttpResponse:
    require(may_manage_personnes(request.acteur))
    form = PersonneForm(read_post(request), communes=select_communes(request.acteur))
    if request.method == "POST" and form.is_valid():
        instant = horloge.read_instant()
        mandat = add_personne(acteur=request.acteur, instant=instant, entree=form.build_entree())
        return go(request, "comptes:personne", mandat.personne_id, fait="ajoutee")
    return render(request, "comptes/ajouter.html", {"form": form}, status=422 if form.is_bound else 200)


def find_personne(request: HttpRequest, personne: int) -> Any:
    require(may_manage_personnes(request.acteur))
    return get_object_or_404(select_personnes(request.acteur), pk=personne)


def render_fiche(request: HttpRequest, personne: Any, **forms: Any) -> HttpResponse:
    mandats = list(personne.mandats.all())
    roles = frozenset(mandat.role for mandat in mandats)
    page = {
        "personne": personne,
        "mandats": mandats,
        "etat": get_etat(personne, a_agi=has_acted(personne)),
        "partages": list_partages(personne),
        "avec_code": bool(roles & AVEC_CODE),
        "remise": may_reset_code(request.acteur, roles=roles, compte_id=personne.compte_id),
        "invitation": may_invite(request.acteur.demarche),
        "fiche": forms.get("fiche") or FicheForm.of(personne),
        "mandat_form": forms.get("mandat") or MandatForm(communes=select_communes(request.acteur), auto_id="m_%s"),
        "fin_form": forms.get("fin") or FinForm(),
        "fait": request.GET.get("fait", ""),
    }
    is_faulty = any(form.is_bound for form in forms.values())
    return render(request, "comptes/personne.html", page, status=422 if is_faulty else 200)


@require_http_methods(SAISIE)
@avec_acteur
def personne(request: HttpRequest, personne: int) -> HttpResponse:
    """The page of somebody; posted: the name and the address."""
    found = find_personne(request, personne)
    if request.method != "POST":
        return render_fiche(request, found)
    form = FicheForm(request.POST)
    if not form.is_valid():
        return render_fiche(request, found, fiche=form)
    edit_personne(acteur=request.acteur, instant=horloge.read_instant(), personne=found, **form.cleaned_data)
    return go(request, "comptes:personne", found.pk, fait="corrigee")


@require_POST
@avec_acteur
def donner_mandat(request: HttpRequest, personne: int) -> HttpResponse:
    found = find_personne(request, personne)
    form = MandatForm(request.POST, communes=select_communes(request.acteur), auto_id="m_%s")
    if not form.is_valid():
        return render_fiche(request, found, mandat=form)
    values = {**form.cleaned_data, "commune": form.get_commune(), "role": Role(form.cleaned_data["role"])}
    open_mandat(acteur=request.acteur, instant=horloge.read_instant(), personne=found, **values)
    return go(request, "comptes:personne", found.pk, fait="mandat")


@require_POST
@avec_acteur
def finir(request: HttpRequest, pk: int) -> HttpResponse:
    """End one mandate."""
    require(may_manage_personnes(request.acteur))
    mandat = get_object_or_404(select_mandats(request.acteur), pk=pk)
    form = FinForm(request.POST)
    if not form.is_valid():
        return render_fiche(request, find_personne(request, mandat.personne_id), fin=form)
    end_mandat(acteur=request.acteur, instant=horloge.read_instant(), mandat=mandat, fin=form.cleaned_data["fin"])
    return go(request, "comptes:personne", mandat.personne_id, fait="fini")


@require_http_methods(SAISIE)
@avec_acteur
def renouveler(request: HttpRequest, pk: int) -> HttpResponse:
    """Renewal of a commune: all its mandates end the same day."""
    require(may_manage_personnes(request.acteur))
    commune = get_object_or_404(select_communes(request.acteur), pk=pk)
    form = FinForm(read_post(request))
    if request.method == "POST" and form.is_valid():
        fin = form.cleaned_data["fin"]
        end_mandats_commune(acteur=request.acteur, instant=horloge.read_instant(), commune=commune, fin=fin)
        return go(request, "comptes:personnes", fait="renouvelee")
    mandats = [m for m in select_mandats(request.acteur).filter(commune=commune) if m.fin is None]
    page = {"commune": commune, "form": form, "mandats": mandats}
    return render(request, "comptes/renouveler.html", page, status=422 if form.is_bound else 200)


@require_POST
@avec_acteur
def inviter(request: HttpRequest, personne: int) -> HttpResponse:
    found = find_personne(request, personne)
    adresse = build_adresse_site(request)
    invite_personne(acteur=request.acteur, instant=horloge.read_instant(), personne=found, adresse_site=adresse)
    return go(request, "comptes:personne", found.pk, fait="invitee")


@require_POST
@avec_acteur
def inviter_toutes(request: HttpRequest) -> HttpResponse:
    adresse = build_adresse_site(request)
    invite_mandats(acteur=request.acteur, instant=horloge.read_instant(), adresse_site=adresse)
    return go(request, "comptes:personnes", fait="invitees")
