"""The answer of a commune: one dossier at a time, kept as it is typed; nothing typed is ever lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from communaccord.plateforme.accords.actions import save_brouillon
from communaccord.plateforme.accords.enums import NatureElement, Origine, PhaseTour
from communaccord.plateforme.accords.forms.elements import Anomalie, build_elements, read_elements
from communaccord.plateforme.accords.forms.envoi import read_entier
from communaccord.plateforme.accords.forms.phrases import list_lignes, write_texte
from communaccord.plateforme.accords.forms.reponse import SaisieReponse, read_saisie, write_champs
from communaccord.plateforme.accords.models import Reponse, Tour
from communaccord.plateforme.accords.pages.conflit import build_conflit, merge_saisies
from communaccord.plateforme.accords.pages.lectures import (
    Dossier,
    list_dossiers,
    list_effets,
    select_communes,
    select_tours,
)
from communaccord.plateforme.accords.pages.repondre import build_repondre, describe_enregistrement, list_autres
from communaccord.plateforme.accords.saisies import ReponseDepassee, ReponseRefusee, SaisieInvalide
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.typographie import prose

METHODES = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: the round, the dossier asked, the whole answer of the commune, its neighbours."""

    tour: Tour
    dossier: Dossier
    dossiers: list[Dossier]
    communes: list[Any]

    @property
    def reponse(self) -> Reponse:
        return self.dossier.reponse

    @property
    def noms(self) -> dict[str, str]:
        return {commune.code: commune.nom for commune in self.communes}

    @property
    def codes(self) -> set[str]:
        return {commune.code for commune in self.communes if commune.pk != self.reponse.commune_id}


def find_place(request: HttpRequest, tour: int, rang: int) -> Place:
    """The dossier of this rank, for the commune in whose name one acts; 404 for whoever acts for none."""
    acteur = request.acteur
    if not acteur.est_mairie:
        raise Http404("Cette page est celle des mairies.")
    found = get_object_or_404(select_tours(acteur), pk=tour)
    dossiers = list_dossiers(acteur, found, acteur.commune_id)
    if not 1 <= rang <= len(dossiers):
        raise Http404("Ce dossier n'est pas dans ce tour.")
    return Place(found, dossiers[rang - 1], dossiers, list(select_communes(acteur)))


@avec_acteur
@sensitive_post_parameters()
@require_http_methods(METHODES)
def repondre(request: HttpRequest, tour: int, rang: int) -> HttpResponse:
    place = find_place(request, tour, rang)
    if request.method == "POST":
        return answer_envoi(request, place)
    is_open = place.tour.get_phase(horloge.read_instant()) == PhaseTour.OUVERT
    if not is_open or place.reponse.etat == "validee":
        return redirect_to(request, "accords:reponse", tour)
    return render_reponse(request, place, place.dossier.saisie)


@avec_acteur
@sensitive_post_parameters()
@require_POST
def brouillon(request: HttpRequest, tour: int, rang: int) -> HttpResponse:
    """Keep what is being typed, without leaving the page: the fragment says what was kept, and its new version."""
    place = find_place(request, tour, rang)
    elements, anomalies = build_elements(read_saisie(request.POST), place.codes, place.dossier.saisie)
    page = {"version": read_entier(request.POST, "version"), "enregistre": ""}
    try:
        fresh = save(request, place, elements)
    except ReponseDepassee as error:
        page["enregistre"] = (
            f"Pas encore enregistré : {error.modifiee_par} a modifié cette réponse entre-temps. "
            "Appuyez sur « Enregistrer » pour comparer les deux."
        )
    except ReponseRefusee as error:
        page["enregistre"] = f"Pas enregistré : {error.message} Appuyez sur « Enregistrer » pour garder votre texte."
    except SaisieInvalide:
        page["enregistre"] = "Pas encore enregistré : une demande est à corriger. Appuyez sur « Enregistrer »."
    else:
        page = {"version": fresh.version, "enregistre": describe_enregistrement(fresh, anomalies)}
    response = render(request, "accords/_brouillon.html", {"page": page})
    response.headers["X-Brouillon"] = "oui"
    return response


def save(request: HttpRequest, place: Place, elements: list, version: int | None = None) -> Reponse:
    return save_brouillon(
        acteur=request.acteur,
        instant=horloge.read_instant(),
        reponse=place.reponse,
        version=read_entier(request.POST, "version") if version is None else version,
        elements=elements,
        origine=Origine.EN_LIGNE,
    )


def answer_envoi(request: HttpRequest, place: Place) -> HttpResponse:
    """The button: keep, then go on; or give everything back with what is wrong."""
    saisie, recorded = read_saisie(request.POST), place.dossier.saisie
    if "choix" in request.POST:
        saisie = merge_saisies(request.POST, saisie, recorded)
    if retiree := read_entier(request.POST, "retirer", 0):
        saisie, recorded = saisie.without_clause(retiree), recorded.without_clause(retiree)
    elements, anomalies = build_elements(saisie, place.codes, recorded)
    try:
        fresh = save(request, place, elements)
    except ReponseDepassee as error:
        return answer_depassee(request, place, saisie, error)
    except ReponseRefusee as error:
        return render_texte_garde(request, place, saisie, error.message)
    except SaisieInvalide as error:
        return render_reponse(request, place, saisie, anomalies + list_anomalies(error), status=422)
    if anomalies:
        kept = replace(place, dossier=replace(place.dossier, reponse=fresh))
        return render_reponse(request, kept, saisie, anomalies, status=422)
    return redirect_suite(request, place, retiree=bool(retiree))


def list_anomalies(error: SaisieInvalide) -> list[Anomalie]:
    """What the safe refused, led to a field of the form."""
    return [
        Anomalie(f"c{rang}-type" if nature == NatureElement.CLAUSE else nature, prose(phrase))
        for (nature, rang), phrase in error.anomalies.items()
    ]


def redirect_suite(request: HttpRequest, place: Place, *, retiree: bool) -> HttpResponse:
    rang = place.dossier.rang
    if retiree:
        return redirect_to(request, "accords:repondre", place.tour.pk, rang, fin="#titre-demandes")
    if request.POST.get("action") == "garder":
        return redirect_to(request, "accords:table", fin="?fait=brouillon")
    if rang < len(place.dossiers):
        return redirect_to(request, "accords:repondre", place.tour.pk, rang + 1)
    return redirect_to(request, "accords:reponse", place.tour.pk)


def redirect_to(request: HttpRequest, name: str, *args: Any, fin: str = "") -> HttpResponse:
    return HttpResponseRedirect(chemin(request.acteur, name, *args) + fin, status=303)


def answer_depassee(request: HttpRequest, place: Place, saisie: SaisieReponse, error: ReponseDepassee) -> HttpResponse:
    """Both versions, field by field; when they say the same, there is nothing to choose."""
    fresh = find_place(request, place.tour.pk, place.dossier.rang)
    elements, anomalies = build_elements(saisie, place.codes)
    same = not anomalies and read_elements(elements) == fresh.dossier.saisie
    if same and not fresh.dossier.scelles:
        return redirect_suite(request, fresh, retiree=False)
    if fresh.dossier.scelles or fresh.reponse.etat == "validee":
        return render_texte_garde(request, fresh, saisie, "Cette réponse vient d'être validée : elle ne change plus.")
    page = build_conflit(request.acteur, fresh.dossier, saisie, fresh.noms, error)
    return render(request, "accords/conflit.html", {"page": page}, status=409)


def render_reponse(
    request: HttpRequest,
    place: Place,
    saisie: SaisieReponse,
    anomalies: Sequence[Anomalie] = (),
    status: int = 200,
) -> HttpResponse:
    acteur, reponse = request.acteur, place.reponse
    effets = list_effets(acteur, place.tour, reponse.commune_id).get(reponse.dossier_id, [])
    page = build_repondre(
        acteur,
        reponse,
        place.dossier.rang,
        len(place.dossiers),
        effets,
        list_autres(place.communes, reponse.commune_id),
        anomalies=anomalies,
    )
    return render(request, "accords/repondre.html", {"page": page, "saisie": saisie}, status=status)


def render_texte_garde(request: HttpRequest, place: Place, saisie: SaisieReponse, motif: str) -> HttpResponse:
    """Too late: what was typed is given back, to copy or to keep in a file."""
    lignes = list_lignes(saisie, place.noms)
    context = {
        "motif": motif,
        "tour": place.tour,
        "dossier": place.reponse.dossier.titre,
        "texte": write_texte(f"{place.reponse.dossier.titre} ({place.tour.titre})", lignes),
        "champs": write_champs(saisie),
        "adresse": chemin(request.acteur, "accords:texte", place.tour.pk, place.dossier.rang),
    }
    return render(request, "accords/texte_garde.html", context, status=409)


@avec_acteur
@sensitive_post_parameters()
@require_POST
def texte(request: HttpRequest, tour: int, rang: int) -> HttpResponse:
    """What was typed, as a file: nothing is written here."""
    place = find_place(request, tour, rang)
    titre = f"{place.reponse.dossier.titre} ({place.tour.titre})"
    lignes = list_lignes(read_saisie(request.POST), place.noms)
    return build_fichier(write_texte(titre, lignes), "text/plain; charset=utf-8", "ma-reponse.txt")
