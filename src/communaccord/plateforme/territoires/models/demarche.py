"""A démarche: one intercommunalité that prepares its schéma de mutualisation. It is the tenant.

Its territory is a copy made at its creation: the reference data may be loaded anew, a démarche keeps the perimeter and
the figures that its members have seen, until an act changes them.
"""

from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.territoires.enums import EtatDemarche, Financement, Nature, Phase
from communaccord.plateforme.territoires.models.reference import POPULATIONS_IMPOSSIBLES


class DemarcheQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(pk=acteur.demarche_id)


class MembreQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(demarche_id=acteur.demarche_id)


class Demarche(models.Model):
    """The tenant: an EPCI, its perimeter, its time zone, the phase it has reached."""

    nom_epci = models.CharField("nom de l'intercommunalité", max_length=250)
    siren = models.CharField("numéro SIREN", max_length=9, blank=True)
    nature = models.CharField("nature juridique", max_length=5, choices=Nature)
    financement = models.CharField("régime fiscal", max_length=3, choices=Financement)
    departement = models.CharField("code du département", max_length=3, blank=True)
    fuseau = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")
    fictive = models.BooleanField("territoire inventé", default=False)
    etat = models.CharField("état", max_length=12, choices=EtatDemarche, default=EtatDemarche.A_CONFIRMER)
    phase = models.CharField("phase atteinte", max_length=16, choices=Phase, default=Phase.ETAT_DES_LIEUX)
    sieges_total = models.IntegerField("sièges du conseil communautaire")
    approbation_visee = models.DateField("conseil visé pour l'approbation", null=True, blank=True)
    creee_le = models.DateTimeField("créée le")
    confirmee_le = models.DateTimeField("confirmée le", null=True, blank=True)
    confirmee_par = models.CharField("comment elle a été confirmée", max_length=200, blank=True)

    objects = DemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "démarche"
        ordering = ("nom_epci", "pk")
        constraints = (
            models.CheckConstraint(
                name="demarche_etat_connu",
                condition=Q(etat__in=EtatDemarche.values),
                violation_error_message="État de démarche inconnu.",
            ),
            models.CheckConstraint(
                name="demarche_phase_connue",
                condition=Q(phase__in=Phase.values),
                violation_error_message="Phase inconnue : choisissez l'une des cinq phases.",
            ),
            models.CheckConstraint(
                name="demarche_fictive_sans_siren",
                condition=Q(fictive=False) | Q(siren=""),
                violation_error_message="Un territoire inventé ne porte pas de numéro SIREN.",
            ),
            models.CheckConstraint(
                name="demarche_reelle_avec_siren",
                condition=Q(fictive=True) | ~Q(siren=""),
                violation_error_message="Une démarche sur un territoire réel porte le SIREN de l'intercommunalité.",
            ),
            models.CheckConstraint(
                name="demarche_ouverte_confirmee",
                condition=Q(etat=EtatDemarche.A_CONFIRMER) | Q(confirmee_le__isnull=False),
                violation_error_message="Une démarche ouverte a été confirmée : dites quand.",
            ),
            models.UniqueConstraint(
                fields=("siren",),
                condition=Q(fictive=False, etat=EtatDemarche.OUVERTE),
                name="demarche_ouverte_unique",
                violation_error_message="Une démarche est déjà ouverte pour cette intercommunalité.",
            ),
        )

    def __str__(self) -> str:
        return self.nom_epci

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.fuseau)


class CommuneMembre(models.Model):
    """A commune of the démarche, as the démarche knows it."""

    demarche = models.ForeignKey(Demarche, on_delete=models.PROTECT, related_name="communes")
    code = models.CharField("code", max_length=20)
    nom = models.CharField("nom", max_length=200)
    cle_tri = models.CharField("clé de tri", max_length=200)
    population_municipale = models.IntegerField("population municipale")
    population_totale = models.IntegerField("population totale")
    millesime = models.IntegerField("millésime des populations")
    sieges = models.IntegerField("sièges au conseil communautaire")
    alsace_moselle = models.BooleanField("droit local d'Alsace-Moselle", default=False)

    objects = MembreQuerySet.as_manager()

    class Meta:
        verbose_name = "commune de la démarche"
        ordering = ("cle_tri", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "code"),
                name="commune_membre_unique",
                violation_error_message="Cette commune est déjà dans la démarche.",
            ),
            models.CheckConstraint(
                name="commune_membre_populations_possibles",
                condition=Q(population_municipale__gte=0, population_totale__gte=F("population_municipale")),
                violation_error_message=POPULATIONS_IMPOSSIBLES,
            ),
            models.CheckConstraint(
                name="commune_membre_sieges_positifs",
                condition=Q(sieges__gte=0),
                violation_error_message="Un nombre de sièges ne peut être négatif.",
            ),
        )

    def __str__(self) -> str:
        return self.nom


class PhaseDemarche(models.Model):
    """Planned dates of one of the five phases, computed backwards from the aimed council, then adjusted by people."""

    demarche = models.ForeignKey(Demarche, on_delete=models.CASCADE, related_name="phases")
    phase = models.CharField("phase", max_length=16, choices=Phase)
    debut = models.DateField("début prévu")
    fin = models.DateField("fin prévue")
    est_calculee = models.BooleanField("dates calculées à rebours", default=True)

    objects = MembreQuerySet.as_manager()

    class Meta:
        verbose_name = "phase de la démarche"
        ordering = ("debut", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "phase"),
                name="phase_unique",
                violation_error_message="Cette phase a déjà ses dates.",
            ),
            models.CheckConstraint(
                name="phase_dans_l_ordre",
                condition=Q(fin__gte=F("debut")),
                violation_error_message="Une phase finit après avoir commencé.",
            ),
        )

    def __str__(self) -> str:
        return self.get_phase_display()
