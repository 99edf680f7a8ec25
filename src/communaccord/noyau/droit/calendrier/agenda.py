"""Dates of the calendar in the shape a calendar file needs: whole days, stable identifiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from communaccord.noyau.droit.calendrier.retroplanning import Etape, Retroplanning
from communaccord.noyau.droit.calendrier.types import Calendrier, Echeance, Limite
from communaccord.noyau.droit.regle import Avertissement


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
            yield _build(f"{echeance.identifiant}-{limite.jour:%Y%m%d}", limite, echeance, echeance.avertissements)


def _list_etapes(retroplannings: tuple[Retroplanning, ...]) -> Iterator[EvenementAgenda]:
    for plan in retroplannings:
        for etape in plan.etapes:
            yield _build(
                f"schema-{etape.identifiant}-{plan.seance:%Y%m%d}",
                Limite(etape.jour, plan.condition),
                etape,
                plan.avertissements if etape.jour == plan.seance else (),
            )


def _build(
    uid: str, limite: Limite, datee: Echeance | Etape, avertissements: tuple[Avertissement, ...]
) -> EvenementAgenda:
    """Build one event; its description says the status, the reason, the warnings, the source, the reliability."""
    phrases = (
        "Date prudente, calculée" if datee.est_prudente else datee.statut.label.capitalize(),
        limite.condition,
        datee.explication,
        *(avertissement.texte for avertissement in avertissements),
        f"Source : {', '.join(datee.articles)}",
        f"Fiabilité : {datee.fiabilite}",
    )
    description = " ".join(phrase if phrase.endswith(".") else f"{phrase}." for phrase in phrases if phrase)
    return EvenementAgenda(uid, limite.jour, limite.jour + timedelta(days=1), datee.libelle, description)
