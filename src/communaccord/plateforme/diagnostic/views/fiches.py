"""A sheet: its parts, one part to fill, its validation; the questions asked on its lines."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.actions.publiques import accept_publiques
from communaccord.plateforme.diagnostic.calculs.vraisemblance import list_doutes
from communaccord.plateforme.diagnostic.enums import EtatCampagne, EtatFiche, Qualite, Volet
from communaccord.plateforme.diagnostic.forms import fiches as form
from communaccord.plateforme.diagnostic.models import Fiche, Ligne, Reponse
from communaccord.plateforme.diagnostic.pages import fiche as page
from communaccord.plateforme.diagnostic.pages.validation import build_bilan
from communaccord.plateforme.diagnostic.queries.campagnes import (
    list_historique_fiche,
    list_lignes_de,
    map_questions,
    map_reponses,
)
from communaccord.plateforme.diagnostic.queries.publiques import find_proposees
from communaccord.plateforme.diagnostic.rules import can_ask, can_fill, can_reopen, can_validate
from communaccord.plateforme.diagnostic.views.communs import read_fait, redirect_to, require_fiche
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import prose


@dataclass(slots=True)
class Envoi:
    """One part as it was posted, and what became of it."""

    champs: dict[str, str]
    fautes: dict[str, str] = field(default_factory=dict)
    fautes_lignes: dict[int, dict[str, str]] = field(default_factory=dict)
    conflits: dict[int, Reponse] = field(default_factory=dict)
    message: str = ""
    questions: int = 0

    @property
    def status(self) -> int:
        if self.fautes or self.fautes_lignes:
            return 422
        return 409 if self.conflits or self.message else 200


def is_ouverte(fiche: Fiche) -> bool:
    """Whether answers are written now."""
    return fiche.campagne.etat == EtatCampagne.OUVERTE and fiche.etat != EtatFiche.VALIDEE


@avec_acteur
@require_safe
def show_fiche(request: HttpRequest, fiche: int) -> HttpResponse:
    row = require_fiche(request, fiche)
    lignes, reponses = list_lignes_de(row), map_reponses(row)
    volets = page.build_volets(lignes, reponses)
    remplies = sum(bloc["remplies"] for bloc in volets)
    remplit = bool(can_fill(request.acteur, row)) and is_ouverte(row)
    context = {
        "fiche": row,
        "nom": page.write_nom(row),
        "phrase": page.write_phrase(
            row,
            remplies,
            len(lignes),
            horloge.read_jour(request.acteur.demarche.fuseau),
            page.count_nouvelles(row, lignes, reponses),
        ),
        "sens": page.SENS[EtatFiche(row.etat)],
        "volets": volets,
        "manquent": len(lignes) - remplies,
        "remplit": remplit,
        "valide": is_ouverte(row) and bool(can_validate(request.acteur, row)),
        "rouvre": row.campagne.etat == EtatCampagne.OUVERTE
        and row.etat == EtatFiche.VALIDEE
        and bool(can_reopen(request.acteur, row)),
        "motive": not can_validate(request.acteur, row),
        "questions": [question for asked in map_questions(row).values() for question in asked],
        "historique": list_historique_fiche(row),
        "fait": read_fait(request),
    }
    return render(request, "diagnostic/fiche.html", context)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def edit_volet(request: HttpRequest, fiche: int, volet: str) -> HttpResponse:
    """One part: read when nothing is written any more, filled otherwise, each line saved by itself."""
    row = require_fiche(request, fiche)
    toutes = list_lignes_de(row)
    lignes = [ligne for ligne in toutes if ligne.volet == volet]
    if not lignes:
        raise Http404("Cette partie n'est pas au questionnaire.")
    if request.method == "POST":
        require(can_fill(request.acteur, row))
        envoi = save_volet(request, row, lignes)
        if envoi.status == 200:
            return leave_volet(request, row, toutes, volet, envoi)
        return render_volet(request, row, toutes, volet, envoi)
    return render_volet(request, row, toutes, volet, None)


def save_volet(request: HttpRequest, fiche: Fiche, lignes: list[Ligne]) -> Envoi:
    """Write what is valid, keep the rest as it was typed with what is to be mended."""
    fautes, lues = form.read_volet(request.POST, lignes)
    envoi = Envoi({}, fautes, {lue.ligne.pk: lue.fautes for lue in lues if lue.fautes})
    acteur, instant = request.acteur, horloge.read_instant()
    a_ecrire = [lue.a_ecrire for lue in lues if lue.a_ecrire is not None and not fautes]
    asked = [lue for lue in lues if lue.question and "question" not in lue.fautes]
    try:
        if a_ecrire:
            ecriture = actions.record_reponses(acteur=acteur, instant=instant, fiche=fiche, reponses=a_ecrire)
            envoi.conflits, envoi.fautes_lignes = ecriture.conflits, {**ecriture.refusees, **envoi.fautes_lignes}
        for lue in asked if can_ask(acteur, fiche) else ():
            actions.ask_question(acteur=acteur, instant=instant, fiche=fiche, ligne=lue.ligne, texte=lue.question)
            envoi.questions += 1
    except Conflit as conflit:
        envoi.message = conflit.message
    if envoi.status != 200:
        envoi.champs = form.renew_champs(request.POST, lues, map_reponses(fiche))
        if not envoi.message:
            envoi.champs |= {form.name_champ(lue.ligne, "question"): "" for lue in asked}
    return envoi


def leave_volet(request: HttpRequest, fiche: Fiche, toutes: list[Ligne], volet: str, envoi: Envoi) -> HttpResponse:
    """Go on to the next part, or stay on this one; take the public datum that was asked for."""
    if reprise := request.POST.get("reprendre", ""):
        kept = [ligne.pk for ligne in toutes if ligne.volet == volet and reprise in ("tout", str(ligne.pk))]
        accept_publiques(acteur=request.acteur, instant=horloge.read_instant(), fiche=fiche, lignes=kept)
        ancre = f"ligne-{kept[0]}" if len(kept) == 1 else ""
        return redirect_to(request.acteur, "diagnostic:volet", fiche.pk, volet, fait="reprise", ancre=ancre)
    fait = "enregistre_question" if envoi.questions else "enregistre"
    if "rester" in request.POST:
        return redirect_to(request.acteur, "diagnostic:volet", fiche.pk, volet, fait=fait)
    suivant = page.find_suivant(page.build_volets(toutes, {}), volet)
    if suivant:
        return redirect_to(request.acteur, "diagnostic:volet", fiche.pk, suivant, fait=fait)
    return redirect_to(request.acteur, "diagnostic:fiche", fiche.pk, fait=fait)


def render_volet(
    request: HttpRequest, fiche: Fiche, toutes: list[Ligne], volet: str, envoi: Envoi | None
) -> HttpResponse:
    acteur, reponses = request.acteur, map_reponses(fiche)
    lignes = [ligne for ligne in toutes if ligne.volet == volet]
    volets = page.build_volets(toutes, reponses)
    context: dict[str, Any] = {
        "fiche": fiche,
        "nom": page.write_nom(fiche),
        "volet": Volet(volet),
        "volets": volets,
        "bloc": next(bloc for bloc in volets if bloc["volet"] == volet),
        "suivant": page.find_suivant(volets, volet),
        "aides": [prose(aide) for aide in page.list_aides_communes(lignes)],
        "chiffree": any(ligne.est_chiffree for ligne in lignes),
        "qualites": Qualite.choices,
        "demande": bool(can_ask(acteur, fiche)),
        "fait": read_fait(request),
    }
    if envoi is None and not (can_fill(acteur, fiche) and is_ouverte(fiche)):
        context["lecture"] = page.build_lecture(lignes, reponses)
        return render(request, "diagnostic/volet_lu.html", context)
    if envoi is None:
        envoi = Envoi(form.fill_champs(lignes, reponses, form.find_defauts(fiche.campagne, lignes, reponses)))
    publiques = find_proposees(fiche) if has_publiques(lignes) else {}
    blocs = page.build_lignes(
        lignes,
        page.Etat(
            envoi.champs,
            reponses,
            map_questions(fiche),
            publiques,
            envoi.fautes_lignes,
            envoi.conflits,
            list_doutes(lignes, reponses, publiques),
        ),
    )
    context |= {
        "lignes": blocs,
        "champs": envoi.champs,
        "fautes": {nom: prose(texte) for nom, texte in envoi.fautes.items()},
        "erreurs": page.list_erreurs(blocs, envoi.fautes),
        "message": prose(envoi.message),
        "proposees": sum(bool(bloc.publique) for bloc in blocs),
    }
    return render(request, "diagnostic/volet.html", context, status=envoi.status)


def has_publiques(lignes: list[Ligne]) -> bool:
    return any(ligne.publique for ligne in lignes)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def validate(request: HttpRequest, fiche: int) -> HttpResponse:
    """What is about to be validated, then the act."""
    row = require_fiche(request, fiche)
    if request.method != "POST":
        require(can_validate(request.acteur, row))
        if not is_ouverte(row):
            return redirect_to(request.acteur, "diagnostic:fiche", row.pk)
        bilan = build_bilan(list_lignes_de(row), map_reponses(row), find_proposees(row))
        context = {"fiche": row, "nom": page.write_nom(row), "bilan": bilan}
        return render(request, "diagnostic/fiche_validation.html", context)
    actions.validate_fiche(acteur=request.acteur, instant=horloge.read_instant(), fiche=row)
    return redirect_to(request.acteur, "diagnostic:fiche", row.pk, fait="validee")


@avec_acteur
@require_POST
def reopen(request: HttpRequest, fiche: int) -> HttpResponse:
    row, motif = require_fiche(request, fiche), request.POST.get("motif", "")
    actions.reopen_fiche(acteur=request.acteur, instant=horloge.read_instant(), fiche=row, motif=motif)
    return redirect_to(request.acteur, "diagnostic:fiche", row.pk, fait="fiche_rouverte")
