"""The maires assesseurs: drawn by lot, each holding a part of the key of the round, closed by their personal code."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.accords.enums import EtatAssesseur
from communaccord.plateforme.accords.models.tours import Tour


class AssesseurQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The whole table knows who they are; the keys they hold are closed."""
        return self.filter(tour__in=Tour.objects.visible_to(acteur))

    def in_charge(self) -> Self:
        """Drawn and not declined, in the order of the draw."""
        return self.exclude(etat=EtatAssesseur.DECLINE).order_by("rang")


class Assesseur(models.Model):
    """A mayor called by the draw, at a rank. The next ranks are called when one declines.

    At the acceptance: `cle_publique`, and `cle_privee` locked by the code (`sel`). At the opening of the round:
    `part_scellee`, sealed to that public key. At the dépouillement: `part_en_attente`, locked under the master key
    until the second part comes, then forgotten.
    """

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="assesseurs")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, related_name="assesseurs")
    rang = models.IntegerField("rang au tirage")
    etat = models.CharField("état", max_length=10, choices=EtatAssesseur, default=EtatAssesseur.TIRE)
    appele_le = models.DateTimeField("appelé le")
    repondu_le = models.DateTimeField("a répondu le", null=True, blank=True)
    cle_publique = models.BinaryField("clé publique", null=True)
    cle_privee = models.BinaryField("clé privée, fermée par le code", null=True)
    sel = models.BinaryField("sel du code", null=True)
    part_scellee = models.BinaryField("part de la clé, scellée", null=True)
    part_en_attente = models.BinaryField("part donnée, en attente de la seconde", null=True)
    contribuee_le = models.DateTimeField("part donnée le", null=True, blank=True)

    objects = AssesseurQuerySet.as_manager()

    class Meta:
        verbose_name = "maire assesseur"
        ordering = ("tour", "rang")
        constraints = (
            models.UniqueConstraint(
                fields=("tour", "rang"),
                name="assesseur_rang_unique",
                violation_error_message="Ce rang du tirage est déjà pris.",
            ),
            models.UniqueConstraint(
                fields=("tour", "mandat"),
                name="assesseur_une_fois",
                violation_error_message="Cette personne est déjà désignée pour ce tour.",
            ),
            models.CheckConstraint(
                name="assesseur_etat_connu",
                condition=Q(etat__in=EtatAssesseur.values),
                violation_error_message="État d'assesseur inconnu.",
            ),
            models.CheckConstraint(
                name="assesseur_accepte_avec_cle",
                condition=~Q(etat=EtatAssesseur.ACCEPTE) | Q(cle_publique__isnull=False),
                violation_error_message="Un ou une assesseure qui a accepté porte une clé.",
            ),
        )

    def __str__(self) -> str:
        return f"Assesseur {self.rang}"
