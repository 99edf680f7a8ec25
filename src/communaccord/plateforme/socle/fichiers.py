"""A file handed to the visitor, under its name."""

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def build_fichier(contenu: bytes | str, genre: str, nom: str) -> HttpResponse:
    """The answer that makes a browser keep ``contenu``, of media type ``genre``, as ``nom``."""
    return HttpResponse(contenu, content_type=genre, headers={"Content-Disposition": f'attachment; filename="{nom}"'})
