"""The reference picture: staff and running costs at a date, frozen; each year is compared with it (L5211-39-1)."""

from typing import Any, Self

from django.db import models

from communaccord.plateforme.diagnostic.models.campagne import Campagne
from communaccord.plateforme.diagnostic.rules import LISENT_TOUTES_LES_FICHES
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class PhotographieQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Whole, small numbers included: the équipe projet and the DRH. The others read what pages mask of it."""
        mine = self.filter(campagne__demarche_id=acteur.demarche_id)
        return mine if acteur.role in LISENT_TOUTES_LES_FICHES else mine.none()


class Photographie(Fige):
    """One version. ``contenu``: canonical JSON (see diagnostic/calculs); ``empreinte``: its SHA-256."""

    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="photographies")
    numero = models.IntegerField("version")
    date_reference = models.DateField("date de référence")
    contenu = models.JSONField("contenu")
    empreinte = models.CharField("empreinte", max_length=64)
    motif = models.CharField("pourquoi cette version", max_length=300, blank=True)
    figee_par = models.CharField("figée par", max_length=250)
    figee_le = models.DateTimeField("figée le")

    objects = PhotographieQuerySet.as_manager()

    class Meta:
        verbose_name = "photographie de référence"
        ordering = ("campagne", "numero")
        constraints = (
            models.UniqueConstraint(
                fields=("campagne", "numero"),
                name="photographie_version_unique",
                violation_error_message="Cette version de la photographie vient d'être figée par quelqu'un d'autre.",
            ),
        )

    def __str__(self) -> str:
        return f"photographie {self.numero}"
