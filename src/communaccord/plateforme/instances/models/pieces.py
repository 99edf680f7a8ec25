"""A file given by people, kept with its imprint in the database: it is saved and restored with what it proves."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class PieceQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Délibérations are acts of a council: those of the table and the élus read them (R-8.1)."""
        mine = self.filter(demarche_id=acteur.demarche_id)
        return mine if acteur.est_de_la_table or acteur.est_elu else mine.none()


class Piece(Fige):
    """A PDF, written once: another version is another piece."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="pieces")
    nom = models.CharField("nom du fichier", max_length=150)
    contenu = models.BinaryField("contenu")
    taille = models.IntegerField("taille en octets")
    empreinte = models.CharField("SHA-256", max_length=64)
    deposee_le = models.DateTimeField("déposée le")
    deposee_par = models.CharField("par", max_length=250)

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="piece_pleine", condition=Q(taille__gt=0), violation_error_message="Ce fichier est vide."
            ),
        )

    def __str__(self) -> str:
        return self.nom
