"""From the reference rows to the noyau and back: seats of a council, phases backwards from the aimed council."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communaccord.noyau.droit.calendrier import (
    Etape,
    FaitsMandat,
    Retroplanning,
    build_faits,
    build_retroplannings,
    compute_fenetre_schema,
)
from communaccord.noyau.droit.delais import add_months
from communaccord.noyau.droit.sieges import Nature as NatureSieges
from communaccord.noyau.droit.sieges import compute_conseil
from communaccord.plateforme.territoires.enums import Phase
from communaccord.plateforme.territoires.models import Commune, Demarche, Epci

USAGE = "D'usage : aucun texte ne fixe cette durée. Ajustez-la."
JOUR = timedelta(days=1)
DUREE_MINIMALE = timedelta(days=30)
MOIS_MISE_EN_OEUVRE = 12
PREPARATOIRES = (Phase.ETAT_DES_LIEUX, Phase.ORIENTATIONS, Phase.PERIMETRES)


@dataclass(frozen=True, slots=True)
class PhaseProposee:
    """Dates of one phase and where they come from; ``articles`` is empty when it is only the usage."""

    phase: Phase
    debut: date
    fin: date
    explication: str
    articles: tuple[str, ...] = ()
    fiabilite: str = ""


@dataclass(frozen=True, slots=True)
class PlanPhases:
    """The five phases in their order, what must be told about them, and the council that they aim at."""

    seance: date
    phases: tuple[PhaseProposee, ...]
    avertissements: tuple[str, ...]


def compute_sieges_membres(epci: Epci, communes: Sequence[Commune]) -> dict[str, int]:
    """Seats of each commune, by code: those counted in the register when it is whole, else the ordinary rule.

    Where neither says anything (a register with gaps, and a rule of its own), what was counted, or none.
    """
    constates = {c.code: c.sieges_constates for c in communes if c.sieges_constates is not None}
    if epci.constat_complet:
        return {c.code: constates.get(c.code, 0) for c in communes}
    populations = {c.code: c.population_municipale_2022 or 0 for c in communes}
    conseil = compute_conseil(
        populations, constates, NatureSieges(epci.nature), siren=epci.siren, registre_complet=False
    )
    lignes = {c.code: conseil.get_ligne(c.code) for c in communes}
    return {code: ligne.sieges if ligne else constates.get(code, 0) for code, ligne in lignes.items()}


def build_faits_demarche(demarche: Demarche, populations: Iterable[int]) -> FaitsMandat:
    return build_faits(populations, fpu=demarche.financement == "FPU")


def compute_phases(
    demarche: Demarche, populations: Iterable[int], *, debut: date, aujourd_hui: date, seance: date | None = None
) -> PlanPhases:
    """Five phases, backwards from ``seance`` (by default the last day of the year that the law speaks of).

    The texts set the end (departure of the report, three months of opinions, convocation, approval); what comes
    before is shared in three equal times, by usage, from ``debut`` or, when that is too late, from the day when it
    should have begun.
    Errors: ValueError when the council precedes the renewal.
    """
    faits = build_faits_demarche(demarche, populations)
    visee = seance or demarche.approbation_visee or compute_fenetre_schema(faits)[0].jour
    plan = build_retroplannings(replace(faits, seance_approbation=visee), aujourd_hui)[0]
    depart = find_etape(plan, "envoi_rapport_note")
    phases = (*share_preparation(debut, depart.jour), build_formalisation(depart, visee), build_suite(visee))
    return PlanPhases(visee, phases, tuple(a.texte for a in plan.avertissements))


def find_etape(plan: Retroplanning, identifiant: str) -> Etape:
    return next(etape for etape in plan.etapes if etape.identifiant == identifiant)


def share_preparation(debut: date, depart: date) -> tuple[PhaseProposee, ...]:
    """The three first phases, of equal length, until the day before the report leaves."""
    premier = min(debut, depart - len(PREPARATOIRES) * DUREE_MINIMALE)
    jours = (depart - premier).days
    bornes = [premier + timedelta(days=jours * rang // len(PREPARATOIRES)) for rang in range(len(PREPARATOIRES) + 1)]
    return tuple(
        PhaseProposee(phase, bornes[rang], bornes[rang + 1] - JOUR, USAGE) for rang, phase in enumerate(PREPARATOIRES)
    )


def build_formalisation(depart: Etape, seance: date) -> PhaseProposee:
    return PhaseProposee(
        Phase.FORMALISATION,
        depart.jour,
        seance,
        f"{depart.libelle}. {depart.explication}",
        depart.articles,
        depart.fiabilite,
    )


def build_suite(seance: date) -> PhaseProposee:
    return PhaseProposee(Phase.MISE_EN_OEUVRE, seance + JOUR, add_months(seance, MOIS_MISE_EN_OEUVRE), USAGE)
