"""Reading the journal: what an actor may read, what is new to them."""

from datetime import datetime
from typing import Any

from communaccord.plateforme.journal.models import Acte, ActeQuerySet, Lecture


def list_actes(acteur: Any, *, texte: str = "", commune: bool = False) -> ActeQuerySet:
    """Acts that this actor may read, the latest first; those of its own commune only, or those that hold a word."""
    actes = Acte.objects.visible_to(acteur)
    if commune and acteur.commune_id:
        actes = actes.filter(commune_id=acteur.commune_id)
    if texte:
        actes = actes.filter(phrase__icontains=texte)
    return actes


def read_vu_jusque(acteur: Any) -> datetime | None:
    """Up to when this actor has taken note; None: never yet."""
    lecture = Lecture.objects.filter(mandat_id=acteur.mandat_id).first()
    return lecture.vu_jusque if lecture else None


def list_nouveaux(acteur: Any, depuis: datetime | None) -> ActeQuerySet:
    """Acts of others, later than what was taken note of."""
    actes = Acte.objects.visible_to(acteur).exclude(mandat_id=acteur.mandat_id)
    return actes.filter(instant__gt=depuis) if depuis else actes
