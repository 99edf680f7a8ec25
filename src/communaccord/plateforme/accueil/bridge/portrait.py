"""From rows to the noyau and back: the council, the instances and the calendar of one EPCI."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from communaccord.noyau.droit.calendrier import (
    Calendrier,
    Echeance,
    Etape,
    EvenementAgenda,
    Retroplanning,
    build_calendrier,
    build_evenements,
    build_faits,
    build_retroplannings,
)
from communaccord.noyau.droit.composition import compute_signatures_conference
from communaccord.noyau.droit.instances import (
    SEUIL_CONSEIL_DEVELOPPEMENT,
    FaitsEpci,
    InstanceAttendue,
    list_instances_attendues,
)
from communaccord.noyau.droit.regle import RESERVE_TEXTES, Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges import Conseil, Nature, compute_conseil
from communaccord.plateforme.territoires.models import Commune, Epci

Datee = Echeance | Etape
PRECAUTION = RESERVE_TEXTES
REGLES_DU_CONSEIL = ("R-2.1", "R-2.2", "R-2.3", "R-2.4")


def read_conseil(epci: Epci, communes: Sequence[Commune]) -> Conseil:
    """Ordinary rule of the 2026 renewal (population municipale 2022), compared with the seats of the register."""
    return compute_conseil(
        {c.code: c.population_municipale_2022 for c in communes},
        {c.code: c.sieges_constates for c in communes if c.sieges_constates is not None},
        Nature(epci.nature),
        siren=epci.siren,
        registre_complet=epci.constat_complet,
    )


def list_regles_conseil() -> tuple[Regle, ...]:
    """The rules that the page unfolds."""
    return tuple(get_regle(identifiant) for identifiant in REGLES_DU_CONSEIL)


@dataclass(frozen=True, slots=True)
class Instances:
    """What the law expects here, and the number of maires who may convene the conférence des maires."""

    attendues: tuple[InstanceAttendue, ...]
    signatures: int


def compute_instances(epci: Epci) -> Instances | None:
    """None for the Métropole de Lyon, which is not an EPCI.

    The text does not say which population crosses the threshold of the conseil de développement: where municipale and
    totale disagree, it is left to check.
    """
    if epci.nature == Nature.MET69.value:
        return None
    populations = (epci.population_municipale_2022, epci.population_totale_2022)
    is_sure = (min(populations) > SEUIL_CONSEIL_DEVELOPPEMENT) is (max(populations) > SEUIL_CONSEIL_DEVELOPPEMENT)
    faits = FaitsEpci(population=populations[0] if is_sure else None, fpu=epci.financement == "FPU")
    return Instances(list_instances_attendues(faits), compute_signatures_conference(epci.nombre_communes))


@dataclass(frozen=True, slots=True)
class CalendrierEpci:
    """Dates of the mandate, and the steps backwards from the approval of a schéma: one plan for each case."""

    mandat: Calendrier
    plans: tuple[Retroplanning, ...]

    def list_evenements(self) -> tuple[EvenementAgenda, ...]:
        """What is not over yet, as a calendar file wants it; a title says the case in which its date holds."""
        conditions = {
            (echeance.libelle, limite.jour): limite.condition
            for echeance in self.mandat.echeances
            for limite in echeance.limites
        } | {(etape.libelle, etape.jour): plan.condition for plan in self.plans for etape in plan.etapes}
        return tuple(
            replace(evenement, titre=write_titre(evenement.titre, conditions[evenement.titre, evenement.debut]))
            for evenement in build_evenements(self.mandat, self.plans)
            if evenement.fin > self.mandat.aujourd_hui
        )


def write_titre(libelle: str, condition: str) -> str:
    """The label of a date, and its case when it is one of two."""
    return f"{libelle} ({condition})" if condition else libelle


def compute_calendrier(epci: Epci, communes: Iterable[Commune], aujourd_hui: date) -> CalendrierEpci:
    """As seen on this day; nobody said whether a commune voted on the second round: both dates are given."""
    faits = build_faits([c.population_municipale_2023 or 0 for c in communes], fpu=epci.financement == "FPU")
    return CalendrierEpci(build_calendrier(faits, aujourd_hui), build_retroplannings(faits, aujourd_hui))
