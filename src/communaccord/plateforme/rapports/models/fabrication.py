"""The making of a file that takes long: asked by a page, done by a worker, followed on a page that one may leave."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.rapports.enums import EtatFabrication, Genre
from communaccord.plateforme.rapports.models.rapport import Rapport
from communaccord.plateforme.rapports.models.version import VersionRapport


class FabricationQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Whoever reads what the file is made of: a version, or the draft."""
        mine = self.filter(rapport__demarche_id=acteur.demarche_id)
        versions = VersionRapport.objects.visible_to(acteur)
        drafts = Rapport.objects.visible_to(acteur)
        return mine.filter(Q(version__in=versions) | Q(version__isnull=True, rapport__in=drafts))


class Fabrication(models.Model):
    """One a document (``cle``: démarche, version or draft, kind): asked again, it is the same row and the same file.

    ``jeton``: of the worker that holds it; ``battement``: its last sign of life; ``avancement``: percent;
    ``projet``: whether the file that is ready says PROJET, as its worker read it.
    """

    cle = models.CharField("document", max_length=80, unique=True)
    rapport = models.ForeignKey(Rapport, on_delete=models.PROTECT, related_name="fabrications")
    version = models.ForeignKey(VersionRapport, on_delete=models.PROTECT, null=True, related_name="fabrications")
    genre = models.CharField("document", max_length=20, choices=Genre)
    etat = models.CharField("état", max_length=10, choices=EtatFabrication, default=EtatFabrication.DEMANDEE)
    avancement = models.IntegerField("avancement, en pour cent", default=0)
    etape = models.CharField("où il en est", max_length=120, blank=True)
    jeton = models.CharField("jeton de l'ouvrier", max_length=32, blank=True)
    essais = models.IntegerField("essais", default=0)
    demandee_par = models.CharField("demandé par", max_length=250)
    demandee_le = models.DateTimeField("demandé le")
    battement = models.DateTimeField("dernier signe de vie", null=True, blank=True)
    terminee_le = models.DateTimeField("terminé le", null=True, blank=True)
    taille = models.IntegerField("taille en octets", default=0)
    empreinte = models.CharField("SHA-256 du fichier", max_length=64, blank=True)
    projet = models.BooleanField("le fichier porte la mention PROJET", default=True)
    erreur = models.CharField("ce qui l'a arrêté", max_length=300, blank=True)

    objects = FabricationQuerySet.as_manager()

    class Meta:
        verbose_name = "fabrication d'un document"
        ordering = ("-demandee_le", "-pk")
        constraints = (
            models.CheckConstraint(
                name="fabrication_choix_connus",
                condition=Q(etat__in=EtatFabrication.values, genre__in=Genre.values),
                violation_error_message="État ou document inconnus.",
            ),
            models.CheckConstraint(
                name="fabrication_avancement_possible",
                condition=Q(avancement__gte=0, avancement__lte=100),
                violation_error_message="Un avancement va de 0 à 100 %.",
            ),
            models.CheckConstraint(
                name="fabrication_prete_a_son_fichier",
                condition=~Q(etat=EtatFabrication.PRETE) | (Q(terminee_le__isnull=False) & ~Q(empreinte="")),
                violation_error_message="Un document prêt a son fichier.",
            ),
        )

    def __str__(self) -> str:
        return self.cle

    @property
    def est_perimee(self) -> bool:
        """Ready, but made before its version was validated (it still says PROJET), or before that was taken back."""
        ready = self.etat == EtatFabrication.PRETE
        return ready and self.version is not None and self.projet == self.version.est_validee

    @property
    def nom_interne(self) -> str:
        """The one name under which its file is kept: a worker that takes it again writes over the same one."""
        extension = {Genre.RAPPORT_PDF: "pdf", Genre.RAPPORT_DOCX: "docx", Genre.COURRIERS: "zip"}[Genre(self.genre)]
        return f"{self.pk}.{extension}"
