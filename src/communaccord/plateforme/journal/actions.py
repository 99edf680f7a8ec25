"""The one door of the journal: each action calls it once, in its own transaction."""

from datetime import datetime
from typing import Any

from django.db import models

from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.journal.models import Acte, Lecture


def record_acte(
    *,
    acteur: Any,
    instant: datetime,
    verbe: str,
    phrase: str,
    portee: Portee,
    objet: models.Model | None = None,
    commune_id: int | None = None,
) -> Acte:
    """Write one act; ``commune_id`` defaults to that of ``acteur`` (comptes.Acteur).

    ``phrase`` is what ``acteur`` did, read after its name: a verb phrase in lower case without a final period ("a figé
    le scénario A du dossier « … »"); the period of a reason that ends it is dropped. Never a secret in it.
    """
    return Acte.objects.create(
        demarche_id=acteur.demarche_id,
        instant=instant,
        mandat_id=acteur.mandat_id,
        qui=acteur.nom[:250],
        commune_id=commune_id if commune_id is not None else acteur.commune_id,
        verbe=verbe,
        phrase=phrase[:500].rstrip(" ."),
        portee=portee,
        objet=objet._meta.label_lower if objet is not None else "",
        objet_id=objet.pk if objet is not None else None,
    )


def mark_vu(*, acteur: Any, instant: datetime) -> None:
    """Note that this actor has taken note of what changed until now; reading alone writes nothing."""
    Lecture.objects.update_or_create(mandat_id=acteur.mandat_id, defaults={"vu_jusque": instant})
