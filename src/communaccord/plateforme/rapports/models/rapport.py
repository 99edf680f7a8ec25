"""The rapport of a démarche, its parts written by people, and what is chosen of each dossier."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.rules import LISENT


class RapportQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The draft: those who prepare it and the table."""
        mine = self.filter(demarche_id=acteur.demarche_id)
        return mine if acteur.role in LISENT else mine.none()


class DeRapportQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        mine = self.filter(rapport__demarche_id=acteur.demarche_id)
        return mine if acteur.role in LISENT else mine.none()


class Rapport(models.Model):
    """One a démarche. It begins with the first word written, choice made or version frozen."""

    demarche = models.OneToOneField("territoires.Demarche", on_delete=models.PROTECT, related_name="rapport")
    cree_le = models.DateTimeField("créé le")
    cree_par = models.CharField("créé par", max_length=250)

    objects = RapportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport relatif aux mutualisations"

    def __str__(self) -> str:
        return f"rapport {self.demarche_id}"


class Partie(models.Model):
    """The words of one part. ``empreinte``: SHA-256 of the computed matter they were last read beside."""

    rapport = models.ForeignKey(Rapport, on_delete=models.CASCADE, related_name="parties")
    cle = models.CharField("partie", max_length=20, choices=ClePartie)
    texte = models.TextField("texte", blank=True)
    empreinte = models.CharField("empreinte des chiffres à la rédaction", max_length=64)
    version = models.IntegerField("version", default=1)
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")
    relu_par = models.CharField("relu par", max_length=250)
    relu_le = models.DateTimeField("relu le")

    objects = DeRapportQuerySet.as_manager()

    class Meta:
        verbose_name = "partie du rapport"
        ordering = ("rapport", "cle")
        constraints = (
            models.UniqueConstraint(
                fields=("rapport", "cle"),
                name="partie_unique",
                violation_error_message="Cette partie vient d'être écrite par quelqu'un d'autre.",
            ),
            models.CheckConstraint(
                name="partie_cle_connue",
                condition=Q(cle__in=ClePartie.values),
                violation_error_message="Partie inconnue.",
            ),
        )

    def __str__(self) -> str:
        return self.get_cle_display()


class ChoixAction(models.Model):
    """What the rapport says of a dossier: whether it is there, with which scenario, and the effect on the EPCI.

    Agents are people; amounts are cents a year. None is unknown. A dossier without such a row is in the rapport.
    """

    rapport = models.ForeignKey(Rapport, on_delete=models.CASCADE, related_name="choix")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    retenue = models.BooleanField("dans le rapport", default=True)
    scenario = models.ForeignKey("dossiers.Scenario", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agents_avant = models.IntegerField("agents de l'intercommunalité aujourd'hui", null=True, blank=True)
    agents_apres = models.IntegerField("agents de l'intercommunalité ensuite", null=True, blank=True)
    depense_avant = models.BigIntegerField("dépenses de l'intercommunalité aujourd'hui", null=True, blank=True)
    depense_apres = models.BigIntegerField("dépenses de l'intercommunalité ensuite", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    version = models.IntegerField("version", default=1)
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")

    objects = DeRapportQuerySet.as_manager()

    class Meta:
        verbose_name = "action du rapport"
        ordering = ("rapport", "dossier")
        constraints = (
            models.UniqueConstraint(
                fields=("rapport", "dossier"),
                name="choix_action_unique",
                violation_error_message="Quelqu'un vient de régler cette action : relisez-la.",
            ),
            models.CheckConstraint(
                name="choix_action_positif",
                condition=(Q(agents_avant__isnull=True) | Q(agents_avant__gte=0))
                & (Q(agents_apres__isnull=True) | Q(agents_apres__gte=0))
                & (Q(depense_avant__isnull=True) | Q(depense_avant__gte=0))
                & (Q(depense_apres__isnull=True) | Q(depense_apres__gte=0)),
                violation_error_message="Un effectif et une dépense ne peuvent être négatifs.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rapport_id}, dossier {self.dossier_id}"
