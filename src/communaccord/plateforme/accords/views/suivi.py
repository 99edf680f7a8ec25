"""The équipe projet follows a round: how far each commune is, never what it says; reminders, visits, papers."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.accords.actions import remind_commune, save_brouillon
from communaccord.plateforme.accords.documents.papiers import render_reponse
from communaccord.plateforme.accords.enums import RECUEILLIES, EtatReponse, Origine, PhaseTour
from communaccord.plateforme.accords.forms.elements import build_elements
from communaccord.plateforme.accords.forms.envoi import read_entier
from communaccord.plateforme.accords.forms.phrases import list_lignes, write_texte
from communaccord.plateforme.accords.forms.reponse import SaisieReponse, read_saisie, write_champs
from communaccord.plateforme.accords.models import Tour
from communaccord.plateforme.accords.pages.lectures import (
    list_effets,
    list_liens,
    list_reponses,
    select_communes,
)
from communaccord.plateforme.accords.pages.papiers import build_reponse_papier
from communaccord.plateforme.accords.pages.repondre import build_repondre, list_autres
from communaccord.plateforme.accords.pages.tour import build_suivi
from communaccord.plateforme.accords.saisies import ReponseRefusee, SaisieInvalide
from communaccord.plateforme.accords.views.reponse import METHODES, list_anomalies, redirect_to
from communaccord.plateforme.accords.views.tours import find_tour, render_tour, require_conduite
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.typographie import prose

REMPLACE = "Une réponse a déjà été recueillie : ce que vous écrivez ici la remplace. Seule la mairie la relit."
COMMENCEE = "La mairie a commencé cette réponse elle-même : c'est à elle de la compléter."


@avec_acteur
@require_safe
def suivi(request: HttpRequest, tour: int) -> HttpResponse:
    require_conduite(request)
    return render_suivi(request, find_tour(request, tour))


def render_suivi(request: HttpRequest, found: Tour, erreur: str = "", status: int = 200) -> HttpResponse:
    lignes = build_suivi(request.acteur, found)
    context = {
        "tour": found,
        "lignes": lignes,
        "completes": sum(ligne.est_complete for ligne in lignes),
        "ouvert": found.get_phase(horloge.read_instant()) == PhaseTour.OUVERT,
        "erreur": prose(erreur),
        "fait": request.GET.get("fait", ""),
    }
    return render(request, "accords/suivi.html", context, status=status)


@avec_acteur
@require_POST
def relancer(request: HttpRequest, tour: int, commune: int) -> HttpResponse:
    """A letter in neutral words, once a day."""
    require_conduite(request)
    found = find_tour(request, tour)
    row = get_object_or_404(select_communes(request.acteur), pk=commune)
    try:
        remind_commune(acteur=request.acteur, instant=horloge.read_instant(), tour=found, commune=row)
    except Conflit as error:
        return render_suivi(request, found, error.message, status=409)
    return redirect_to(request, "accords:suivi", tour, fin="?fait=relance")


@avec_acteur
@require_safe
def papier(request: HttpRequest, tour: int, commune: int) -> HttpResponse:
    """The answer to fill by hand: for the équipe projet, and for the commune itself."""
    acteur = request.acteur
    if not (acteur.est_mairie and acteur.commune_id == commune):
        require_conduite(request)
    found = find_tour(request, tour)
    row = get_object_or_404(select_communes(acteur), pk=commune)
    effets = list_effets(acteur, found, commune)
    reponse = build_reponse_papier(found, row, list_liens(acteur, found), effets, horloge.read_instant())
    return build_fichier(render_reponse(reponse), "application/pdf", f"reponse-{row.code}.pdf")


# --- Taken down during a visit or by telephone ------------------------------------------------------------------------


@avec_acteur
@sensitive_post_parameters()
@require_http_methods(METHODES)
def recueillir(request: HttpRequest, tour: int, commune: int, rang: int) -> HttpResponse:
    """What a mayor says to somebody of the équipe projet: a draft, that the mairie reads again and validates."""
    require_conduite(request)
    found = find_tour(request, tour)
    reponses = list_reponses(request.acteur, found, commune)
    if not 1 <= rang <= len(reponses):
        raise Http404("Ce dossier n'est pas dans ce tour.")
    recueil = Recueil(request, found, reponses, rang)
    if (motif := recueil.find_empechement()) and request.method != "POST":
        return render_tour(request, found, motif, status=409)
    if request.method != "POST":
        return recueil.render(SaisieReponse())
    return recueil.answer(read_saisie(request.POST))


class Recueil:
    """One dossier of one commune, taken down by somebody else than its mairie."""

    def __init__(self, request: HttpRequest, tour: Tour, reponses: list, rang: int) -> None:
        self.request, self.tour, self.reponses, self.rang = request, tour, reponses, rang
        self.reponse = reponses[rang - 1]
        self.communes = list(select_communes(request.acteur))
        given = request.POST.get("origine", "")
        self.origine = given if given in RECUEILLIES else Origine.VISITE

    def find_empechement(self) -> str:
        """Why nothing may be taken down here; "" when it may."""
        if self.tour.get_phase(horloge.read_instant()) != PhaseTour.OUVERT:
            return "Le tour n'est pas ouvert aux réponses."
        begun = self.reponse.etat != EtatReponse.A_PREPARER
        return COMMENCEE if begun and self.reponse.origine not in RECUEILLIES else ""

    def answer(self, saisie: SaisieReponse) -> HttpResponse:
        saisie = replace(saisie, notes="")
        if retiree := read_entier(self.request.POST, "retirer", 0):
            return self.render(saisie.without_clause(retiree))
        codes = {code for code, _ in list_autres(self.communes, self.reponse.commune_id)}
        elements, anomalies = build_elements(saisie, codes)
        if anomalies:
            return self.render(saisie, anomalies, status=422)
        try:
            save_brouillon(
                acteur=self.request.acteur,
                instant=horloge.read_instant(),
                reponse=self.reponse,
                version=read_entier(self.request.POST, "version"),
                elements=elements,
                origine=self.origine,
            )
        except SaisieInvalide as error:
            return self.render(saisie, list_anomalies(error), status=422)
        except ReponseRefusee as error:
            return self.give_back(saisie, error.message)
        if self.rang < len(self.reponses):
            lieu = (self.tour.pk, self.reponse.commune_id, self.rang + 1)
            return redirect_to(self.request, "accords:recueillir", *lieu)
        return redirect_to(self.request, "accords:suivi", self.tour.pk, fin="?fait=recueillie")

    def give_back(self, saisie: SaisieReponse, motif: str) -> HttpResponse:
        """It could not be kept: what was typed, to copy or to keep in a file."""
        noms = {commune.code: commune.nom for commune in self.communes}
        titre = f"{self.reponse.commune.nom}, {self.reponse.dossier.titre} ({self.tour.titre})"
        context = {
            "motif": motif,
            "dossier": titre,
            "texte": write_texte(titre, list_lignes(saisie, noms)),
            "champs": write_champs(saisie),
            "adresse": chemin(
                self.request.acteur, "accords:texte_recueilli", self.tour.pk, self.reponse.commune_id, self.rang
            ),
        }
        return render(self.request, "accords/texte_garde.html", context, status=409)

    def render(self, saisie: SaisieReponse, anomalies: list | None = None, status: int = 200) -> HttpResponse:
        reponse = self.reponse
        effets = list_effets(self.request.acteur, self.tour, reponse.commune_id).get(reponse.dossier_id, [])
        page = build_repondre(
            self.request.acteur,
            reponse,
            self.rang,
            len(self.reponses),
            effets,
            list_autres(self.communes, reponse.commune_id),
            anomalies=anomalies or [],
            avertissement="" if reponse.etat == EtatReponse.A_PREPARER else REMPLACE,
            origine=self.origine,
        )
        return render(self.request, "accords/repondre.html", {"page": page, "saisie": saisie}, status=status)


@avec_acteur
@sensitive_post_parameters()
@require_POST
def texte_recueilli(request: HttpRequest, tour: int, commune: int, rang: int) -> HttpResponse:
    """What was taken down, as a file: nothing is written here."""
    require_conduite(request)
    reponses = list_reponses(request.acteur, find_tour(request, tour), commune)
    if not 1 <= rang <= len(reponses):
        raise Http404("Ce dossier n'est pas dans ce tour.")
    noms = {row.code: row.nom for row in select_communes(request.acteur)}
    titre = f"{reponses[rang - 1].commune.nom}, {reponses[rang - 1].dossier.titre}"
    contenu = write_texte(titre, list_lignes(read_saisie(request.POST), noms))
    return build_fichier(contenu, "text/plain; charset=utf-8", "reponse-recueillie.txt")
