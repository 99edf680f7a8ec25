"""The relevé de conclusions as it was validated: frozen; a correction is another version, with its reason."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.instances.models.seances import Seance
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class ReleveQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(seance__in=Seance.objects.visible_to(acteur))

    def without_files(self) -> Self:
        return self.defer("pdf", "docx")


class Releve(Fige):
    """One validated version: ``contenu`` is what it says (canonical JSON), the files what was sent.

    ``empreinte`` is the SHA-256 of the PDF.
    """

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="releves")
    version = models.IntegerField("version")
    contenu = models.TextField("contenu figé")
    pdf = models.BinaryField("relevé en PDF")
    docx = models.BinaryField("relevé modifiable")
    empreinte = models.CharField("SHA-256", max_length=64)
    valide_le = models.DateTimeField("validé le")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, related_name="releves_valides")
    qui = models.CharField("validé par", max_length=250)
    motif = models.CharField("pourquoi cette version", max_length=500, blank=True)

    objects = ReleveQuerySet.as_manager()

    class Meta:
        verbose_name = "relevé de conclusions"
        ordering = ("seance", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("seance", "version"),
                name="releve_version_unique",
                violation_error_message="Cette version du relevé vient d'être validée.",
            ),
            models.CheckConstraint(
                name="releve_version_possible",
                condition=Q(version__gte=1),
                violation_error_message="Un relevé porte une version à partir de un.",
            ),
            models.CheckConstraint(
                name="releve_correction_motivee",
                condition=Q(version=1) | ~Q(motif=""),
                violation_error_message="Une correction du relevé dit pourquoi.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seance_id}, version {self.version}"
