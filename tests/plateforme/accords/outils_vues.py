"""What the tests of the pages share: the address of a page for an actor, the text as a reader sees it."""

import re
from html import unescape

from django.urls import reverse
from tests.plateforme.fabriques import client_for


def chemin(acteur, name, *args):
    return reverse(f"accords:{name}", args=(acteur.mandat_id, *args))


def get(acteur, name, *args, suite=""):
    return client_for(acteur).get(chemin(acteur, name, *args) + suite)


def post(acteur, name, *args, **donnees):
    return client_for(acteur).post(chemin(acteur, name, *args), {k.replace("_", "-"): v for k, v in donnees.items()})


def lire(response):
    """The words of a page, spaces and apostrophes made ordinary."""
    texte = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    texte = unescape(re.sub(r"<[^>]+>", " ", texte))
    texte = texte.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")
    return re.sub(r"\s+", " ", texte)


def read_champ(response, nom):
    """The value of a hidden field."""
    return re.search(rf'name="{nom}" value="([^"]*)"', response.content.decode())[1]
