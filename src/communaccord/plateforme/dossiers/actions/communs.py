"""What the acts of this context share: guards, and the two ways a write is given back to its author."""

from typing import Any

from django.db import models

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.enums import MODIFIABLES
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit, Refus
from communaccord.simulateur import Anomalie

AUTRE_DEMARCHE = Refus("Ce dossier est celui d'une autre démarche.")
TERMINE = "Ce dossier est terminé : rouvrez-le pour le modifier."


class EditionConcurrente(Conflit):
    """Somebody else wrote meanwhile: ``actuel`` is the row as it is now, nothing of theirs was overwritten."""

    def __init__(self, actuel: models.Model, qui: str) -> None:
        super().__init__(
            f"Pendant que vous écriviez, {qui} a enregistré d'autres changements. Rien n'a été écrasé : "
            "comparez, gardez ce qui convient, puis enregistrez de nouveau."
        )
        self.actuel = actuel


class SaisieRefusee(Conflit):
    """What was given cannot be kept as it is: ``anomalies`` say where and what to do. Nothing was written."""

    def __init__(self, anomalies: list[Anomalie]) -> None:
        super().__init__(" ".join(str(anomalie) for anomalie in anomalies))
        self.anomalies = anomalies


def check_demarche(acteur: Acteur, dossier: Dossier) -> None:
    if acteur.demarche_id != dossier.demarche_id:
        raise ActionRefusee(AUTRE_DEMARCHE)


def lock_modifiable(dossier: Dossier) -> Dossier:
    """The row as it is now, held until the end of the transaction; Conflit when nothing of it changes any more."""
    row = Dossier.objects.select_for_update(of=("self",)).select_related("demarche").get(pk=dossier.pk)
    if row.etat not in MODIFIABLES:
        raise Conflit(TERMINE)
    return row


def sign(acteur: Acteur, instant: Any) -> dict[str, Any]:
    """Who writes and when, for the row that was changed."""
    return {"modifie_par": acteur.nom[:250], "modifie_le": instant}
