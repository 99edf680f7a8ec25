"""What the acts of this room share."""

from datetime import datetime

from django.db import models

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.rapports.models import Rapport
from communaccord.plateforme.socle.permis import Conflit


class EditionConcurrente(Conflit):
    """Somebody else wrote meanwhile: ``actuel`` is the row as it is now, nothing of theirs was overwritten."""

    def __init__(self, actuel: models.Model, qui: str) -> None:
        super().__init__(
            f"Pendant que vous écriviez, {qui} a enregistré d'autres changements. Rien n'a été écrasé : "
            "comparez, gardez ce qui convient, puis enregistrez de nouveau."
        )
        self.actuel = actuel


def open_rapport(acteur: Acteur, instant: datetime) -> Rapport:
    """The rapport of the démarche, made by the first act that needs it."""
    values = {"cree_le": instant, "cree_par": acteur.nom[:250]}
    rapport, _ = Rapport.objects.get_or_create(demarche=acteur.demarche, defaults=values)
    return rapport


def journalise(
    acteur: Acteur, instant: datetime, objet: models.Model, verbe: str, phrase: str, portee: Portee = Portee.EQUIPE
) -> None:
    record_acte(acteur=acteur, instant=instant, verbe=verbe, phrase=phrase, portee=portee, objet=objet)
