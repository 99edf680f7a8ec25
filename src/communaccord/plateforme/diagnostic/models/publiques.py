"""What official files say of a commune or of the intercommunalité: copied with its year and its source."""

from typing import Any, Self

from django.db import models
from django.db.models import Q


class PubliqueQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Public data are public: everybody of the démarche reads them."""
        return self.filter(demarche_id=acteur.demarche_id)


class DonneePublique(models.Model):
    """One figure, in hundredths of its unit, or one text. ``commune`` empty: of the intercommunalité."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="donnees_publiques")
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="donnees_publiques"
    )
    cle = models.CharField("clé", max_length=60)
    centiemes = models.BigIntegerField("valeur, en centièmes", null=True, blank=True)
    texte = models.CharField("texte", max_length=200, blank=True)
    annee = models.IntegerField("année")
    source = models.CharField("source", max_length=200)
    importee_par = models.CharField("importée par", max_length=250)
    importee_le = models.DateTimeField("importée le")

    objects = PubliqueQuerySet.as_manager()

    class Meta:
        verbose_name = "donnée publique"
        ordering = ("demarche", "commune", "cle", "-annee")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "commune", "cle", "annee"),
                name="donnee_publique_unique",
                violation_error_message="Cette donnée publique est déjà là pour cette année.",
            ),
            models.UniqueConstraint(
                fields=("demarche", "cle", "annee"),
                condition=Q(commune__isnull=True),
                name="donnee_publique_epci_unique",
                violation_error_message="Cette donnée publique est déjà là pour cette année.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cle} {self.annee}"
