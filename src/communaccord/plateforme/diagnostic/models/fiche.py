"""The sheet of a commune (or of the intercommunalité), its answers line by line, the questions asked on a line."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.diagnostic.enums import EtatFiche, Origine, Qualite
from communaccord.plateforme.diagnostic.models.campagne import Campagne, Ligne
from communaccord.plateforme.diagnostic.rules import LISENT_TOUTES_LES_FICHES
from communaccord.plateforme.socle.figes import Fige


class FicheQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """All for the équipe projet and the DRH; its own for a mairie; none for the others (rules.reads_fiche)."""
        mine = self.filter(campagne__demarche_id=acteur.demarche_id)
        if acteur.role in LISENT_TOUTES_LES_FICHES:
            return mine
        return mine.filter(commune_id=acteur.commune_id) if acteur.role in MAIRIE else mine.none()

    def with_commune(self) -> Self:
        return self.select_related("campagne__demarche", "commune")


class Fiche(models.Model):
    """One sheet. ``commune`` empty: the sheet of the intercommunalité itself. All are made when the campaign opens."""

    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="fiches")
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="fiches"
    )
    etat = models.CharField("état", max_length=10, choices=EtatFiche, default=EtatFiche.A_REMPLIR)
    validee_par = models.CharField("validée par", max_length=250, blank=True)
    validee_le = models.DateTimeField("validée le", null=True, blank=True)
    version = models.IntegerField("version", default=1)

    objects = FicheQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche d'état des lieux"
        ordering = ("campagne", "commune__cle_tri", "commune__code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("campagne", "commune"),
                name="fiche_unique",
                violation_error_message="Cette commune a déjà sa fiche.",
            ),
            models.UniqueConstraint(
                fields=("campagne",),
                condition=Q(commune__isnull=True),
                name="fiche_epci_unique",
                violation_error_message="L'intercommunalité a déjà sa fiche.",
            ),
            models.CheckConstraint(
                name="fiche_etat_connu",
                condition=Q(etat__in=EtatFiche.values),
                violation_error_message="État de fiche inconnu.",
            ),
            models.CheckConstraint(
                name="fiche_validee_par_quelqu_un",
                condition=~Q(etat=EtatFiche.VALIDEE) | (Q(validee_le__isnull=False) & ~Q(validee_par="")),
                violation_error_message="Une fiche validée dit par qui et quand.",
            ),
        )

    def __str__(self) -> str:
        return f"fiche {self.pk}"

    @property
    def demarche_id(self) -> int:
        return self.campagne.demarche_id


class DeFicheQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(fiche__in=Fiche.objects.visible_to(acteur))


class ReponseQuerySet(DeFicheQuerySet):
    def filled(self) -> Self:
        """Lines answered: by a value, or by "je ne sais pas"; an answer taken back is neither."""
        return self.exclude(valeurs={}, inconnu=False)


class Reponse(models.Model):
    """The answer of a sheet to one line. ``valeurs``: {colonne: hundredths (int) or text}; a missing key is unknown.

    OUI_NON and TITULAIRE_UNIQUE keep "oui" or "non"; CHOIX, BESOIN and MATURITE the value chosen, as text.
    ``inconnu``: "je ne sais pas" was said. ``version`` grows at each writing: the second of two writers is told.
    """

    fiche = models.ForeignKey(Fiche, on_delete=models.PROTECT, related_name="reponses")
    ligne = models.ForeignKey(Ligne, on_delete=models.PROTECT, related_name="reponses")
    valeurs = models.JSONField("réponses", default=dict)
    inconnu = models.BooleanField("ne sait pas", default=False)
    annee = models.IntegerField("année", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    qualite = models.CharField("qualité", max_length=8, choices=Qualite, default=Qualite.ESTIME)
    origine = models.CharField("origine", max_length=10, choices=Origine, default=Origine.SAISIE)
    commentaire = models.TextField("commentaire", blank=True)
    version = models.IntegerField("version", default=1)
    saisie_par = models.CharField("saisie par", max_length=250)
    saisie_le = models.DateTimeField("saisie le")

    objects = ReponseQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse d'une fiche"
        ordering = ("fiche", "ligne")
        constraints = (
            models.UniqueConstraint(
                fields=("fiche", "ligne"),
                name="reponse_fiche_unique",
                violation_error_message="Quelqu'un vient de répondre à cette ligne : relisez-la.",
            ),
            models.CheckConstraint(
                name="reponse_fiche_choix_connus",
                condition=Q(qualite__in=Qualite.values, origine__in=Origine.values),
                violation_error_message="Dites si ce chiffre est estimé ou établi.",
            ),
            models.CheckConstraint(
                name="reponse_fiche_annee_possible",
                condition=Q(annee__isnull=True) | Q(annee__gte=2000, annee__lte=2100),
                violation_error_message="Écrivez l'année sur quatre chiffres.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fiche_id}, {self.ligne_id}"

    @property
    def est_remplie(self) -> bool:
        return self.inconnu or bool(self.valeurs)


class QuestionLigne(models.Model):
    """A question of a mairie on a line, and what the équipe projet answered; read by that mairie and the équipe."""

    fiche = models.ForeignKey(Fiche, on_delete=models.PROTECT, related_name="questions")
    ligne = models.ForeignKey(Ligne, on_delete=models.PROTECT, related_name="questions")
    texte = models.TextField("question")
    posee_par = models.CharField("posée par", max_length=250)
    posee_le = models.DateTimeField("posée le")
    reponse = models.TextField("réponse", blank=True)
    repondue_par = models.CharField("répondue par", max_length=250, blank=True)
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)

    objects = DeFicheQuerySet.as_manager()

    class Meta:
        verbose_name = "question sur une ligne"
        ordering = ("posee_le", "pk")
        constraints = (
            models.CheckConstraint(
                name="question_ligne_ecrite",
                condition=~Q(texte=""),
                violation_error_message="Écrivez votre question.",
            ),
        )

    def __str__(self) -> str:
        return self.texte[:60]


class HistoriqueFiche(Fige):
    """One change of state of a sheet: who, when, from, to, why. Written once."""

    fiche = models.ForeignKey(Fiche, on_delete=models.PROTECT, related_name="historique")
    instant = models.DateTimeField("quand")
    qui = models.CharField("en quel nom", max_length=250)
    etat_avant = models.CharField("état d'avant", max_length=10, choices=EtatFiche, blank=True)
    etat_apres = models.CharField("état d'après", max_length=10, choices=EtatFiche)
    motif = models.CharField("pourquoi", max_length=500, blank=True)

    class Meta:
        verbose_name = "changement d'une fiche"
        ordering = ("fiche", "instant", "pk")

    def __str__(self) -> str:
        return f"{self.etat_avant} → {self.etat_apres}"
