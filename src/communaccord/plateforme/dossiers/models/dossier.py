"""A dossier: one service to pool, why, carried by whom, what it changes for people; and its changes of state."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.dossiers.enums import Domaine, EtatDossier, Lecture
from communaccord.plateforme.dossiers.rules import LISENT_LES_BROUILLONS, get_lecture_publique
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet

PRESENTES = (EtatDossier.PRESENTE, EtatDossier.CONCLU)


class DossierQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Those that this actor reads, be it only to give the figures of a commune (rules.get_lecture)."""
        mine = self.filter(demarche_id=acteur.demarche_id)
        if acteur.role in LISENT_LES_BROUILLONS:
            return mine
        condition = Q(pk__in=())
        if acteur.mandat_id is not None:
            condition |= Q(porteur_id=acteur.mandat_id)
        if get_lecture_publique(acteur.role) is not Lecture.RIEN:
            condition |= Q(etat__in=PRESENTES)
        if acteur.role in MAIRIE:
            condition |= Q(etat=EtatDossier.BROUILLON, collecte_ouverte=True)
        return mine.filter(condition)

    def presented_to(self, acteur: Any) -> Self:
        """Those whose words and scenarios this actor reads: without the ones only open to the entry of figures."""
        visible = self.visible_to(acteur)
        if acteur.role in LISENT_LES_BROUILLONS:
            return visible
        return visible.filter(Q(etat__in=PRESENTES) | Q(porteur_id=acteur.mandat_id))

    def with_porteur(self) -> Self:
        return self.select_related("demarche", "porteur__personne", "porteur__commune")


class Dossier(models.Model):
    """One service to pool. ``version`` counts the edits: two people never write over each other unawares.

    ``actes``: kinds of acts counted by the service, as the simulator writes them (empty: one unit of work).
    """

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="dossiers")
    titre = models.CharField("titre", max_length=150)
    domaine = models.CharField("domaine", max_length=20, choices=Domaine, default=Domaine.LIBRE)
    unite = models.CharField("unité d'œuvre", max_length=80, blank=True)
    actes = models.JSONField("actes comptés", default=list, blank=True)
    objectif = models.TextField("objectif du projet de territoire servi", blank=True)
    objectifs = models.ManyToManyField(
        "projet.Objectif", through="ObjectifServi", related_name="dossiers", blank=True, verbose_name="objectifs servis"
    )
    porteur = models.ForeignKey(
        "comptes.Mandat",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="porté politiquement par",
        related_name="dossiers_portes",
    )
    pilote = models.CharField("piloté par", max_length=150, blank=True)
    service_avant = models.TextField("service rendu aujourd'hui", blank=True)
    service_apres = models.TextField("service rendu demain", blank=True)
    ce_qui_change = models.TextField("ce qui change pour le ou la maire", blank=True)
    ce_qui_ne_change_pas = models.TextField("ce qui ne change pas pour le ou la maire", blank=True)
    sortie = models.TextField("comment on en sort", blank=True)
    sensible = models.BooleanField("dossier sensible", default=False)
    collecte_ouverte = models.BooleanField("collecte des chiffres ouverte aux mairies", default=False)
    etat = models.CharField("état", max_length=10, choices=EtatDossier, default=EtatDossier.BROUILLON)
    version = models.IntegerField("version", default=1)
    cree_par = models.CharField("créé par", max_length=250)
    cree_le = models.DateTimeField("créé le")
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier"
        ordering = ("titre", "pk")
        constraints = (
            models.CheckConstraint(
                name="dossier_etat_connu",
                condition=Q(etat__in=EtatDossier.values),
                violation_error_message="État de dossier inconnu.",
            ),
            models.CheckConstraint(
                name="dossier_domaine_connu",
                condition=Q(domaine__in=Domaine.values),
                violation_error_message="Domaine inconnu : choisissez-en un dans la liste.",
            ),
            models.CheckConstraint(
                name="dossier_titre_donne",
                condition=~Q(titre=""),
                violation_error_message="Un dossier porte un titre : donnez-le.",
            ),
            models.CheckConstraint(
                name="dossier_presente_dit_le_service",
                condition=~Q(etat__in=PRESENTES) | (~Q(service_avant="") & ~Q(service_apres="")),
                violation_error_message="Un dossier présenté dit l'effet sur le service aux habitants, avant et après.",
            ),
        )

    def __str__(self) -> str:
        return self.titre


class ObjectifServi(models.Model):
    """That a dossier serves an objectif of the projet de territoire: this one cannot leave the plan meanwhile."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    objectif = models.ForeignKey("projet.Objectif", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "objectif servi"
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "objectif"),
                name="objectif_servi_une_fois",
                violation_error_message="Ce dossier dit déjà servir cet objectif.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.objectif_id}"


class HistoriqueQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(dossier__in=Dossier.objects.presented_to(acteur))


class HistoriqueDossier(Fige):
    """One change of state of a dossier: who, when, from, to, why. Written once."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="historique")
    instant = models.DateTimeField("quand")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    qui = models.CharField("en quel nom", max_length=250)
    etat_avant = models.CharField("état d'avant", max_length=10, choices=EtatDossier, blank=True)
    etat_apres = models.CharField("état d'après", max_length=10, choices=EtatDossier)
    motif = models.CharField("pourquoi", max_length=500, blank=True)

    objects = HistoriqueQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d'un dossier"
        ordering = ("dossier", "instant", "pk")

    def __str__(self) -> str:
        return f"{self.etat_avant} → {self.etat_apres}"
