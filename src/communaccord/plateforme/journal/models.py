"""The record of acts: who did what, when, in whose name. Written once, by actions, never by hand.

An act never holds what is sealed: its sentence says that an answer was validated, not what it says.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class ActeQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Acts that this actor may read: by role, by commune, and its own."""
        roles = Q(portee=Portee.TABLE)
        if acteur.est_elu or acteur.est_mairie or acteur.est_equipe:
            roles |= Q(portee=Portee.ELUS)
        if acteur.est_equipe or acteur.est_executif:
            roles |= Q(portee=Portee.EQUIPE)
        if acteur.commune_id and acteur.est_mairie:
            roles |= Q(portee=Portee.COMMUNE, commune_id=acteur.commune_id)
        roles |= Q(mandat_id=acteur.mandat_id)
        return self.filter(roles, demarche_id=acteur.demarche_id)


class Acte(Fige):
    """One act of a person (or of the clock), as it was done."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="actes")
    instant = models.DateTimeField("quand")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="actes")
    qui = models.CharField("en quel nom", max_length=250)
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, null=True, related_name="actes")
    verbe = models.CharField("acte", max_length=60)
    phrase = models.CharField("ce qui a été fait", max_length=500)
    portee = models.CharField("qui peut le lire", max_length=10, choices=Portee)
    objet = models.CharField("objet", max_length=40, blank=True)
    objet_id = models.BigIntegerField("numéro de l'objet", null=True)

    objects = ActeQuerySet.as_manager()

    class Meta:
        verbose_name = "acte"
        ordering = ("-instant", "-pk")
        indexes = (
            models.Index(fields=("demarche", "-instant"), name="acte_par_demarche"),
            models.Index(fields=("objet", "objet_id"), name="acte_par_objet"),
        )
        constraints = (
            models.CheckConstraint(
                name="acte_portee_connue",
                condition=Q(portee__in=Portee.values),
                violation_error_message="Portée inconnue : dites qui peut lire cet acte.",
            ),
            models.CheckConstraint(
                name="acte_commune_si_portee_commune",
                condition=~Q(portee=Portee.COMMUNE) | Q(commune__isnull=False),
                violation_error_message="Un acte réservé à une commune dit laquelle.",
            ),
        )

    def __str__(self) -> str:
        return self.phrase


class Lecture(models.Model):
    """Up to when somebody, in the name of one mandate, said that they have taken note of what changed."""

    mandat = models.OneToOneField("comptes.Mandat", on_delete=models.CASCADE, related_name="lecture")
    vu_jusque = models.DateTimeField("vu jusqu'au")

    class Meta:
        verbose_name = "lecture"

    def __str__(self) -> str:
        return f"{self.mandat_id} : {self.vu_jusque}"
