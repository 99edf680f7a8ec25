"""Larger files than elsewhere, for two pages of the équipe projet: kept in memory, within their own bound."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from communaccord.plateforme.diagnostic.lecture.tables import MAX_OCTETS
from communaccord.plateforme.socle.envois import EnvoiBorne

View = Callable[..., HttpResponse]


class EnvoiLarge(EnvoiBorne):
    """Keeps forty million bytes and one, drops the rest: whoever reads the file sees that it is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 (the name is Django's)
        place = MAX_OCTETS + 1 - self.contenu.tell()
        self.contenu.write(raw_data[: max(place, 0)])


def avec_gros_fichier(view: View) -> View:
    """Let the view receive a large file. The bound is set before the form is read, so before its seal is checked:
    that check is then done here, by ``csrf_protect``, and not by the middleware."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.upload_handlers = [EnvoiLarge(request)]
        return protected(request, *args, **kwargs)

    return answer
