"""What somebody typed stays between their browser and the site: no shared cache may keep it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

LIEN = "s"

Answer = Callable[[HttpRequest], HttpResponse]


def keep_prive(get_response: Answer) -> Answer:
    """Middleware: mark private the answer to a form, and any page whose address holds a simulation."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" or LIEN in request.GET:
            patch_cache_control(response, private=True)
        return response

    return answer
