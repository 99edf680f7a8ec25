"""The précadrage politique: what the élus set before the study, in versions; a validated one is frozen."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.projet.enums.cadre import EtatCadre
from communaccord.plateforme.projet.rules.cadre import list_etats_lus
from communaccord.plateforme.socle.figes import Fige, FigeAuBout, FigeAuBoutQuerySet, FigeQuerySet


class CadreQuerySet(FigeAuBoutQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Drafts for those who write them, what is proposed for those who will decide, the rest for everybody."""
        return self.filter(demarche_id=acteur.demarche_id, etat__in=sorted(list_etats_lus(acteur.role)))

    def validated(self) -> Self:
        """The last validated version first."""
        return self.filter(etat=EtatCadre.VALIDE).order_by("-numero")


class Cadre(FigeAuBout):
    """One version of the précadrage. ``version`` counts the edits of a draft; ``numero`` names the version.

    ``services_inclus``, ``services_exclus``: keys of the catalogue; none included means that nothing is left out but
    what is excluded. ``formes_exclues``: codes of legal forms. ``codes_communes``: codes of the communes concerned
    when they are not all (``toutes_communes``). ``empreinte``: SHA-256 of what was validated (lecture.cadre).
    """

    ETAT_FIGE = EtatCadre.VALIDE

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="cadres")
    numero = models.IntegerField("version")
    etat = models.CharField("état", max_length=10, choices=EtatCadre, default=EtatCadre.BROUILLON)
    objectifs = models.TextField("objectifs", blank=True)
    services_inclus = models.JSONField("services étudiés", default=list, blank=True)
    services_exclus = models.JSONField("services exclus", default=list, blank=True)
    perimetre = models.TextField("périmètre, en clair", blank=True)
    formes_exclues = models.JSONField("formes juridiques exclues", default=list, blank=True)
    exclus = models.TextField("ce qui est exclu, en clair", blank=True)
    toutes_communes = models.BooleanField("toutes les communes", default=True)
    codes_communes = models.JSONField("communes concernées", default=list, blank=True)
    principes_financiers = models.TextField("principes financiers", blank=True)
    regle_decision = models.TextField("règle de décision", blank=True)
    annee_debut = models.IntegerField("première année", null=True, blank=True)
    annee_fin = models.IntegerField("dernière année", null=True, blank=True)
    calendrier = models.TextField("calendrier, en clair", blank=True)
    version = models.IntegerField("version de la saisie", default=1)
    cree_par = models.CharField("créé par", max_length=250)
    cree_le = models.DateTimeField("créé le")
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")
    valide_le = models.DateField("validé le", null=True, blank=True)
    instance = models.CharField("instance qui l'a validé", max_length=200, blank=True)
    empreinte = models.CharField("SHA-256 de ce qui est validé", max_length=64, blank=True)

    objects = CadreQuerySet.as_manager()

    class Meta:
        verbose_name = "précadrage politique"
        ordering = ("demarche", "-numero")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "numero"),
                name="cadre_version_unique",
                violation_error_message="Cette version du précadrage vient d'être ouverte par quelqu'un d'autre.",
            ),
            models.UniqueConstraint(
                fields=("demarche",),
                condition=~Q(etat=EtatCadre.VALIDE),
                name="cadre_en_cours_unique",
                violation_error_message="Une version du précadrage est déjà en cours : continuez celle-là.",
            ),
            models.CheckConstraint(
                name="cadre_etat_connu",
                condition=Q(etat__in=EtatCadre.values),
                violation_error_message="État de précadrage inconnu.",
            ),
            models.CheckConstraint(
                name="cadre_numero_positif",
                condition=Q(numero__gte=1),
                violation_error_message="Les versions du précadrage se comptent à partir de un.",
            ),
            models.CheckConstraint(
                name="cadre_annees_dans_l_ordre",
                condition=Q(annee_debut__isnull=True) | Q(annee_fin__isnull=True) | Q(annee_fin__gte=F("annee_debut")),
                violation_error_message="La dernière année vient après la première.",
            ),
            models.CheckConstraint(
                name="cadre_annees_possibles",
                condition=(Q(annee_debut__isnull=True) | Q(annee_debut__gte=2000, annee_debut__lte=2100))
                & (Q(annee_fin__isnull=True) | Q(annee_fin__gte=2000, annee_fin__lte=2100)),
                violation_error_message="Écrivez les années sur quatre chiffres.",
            ),
            models.CheckConstraint(
                name="cadre_valide_dit_ou_et_quand",
                condition=Q(etat=EtatCadre.VALIDE, valide_le__isnull=False) & ~Q(instance="") & ~Q(empreinte="")
                | ~Q(etat=EtatCadre.VALIDE) & Q(valide_le__isnull=True, instance="", empreinte=""),
                violation_error_message="Un précadrage validé dit quel jour, et par quelle instance.",
            ),
        )

    def __str__(self) -> str:
        return f"précadrage, version {self.numero}"

    @property
    def est_valide(self) -> bool:
        return self.etat == EtatCadre.VALIDE


class HistoriqueQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(cadre__in=Cadre.objects.visible_to(acteur))


class HistoriqueCadre(Fige):
    """One change of state of a version: who, when, from, to, why. Written once."""

    cadre = models.ForeignKey(Cadre, on_delete=models.PROTECT, related_name="historique")
    instant = models.DateTimeField("quand")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    qui = models.CharField("en quel nom", max_length=250)
    etat_avant = models.CharField("état d'avant", max_length=10, choices=EtatCadre, blank=True)
    etat_apres = models.CharField("état d'après", max_length=10, choices=EtatCadre)
    motif = models.CharField("pourquoi", max_length=500, blank=True)

    objects = HistoriqueQuerySet.as_manager()

    class Meta:
        verbose_name = "changement du précadrage"
        ordering = ("cadre", "instant", "pk")

    def __str__(self) -> str:
        return f"{self.etat_avant} → {self.etat_apres}"
