"""A simulation that travels in an address: read it, or say in one page why it cannot be read."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from communaccord.simulateur import Anomalie, Simulation, encode_lien

# Servers and proxies commonly refuse a request line beyond 8,190 bytes (docs/exploitation.md).
MAX_LIEN = 8000


def build_adresse(simulation: Simulation, **parametres: str | int) -> str:
    """Address of the result that reopens ``simulation``, with what the reader had chosen to see."""
    return write_adresse(encode_lien(simulation), **parametres)


def write_adresse(lien: str, **parametres: str | int) -> str:
    """The same from a link; what is empty or zero is left out, the rest is quoted."""
    choisis = {cle: valeur for cle, valeur in parametres.items() if valeur}
    return f"{reverse('accueil:simulateur_resultat')}?{urlencode({'s': lien, **choisis})}"


def build_url_formulaire(siren: str | None) -> str:
    """Address of the form of a territory, real or of one's own."""
    if not siren:
        return reverse("accueil:simulateur_autre")
    return reverse("accueil:simulateur_formulaire", kwargs={"siren": siren})


def render_lien_illisible(request: HttpRequest, anomalies: list[Anomalie]) -> HttpResponse:
    """The link was cut or changed: say so, and offer to paste it again or to open the file."""
    return render(request, "accueil/simulateur/lien_illisible.html", {"anomalies": anomalies}, status=422)
