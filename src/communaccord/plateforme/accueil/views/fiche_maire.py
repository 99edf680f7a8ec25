"""The fiche maire of a commune: a page to read, the same on one sheet of paper."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from communaccord.plateforme.accueil.bridge.dates import list_dates
from communaccord.plateforme.accueil.bridge.fiche import Fiche, build_fiche
from communaccord.plateforme.accueil.bridge.fiche_textes import write_source
from communaccord.plateforme.accueil.forms.demande import Demande, read_demande
from communaccord.plateforme.accueil.pages.fiche_papier import (
    GABARIT,
    ORIGINE,
    build_papier,
    write_alternative,
    write_legende,
    write_verification,
)
from communaccord.plateforme.accueil.views.simulateur.lien import render_lien_illisible, write_adresse
from communaccord.plateforme.documents.qr import build_qr
from communaccord.plateforme.documents.rendu import render_pdf
from communaccord.plateforme.socle.typographie import prose
from communaccord.simulateur import Simulation, compute_resultat, decode_lien


def find_fiche(simulation: Simulation, demande: Demande, code: str) -> Fiche:
    resultat = compute_resultat(simulation)
    rang = min(demande.rang, len(resultat.variantes) - 1)
    fiche = build_fiche(resultat, rang, code, list_dates(timezone.localdate()))
    if fiche is None:
        raise Http404("Cette commune ne participe pas à cette simulation.")
    return fiche


def build_adresse_fiche(demande: Demande, code: str) -> str:
    return f"{reverse('accueil:fiche_maire', kwargs={'code': code})}?s={demande.lien}{write_rang(demande)}"


def write_rang(demande: Demande) -> str:
    return f"&v={demande.rang}" if demande.rang else ""


@login_not_required
@require_safe
def show_fiche(request: HttpRequest, code: str) -> HttpResponse:
    demande = read_demande(request.GET)
    simulation = decode_lien(demande.lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    fiche = find_fiche(simulation, demande, code)
    adresse = build_adresse_fiche(demande, code)
    qr = build_qr(request.build_absolute_uri(adresse), request.build_absolute_uri("/"))
    contexte = {
        "fiche": fiche,
        "qr": qr,
        "alternative_qr": write_alternative(qr),
        "legende_qr": write_legende(qr),
        "source_de": write_source,
        "mots": prose,
        "origine": f"{ORIGINE} {write_verification()}",
        "adresse_pdf": adresse.replace("/?", ".pdf?", 1),
        "adresse_resultat": write_adresse(demande.lien, v=demande.rang, commune=code),
        "jour": timezone.localdate(),
    }
    return render(request, "accueil/simulateur/fiche.html", contexte)


@login_not_required
@require_safe
def print_fiche(request: HttpRequest, code: str) -> HttpResponse:
    demande = read_demande(request.GET)
    simulation = decode_lien(demande.lien)
    if not isinstance(simulation, Simulation):
        return render_lien_illisible(request, simulation)
    fiche = find_fiche(simulation, demande, code)
    adresse = request.build_absolute_uri(build_adresse_fiche(demande, code))
    qr = build_qr(adresse, request.build_absolute_uri("/"))
    instant = timezone.now()
    pdf = render_pdf(GABARIT, build_papier(fiche, qr, timezone.localdate(instant)), date=instant)
    nom = f"fiche-maire-{code}.pdf"
    return HttpResponse(pdf, "application/pdf", headers={"Content-Disposition": f'inline; filename="{nom}"'})
