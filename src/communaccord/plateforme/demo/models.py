"""The map of an invented territory: what territoires.Carte is to a real one."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.territoires.models import Demarche


class CarteFictiveQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(demarche_id=acteur.demarche_id)


class CarteFictive(models.Model):
    """Paths ready for SVG, in a box `largeur` x `hauteur`, drawn once when the demo is loaded.

    `formes` maps a commune code to [path, x, y] (a point inside, for its label), `voisins` to its neighbours.
    """

    demarche = models.OneToOneField(
        Demarche, primary_key=True, on_delete=models.CASCADE, verbose_name="démarche", related_name="carte_fictive"
    )
    largeur = models.IntegerField("largeur de la boîte")
    hauteur = models.IntegerField("hauteur de la boîte")
    formes = models.JSONField("tracés par code de commune")
    voisins = models.JSONField("communes voisines par code de commune")

    objects = CarteFictiveQuerySet.as_manager()

    class Meta:
        verbose_name = "carte d'un territoire inventé"
        constraints = (
            models.CheckConstraint(
                name="carte_fictive_boite_positive",
                condition=Q(largeur__gt=0, hauteur__gt=0),
                violation_error_message="Une carte a une largeur et une hauteur.",
            ),
        )

    def __str__(self) -> str:
        return f"carte fictive {self.demarche_id}"
