"""The figures that a commune gives for a dossier: of which year, from where, how sure, entered by whom."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.dossiers.enums import Origine, Qualite
from communaccord.plateforme.dossiers.models.dossier import Dossier
from communaccord.plateforme.dossiers.rules import LISENT_LES_BROUILLONS
from communaccord.plateforme.territoires.models import CommuneMembre


class DonneesQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """All communes for those who prepare; its own for a mairie; nothing for the others."""
        mine = self.filter(dossier__in=Dossier.objects.visible_to(acteur))
        if acteur.role in LISENT_LES_BROUILLONS:
            return mine
        return mine.filter(commune_id=acteur.commune_id) if acteur.role in MAIRIE else mine.none()


class DonneesCommune(models.Model):
    """Figures of one commune for one dossier. A missing value is *unknown* ("je ne sais pas"), never zero.

    ``valeurs``: the fields of the simulator for a commune (volume, depense_actuelle…), as text, checked by it.
    ``par_la_commune``: given by the mairie itself.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="donnees")
    commune = models.ForeignKey(CommuneMembre, on_delete=models.PROTECT, related_name="donnees_dossiers")
    valeurs = models.JSONField("chiffres", default=dict)
    agents = models.IntegerField("agents qui y travaillent aujourd'hui", null=True, blank=True)
    agents_concernes = models.IntegerField("agents qui rejoindraient le service", null=True, blank=True)
    annee = models.IntegerField("année des chiffres", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    qualite = models.CharField("qualité", max_length=8, choices=Qualite, default=Qualite.ESTIME)
    origine = models.CharField("origine", max_length=12, choices=Origine, default=Origine.SAISIE)
    par_la_commune = models.BooleanField("donnés par la mairie", default=False)
    version = models.IntegerField("version", default=1)
    saisi_par = models.CharField("saisi par", max_length=250)
    saisi_le = models.DateTimeField("saisi le")

    objects = DonneesQuerySet.as_manager()

    class Meta:
        verbose_name = "chiffres d'une commune"
        ordering = ("dossier", "commune__cle_tri", "commune__code")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "commune"),
                name="donnees_commune_unique",
                violation_error_message="Quelqu'un vient de saisir les chiffres de cette commune : relisez-les.",
            ),
            models.CheckConstraint(
                name="donnees_qualite_connue",
                condition=Q(qualite__in=Qualite.values),
                violation_error_message="Dites si ces chiffres sont estimés ou établis.",
            ),
            models.CheckConstraint(
                name="donnees_origine_connue",
                condition=Q(origine__in=Origine.values),
                violation_error_message="Origine de chiffres inconnue.",
            ),
            models.CheckConstraint(
                name="donnees_agents_positifs",
                condition=(Q(agents__isnull=True) | Q(agents__gte=0))
                & (Q(agents_concernes__isnull=True) | Q(agents_concernes__gte=0)),
                violation_error_message="Un nombre d'agents ne peut être négatif.",
            ),
            models.CheckConstraint(
                name="donnees_agents_concernes_parmi_les_agents",
                condition=Q(agents__isnull=True)
                | Q(agents_concernes__isnull=True)
                | Q(agents_concernes__lte=F("agents")),
                violation_error_message="Les agents qui rejoindraient le service sont parmi ceux qui y travaillent.",
            ),
            models.CheckConstraint(
                name="donnees_annee_possible",
                condition=Q(annee__isnull=True) | Q(annee__gte=2000, annee__lte=2100),
                violation_error_message="Écrivez l'année des chiffres sur quatre chiffres.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}, {self.commune_id}"
