"""What is answered when an act is refused (403) or when the state has moved (409): the reason, and nothing written."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communaccord.plateforme.socle.permis import ActionRefusee, Conflit


class AnswerRefus:
    """Middleware: turns the two exceptions of socle.permis into pages that say why and where to go."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ActionRefusee):
            return render(request, "socle/erreurs/refus.html", {"refus": exception.refus, "code": 403}, status=403)
        if isinstance(exception, Conflit):
            return render(
                request, "socle/erreurs/conflit.html", {"message": exception.message, "code": 409}, status=409
            )
        return None
