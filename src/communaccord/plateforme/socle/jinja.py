"""The one Jinja2 environment of the site: strict, escaped, French; no context processor, everything is declared."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from communaccord.plateforme.socle import cartes, graphiques, typographie

NAVIGATION = (
    ("Accueil", "accueil:entree"),
    ("Simulateur", "accueil:simulateur"),
    ("Données et sources", "socle:donnees"),
)
FILTRES = (
    typographie.nombre,
    typographie.signe,
    typographie.montant,
    typographie.estimation,
    typographie.ecart,
    typographie.pourcentage,
    typographie.date,
    typographie.moment,
    typographie.mois,
    typographie.accord,
    typographie.pluriel,
    typographie.duree,
    typographie.enumeration,
    typographie.insecables,
    typographie.prose,
)


class Typographie(Extension):
    """Set the French spaces and apostrophes of the templates' own words once, when they are compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type in ("data", "string"):
                words = typographie.set_apostrophes(typographie.set_espaces(token.value))
                token = Token(token.lineno, token.type, words)
            yield token


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def build_navigation(path: str) -> list[dict[str, Any]]:
    """The entries that exist in this installation, the current one marked."""
    entries = []
    for libelle, name in NAVIGATION:
        try:
            adresse = reverse(name)
        except NoReverseMatch:
            continue
        is_current = path == adresse if adresse == "/" else path.startswith(adresse)
        entries.append({"libelle": libelle, "adresse": adresse, "courante": is_current})
    return entries


def build_environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend with its loader and autoescape options."""
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": [Typographie, "jinja2.ext.do"],
    }
    environment = Environment(**{**options, "autoescape": True})  # noqa: S701 (escaped, in a way ruff cannot read)
    environment.globals.update(
        url=url,
        statique=static,
        navigation=build_navigation,
        geometrie=graphiques,
        cartes=cartes,
    )
    for path in settings.JINJA_GLOBALES:
        environment.globals.update(import_string(path))
    environment.filters.update({function.__name__: function for function in FILTRES})
    return environment
