"""Larger files than elsewhere, for two pages of the équipe projet: kept in memory, within their own bound."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from communaccord.plateforme.diagnostic.lecture.tables import MAX_OCTETS
from communaccord.plateforme.diagnostic.rules import can_conduct
from communaccord.plateforme.socle.envois import EnvoiBorne
from communaccord.plateforme.socle.permis import require

View = Callable[..., HttpResponse]


class EnvoiLarge(EnvoiBorne):
    """Keeps forty million bytes and one."""

    maximum = MAX_OCTETS


def avec_gros_fichier(view: View) -> View:
    """Let the view, which knows its actor, receive a large file from those who conduct the campaign.

    Nothing of the request is read before their right is checked, nor when it says that it is too long. The bound of
    the file is set before the form is read, so before its seal is checked: that check is then done here, by
    ``csrf_protect``, and not by the middleware.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        require(can_conduct(request.acteur, request.acteur.demarche_id))
        longueur = request.META.get("CONTENT_LENGTH") or "0"
        if not longueur.isdigit() or int(longueur[:12]) > MAX_OCTETS + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return render(request, "socle/erreurs/413.html", {"code": 413, "maximum": "40 Mo"}, status=413)
        request.upload_handlers = [EnvoiLarge(request)]
        return protected(request, *args, **kwargs)

    return answer
