"""The calendar as lines of a frise: one line a date, past ones apart, the next one marked. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from communaccord.plateforme.accueil.bridge.portrait import CalendrierEpci, Datee
from communaccord.plateforme.socle.typographie import date as ecrire_date
from communaccord.plateforme.socle.typographie import enumeration, prose

PASSEE, PROCHAINE, A_VENIR = "passee", "prochaine", ""


@dataclass(frozen=True, slots=True)
class Jalon:
    """A line of the frise: `statut` is the word of the law (faculté, obligation…), `note` the rest.

    `debut` is the first day of a window that ends on `date`; None when only the end counts.
    """

    date: date
    titre: str
    statut: str
    note: str
    etat: str = A_VENIR
    debut: date | None = None


@dataclass(frozen=True, slots=True)
class Frise:
    """The dates of a mandate, and the steps of the report backwards from the approval."""

    passes: tuple[Jalon, ...]
    a_venir: tuple[Jalon, ...]
    etapes: tuple[Jalon, ...]
    phrase: str

    @property
    def prochain(self) -> Jalon | None:
        return next((jalon for jalon in self.a_venir if jalon.etat == PROCHAINE), None)


def build_frise(calendrier: CalendrierEpci) -> Frise:
    lines = sorted(list_jalons(calendrier), key=lambda jalon: (jalon.date, jalon.titre))
    to_come = [jalon for jalon in lines if jalon.etat != PASSEE]
    return Frise(
        passes=tuple(jalon for jalon in lines if jalon.etat == PASSEE),
        a_venir=tuple(mark_prochaine(to_come)),
        etapes=tuple(mark_prochaine(list_etapes(calendrier))),
        phrase=build_phrase(calendrier),
    )


def list_jalons(calendrier: CalendrierEpci) -> Iterator[Jalon]:
    """One line a date of the mandate; where two cases exist the earliest is shown, and the other is said."""
    for echeance in calendrier.mandat.echeances:
        first, *others = echeance.limites
        cases = [f"Ou le {ecrire_jour(other.jour)}, {other.condition}." for other in others]
        warnings = [avertissement.texte for avertissement in echeance.avertissements]
        sentences = (*cases, echeance.explication, *warnings, cite(echeance))
        etat = PASSEE if echeance.etat.name == "PASSEE" else A_VENIR
        note = prose(" ".join(sentences))
        yield Jalon(first.jour, echeance.libelle, name_statut(echeance), note, etat, echeance.debut)


def list_etapes(calendrier: CalendrierEpci) -> list[Jalon]:
    """Steps of the prudent plan; the days of the other cases are said beside."""
    prudent, *others = calendrier.plans
    lines = []
    for etape in prudent.etapes:
        elsewhere = [
            f"Ou le {ecrire_jour(other.jour)}, {plan.condition}."
            for plan in others
            for other in plan.etapes
            if other.identifiant == etape.identifiant
        ]
        note = prose(" ".join((*elsewhere, etape.explication, cite(etape))))
        etat = PASSEE if etape.etat.name == "PASSEE" else A_VENIR
        lines.append(Jalon(etape.jour, etape.libelle, name_statut(etape), note, etat))
    return lines


def ecrire_jour(jour: date) -> str:
    """With the day of the week: `lundi 14 décembre 2026`."""
    return ecrire_date(jour, semaine=True)


def name_statut(dated: Datee) -> str:
    """The word of the law; a day that is only presumed is a landmark, one computed backwards a prudence."""
    if dated.est_prudente:
        return "date prudente, calculée"
    return "repère" if dated.confiance.name == "MEMOIRE" else dated.statut.label


def cite(dated: Datee) -> str:
    """The articles of this date, and how far it is known."""
    return f"{enumeration(dated.articles)} ({dated.confiance.label})."


def mark_prochaine(lines: Iterable[Jalon]) -> Iterator[Jalon]:
    """Mark the first date that is not past."""
    is_found = False
    for line in lines:
        if line.etat == A_VENIR and not is_found:
            is_found = True
            line = replace(line, etat=PROCHAINE)
        yield line


def build_phrase(calendrier: CalendrierEpci) -> str:
    """The last useful departure of the report: a faculty, said as such, and what remains when it is past."""
    prudent, *others = calendrier.plans
    end = ecrire_date(prudent.seance)
    depart = prudent.depart_rapport
    if depart.etat.name == "PASSEE":
        return prose(
            f"Le dernier départ utile du rapport pour trois mois d'avis avant le {end} était le "
            f"{ecrire_jour(depart.jour)} : un rapport et un schéma restent possibles, par une démarche volontaire."
        )
    cases = [f"le {ecrire_jour(plan.depart_rapport.jour)} {plan.condition}" for plan in others]
    later = f" ({', '.join(cases)})" if cases else ""
    return prose(
        f"Dernier départ utile du rapport pour trois mois d'avis avant le {end} : le "
        f"{ecrire_jour(depart.jour)}{later}. "
        f"C'est une faculté, jamais une obligation."
    )
