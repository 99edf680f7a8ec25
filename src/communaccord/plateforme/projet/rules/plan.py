"""Who writes the plan of the projet de territoire; it is read by everybody of the démarche. Pure, without any query."""

from typing import Any

from communaccord.plateforme.comptes.enums import EQUIPE, Role
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus

ECRIVENT_LE_PLAN = EQUIPE | {Role.CONSULTANT}
SANS_ECRIRE = (
    "L'équipe projet écrit le projet de territoire au fil de ce que décident les instances ; "
    "vous pouvez lui signaler ce qui manque."
)


def may_edit_plan(acteur: Any) -> Decision:
    """Add, change, order, remove, import: orientations, objectifs and actions."""
    return PERMIS if acteur.role in ECRIVENT_LE_PLAN else Refus(SANS_ECRIRE)
