"""A simulation that travels in an address: read it, or say in one page why it cannot be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from communaccord.plateforme.accueil.forms.demande import Demande
from communaccord.simulateur import Anomalie, Simulation, encode_lien

MAX_LIEN = 8000


def build_adresse(simulation: Simulation, nom: str = "accueil:simulateur_resultat", **parametres: str) -> str:
    """Address that reopens ``simulation`` on a page, with what the reader had chosen to see."""
    suite = "".join(f"&{cle}={valeur}" for cle, valeur in parametres.items() if valeur)
    return f"{reverse(nom)}?s={encode_lien(simulation)}{suite}"


def render_lien_illisible(request: HttpRequest, anomalies: list[Anomalie]) -> HttpResponse:
    """The link was cut or changed: say so, and offer to paste it again or to open the file."""
    return render(request, "accueil/simulateur/lien_illisible.html", {"anomalies": anomalies}, status=422)


def build_contexte(demande: Demande) -> dict[str, str]:
    """What every page of a simulation gives back in its forms and links."""
    return {"lien": demande.lien, "commune": demande.commune, "v": str(demande.rang) if demande.rang else ""}
