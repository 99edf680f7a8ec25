"""What the templates of the rooms may call; given to the one environment by socle.jinja (settings.JINJA_GLOBALES)."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.comptes.salles import build_salles, chemin


def build_lien_compte(request: Any) -> dict[str, str]:
    """The entry of the header: only the presence of a session is looked at, a public page asks nothing of the base."""
    has_seance = settings.SESSION_COOKIE_NAME in request.COOKIES
    libelle = "Mes démarches" if has_seance else "Se connecter"
    return {"libelle": libelle, "adresse": reverse("comptes:mes_demarches")}


GLOBALES = {"salles": build_salles, "chemin": chemin, "lien_compte": build_lien_compte, "de": write_de}
