"""The door of the pages that ask to sign in: a form sent after one was signed out comes back with its text."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communaccord.plateforme.socle.rendus import write_rendu


class RequireConnexion(LoginRequiredMiddleware):
    """As Django's, but a form is not led away: what it carries would be lost. Nothing is written here."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        to_login = super().handle_no_permission(request, view_func)
        # A script that saves a draft reads the redirection itself: its page still holds the text.
        if request.method != "POST" or request.headers.get("Sec-Fetch-Dest", "document") != "document":
            return to_login
        context = {"code": 403, "texte": write_rendu(request.POST), "connexion": to_login.url}
        response = render(request, "socle/erreurs/connexion.html", context, status=403)
        response.headers["Cache-Control"] = "no-store, private"
        return response
