"""The items of a séance: what is put to it, what it concludes, who expressed a reservation, who does what next."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.instances.enums import TypePoint
from communaccord.plateforme.instances.models.seances import Seance


class DeSeanceQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(seance__in=Seance.objects.visible_to(acteur))


class Point(models.Model):
    """One item of the agenda. ``version`` grows at each writing: two people who write it are told.

    ``resultat_tour`` is the sentence of a published round, taken when the agenda is prepared.
    """

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="points")
    rang = models.IntegerField("rang")
    titre = models.CharField("titre", max_length=200)
    type = models.CharField("ce qui est attendu", max_length=12, choices=TypePoint, default=TypePoint.INFORMATION)
    presente_par = models.CharField("présenté par", max_length=150, blank=True)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, null=True, blank=True, related_name="points"
    )
    tour = models.ForeignKey("accords.Tour", on_delete=models.PROTECT, null=True, blank=True, related_name="points")
    precadrage = models.ForeignKey(
        "projet.Cadre", on_delete=models.PROTECT, null=True, blank=True, related_name="points"
    )
    duree_minutes = models.IntegerField("durée prévue, en minutes", null=True, blank=True)
    presentation = models.TextField("présentation", blank=True)
    resultat_tour = models.TextField("résultat du tour de consultation", blank=True)
    sensible = models.BooleanField("dossier sensible", default=False)
    prepare_par = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="prepare")
    conclusion = models.TextField("conclusion", blank=True)
    version = models.IntegerField("version", default=0)

    objects = DeSeanceQuerySet.as_manager()

    class Meta:
        verbose_name = "point de l'ordre du jour"
        ordering = ("seance", "rang", "pk")
        constraints = (
            models.CheckConstraint(
                name="point_titre_donne",
                condition=~Q(titre=""),
                violation_error_message="Donnez un titre au point.",
            ),
            models.CheckConstraint(
                name="point_type_connu",
                condition=Q(type__in=TypePoint.values),
                violation_error_message="Dites ce qui est attendu : information, avis de travail ou délibération.",
            ),
            models.CheckConstraint(
                name="point_duree_possible",
                condition=Q(duree_minutes__isnull=True) | Q(duree_minutes__gte=1, duree_minutes__lte=600),
                violation_error_message="La durée d'un point va d'une minute à dix heures.",
            ),
            models.CheckConstraint(
                name="point_ne_se_prepare_pas_lui_meme",
                condition=Q(prepare_par__isnull=True) | ~Q(prepare_par=F("id")),
                violation_error_message="Un point n'est pas préparé par lui-même.",
            ),
        )

    def __str__(self) -> str:
        return self.titre


class DePointQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(point__seance__in=Seance.objects.visible_to(acteur))


class InvitePoint(models.Model):
    """Somebody heard on one item only (S14): a DGS, a technician, a firm."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="invites")
    qualite = models.CharField("qualité", max_length=150)

    objects = DePointQuerySet.as_manager()

    class Meta:
        verbose_name = "personne invitée sur un point"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="invite_qualite_donnee",
                condition=~Q(qualite=""),
                violation_error_message="Dites à quel titre cette personne est invitée.",
            ),
        )

    def __str__(self) -> str:
        return self.qualite


class Reserve(models.Model):
    """A reservation that a commune told and asked to be written."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="reserves")
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, related_name="reserves")
    texte = models.CharField("réserve", max_length=500)

    objects = DePointQuerySet.as_manager()

    class Meta:
        verbose_name = "réserve"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="reserve_ecrite",
                condition=~Q(texte=""),
                violation_error_message="Écrivez la réserve telle que la commune l'a dite.",
            ),
        )

    def __str__(self) -> str:
        return self.texte


class Suite(models.Model):
    """What follows an item: who does what, by when."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="suites")
    action = models.CharField("ce qui est à faire", max_length=300)
    responsable = models.CharField("par qui", max_length=150)
    echeance = models.DateField("pour le", null=True, blank=True)

    objects = DePointQuerySet.as_manager()

    class Meta:
        verbose_name = "suite"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="suite_dite",
                condition=~Q(action="") & ~Q(responsable=""),
                violation_error_message="Dites ce qui est à faire, et par qui.",
            ),
        )

    def __str__(self) -> str:
        return self.action
