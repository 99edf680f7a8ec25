"""The règle du jeu: read by all once adopted; written, then recorded as adopted, by the équipe projet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.accords.actions import (
    adopt_regle_du_jeu,
    prepare_regle_du_jeu,
    write_regle_du_jeu,
)
from communaccord.plateforme.accords.documents.papiers import render_regle_du_jeu
from communaccord.plateforme.accords.enums import ModeOuverture
from communaccord.plateforme.accords.forms.regle import (
    fill_saisie_regle,
    read_jour,
    read_reglages,
    read_saisie_regle,
)
from communaccord.plateforme.accords.models import RegleDuJeu
from communaccord.plateforme.accords.pages.lectures import select_regles
from communaccord.plateforme.accords.pages.papiers import build_regle_papier
from communaccord.plateforme.accords.views.reponse import METHODES, redirect_to
from communaccord.plateforme.accords.views.tours import require_conduite
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.typographie import prose

CONFERENCE = "la conférence des maires"
PDF = "application/pdf"


def find_regle(request: HttpRequest, regle: int) -> RegleDuJeu:
    return get_object_or_404(select_regles(request.acteur), pk=regle)


@avec_acteur
@require_safe
def regle(request: HttpRequest, regle: int) -> HttpResponse:
    return render_regle(request, find_regle(request, regle))


def render_regle(request: HttpRequest, found: RegleDuJeu, erreur: str = "", status: int = 200) -> HttpResponse:
    context = {
        "regle": found,
        "erreur": prose(erreur),
        "jour": request.POST.get("jour", ""),
        "instance": request.POST.get("instance", CONFERENCE),
        "fait": request.GET.get("fait", ""),
    }
    return render(request, "accords/regle.html", context, status=status)


@avec_acteur
@require_safe
def regle_pdf(request: HttpRequest, regle: int) -> HttpResponse:
    found = find_regle(request, regle)
    contenu = render_regle_du_jeu(build_regle_papier(found, horloge.read_instant()))
    return build_fichier(contenu, PDF, f"regle-du-jeu-{found.version}.pdf")


@avec_acteur
@require_POST
def regle_preparer(request: HttpRequest) -> HttpResponse:
    """A new version, from the latest one or from the text proposed."""
    created = prepare_regle_du_jeu(acteur=request.acteur, instant=horloge.read_instant())
    return redirect_to(request, "accords:regle_modifier", created.pk)


@avec_acteur
@require_http_methods(METHODES)
def regle_modifier(request: HttpRequest, regle: int) -> HttpResponse:
    require_conduite(request)
    found = find_regle(request, regle)
    if found.adoptee_le is not None and request.method != "POST":
        return redirect_to(request, "accords:regle", regle)
    saisie, erreur = fill_saisie_regle(found), ""
    if request.method == "POST":
        saisie = read_saisie_regle(request.POST)
        seuil, conservation = read_reglages(saisie)
        try:
            write_regle_du_jeu(
                acteur=request.acteur,
                instant=horloge.read_instant(),
                regle=found,
                articles=saisie.remplis,
                mode_ouverture=saisie.mode,
                seuil=seuil,
                conservation_mois=conservation,
            )
            return redirect_to(request, "accords:regle", regle, fin="?fait=ecrite")
        except Conflit as error:
            erreur = error.message
    modes = [{"valeur": mode, "libelle": prose(mode.label.capitalize())} for mode in ModeOuverture]
    context = {"regle": found, "saisie": saisie, "modes": modes, "erreur": prose(erreur)}
    return render(request, "accords/regle_modifier.html", context, status=422 if erreur else 200)


@avec_acteur
@require_POST
def regle_adopter(request: HttpRequest, regle: int) -> HttpResponse:
    """Record the day and the instance that adopted it: its text is frozen from now on."""
    found = find_regle(request, regle)
    jour = read_jour(request.POST.get("jour", ""))
    if jour is None:
        return render_regle(request, found, "Donnez le jour de l'adoption.", status=422)
    try:
        adopt_regle_du_jeu(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            regle=found,
            adoptee_le=jour,
            adoptee_par=request.POST.get("instance", ""),
        )
    except Conflit as error:
        return render_regle(request, found, error.message, status=422)
    return redirect_to(request, "accords:regle", regle, fin="?fait=adoptee")
