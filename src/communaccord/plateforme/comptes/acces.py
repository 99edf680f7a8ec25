"""The door of every page of a démarche: who signs in, in whose name, on what day."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from communaccord.plateforme.comptes.acteurs import Acteur, build_acteur
from communaccord.plateforme.comptes.enums import EQUIPE
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.territoires.rules import may_write

View = Callable[..., HttpResponse]
# The équipe projet sees the whole démarche: after these days, its accounts need a second factor.
GRACE = timedelta(days=7)
LECTURES = ("GET", "HEAD")
FACTEURS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def avec_acteur(view: View) -> View:
    """Give the view its actor (``request.acteur``) from the mandate that its address names; 404 when it is not theirs.

    Somebody who follows the address of a colleague of the same démarche is led to the same page in their own name.
    """

    @wraps(view)
    def answer(request: HttpRequest, mandat: int, *args: Any, **kwargs: Any) -> HttpResponse:
        acteur = find_acteur(request, mandat)
        if acteur is None:
            return redirect_to_own(request, mandat)
        if is_facteur_du(acteur):
            return HttpResponseRedirect(f"{reverse('comptes:second_facteur')}?{urlencode({'next': request.path})}")
        if request.method not in LECTURES:
            require(may_write(acteur.demarche))
        request.acteur = acteur
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    answer.acteur_requis = True
    return answer


def find_acteur(request: HttpRequest, mandat_id: int) -> Acteur | None:
    """The actor of this mandate, if the account holds it and if it is in force today where the people live."""
    facteur = Authenticator.objects.filter(user=OuterRef("personne__compte"), type__in=FACTEURS)
    mine = Mandat.objects.filter(pk=mandat_id, personne__compte_id=request.user.pk)
    held = mine.with_personne().annotate(a_second_facteur=Exists(facteur)).first()
    if held is None or not is_in_force(held):
        return None
    return build_acteur(held, compute_echeance_facteur(held))


def compute_echeance_facteur(mandat: Mandat) -> date | None:
    """The day from which a second factor is due: some days after the mandate or the account began; never in a demo."""
    if settings.DEMO or mandat.role not in EQUIPE or mandat.a_second_facteur:
        return None
    compte = horloge.get_jour(mandat.personne.compte.date_joined, mandat.personne.demarche.fuseau)
    return max(mandat.debut, compte) + GRACE


def is_facteur_du(acteur: Acteur) -> bool:
    jour = horloge.read_jour(acteur.demarche.fuseau)
    return acteur.echeance_facteur is not None and jour >= acteur.echeance_facteur


def is_in_force(mandat: Mandat) -> bool:
    jour = horloge.read_jour(mandat.personne.demarche.fuseau)
    return mandat.debut <= jour and (mandat.fin is None or mandat.fin >= jour)


def redirect_to_own(request: HttpRequest, mandat_id: int) -> HttpResponse:
    """The same page under one's own mandate when there is exactly one in that démarche; otherwise nothing is told."""
    asked = Mandat.objects.filter(pk=mandat_id).with_personne().first()
    if asked is None or request.method != "GET":
        raise Http404
    mine = Mandat.objects.of_demarche(asked.personne.demarche_id).filter(personne__compte_id=request.user.pk)
    own = [mandat for mandat in mine.with_personne() if is_in_force(mandat)]
    if len(own) != 1:
        raise Http404
    return HttpResponseRedirect(request.get_full_path().replace(f"/m/{mandat_id}/", f"/m/{own[0].pk}/", 1))
