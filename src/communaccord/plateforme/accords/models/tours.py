"""A tour de consultation: its dates, its dossiers with their frozen scenarios, its key, its history."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.accords.enums import EtatTour, ModeOuverture, PhaseTour
from communaccord.plateforme.accords.models.cercles import reads_resultat, reads_tour
from communaccord.plateforme.accords.models.regles import RegleDuJeu
from communaccord.plateforme.accords.phases import get_phase
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class TourQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The table sees every round; the other élus see those whose result is published; nobody else."""
        mine = self.filter(demarche_id=acteur.demarche_id)
        if reads_tour(acteur):
            return mine
        return mine.filter(etat=EtatTour.DEPOUILLE) if reads_resultat(acteur) else mine.none()

    def accepting(self, instant: datetime) -> Self:
        """Rounds that take answers at this instant: the condition of every write of an answer."""
        return self.filter(etat=EtatTour.OUVERT, ouvre_le__lte=instant, cloture_le__gt=instant)

    def closed(self, instant: datetime) -> Self:
        """Rounds past their closing date and not yet opened."""
        return self.filter(etat=EtatTour.OUVERT, cloture_le__lte=instant)

    def with_regle(self) -> Self:
        return self.select_related("regle", "demarche", "precedent")


class Tour(models.Model):
    """One round. Closed is derived from `cloture_le`; `validations` counts answers, by the UPDATE that takes them.

    `cle_publique` seals; `cle_privee` (HORLOGE only) is locked under the master key of the installation; both come at
    the opening. `empreinte_coffre` tells whether the master key is still that of the opening.
    """

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="tours")
    numero = models.IntegerField("numéro")
    titre = models.CharField("titre", max_length=150)
    regle = models.ForeignKey(RegleDuJeu, on_delete=models.PROTECT, related_name="tours")
    precedent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name="tour précédent", related_name="suivants"
    )
    mode = models.CharField("ouverture des plis", max_length=10, choices=ModeOuverture)
    etat = models.CharField("état", max_length=16, choices=EtatTour, default=EtatTour.PREPARATION)
    ouvre_le = models.DateTimeField("ouvre le")
    cloture_le = models.DateTimeField("clôture le")
    prepare_le = models.DateTimeField("préparé le")
    depouille_le = models.DateTimeField("dépouillé le", null=True, blank=True)
    motif = models.CharField("pourquoi il s'est arrêté", max_length=500, blank=True)
    validations = models.IntegerField("réponses validées", default=0)
    graine = models.CharField("texte du tirage au sort", max_length=200, blank=True)
    cle_publique = models.BinaryField("clé publique", null=True)
    cle_privee = models.BinaryField("clé privée, fermée", null=True)
    empreinte_coffre = models.CharField("empreinte de la clé du coffre", max_length=16, blank=True)
    cles_oubliees_le = models.DateTimeField("clés détruites le", null=True, blank=True)
    dossiers = models.ManyToManyField("dossiers.Dossier", through="TourDossier", related_name="tours")

    objects = TourQuerySet.as_manager()

    class Meta:
        verbose_name = "tour de consultation"
        ordering = ("demarche", "-numero")
        indexes = (models.Index(fields=("etat", "cloture_le"), name="tour_par_cloture"),)
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "numero"),
                name="tour_numero_unique",
                violation_error_message="Un autre tour vient de prendre ce numéro : réessayez.",
            ),
            models.CheckConstraint(
                name="tour_etat_connu",
                condition=Q(etat__in=EtatTour.values),
                violation_error_message="État de tour inconnu.",
            ),
            models.CheckConstraint(
                name="tour_mode_connu",
                condition=Q(mode__in=ModeOuverture.values),
                violation_error_message="Dites comment les plis sont ouverts : par l'horloge ou par les assesseurs.",
            ),
            models.CheckConstraint(
                name="tour_titre_donne",
                condition=~Q(titre=""),
                violation_error_message="Un tour porte un titre : donnez-le.",
            ),
            models.CheckConstraint(
                name="tour_dates_dans_l_ordre",
                condition=Q(cloture_le__gt=F("ouvre_le")),
                violation_error_message="Un tour se clôt après s'être ouvert : vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                name="tour_lance_avec_cle",
                condition=Q(etat__in=(EtatTour.PREPARATION, EtatTour.ABANDONNE)) | Q(cle_publique__isnull=False),
                violation_error_message="Un tour lancé porte sa clé.",
            ),
            models.CheckConstraint(
                name="tour_cle_privee_par_horloge",
                condition=Q(cle_privee__isnull=True) | Q(mode=ModeOuverture.HORLOGE),
                violation_error_message="La clé d'un tour à assesseurs n'est gardée nulle part.",
            ),
            models.CheckConstraint(
                name="tour_depouille_date",
                condition=(Q(etat=EtatTour.DEPOUILLE) & Q(depouille_le__isnull=False))
                | (~Q(etat=EtatTour.DEPOUILLE) & Q(depouille_le__isnull=True)),
                violation_error_message="Un tour dépouillé dit quand ; les autres ne le disent pas.",
            ),
            models.CheckConstraint(
                name="tour_arret_motive",
                condition=~Q(etat__in=(EtatTour.ABANDONNE, EtatTour.NON_DEPOUILLABLE)) | ~Q(motif=""),
                violation_error_message="Dites pourquoi le tour s'arrête : toute la table le lira.",
            ),
            models.CheckConstraint(
                name="tour_validations_positives",
                condition=Q(validations__gte=0),
                violation_error_message="Un nombre de réponses ne peut être négatif.",
            ),
        )

    def __str__(self) -> str:
        return self.titre

    def get_phase(self, instant: datetime) -> PhaseTour:
        return get_phase(self.etat, self.ouvre_le, self.cloture_le, instant)

    def is_clos(self, instant: datetime) -> bool:
        """Past its closing date: nothing is accepted any more, whatever has been written since."""
        return instant >= self.cloture_le


class DuTourQuerySet(models.QuerySet):
    """Rows that belong to a round are seen with it."""

    def visible_to(self, acteur: Any) -> Self:
        return self.filter(tour__in=Tour.objects.visible_to(acteur))


class TourScenarioQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """With the round, but for the figures of every commune: those are read in the dossier, by its own rules."""
        return self.filter(lien__tour__in=Tour.objects.visible_to(acteur)).defer("offre")


class TourDossier(models.Model):
    """A dossier put to a round."""

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="liens_dossiers")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="liens_tours")
    ordre = models.IntegerField("ordre")

    objects = DuTourQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier d'un tour"
        ordering = ("tour", "ordre")
        constraints = (
            models.UniqueConstraint(
                fields=("tour", "dossier"),
                name="tour_dossier_unique",
                violation_error_message="Ce dossier est déjà dans le tour.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.tour_id}, dossier {self.dossier_id}"


class TourScenario(models.Model):
    """A scenario put to a round. At the opening its figures are frozen: `offre` (canonical JSON), its `empreinte`."""

    lien = models.ForeignKey(TourDossier, on_delete=models.CASCADE, related_name="scenarios")
    scenario = models.ForeignKey("dossiers.Scenario", on_delete=models.PROTECT, related_name="liens_tours")
    ordre = models.IntegerField("ordre")
    offre = models.TextField("chiffres figés", blank=True)
    empreinte = models.CharField("SHA-256 des chiffres", max_length=64, blank=True)

    objects = TourScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = "scénario d'un tour"
        ordering = ("lien", "ordre")
        constraints = (
            models.UniqueConstraint(
                fields=("lien", "scenario"),
                name="tour_scenario_unique",
                violation_error_message="Ce scénario est déjà dans le tour.",
            ),
            models.CheckConstraint(
                name="tour_scenario_fige_entier",
                condition=Q(offre="", empreinte="") | (~Q(offre="") & ~Q(empreinte="")),
                violation_error_message="Des chiffres figés portent leur empreinte.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lien_id}, scénario {self.scenario_id}"


class HistoriqueTourQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(tour__in=Tour.objects.visible_to(acteur))


class HistoriqueTour(Fige):
    """One change of a round: who, when, from, to, why. Written once. An extension of the dates keeps the state."""

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="historique")
    instant = models.DateTimeField("quand")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    qui = models.CharField("en quel nom", max_length=250)
    etat_avant = models.CharField("état d'avant", max_length=16, choices=EtatTour, blank=True)
    etat_apres = models.CharField("état d'après", max_length=16, choices=EtatTour)
    motif = models.CharField("pourquoi", max_length=500, blank=True)

    objects = HistoriqueTourQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d'un tour"
        ordering = ("tour", "instant", "pk")

    def __str__(self) -> str:
        return f"{self.etat_avant} → {self.etat_apres}"


class AnnonceQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(tour__in=Tour.objects.visible_to(acteur))


class Annonce(Fige):
    """Letters that the clock sent about a round, once each: opening, reminders before this closing, closing."""

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="annonces")
    cle = models.CharField("laquelle", max_length=60)
    instant = models.DateTimeField("quand")

    objects = AnnonceQuerySet.as_manager()

    class Meta:
        verbose_name = "annonce d'un tour"
        ordering = ("tour", "instant", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("tour", "cle"),
                name="annonce_une_fois",
                violation_error_message="Cette annonce est déjà partie.",
            ),
        )

    def __str__(self) -> str:
        return self.cle
