"""The one door by which a séance changes state, and what every act checks first."""

from datetime import datetime
from typing import Any

from communaccord.plateforme.instances.enums import MODIFIABLES, TRANSITIONS_SEANCE, EtatSeance
from communaccord.plateforme.instances.models import HistoriqueSeance, Seance
from communaccord.plateforme.instances.rules import belongs
from communaccord.plateforme.socle.permis import Conflit, Decision, require

FIGEE = (
    "Le relevé de cette séance est validé, ou la séance est annulée : on n'y écrit plus. Pour corriger un relevé, "
    "rouvrez-le en disant pourquoi."
)


def require_seance(acteur: Any, seance: Seance, decision: Decision) -> None:
    """The séance is of the démarche of the actor, and the rule says yes."""
    require(belongs(acteur, seance.instance.demarche_id))
    require(decision)


def lock_seance(seance: Seance) -> Seance:
    """Read the séance anew, its row held until the end of the act."""
    return Seance.objects.select_for_update(of=("self",)).select_related("instance__demarche").get(pk=seance.pk)


def require_modifiable(seance: Seance) -> None:
    """Hold the row and refuse when nothing may be written there any more."""
    if lock_seance(seance).etat not in MODIFIABLES:
        raise Conflit(FIGEE)


def advance_seance(
    *, acteur: Any, instant: datetime, seance: Seance, to: EtatSeance, raison: str = "", **values: Any
) -> None:
    """Change the state by a conditional UPDATE and write the change; Conflit when the table does not allow it."""
    before = EtatSeance(seance.etat)
    allowed = to in TRANSITIONS_SEANCE[before]
    rows = Seance.objects.filter(pk=seance.pk, etat=before, agenda_version=seance.agenda_version)
    if not allowed or not rows.update(etat=to, **values):
        current = Seance.objects.get(pk=seance.pk)
        raise Conflit(
            f"Cette séance est maintenant « {current.get_etat_display()} » : cet acte n'y est pas possible. "
            "Rechargez la page pour voir où elle en est."
        )
    HistoriqueSeance.objects.create(
        seance=seance,
        instant=instant,
        mandat_id=acteur.mandat_id,
        qui=acteur.nom[:250],
        etat_avant=before,
        etat_apres=to,
        motif=(raison or values.get("motif", ""))[:500],
    )
    seance.refresh_from_db()
