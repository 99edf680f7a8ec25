"""The page of the secretary: what is noted, or what was typed and not taken, never mixed up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communaccord.plateforme.instances.actions.presences import Desaccord
from communaccord.plateforme.instances.enums import EtatPresence, Reponse
from communaccord.plateforme.instances.forms.saisie import LIGNES_LIBRES, SaisieConclusion
from communaccord.plateforme.instances.models import Point
from communaccord.plateforme.instances.pages.seance import PageSeance
from communaccord.plateforme.instances.queries import LigneFeuille
from communaccord.plateforme.territoires.models import CommuneMembre

# What an answer to the convocation suggests on the sheet, unsaved until somebody says so.
SUGGESTIONS = {
    Reponse.PRESENT: EtatPresence.PRESENT,
    Reponse.REPRESENTE: EtatPresence.REPRESENTE,
    Reponse.EXCUSE: EtatPresence.EXCUSE,
}


@dataclass(frozen=True, slots=True)
class LigneSaisie:
    """A line of the sheet: ``etat`` shown, ``avant`` what is noted."""

    ligne: LigneFeuille
    etat: str
    par_qui: str
    reponse: str


@dataclass(frozen=True, slots=True)
class BlocPoint:
    """The block of an item: its fields as noted or as typed; ``perime``: why it was not taken."""

    point: Point
    prefixe: str
    version: int
    conclusion: str
    reserves: list[tuple[str, str]]
    suites: list[tuple[str, str, str]]
    erreurs: list[dict[str, str]]
    perime: str


@dataclass(frozen=True, slots=True)
class PageSaisie:
    lignes: list[LigneSaisie]
    blocs: list[BlocPoint]
    communes: list[tuple[str, str]]
    desaccords: Sequence[Desaccord]
    erreurs: list[dict[str, str]]


def build_saisie(
    page: PageSeance,
    acteur: Any,
    *,
    answers_first: bool = False,
    desaccords: Sequence[Desaccord] = (),
    saisi: Mapping[int, SaisieConclusion] | None = None,
    perime: Mapping[int, str] | None = None,
) -> PageSaisie:
    communes: list[CommuneMembre] = list(acteur.demarche.communes.all())
    typed, told = saisi or {}, perime or {}
    points = [vu.point for vu in page.points]
    blocs = [build_bloc(point, typed.get(point.pk), told.get(point.pk, "")) for point in points]
    return PageSaisie(
        lignes=[build_ligne(ligne, answers_first) for ligne in page.lignes],
        blocs=blocs,
        communes=[("", "—"), *((str(commune.pk), commune.nom) for commune in communes)],
        desaccords=desaccords,
        erreurs=[erreur for bloc in blocs for erreur in bloc.erreurs],
    )


def build_ligne(ligne: LigneFeuille, answers_first: bool) -> LigneSaisie:
    """What is noted; else, when asked, what the answer to the convocation suggests."""
    etat, par_qui = ligne.etat, ligne.par_qui
    if answers_first and not etat and ligne.reponse in SUGGESTIONS:
        etat, par_qui = SUGGESTIONS[Reponse(ligne.reponse)], ligne.reponse_par_qui
    return LigneSaisie(ligne, etat, par_qui, write_reponse(ligne.reponse))


def write_reponse(reponse: str) -> str:
    """What they had answered, or that they had not; nothing when nobody asked."""
    if not reponse:
        return ""
    return "n'avait pas répondu" if reponse == Reponse.ATTENDUE else f"avait répondu : {Reponse(reponse).label}"


def build_bloc(point: Point, typed: SaisieConclusion | None, perime: str) -> BlocPoint:
    if typed is None:
        reserves = [(str(r.commune_id), r.texte) for r in point.reserves.all()]
        suites = [(s.action, s.responsable, s.echeance.isoformat() if s.echeance else "") for s in point.suites.all()]
        bloc = BlocPoint(point, f"p{point.pk}-", point.version, point.conclusion, reserves, suites, [], "")
        return add_lignes(bloc)
    bloc = BlocPoint(
        point=point,
        prefixe=f"p{point.pk}-",
        # What was read before writing again is now what is noted: the next save is taken.
        version=point.version if perime else typed.version,
        conclusion=typed.conclusion,
        reserves=[row for row in typed.reserves if any(row)],
        suites=[row for row in typed.suites if any(row)],
        erreurs=typed.erreurs,
        perime=perime,
    )
    return add_lignes(bloc)


def add_lignes(bloc: BlocPoint) -> BlocPoint:
    """Both lists get the same number of lines, with a few empty ones at the end."""
    count = max(len(bloc.reserves), len(bloc.suites)) + LIGNES_LIBRES
    return replace(
        bloc,
        reserves=[*bloc.reserves, *[("", "")] * (count - len(bloc.reserves))],
        suites=[*bloc.suites, *[("", "", "")] * (count - len(bloc.suites))],
    )
