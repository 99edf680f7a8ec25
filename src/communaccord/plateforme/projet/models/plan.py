"""The plan of a projet de territoire: orientations, their objectifs de service public, the actions that serve them.

A political document, read by everybody of the démarche. People give the order (``rang``); ``version`` counts the edits
of an element, so that two people never write over each other unawares.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.projet.enums.plan import EtatAction

SANS_TITRE = "Donnez un titre."


class PlanQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(demarche_id=acteur.demarche_id)


class ElementPlan(models.Model):
    """What the three levels share."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="+")
    rang = models.IntegerField("rang")
    titre = models.CharField("titre", max_length=300)
    texte = models.TextField("précision", blank=True)
    version = models.IntegerField("version", default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("rang", "pk")

    def __str__(self) -> str:
        return self.titre


class Orientation(ElementPlan):
    class Meta(ElementPlan.Meta):
        verbose_name = "orientation"
        constraints = (
            models.CheckConstraint(
                name="orientation_titre_donne", condition=~Q(titre=""), violation_error_message=SANS_TITRE
            ),
        )


class Objectif(ElementPlan):
    """An objectif de service public: what people will find better. Dossiers say which ones they serve."""

    orientation = models.ForeignKey(Orientation, on_delete=models.PROTECT, related_name="objectifs")

    class Meta(ElementPlan.Meta):
        verbose_name = "objectif"
        constraints = (
            models.CheckConstraint(
                name="objectif_titre_donne", condition=~Q(titre=""), violation_error_message=SANS_TITRE
            ),
        )


class ActionProjet(ElementPlan):
    """An action, carried by an élu of the démarche, or by somebody named in words; ``objectif`` None: none is said."""

    objectif = models.ForeignKey(Objectif, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    porteur = models.ForeignKey(
        "comptes.Mandat",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="portée politiquement par",
        related_name="actions_portees",
    )
    porteur_nom = models.CharField("portée par (hors de la démarche)", max_length=250, blank=True)
    pilote = models.CharField("pilotée par", max_length=250, blank=True)
    echeance = models.CharField("échéance", max_length=100, blank=True)
    etat = models.CharField("état", max_length=10, choices=EtatAction, default=EtatAction.A_ENGAGER)

    class Meta(ElementPlan.Meta):
        verbose_name = "action"
        constraints = (
            models.CheckConstraint(
                name="actionprojet_titre_donne", condition=~Q(titre=""), violation_error_message=SANS_TITRE
            ),
            models.CheckConstraint(
                name="actionprojet_etat_connu",
                condition=Q(etat__in=EtatAction.values),
                violation_error_message="État inconnu : choisissez-en un dans la liste.",
            ),
            models.CheckConstraint(
                name="actionprojet_un_seul_porteur",
                condition=Q(porteur__isnull=True) | Q(porteur_nom=""),
                violation_error_message="Choisissez l'élu ou l'élue dans la liste, ou écrivez un nom : pas les deux.",
            ),
        )

    @property
    def nom_du_porteur(self) -> str:
        """Who carries it, by name; empty when nobody does. ``porteur__personne`` must be loaded."""
        return self.porteur.libelle if self.porteur else self.porteur_nom
