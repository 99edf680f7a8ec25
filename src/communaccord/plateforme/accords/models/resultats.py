"""What comes out of a round: the publication, what each commune alone is shown, what is put on the table."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.accords.enums import NaturePartage
from communaccord.plateforme.accords.models.cercles import reads_commune
from communaccord.plateforme.accords.models.reponses import Element
from communaccord.plateforme.accords.models.tours import Tour
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class ResultatQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(tour__in=Tour.objects.visible_to(acteur))


class Resultat(Fige):
    """The published result, computed once. `entrees`: all that the engine read, canonical JSON with a nonce, sealed to
    the key of the round; `empreinte`: its SHA-256. `publication`: by dossier, what the rule allows.
    """

    tour = models.OneToOneField(Tour, on_delete=models.PROTECT, related_name="resultat")
    calcule_le = models.DateTimeField("calculé le")
    ouvert_par = models.CharField("plis ouverts par", max_length=500)
    entrees = models.BinaryField("entrées du calcul, scellées")
    empreinte = models.CharField("SHA-256 des entrées", max_length=64)
    version_moteur = models.CharField("version du moteur", max_length=20)
    publication = models.JSONField("ce qui est publié")

    objects = ResultatQuerySet.as_manager()

    class Meta:
        verbose_name = "résultat d'un tour"
        constraints = (
            models.CheckConstraint(
                name="resultat_empreinte_donnee",
                condition=~Q(empreinte="") & ~Q(version_moteur=""),
                violation_error_message="Un résultat porte l'empreinte de ses entrées et la version du moteur.",
            ),
        )

    def __str__(self) -> str:
        return f"Résultat du tour {self.tour_id}"


class AVousSeuleQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        if not reads_commune(acteur):
            return self.none()
        return self.filter(tour__demarche_id=acteur.demarche_id, commune_id=acteur.commune_id)

    def forget(self) -> int:
        """Destroy these rows: done by the end of the time of keeping, and by nothing else; number of rows."""
        return super(FigeQuerySet, self).delete()[0]


class AVousSeule(Fige):
    """What a commune alone is shown on a dossier, by scenario; locked for that commune, destroyed with the keys."""

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="a_vous_seules")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, related_name="a_vous_seules")
    contenu = models.BinaryField("contenu, fermé pour la commune")

    objects = AVousSeuleQuerySet.as_manager()

    class Meta:
        verbose_name = "à vous seule"
        ordering = ("tour", "dossier")
        constraints = (
            models.UniqueConstraint(
                fields=("tour", "dossier", "commune"),
                name="a_vous_seule_unique",
                violation_error_message="Ce retour a déjà été calculé.",
            ),
        )

    def __str__(self) -> str:
        return f"À vous seule, tour {self.tour_id}"


class PartageQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Those who sit at the table, after the opening: no row exists before."""
        mine = self.filter(tour__demarche_id=acteur.demarche_id)
        return mine if acteur.est_de_la_table or acteur.est_horloge else mine.none()


class Partage(Fige):
    """What a commune put on the table, in clear: at the opening what it had marked so, later what it chose to show."""

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="partages")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, related_name="partages")
    nature = models.CharField("nature", max_length=12, choices=NaturePartage)
    element = models.OneToOneField(Element, on_delete=models.PROTECT, null=True, blank=True, related_name="partage")
    contenu = models.JSONField("contenu")
    partage_le = models.DateTimeField("partagé le")
    partage_par = models.CharField("partagé par", max_length=250)

    objects = PartageQuerySet.as_manager()

    class Meta:
        verbose_name = "élément partagé"
        ordering = ("tour", "dossier", "commune", "pk")
        constraints = (
            models.CheckConstraint(
                name="partage_element_dit",
                condition=Q(nature=NaturePartage.ELEMENT, element__isnull=False)
                | Q(nature=NaturePartage.A_VOUS_SEULE, element__isnull=True),
                violation_error_message="Un partage dit son élément, sauf celui d'un retour à la commune seule.",
            ),
            models.UniqueConstraint(
                fields=("tour", "dossier", "commune"),
                condition=Q(nature=NaturePartage.A_VOUS_SEULE),
                name="partage_a_vous_seule_une_fois",
                violation_error_message="Cet ajustement est déjà partagé.",
            ),
        )

    def __str__(self) -> str:
        return f"Partage {self.pk}"
