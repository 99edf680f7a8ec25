"""One's own page: what awaits, what has changed, where the démarche stands. Pure: rows in, lines out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.typographie import pluriel, prose
from communaccord.plateforme.territoires.enums import Phase
from communaccord.plateforme.territoires.models import Demarche, PhaseDemarche

ATTENTES_MAX = 5
CHANGEMENTS_MAX = 8
# Acts read to fill the list: a hundred answers to one convocation are one change.
ACTES_LUS = 200


@dataclass(frozen=True, slots=True)
class Attente:
    """A next act of this person: why, before when, and the one button that leads there."""

    phrase: str
    bouton: str
    adresse: str
    echeance: datetime | None = None
    pressee: bool = False
    # Only the day of the limit counts, and that day is still open.
    jour_entier: bool = False
    # That day is gone, and the act is still possible.
    passee: bool = False


@dataclass(frozen=True, slots=True)
class Changement:
    """An act, and how many of the same kind came just before it."""

    acte: Acte
    autres: int


@dataclass(frozen=True, slots=True)
class EtapePhase:
    """One of the five phases on the line."""

    nom: str
    etat: str
    debut: date | None
    fin: date | None


def sort_attentes(attentes: Iterable[Attente]) -> list[Attente]:
    """The most pressing first: dated ones by date, the others after them in their order."""
    return sorted(attentes, key=lambda a: (a.echeance is None, a.echeance.timestamp() if a.echeance else 0))


def build_phrase(attentes: Sequence[Attente], nouveaux: int) -> str:
    """The page in one sentence."""
    if attentes:
        verbe = "vous attend" if len(attentes) == 1 else "vous attendent"
        return prose(f"{pluriel(len(attentes), 'chose')} {verbe}.")
    if nouveaux:
        return prose("Rien ne vous attend ; la démarche a avancé depuis votre dernière visite.")
    return prose("Rien ne vous attend aujourd'hui.")


def build_phases(demarche: Demarche, phases: Iterable[PhaseDemarche]) -> list[EtapePhase]:
    """The five phases in their order, the one reached marked; dates when they were set."""
    dates = {phase.phase: phase for phase in phases}
    names = list(Phase)
    reached = names.index(Phase(demarche.phase))
    return [
        EtapePhase(
            nom=name.label,
            etat="presente" if rank == reached else "passee" if rank < reached else "",
            debut=dates[name].debut if name in dates else None,
            fin=dates[name].fin if name in dates else None,
        )
        for rank, name in enumerate(names)
    ]


def group_changements(actes: Sequence[Acte]) -> tuple[list[Changement], bool]:
    """The latest acts, those of the same kind that follow each other told once; and whether there are more."""
    runs = [list(run) for _, run in groupby(actes, key=lambda acte: acte.verbe)]
    changements = [Changement(run[0], len(run) - 1) for run in runs]
    return changements[:CHANGEMENTS_MAX], len(changements) > CHANGEMENTS_MAX or len(actes) >= ACTES_LUS
