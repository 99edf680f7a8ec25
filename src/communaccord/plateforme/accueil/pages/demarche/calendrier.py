"""The calendar of a démarche: its sentence, its five phases with what sets their dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from communaccord.plateforme.accueil.pages.demarche.chez_moi import EtapePhase, build_phases
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import enumeration, prose
from communaccord.plateforme.territoires.bridge import PlanPhases
from communaccord.plateforme.territoires.enums import Phase
from communaccord.plateforme.territoires.models import Demarche, PhaseDemarche


@dataclass(frozen=True, slots=True)
class LignePhase:
    """One phase: its dates as recorded, what would be proposed, and why."""

    code: str
    etape: EtapePhase
    proposition: str
    raison: str


def build_lignes(demarche: Demarche, phases: Sequence[PhaseDemarche], plan: PlanPhases) -> list[LignePhase]:
    proposed = {row.phase: row for row in plan.phases}
    lines = []
    for phase, etape in zip(Phase, build_phases(demarche, phases), strict=True):
        row = proposed[phase]
        source = f" {enumeration(row.articles)} ({row.fiabilite})." if row.articles else ""
        lines.append(
            LignePhase(
                str(phase),
                etape,
                f"du {write_date(row.debut)} au {write_date(row.fin)}",
                prose(f"{row.explication}{source}"),
            )
        )
    return lines


def build_phrase(demarche: Demarche, phases: Sequence[PhaseDemarche], aujourd_hui: date) -> str:
    """Where the démarche stands, and until when."""
    label = Phase(demarche.phase).label
    row = next((row for row in phases if row.phase == demarche.phase), None)
    if row is None:
        return prose(f"La démarche en est à la phase « {label} » ; ses dates ne sont pas encore posées.")
    if row.fin < aujourd_hui:
        return prose(f"La démarche en est à la phase « {label} », qui devait finir le {write_date(row.fin)}.")
    return prose(f"La démarche en est à la phase « {label} », jusqu'au {write_date(row.fin)}.")
