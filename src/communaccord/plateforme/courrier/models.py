"""Messages to people: written with the act that causes them, sent by the sweep, kept as proof of sending.

A message says that something awaits, and where; it never holds an answer, an amount or a code.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.courrier.enums import EtatCourriel


class CourrielQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The équipe projet sees what was sent and when; anybody else sees their own."""
        mine = self.filter(demarche_id=acteur.demarche_id)
        return mine if acteur.est_equipe else mine.filter(mandat_id=acteur.mandat_id)


class Courriel(models.Model):
    """One message to one address; `cle` makes a second request for the same message do nothing."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, null=True, related_name="courriels")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="courriels")
    cle = models.CharField("clé d'unicité", max_length=120, unique=True)
    adresse = models.EmailField("adresse")
    sujet = models.CharField("sujet", max_length=200)
    corps = models.TextField("texte")
    etat = models.CharField("état", max_length=10, choices=EtatCourriel, default=EtatCourriel.A_ENVOYER)
    cree_le = models.DateTimeField("demandé le")
    pris_le = models.DateTimeField("pris en charge le", null=True)
    envoye_le = models.DateTimeField("remis au serveur d'envoi le", null=True)
    essais = models.IntegerField("essais", default=0)
    erreur = models.CharField("dernière erreur", max_length=300, blank=True)

    objects = CourrielQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        ordering = ("-cree_le", "-pk")
        indexes = (models.Index(fields=("etat", "cree_le"), name="courriel_par_etat"),)
        constraints = (
            models.CheckConstraint(
                name="courriel_etat_connu",
                condition=Q(etat__in=EtatCourriel.values),
                violation_error_message="État de courriel inconnu.",
            ),
            models.CheckConstraint(
                name="courriel_envoye_date",
                condition=~Q(etat=EtatCourriel.ENVOYE) | Q(envoye_le__isnull=False),
                violation_error_message="Un courriel envoyé porte la date de son envoi.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sujet} ({self.adresse})"


class PieceJointe(models.Model):
    """A file that goes with a message: a calendar event, a convocation."""

    courriel = models.ForeignKey(Courriel, on_delete=models.CASCADE, related_name="pieces")
    nom = models.CharField("nom du fichier", max_length=120)
    type_contenu = models.CharField("type", max_length=100)
    contenu = models.BinaryField("contenu")

    class Meta:
        verbose_name = "pièce jointe"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.nom
