"""A séance, who was convened and answered, who was there."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from communaccord.plateforme.instances.enums import A_VENIR, EtatPresence, EtatSeance, Reponse
from communaccord.plateforme.instances.models.instances import Instance, MembreInstance
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class SeanceQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """All for the équipe projet and the executive; for the members from the convocation on; validated for the élus.

        The secretary of a mairie sees what the maire of that commune is convened to.
        """
        mine = self.filter(instance__demarche_id=acteur.demarche_id)
        if acteur.est_equipe or acteur.est_executif:
            return mine
        convened = Convocation.objects.filter(seance=OuterRef("pk")).of_acteur(acteur)
        sits = MembreInstance.objects.filter(
            instance=OuterRef("instance"), mandat_id=acteur.mandat_id, jusqu_au__isnull=True
        )
        seen = Q(Exists(convened)) | (~Q(etat=EtatSeance.PREPARATION) & Q(Exists(sits)))
        if acteur.est_elu or acteur.est_mairie:
            seen |= Q(releve_version__gte=1)
        return mine.filter(seen)

    def a_venir(self, instant: datetime) -> Self:
        return self.filter(etat__in=sorted(A_VENIR), debut__gte=instant).order_by("debut", "pk")

    def with_instance(self) -> Self:
        return self.select_related(
            "instance__demarche",
            "instance__commune",
            "instance__presidence__personne",
            "instance__presidence__commune",
            "presidence__personne",
            "presidence__commune",
            "secretaire__personne",
            "secretaire__commune",
        )


class Seance(models.Model):
    """A meeting of an instance. ``agenda_version`` grows at each convocation: calendars follow it.

    ``en_exercice``, ``presents`` and ``pouvoirs`` are the counts of a council at its opening; None elsewhere.
    """

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="seances")
    debut = models.DateTimeField("début")
    duree_minutes = models.IntegerField("durée prévue, en minutes", default=120)
    lieu = models.CharField("lieu", max_length=200)
    visioconference = models.CharField("visioconférence", max_length=300, blank=True)
    etat = models.CharField("état", max_length=14, choices=EtatSeance, default=EtatSeance.PREPARATION)
    presidence = models.ForeignKey(
        "comptes.Mandat", on_delete=models.PROTECT, null=True, blank=True, related_name="seances_presidees"
    )
    secretaire = models.ForeignKey(
        "comptes.Mandat", on_delete=models.PROTECT, null=True, blank=True, related_name="secretariats"
    )
    urgence = models.BooleanField("convoquée en urgence", default=False)
    motif_urgence = models.CharField("pourquoi l'urgence", max_length=300, blank=True)
    seconde_convocation = models.BooleanField("seconde convocation, faute de quorum à la première", default=False)
    reponse_avant = models.DateField("réponse attendue avant le", null=True, blank=True)
    convoquee_le = models.DateTimeField("convoquée le", null=True, blank=True)
    agenda_version = models.IntegerField("version de l'invitation", default=0)
    en_exercice = models.IntegerField("membres en exercice", null=True, blank=True)
    presents = models.IntegerField("membres présents", null=True, blank=True)
    pouvoirs = models.IntegerField("pouvoirs", null=True, blank=True)
    releve_version = models.IntegerField("versions validées du relevé", default=0)
    motif = models.CharField("pourquoi elle est annulée", max_length=300, blank=True)
    creee_le = models.DateTimeField("créée le")

    objects = SeanceQuerySet.as_manager()

    class Meta:
        verbose_name = "séance"
        ordering = ("-debut", "pk")
        indexes = (models.Index(fields=("etat", "debut"), name="seance_par_etat"),)
        constraints = (
            models.CheckConstraint(
                name="seance_etat_connu",
                condition=Q(etat__in=EtatSeance.values),
                violation_error_message="État de séance inconnu.",
            ),
            models.CheckConstraint(
                name="seance_lieu_donne",
                condition=~Q(lieu=""),
                violation_error_message="Dites où se tient la séance.",
            ),
            models.CheckConstraint(
                name="seance_duree_possible",
                condition=Q(duree_minutes__gte=5, duree_minutes__lte=1440),
                violation_error_message="La durée prévue va de cinq minutes à une journée.",
            ),
            models.CheckConstraint(
                name="seance_convoquee_datee",
                condition=~Q(etat=EtatSeance.CONVOQUEE) | Q(convoquee_le__isnull=False),
                violation_error_message="Une séance convoquée dit quand elle l'a été.",
            ),
            models.CheckConstraint(
                name="seance_annulee_motivee",
                condition=~Q(etat=EtatSeance.ANNULEE) | ~Q(motif=""),
                violation_error_message="Dites pourquoi la séance est annulée : les personnes convoquées le liront.",
            ),
            models.CheckConstraint(
                name="seance_urgence_motivee",
                condition=Q(urgence=False) | ~Q(motif_urgence=""),
                violation_error_message="Dites pourquoi l'urgence : le conseil se prononce à l'ouverture.",
            ),
            models.CheckConstraint(
                name="seance_releve_valide_compte",
                condition=~Q(etat=EtatSeance.RELEVE_VALIDE) | Q(releve_version__gte=1),
                violation_error_message="Un relevé validé porte une version.",
            ),
            models.CheckConstraint(
                name="seance_comptes_positifs",
                condition=(Q(en_exercice__isnull=True) | Q(en_exercice__gte=1))
                & (Q(presents__isnull=True) | Q(presents__gte=0))
                & (Q(pouvoirs__isnull=True) | Q(pouvoirs__gte=0)),
                violation_error_message="Un nombre de membres ne peut être négatif.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.instance_id}, {self.debut:%d/%m/%Y}"

    @property
    def debut_local(self) -> datetime:
        """The beginning in the zone of the people; needs the instance and its démarche."""
        return self.debut.astimezone(self.instance.demarche.zone)

    @property
    def fin(self) -> datetime:
        return self.debut + timedelta(minutes=self.duree_minutes)


class HistoriqueQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(seance__in=Seance.objects.visible_to(acteur))


class HistoriqueSeance(Fige):
    """One change of state: who, when, from, to, why. Written once."""

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="historique")
    instant = models.DateTimeField("quand")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    qui = models.CharField("en quel nom", max_length=250)
    etat_avant = models.CharField("état d'avant", max_length=14, choices=EtatSeance, blank=True)
    etat_apres = models.CharField("état d'après", max_length=14, choices=EtatSeance)
    motif = models.CharField("pourquoi", max_length=500, blank=True)

    objects = HistoriqueQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d'une séance"
        ordering = ("seance", "instant", "pk")

    def __str__(self) -> str:
        return f"{self.etat_avant} → {self.etat_apres}"


class ConvocationQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """All the answers for the équipe projet and the executive; for anybody else their own and their commune's."""
        mine = self.filter(seance__instance__demarche_id=acteur.demarche_id)
        return mine if acteur.est_equipe or acteur.est_executif else mine.of_acteur(acteur)

    def of_acteur(self, acteur: Any) -> Self:
        """Those that this actor may answer: its own, or those of its commune when it acts for a mairie."""
        own = Q(mandat_id=acteur.mandat_id)
        if acteur.est_mairie and acteur.commune_id:
            own |= Q(mandat__commune_id=acteur.commune_id)
        return self.filter(own)

    def with_mandat(self) -> Self:
        return self.select_related("mandat__personne__compte", "mandat__commune", "notee_par").order_by(
            "mandat__commune__cle_tri", "pk"
        )


class Convocation(models.Model):
    """Somebody convened to a séance, and their answer, told by themselves or noted by the secretary."""

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="convocations")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, related_name="convocations")
    envoyee_le = models.DateTimeField("envoyée le")
    par_courriel = models.BooleanField("envoyée par courriel", default=False)
    reponse = models.CharField("réponse", max_length=10, choices=Reponse, default=Reponse.ATTENDUE)
    par_qui = models.CharField("représentation", max_length=150, blank=True)
    repondue_le = models.DateTimeField("répondu le", null=True, blank=True)
    notee_par = models.ForeignKey(
        "comptes.Mandat", on_delete=models.PROTECT, null=True, blank=True, related_name="reponses_notees"
    )

    objects = ConvocationQuerySet.as_manager()

    class Meta:
        verbose_name = "convocation"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("seance", "mandat"),
                name="convocation_unique",
                violation_error_message="Cette personne est déjà convoquée à la séance.",
            ),
            models.CheckConstraint(
                name="convocation_reponse_connue",
                condition=Q(reponse__in=Reponse.values),
                violation_error_message="Réponse inconnue : choisissez-en une dans la liste.",
            ),
            models.CheckConstraint(
                name="convocation_represente_par_quelqu_un",
                condition=~Q(reponse=Reponse.REPRESENTE) | ~Q(par_qui=""),
                violation_error_message="Dites par qui vous serez représenté ou représentée.",
            ),
            models.CheckConstraint(
                name="convocation_reponse_datee",
                condition=Q(reponse=Reponse.ATTENDUE) | Q(repondue_le__isnull=False),
                violation_error_message="Une réponse porte sa date.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seance_id}, {self.mandat_id}"


class PresenceQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(seance__in=Seance.objects.visible_to(acteur))


class Presence(models.Model):
    """One line of the sheet: a commune where communes are counted, a person elsewhere. No line: not noted yet."""

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="presences")
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="presences"
    )
    mandat = models.ForeignKey(
        "comptes.Mandat", on_delete=models.PROTECT, null=True, blank=True, related_name="presences"
    )
    etat = models.CharField("présence", max_length=10, choices=EtatPresence)
    par_qui = models.CharField("représentée par", max_length=150, blank=True)
    notee_le = models.DateTimeField("notée le")

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "présence"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="presence_etat_connu",
                condition=Q(etat__in=EtatPresence.values),
                violation_error_message="Présence inconnue : choisissez-en une dans la liste.",
            ),
            models.CheckConstraint(
                name="presence_commune_ou_personne",
                condition=Q(commune__isnull=False, mandat__isnull=True) | Q(commune__isnull=True, mandat__isnull=False),
                violation_error_message="Une ligne de présence est celle d'une commune, ou celle d'une personne.",
            ),
            models.UniqueConstraint(
                fields=("seance", "commune"),
                condition=Q(commune__isnull=False),
                name="presence_par_commune_unique",
                violation_error_message="La présence de cette commune est déjà notée.",
            ),
            models.UniqueConstraint(
                fields=("seance", "mandat"),
                condition=Q(mandat__isnull=False),
                name="presence_par_personne_unique",
                violation_error_message="La présence de cette personne est déjà notée.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seance_id}, {self.get_etat_display()}"
