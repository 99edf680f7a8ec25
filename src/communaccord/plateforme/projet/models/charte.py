"""The charte de mutualisation: generated, completed by people, adopted and frozen, then joined by élus."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.projet.enums.cadre import EtatCharte, Partie
from communaccord.plateforme.projet.models.cadre import Cadre
from communaccord.plateforme.projet.rules.cadre import list_etats_charte_lus
from communaccord.plateforme.socle.figes import FigeAuBout, FigeAuBoutQuerySet


class CharteQuerySet(FigeAuBoutQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The project for those who write or will adopt it; what was adopted for everybody."""
        return self.filter(demarche_id=acteur.demarche_id, etat__in=sorted(list_etats_charte_lus(acteur.role)))

    def adopted(self) -> Self:
        """The last adopted version first."""
        return self.filter(etat=EtatCharte.ADOPTEE).order_by("-numero")


class Charte(FigeAuBout):
    """One version of the charte. While it is a project, its parts are generated or written by people (PartieCharte).

    ``contenu``, once adopted: text by part; ``empreinte``: SHA-256 of its canonical JSON; ``cadre``: the précadrage
    that it came from.
    """

    ETAT_FIGE = EtatCharte.ADOPTEE

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="chartes")
    numero = models.IntegerField("version")
    etat = models.CharField("état", max_length=10, choices=EtatCharte, default=EtatCharte.BROUILLON)
    cadre = models.ForeignKey(Cadre, on_delete=models.PROTECT, null=True, blank=True, related_name="chartes")
    contenu = models.JSONField("texte adopté", default=dict, blank=True)
    adoptee_le = models.DateField("adoptée le", null=True, blank=True)
    instance = models.CharField("instance qui l'a adoptée", max_length=200, blank=True)
    empreinte = models.CharField("SHA-256 du texte adopté", max_length=64, blank=True)
    creee_par = models.CharField("ouverte par", max_length=250)
    creee_le = models.DateTimeField("ouverte le")

    objects = CharteQuerySet.as_manager()

    class Meta:
        verbose_name = "charte de mutualisation"
        ordering = ("demarche", "-numero")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "numero"),
                name="charte_version_unique",
                violation_error_message="Cette version de la charte vient d'être ouverte par quelqu'un d'autre.",
            ),
            models.UniqueConstraint(
                fields=("demarche",),
                condition=Q(etat=EtatCharte.BROUILLON),
                name="charte_en_cours_unique",
                violation_error_message="Un projet de charte est déjà en cours : continuez celui-là.",
            ),
            models.CheckConstraint(
                name="charte_etat_connu",
                condition=Q(etat__in=EtatCharte.values),
                violation_error_message="État de charte inconnu.",
            ),
            models.CheckConstraint(
                name="charte_adoptee_dit_ou_et_quand",
                condition=Q(etat=EtatCharte.ADOPTEE, adoptee_le__isnull=False) & ~Q(instance="") & ~Q(empreinte="")
                | (~Q(etat=EtatCharte.ADOPTEE) & Q(adoptee_le__isnull=True, instance="", empreinte="")),
                violation_error_message="Une charte adoptée dit quel jour, et par quelle instance.",
            ),
        )

    def __str__(self) -> str:
        return f"charte, version {self.numero}"

    @property
    def est_adoptee(self) -> bool:
        return self.etat == EtatCharte.ADOPTEE


class PartieQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(charte__in=Charte.objects.visible_to(acteur))


class PartieCharte(models.Model):
    """A part that people wrote in place of the generated text; without a row, the part is the generated text.

    ``source``: the generated text that they had before their eyes; when it differs from today's, the frame has moved.
    """

    charte = models.ForeignKey(Charte, on_delete=models.CASCADE, related_name="parties")
    cle = models.CharField("partie", max_length=12, choices=Partie)
    texte = models.TextField("texte")
    source = models.TextField("texte proposé à ce moment", blank=True)
    version = models.IntegerField("version", default=1)
    modifie_par = models.CharField("écrite par", max_length=250)
    modifie_le = models.DateTimeField("écrite le")

    objects = PartieQuerySet.as_manager()

    class Meta:
        verbose_name = "partie de la charte"
        ordering = ("charte", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("charte", "cle"),
                name="partie_charte_unique",
                violation_error_message="Quelqu'un vient d'écrire cette partie : relisez-la.",
            ),
            models.CheckConstraint(
                name="partie_charte_connue",
                condition=Q(cle__in=Partie.values),
                violation_error_message="Partie de charte inconnue.",
            ),
            models.CheckConstraint(
                name="partie_charte_ecrite",
                condition=~Q(texte=""),
                violation_error_message="Une partie de la charte n'est pas vide : reprenez le texte proposé.",
            ),
        )

    def __str__(self) -> str:
        return self.get_cle_display()


class AdhesionQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Those in force, for everybody of the démarche; what was taken back, for its author only."""
        mine = self.filter(charte__in=Charte.objects.visible_to(acteur))
        return mine.filter(Q(retiree_le__isnull=True) | Q(personne_id=acteur.personne_id))

    def in_force(self) -> Self:
        return self.filter(retiree_le__isnull=True)


class Adhesion(models.Model):
    """An élu who read the adopted charte and commits on its basis; taken back at will (``retiree_le``)."""

    charte = models.ForeignKey(Charte, on_delete=models.PROTECT, related_name="adhesions")
    personne = models.ForeignKey("comptes.Personne", on_delete=models.PROTECT, related_name="adhesions")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, related_name="adhesions")
    qui = models.CharField("en quel nom", max_length=250)
    declaree_le = models.DateTimeField("déclarée le")
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)

    objects = AdhesionQuerySet.as_manager()

    class Meta:
        verbose_name = "adhésion à la charte"
        ordering = ("charte", "declaree_le", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("charte", "personne"),
                condition=Q(retiree_le__isnull=True),
                name="adhesion_unique",
                violation_error_message="Vous avez déjà rejoint cette charte.",
            ),
            models.CheckConstraint(
                name="adhesion_retiree_apres",
                condition=Q(retiree_le__isnull=True) | Q(retiree_le__gte=F("declaree_le")),
                violation_error_message="Une adhésion se retire après avoir été déclarée.",
            ),
        )

    def __str__(self) -> str:
        return self.qui
