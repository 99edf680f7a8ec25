"""The organisation of the instances put to the councils (S11): what each received, when it met, what it said."""

from django.db import models
from django.db.models import Q

from communaccord.plateforme.instances.enums import SensAvis
from communaccord.plateforme.instances.models.instances import DemarcheQuerySet
from communaccord.plateforme.instances.models.pieces import Piece


class SuiviConseil(models.Model):
    """One council asked; ``commune`` None: the conseil communautaire. Nothing here is an order imposed by a text."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="suivis_conseils")
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="suivis_conseils"
    )
    transmis_le = models.DateField("transmis le", null=True, blank=True)
    seance_le = models.DateField("séance du", null=True, blank=True)
    numero = models.CharField("numéro de la délibération", max_length=40, blank=True)
    sens = models.CharField("sens", max_length=12, choices=SensAvis, blank=True)
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, null=True, blank=True, related_name="suivis")
    version = models.IntegerField("version", default=0)

    objects = DemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi d'un conseil"
        ordering = ("demarche", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "commune"),
                condition=Q(commune__isnull=False),
                name="suivi_conseil_municipal_unique",
                violation_error_message="Ce conseil municipal est déjà suivi.",
            ),
            models.UniqueConstraint(
                fields=("demarche",),
                condition=Q(commune__isnull=True),
                name="suivi_conseil_communautaire_unique",
                violation_error_message="Le conseil communautaire est déjà suivi.",
            ),
            models.CheckConstraint(
                name="suivi_sens_connu",
                condition=Q(sens__in=["", *SensAvis.values]),
                violation_error_message="Sens inconnu : choisissez-en un dans la liste.",
            ),
        )

    def __str__(self) -> str:
        return f"suivi {self.pk}"
