"""A campaign and its questionnaire: lines edited together before it opens, and never renumbered after."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.comptes.enums import TABLE
from communaccord.plateforme.diagnostic.enums import (
    CHIFFREES,
    EFFECTIFS,
    UNE_PAR_SERVICE,
    Colonne,
    EtatCampagne,
    EtatProposition,
    TypeLigne,
    Volet,
)
from communaccord.plateforme.socle.figes import Fige


class CampagneQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """That a campaign exists, and what it asks, is known to all of the démarche: no figure is there."""
        return self.filter(demarche_id=acteur.demarche_id)


class Campagne(models.Model):
    """One état des lieux. ``annee``: the year whose figures are asked; ``echeance``: last day of the answers."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="campagnes")
    titre = models.CharField("titre", max_length=150)
    annee = models.IntegerField("année des chiffres demandés")
    presentation = models.TextField("présentation", blank=True)
    echeance = models.DateField("réponses attendues jusqu'au", null=True, blank=True)
    etat = models.CharField("état", max_length=12, choices=EtatCampagne, default=EtatCampagne.PREPARATION)
    version = models.IntegerField("version", default=1)
    relancee_le = models.DateTimeField("mairies relancées le", null=True, blank=True)
    creee_le = models.DateTimeField("créée le")

    objects = CampagneQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne d'état des lieux"
        ordering = ("-creee_le", "-pk")
        constraints = (
            models.CheckConstraint(
                name="campagne_etat_connu",
                condition=Q(etat__in=EtatCampagne.values),
                violation_error_message="État de campagne inconnu.",
            ),
            models.CheckConstraint(
                name="campagne_titre_donne",
                condition=~Q(titre=""),
                violation_error_message="Donnez un titre à l'état des lieux.",
            ),
            models.CheckConstraint(
                name="campagne_annee_possible",
                condition=Q(annee__gte=2000, annee__lte=2100),
                violation_error_message="Écrivez l'année sur quatre chiffres.",
            ),
            models.UniqueConstraint(
                fields=("demarche",),
                condition=~Q(etat=EtatCampagne.CLOSE),
                name="campagne_en_cours_unique",
                violation_error_message="Un état des lieux est déjà en cours : terminez-le avant d'en ouvrir un autre.",
            ),
        )

    def __str__(self) -> str:
        return self.titre


class DeCampagneQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(campagne__demarche_id=acteur.demarche_id)

    def active(self) -> Self:
        return self.filter(retiree=False)


class Ligne(models.Model):
    """One line of the questionnaire. ``service``: key of the service it tells of, shared by its lines in all the parts.

    ``cle`` names the line in the workbooks and never changes. ``publique``: key of the public datum that pre-fills it.
    ``choix``: the list of a line of type CHOIX. A line that was answered is withdrawn (``retiree``), not deleted.
    ``ajoutee_le``: when it came after the opening, so that sheets validated before know of it.
    """

    campagne = models.ForeignKey(Campagne, on_delete=models.CASCADE, related_name="lignes")
    volet = models.CharField("partie", max_length=12, choices=Volet)
    rang = models.IntegerField("rang")
    cle = models.CharField("clé", max_length=60)
    type = models.CharField("ce qui est demandé", max_length=12, choices=TypeLigne)
    service = models.CharField("service", max_length=40, blank=True)
    libelle = models.CharField("libellé", max_length=200)
    aide = models.TextField("aide", blank=True)
    unite = models.CharField("unité", max_length=80, blank=True)
    choix = models.JSONField("choix proposés", default=list, blank=True)
    publique = models.CharField("donnée publique", max_length=60, blank=True)
    pour_l_epci = models.BooleanField("posée aussi à l'intercommunalité", default=True)
    retiree = models.BooleanField("retirée", default=False)
    ajoutee_le = models.DateTimeField("ajoutée le", null=True, blank=True)
    version = models.IntegerField("version", default=1)

    objects = DeCampagneQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du questionnaire"
        ordering = ("campagne", "volet", "rang", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("campagne", "cle"),
                name="ligne_cle_unique",
                violation_error_message="Deux lignes du questionnaire portent la même clé.",
            ),
            models.UniqueConstraint(
                fields=("campagne", "service", "type"),
                condition=Q(retiree=False, type__in=UNE_PAR_SERVICE),
                name="ligne_une_par_service",
                violation_error_message="Une ligne du questionnaire demande déjà cela de ce service.",
            ),
            models.CheckConstraint(
                name="ligne_choix_connus",
                condition=Q(volet__in=Volet.values, type__in=TypeLigne.values),
                violation_error_message="Partie ou type de ligne inconnus.",
            ),
            models.CheckConstraint(
                name="ligne_libelle_donne",
                condition=~Q(libelle=""),
                violation_error_message="Une ligne dit ce qu'elle demande : donnez son libellé.",
            ),
            models.CheckConstraint(
                name="ligne_effectifs_d_un_service",
                condition=~Q(type__in=(TypeLigne.EFFECTIFS, TypeLigne.MATURITE, TypeLigne.BESOIN)) | ~Q(service=""),
                violation_error_message="Dites de quel service parle cette ligne.",
            ),
        )

    def __str__(self) -> str:
        return self.libelle

    @property
    def colonnes(self) -> tuple[Colonne, ...]:
        """What this line asks, in order."""
        return EFFECTIFS if self.type == TypeLigne.EFFECTIFS else (Colonne.VALEUR,)

    @property
    def est_chiffree(self) -> bool:
        """Whether its answer has a year, a source and a quality."""
        return self.type in CHIFFREES


class PropositionQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The questionnaire is prepared together: the table reads what each mairie proposes."""
        mine = self.filter(campagne__demarche_id=acteur.demarche_id)
        return mine if acteur.role in TABLE else mine.none()


class PropositionLigne(models.Model):
    """A line, or another wording of ``ligne``, proposed by a mairie; the équipe projet answers with a word."""

    campagne = models.ForeignKey(Campagne, on_delete=models.CASCADE, related_name="propositions")
    ligne = models.ForeignKey(Ligne, on_delete=models.CASCADE, null=True, blank=True, related_name="propositions")
    volet = models.CharField("partie", max_length=12, choices=Volet)
    libelle = models.CharField("ce qui serait demandé", max_length=200)
    motif = models.CharField("pourquoi", max_length=500, blank=True)
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposee_par = models.CharField("proposée par", max_length=250)
    proposee_le = models.DateTimeField("proposée le")
    etat = models.CharField("état", max_length=10, choices=EtatProposition, default=EtatProposition.PROPOSEE)
    reponse = models.CharField("réponse de l'équipe projet", max_length=500, blank=True)
    tranchee_par = models.CharField("tranchée par", max_length=250, blank=True)
    tranchee_le = models.DateTimeField("tranchée le", null=True, blank=True)

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition pour le questionnaire"
        ordering = ("proposee_le", "pk")
        constraints = (
            models.CheckConstraint(
                name="proposition_ligne_ecrite",
                condition=~Q(libelle=""),
                violation_error_message="Écrivez ce que la ligne demanderait.",
            ),
            models.CheckConstraint(
                name="proposition_ligne_choix_connus",
                condition=Q(volet__in=Volet.values, etat__in=EtatProposition.values),
                violation_error_message="Partie ou état de proposition inconnus.",
            ),
            models.CheckConstraint(
                name="proposition_ligne_tranchee",
                condition=Q(etat=EtatProposition.PROPOSEE) | (Q(tranchee_le__isnull=False) & ~Q(tranchee_par="")),
                violation_error_message="Une proposition tranchée dit par qui et quand.",
            ),
        )

    def __str__(self) -> str:
        return self.libelle


class HistoriqueCampagne(Fige):
    """One change of state of a campaign: who, when, from, to, why. Written once."""

    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="historique")
    instant = models.DateTimeField("quand")
    qui = models.CharField("en quel nom", max_length=250)
    etat_avant = models.CharField("état d'avant", max_length=12, choices=EtatCampagne, blank=True)
    etat_apres = models.CharField("état d'après", max_length=12, choices=EtatCampagne)
    motif = models.CharField("pourquoi", max_length=500, blank=True)

    class Meta:
        verbose_name = "changement d'une campagne"
        ordering = ("campagne", "instant", "pk")

    def __str__(self) -> str:
        return f"{self.etat_avant} → {self.etat_apres}"
