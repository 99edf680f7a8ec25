"""The collegial choice of priorities: the options, one ballot a commune, the result frozen when it closes."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.diagnostic.enums import EtatPriorisation, ModePriorisation
from communaccord.plateforme.diagnostic.models.campagne import Campagne
from communaccord.plateforme.diagnostic.rules import CONDUISENT, LISENT_LA_SYNTHESE
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class PriorisationQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """What is being prepared is seen by who prepares it; once open, by who reads the synthèse."""
        mine = self.filter(campagne__demarche_id=acteur.demarche_id)
        if acteur.role in CONDUISENT:
            return mine
        opened = mine.exclude(etat=EtatPriorisation.PREPARATION)
        return opened if acteur.role in LISENT_LA_SYNTHESE else mine.none()

    def with_campagne(self) -> Self:
        return self.select_related("campagne__demarche")


class Priorisation(models.Model):
    """One choice. ``points``: how many each commune places, when it places points; ``fin``: last day of the ballots."""

    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="priorisations")
    titre = models.CharField("titre", max_length=150)
    question = models.CharField("question posée", max_length=300)
    mode = models.CharField("comment les communes choisissent", max_length=10, choices=ModePriorisation)
    points = models.IntegerField("points par commune", default=10)
    fin = models.DateField("dernier jour")
    etat = models.CharField("état", max_length=12, choices=EtatPriorisation, default=EtatPriorisation.PREPARATION)
    version = models.IntegerField("version", default=1)
    creee_le = models.DateTimeField("créée le")
    ouverte_le = models.DateTimeField("ouverte le", null=True, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)
    close_par = models.CharField("close par", max_length=250, blank=True)

    objects = PriorisationQuerySet.as_manager()

    class Meta:
        verbose_name = "choix des priorités"
        ordering = ("-creee_le", "-pk")
        constraints = (
            models.CheckConstraint(
                name="priorisation_etat_connu",
                condition=Q(etat__in=EtatPriorisation.values),
                violation_error_message="État de choix des priorités inconnu.",
            ),
            models.CheckConstraint(
                name="priorisation_mode_connu",
                condition=Q(mode__in=ModePriorisation.values),
                violation_error_message="Choisissez des mentions ou des points.",
            ),
            models.CheckConstraint(
                name="priorisation_points_possibles",
                condition=Q(points__gte=1, points__lte=100),
                violation_error_message="Donnez entre 1 et 100 points à chaque commune.",
            ),
            models.CheckConstraint(
                name="priorisation_close_par_quelqu_un",
                condition=~Q(etat=EtatPriorisation.CLOSE) | (Q(close_le__isnull=False) & ~Q(close_par="")),
                violation_error_message="Un choix clos dit par qui et quand.",
            ),
            models.UniqueConstraint(
                fields=("campagne",),
                condition=~Q(etat=EtatPriorisation.CLOSE),
                name="priorisation_en_cours_unique",
                violation_error_message="Un choix des priorités est déjà en cours : terminez-le d'abord.",
            ),
        )

    def __str__(self) -> str:
        return self.titre

    @property
    def demarche_id(self) -> int:
        return self.campagne.demarche_id

    @property
    def est_a_points(self) -> bool:
        return self.mode == ModePriorisation.POINTS


class OptionQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(priorisation__in=Priorisation.objects.visible_to(acteur))


class OptionPriorite(models.Model):
    """One option. ``service``: key of the service of the questionnaire that it was taken from; empty: added."""

    priorisation = models.ForeignKey(Priorisation, on_delete=models.CASCADE, related_name="options")
    rang = models.IntegerField("rang")
    libelle = models.CharField("option", max_length=200)
    service = models.CharField("service", max_length=40, blank=True)

    objects = OptionQuerySet.as_manager()

    class Meta:
        verbose_name = "option à classer"
        ordering = ("priorisation", "rang", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("priorisation", "libelle"),
                name="option_priorite_unique",
                violation_error_message="Cette option est déjà dans la liste.",
            ),
        )

    def __str__(self) -> str:
        return self.libelle


class BulletinQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Its own for a mairie; nobody else's, whoever asks: the équipe projet reads counts."""
        if acteur.role not in MAIRIE or acteur.commune_id is None:
            return self.none()
        return self.filter(priorisation__campagne__demarche_id=acteur.demarche_id, commune_id=acteur.commune_id)

    def deposited(self) -> Self:
        return self.filter(depose_le__isnull=False)


class BulletinPriorites(models.Model):
    """The ballot of a commune: {pk of the option: grade}. ``brouillon`` is being written, ``choix`` is what counts.

    A ballot deposited counts as it was deposited until another is: a new draft does not take it back.
    """

    priorisation = models.ForeignKey(Priorisation, on_delete=models.PROTECT, related_name="bulletins")
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, related_name="bulletins")
    brouillon = models.JSONField("brouillon", default=dict)
    choix = models.JSONField("bulletin déposé", default=dict, blank=True)
    depose_par = models.CharField("déposé par", max_length=250, blank=True)
    depose_le = models.DateTimeField("déposé le", null=True, blank=True)
    ecrit_par = models.CharField("écrit par", max_length=250)
    ecrit_le = models.DateTimeField("écrit le")
    version = models.IntegerField("version", default=1)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = "bulletin de priorités"
        ordering = ("priorisation", "commune__cle_tri", "commune__code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("priorisation", "commune"),
                name="bulletin_priorites_unique",
                violation_error_message="Cette commune a déjà son bulletin.",
            ),
        )

    def __str__(self) -> str:
        return f"bulletin {self.pk}"


class ResultatQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(priorisation__in=Priorisation.objects.visible_to(acteur))


class ResultatPriorites(Fige):
    """What the ballots said together, computed once at the closing: counts only (see diagnostic/calculs/priorites.py).

    ``contenu`` is empty when fewer than five communes deposited a ballot: nothing is computed then.
    """

    priorisation = models.OneToOneField(Priorisation, on_delete=models.PROTECT, related_name="resultat")
    bulletins = models.IntegerField("bulletins")
    communes = models.IntegerField("communes")
    contenu = models.JSONField("contenu", default=dict)
    calcule_le = models.DateTimeField("calculé le")

    objects = ResultatQuerySet.as_manager()

    class Meta:
        verbose_name = "résultat du choix des priorités"
        ordering = ("priorisation",)

    def __str__(self) -> str:
        return f"résultat {self.priorisation_id}"
