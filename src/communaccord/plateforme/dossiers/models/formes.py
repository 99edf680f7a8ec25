"""The legal form of a dossier: answers to the advisor, acts of each form, the base of the orders of magnitude."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.dossiers.enums import FORMES_DE_LA_LOI, Forme
from communaccord.plateforme.dossiers.models.dossier import Dossier


class DuDossierQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """What hangs from a dossier is read by those who read its words."""
        return self.filter(dossier__in=Dossier.objects.presented_to(acteur))


class ReponsesForme(models.Model):
    """What was answered to the advisor for one dossier: code of the question > code of the answer; absent: unknown."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="reponses_forme")
    reponses = models.JSONField("réponses", default=dict)
    version = models.IntegerField("version", default=1)
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")

    objects = DuDossierQuerySet.as_manager()

    class Meta:
        verbose_name = "réponses sur la forme juridique"
        verbose_name_plural = "réponses sur la forme juridique"

    def __str__(self) -> str:
        return f"formes du dossier {self.dossier_id}"


class SuiviForme(models.Model):
    """The follow-up of the acts that one form needs for one dossier.

    ``conditions``: code of the condition > True or False; absent: unknown. ``version`` counts every write, acts
    included: two people never write over each other unawares.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="suivis_formes")
    forme = models.CharField("forme juridique", max_length=20, choices=Forme)
    conditions = models.JSONField("conditions", default=dict)
    version = models.IntegerField("version", default=1)
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")

    objects = DuDossierQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi des actes d'une forme"
        verbose_name_plural = "suivis des actes d'une forme"
        ordering = ("dossier", "forme")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "forme"),
                name="suivi_forme_unique",
                violation_error_message="Le suivi de cette forme vient d'être ouvert par quelqu'un d'autre.",
            ),
            models.CheckConstraint(
                name="suivi_forme_de_la_loi",
                condition=Q(forme__in=[forme.value for forme in FORMES_DE_LA_LOI]),
                violation_error_message="Les actes de cette forme ne sont pas connus : choisissez-en une autre.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}, {self.forme}"


class PieceQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(suivi__dossier__in=Dossier.objects.presented_to(acteur))


class PieceForme(models.Model):
    """One act received, or not needed from this body, and why. ``commune`` empty: the EPCI, or all together."""

    suivi = models.ForeignKey(SuiviForme, on_delete=models.PROTECT, related_name="pieces")
    cle = models.CharField("acte", max_length=40)
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="pieces_formes"
    )
    jour = models.DateField("date", null=True, blank=True)
    numero = models.CharField("numéro ou référence", max_length=60, blank=True)
    sans_objet = models.CharField("pourquoi il n'est pas nécessaire", max_length=300, blank=True)
    saisi_par = models.CharField("saisi par", max_length=250)
    saisi_le = models.DateTimeField("saisi le")

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = "acte d'une forme"
        verbose_name_plural = "actes d'une forme"
        ordering = ("suivi", "cle", "commune__cle_tri", "commune__code")
        constraints = (
            models.UniqueConstraint(
                fields=("suivi", "cle", "commune"),
                condition=Q(commune__isnull=False),
                name="piece_forme_une_par_commune",
                violation_error_message="Cet acte est déjà enregistré pour cette commune.",
            ),
            models.UniqueConstraint(
                fields=("suivi", "cle"),
                condition=Q(commune__isnull=True),
                name="piece_forme_une_pour_tous",
                violation_error_message="Cet acte est déjà enregistré.",
            ),
            models.CheckConstraint(
                name="piece_forme_datee_ou_sans_objet",
                condition=Q(jour__isnull=False, sans_objet="") | (Q(jour__isnull=True) & ~Q(sans_objet="")),
                violation_error_message="Donnez la date de l'acte, ou dites pourquoi il n'est pas nécessaire.",
            ),
        )

    def __str__(self) -> str:
        return self.cle


class BaseQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(demarche_id=acteur.demarche_id)


class BaseFinanciere(models.Model):
    """What the CIF is computed on, once for the démarche: whole cents of one year, and where they come from."""

    demarche = models.OneToOneField("territoires.Demarche", on_delete=models.PROTECT, related_name="base_financiere")
    recettes = models.BigIntegerField("recettes fiscales de l'intercommunalité")
    recettes_ensemble = models.BigIntegerField("recettes fiscales de l'ensemble")
    ac = models.BigIntegerField("attributions de compensation versées")
    dsc = models.BigIntegerField("dotation de solidarité communautaire")
    annee = models.IntegerField("année")
    source = models.CharField("source", max_length=200)
    version = models.IntegerField("version", default=1)
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")

    objects = BaseQuerySet.as_manager()

    class Meta:
        verbose_name = "base financière"
        verbose_name_plural = "bases financières"
        constraints = (
            models.CheckConstraint(
                name="base_financiere_coherente",
                condition=Q(recettes__gte=0, dsc__gte=0, recettes_ensemble__gt=0)
                & Q(recettes_ensemble__gte=models.F("recettes")),
                violation_error_message="Les recettes de l'ensemble comprennent celles de l'intercommunalité.",
            ),
            models.CheckConstraint(
                name="base_financiere_datee",
                condition=Q(annee__gte=2000, annee__lte=2100) & ~Q(source=""),
                violation_error_message="Dites de quelle année sont ces montants, et d'où ils viennent.",
            ),
        )

    def __str__(self) -> str:
        return f"base {self.annee}"
