"""Dates of the calendar in the shape a calendar file needs: whole days, stable identifiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from communaccord.noyau.droit.calendrier.retroplanning import Retroplanning
from communaccord.noyau.droit.calendrier.types import Calendrier


@dataclass(frozen=True, slots=True)
class EvenementAgenda:
    """A whole-day event: ``fin`` is the day after the last one, as RFC 5545 asks (DTEND of a date)."""

    uid: str
    debut: date
    fin: date
    titre: str
    description: str


def build_evenements(
    calendrier: Calendrier, retroplannings: tuple[Retroplanning, ...] = ()
) -> tuple[EvenementAgenda, ...]:
    """Return one event for each last day and each step, ascending; a window gives its last day, its start is said.

    ``uid`` are unique and stable from one export to the next as long as the facts do not change; the caller adds its
    own domain. Complexity: O(n log n).
    """
    evenements = [*_list_echeances(calendrier), *_list_etapes(retroplannings)]
    return tuple(sorted(evenements, key=lambda evenement: (evenement.debut, evenement.uid)))


def _list_echeances(calendrier: Calendrier) -> Iterator[EvenementAgenda]:
    for echeance in calendrier.echeances:
        for limite in echeance.limites:
            yield _build(
                f"{echeance.identifiant}-{limite.jour:%Y%m%d}",
                limite.jour,
                echeance.libelle,
                (echeance.statut.label.capitalize(), limite.condition, echeance.explication),
                echeance.articles,
            )


def _list_etapes(retroplannings: tuple[Retroplanning, ...]) -> Iterator[EvenementAgenda]:
    for plan in retroplannings:
        for etape in plan.etapes:
            yield _build(
                f"schema-{etape.identifiant}-{plan.seance:%Y%m%d}",
                etape.jour,
                etape.libelle,
                (etape.statut.label.capitalize(), plan.condition, etape.explication),
                etape.articles,
            )


def _build(uid: str, jour: date, titre: str, phrases: tuple[str, ...], articles: tuple[str, ...]) -> EvenementAgenda:
    textes = [phrase if phrase.endswith(".") else f"{phrase}." for phrase in phrases if phrase]
    description = " ".join([*textes, f"Source : {', '.join(articles)}."])
    return EvenementAgenda(uid, jour, jour + timedelta(days=1), titre, description)
