"""A version of the rapport: all its matter, frozen; and the validation of the president, which opens it to councils."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.rapports.models.rapport import Rapport
from communaccord.plateforme.rapports.rules import LISENT, LISENT_VALIDE
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class VersionQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The table reads every version; councillors, those that the president validated."""
        mine = self.filter(rapport__demarche_id=acteur.demarche_id)
        if acteur.role in LISENT:
            return mine
        return mine.filter(validation__isnull=False) if acteur.role in LISENT_VALIDE else mine.none()

    def with_validation(self) -> Self:
        return self.select_related("rapport__demarche", "validation")

    def without_contenu(self) -> Self:
        return self.defer("contenu")


class VersionRapport(Fige):
    """``contenu``: the document as blocks (pages/contenu); ``empreinte``: SHA-256 of its canonical JSON."""

    rapport = models.ForeignKey(Rapport, on_delete=models.PROTECT, related_name="versions")
    numero = models.IntegerField("version")
    contenu = models.JSONField("contenu")
    empreinte = models.CharField("empreinte", max_length=64)
    motif = models.CharField("pourquoi cette version", max_length=300, blank=True)
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    figee_par = models.CharField("figée par", max_length=250)
    figee_le = models.DateTimeField("figée le")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version du rapport"
        ordering = ("rapport", "-numero")
        constraints = (
            models.UniqueConstraint(
                fields=("rapport", "numero"),
                name="version_rapport_unique",
                violation_error_message="Cette version vient d'être figée par quelqu'un d'autre.",
            ),
        )

    def __str__(self) -> str:
        return f"version {self.numero}"

    @property
    def est_validee(self) -> bool:
        return hasattr(self, "validation")

    @property
    def manques(self) -> list[dict[str, Any]]:
        """What it lacked when it was frozen, part by part: ``titre``, ``points``."""
        return self.contenu.get("manques", [])

    @property
    def compte_manques(self) -> int:
        return sum(len(partie["points"]) for partie in self.manques)


class ValidationQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(version__in=VersionRapport.objects.visible_to(acteur))

    def withdraw(self) -> bool:
        """Take a validation away, once: what it was stays in its ``RetraitValidation``."""
        return bool(models.QuerySet.delete(self)[0])


class ValidationVersion(Fige):
    """The president made this version theirs; ``malgre``: how many points it lacked, knowingly.

    The row stands while the validation is in force.
    """

    version = models.OneToOneField(VersionRapport, on_delete=models.PROTECT, related_name="validation")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    qui = models.CharField("validée par", max_length=250)
    instant = models.DateTimeField("validée le")
    malgre = models.IntegerField("points qui manquaient", default=0)

    objects = ValidationQuerySet.as_manager()

    class Meta:
        verbose_name = "validation d'une version du rapport"

    def __str__(self) -> str:
        return f"validation {self.version_id}"


class RetraitQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(version__in=VersionRapport.objects.visible_to(acteur))


class RetraitValidation(Fige):
    """The president took a validation back, before anything was transmitted: who, when, why."""

    version = models.ForeignKey(VersionRapport, on_delete=models.PROTECT, related_name="retraits")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    qui = models.CharField("retirée par", max_length=250)
    instant = models.DateTimeField("retirée le")
    validee_par = models.CharField("avait été validée par", max_length=250)
    validee_le = models.DateTimeField("avait été validée le")
    motif = models.CharField("pourquoi", max_length=300)

    objects = RetraitQuerySet.as_manager()

    class Meta:
        verbose_name = "retrait d'une validation"
        verbose_name_plural = "retraits de validations"
        ordering = ("version", "pk")
        constraints = (
            models.CheckConstraint(
                name="retrait_validation_motive",
                condition=~Q(motif=""),
                violation_error_message="Dites pourquoi la validation est retirée.",
            ),
        )

    def __str__(self) -> str:
        return f"retrait {self.version_id}"
