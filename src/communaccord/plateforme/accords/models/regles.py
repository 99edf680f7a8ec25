"""The règle du jeu: one page that the conférence des maires adopts before the first round."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.accords.enums import CONSERVATION_MOIS, SEUIL_PUBLICATION, ModeOuverture
from communaccord.plateforme.accords.models.cercles import reads_regle


class RegleQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Adopted: anybody of the démarche. Being written: the équipe projet and the exécutif."""
        mine = self.filter(demarche_id=acteur.demarche_id)
        return mine if reads_regle(acteur) else mine.filter(adoptee_le__isnull=False)

    def adopted(self) -> Self:
        """From the latest to the first."""
        return self.filter(adoptee_le__isnull=False).order_by("-version")


class RegleDuJeu(models.Model):
    """One version of the rule. `articles` is a list of {"titre", "texte"}; frozen once `adoptee_le` is given."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="regles_du_jeu")
    version = models.IntegerField("version")
    articles = models.JSONField("articles")
    mode_ouverture = models.CharField("ouverture des plis", max_length=10, choices=ModeOuverture)
    seuil = models.IntegerField("rien sur un groupe de moins de", default=SEUIL_PUBLICATION)
    conservation_mois = models.IntegerField("durée de conservation, en mois", default=CONSERVATION_MOIS)
    redigee_le = models.DateTimeField("rédigée le")
    adoptee_le = models.DateField("adoptée le", null=True, blank=True)
    adoptee_par = models.CharField("adoptée par", max_length=150, blank=True)
    enregistree_le = models.DateTimeField("adoption enregistrée le", null=True, blank=True)

    objects = RegleQuerySet.as_manager()

    class Meta:
        verbose_name = "règle du jeu"
        ordering = ("demarche", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "version"),
                name="regle_version_unique",
                violation_error_message="Cette version de la règle du jeu existe déjà.",
            ),
            models.CheckConstraint(
                name="regle_mode_connu",
                condition=Q(mode_ouverture__in=ModeOuverture.values),
                violation_error_message="Dites comment les plis sont ouverts : par l'horloge ou par les assesseurs.",
            ),
            models.CheckConstraint(
                name="regle_seuil_raisonnable",
                condition=Q(seuil__gte=3, seuil__lte=20),
                violation_error_message="Le seuil de publication va de 3 à 20 communes ; 5 est la valeur proposée.",
            ),
            models.CheckConstraint(
                name="regle_conservation_bornee",
                condition=Q(conservation_mois__gte=1, conservation_mois__lte=120),
                violation_error_message="La durée de conservation va de 1 à 120 mois.",
            ),
            models.CheckConstraint(
                name="regle_adoption_entiere",
                condition=Q(adoptee_le__isnull=True, adoptee_par="", enregistree_le__isnull=True)
                | (Q(adoptee_le__isnull=False, enregistree_le__isnull=False) & ~Q(adoptee_par="")),
                violation_error_message="Une règle adoptée porte la date et l'instance qui l'a adoptée.",
            ),
        )

    def __str__(self) -> str:
        return f"Règle du jeu, version {self.version}"
