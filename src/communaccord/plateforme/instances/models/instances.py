"""An instance and who sits in it; the poles by which a large intercommunalité restricts its COPIL."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.instances.enums import UNIQUES, Fonction, Qualite, TypeInstance, describe_fonction


class DemarcheQuerySet(models.QuerySet):
    """How the démarche organises itself is known to all its persons: no figure and no position is there."""

    def visible_to(self, acteur: Any) -> Self:
        return self.filter(demarche_id=acteur.demarche_id)


class InstanceQuerySet(DemarcheQuerySet):
    def active(self) -> Self:
        return self.filter(close_le__isnull=True)

    def with_composition(self) -> Self:
        return self.select_related("commune", "prepare_pour", "presidence__personne", "presidence__commune")


class Instance(models.Model):
    """A body of the démarche. ``en_exercice``: members in exercise of a council, vacant seats left out.

    ``adjoint_admis``: the règlement intérieur lets an adjoint sit for the maire.
    """

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="instances")
    type = models.CharField("type", max_length=24, choices=TypeInstance)
    fonction = models.CharField("à quoi elle sert", max_length=12, choices=Fonction)
    nom = models.CharField("nom", max_length=150)
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="instances"
    )
    prepare_pour = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="preparee_par"
    )
    presidence = models.ForeignKey(
        "comptes.Mandat", on_delete=models.PROTECT, null=True, blank=True, related_name="presidences"
    )
    ouverte_aux_municipaux = models.BooleanField("ouverte aux conseillers et conseillères municipales", default=False)
    adjoint_admis = models.BooleanField("un adjoint ou une adjointe peut remplacer le ou la maire", default=True)
    en_exercice = models.IntegerField("membres en exercice", null=True, blank=True)
    creee_le = models.DateTimeField("créée le")
    close_le = models.DateTimeField("close le", null=True, blank=True)

    objects = InstanceQuerySet.as_manager()

    class Meta:
        verbose_name = "instance"
        ordering = ("demarche", "pk")
        constraints = (
            models.CheckConstraint(
                name="instance_type_connu",
                condition=Q(type__in=TypeInstance.values),
                violation_error_message="Type d'instance inconnu : choisissez-en un dans la liste.",
            ),
            models.CheckConstraint(
                name="instance_fonction_connue",
                condition=Q(fonction__in=Fonction.values),
                violation_error_message="Dites à quoi sert l'instance : régulation, décision ou production.",
            ),
            models.CheckConstraint(
                name="instance_nom_donne",
                condition=~Q(nom=""),
                violation_error_message="Donnez un nom à l'instance.",
            ),
            models.CheckConstraint(
                name="instance_commune_si_conseil_municipal",
                condition=Q(type=TypeInstance.CONSEIL_MUNICIPAL, commune__isnull=False)
                | (~Q(type=TypeInstance.CONSEIL_MUNICIPAL) & Q(commune__isnull=True)),
                violation_error_message="Un conseil municipal est celui d'une commune ; les autres instances, non.",
            ),
            models.CheckConstraint(
                name="instance_en_exercice_positif",
                condition=Q(en_exercice__isnull=True) | Q(en_exercice__gte=1),
                violation_error_message="Un conseil compte au moins un membre en exercice.",
            ),
            models.CheckConstraint(
                name="instance_ne_se_prepare_pas_elle_meme",
                condition=Q(prepare_pour__isnull=True) | ~Q(prepare_pour=F("id")),
                violation_error_message="Une instance ne prépare pas ses propres séances.",
            ),
            models.UniqueConstraint(
                fields=("demarche", "type"),
                condition=Q(type__in=sorted(UNIQUES), close_le__isnull=True),
                name="instance_unique",
                violation_error_message="Cette démarche a déjà cette instance.",
            ),
            models.UniqueConstraint(
                fields=("commune",),
                condition=Q(type=TypeInstance.CONSEIL_MUNICIPAL, close_le__isnull=True),
                name="instance_conseil_municipal_unique",
                violation_error_message="Cette commune a déjà son conseil municipal dans la démarche.",
            ),
        )

    def __str__(self) -> str:
        return self.nom

    @property
    def sert_a(self) -> str:
        return describe_fonction(self.type, self.fonction)


class Pole(models.Model):
    """A group of communes with one representative in a restricted COPIL; chosen by people, never by the software."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="poles")
    nom = models.CharField("nom", max_length=100)
    communes = models.ManyToManyField("territoires.CommuneMembre", through="PoleCommune", related_name="poles")

    objects = DemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "pôle"
        ordering = ("nom", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "nom"),
                name="pole_nom_unique",
                violation_error_message="Un pôle porte déjà ce nom.",
            ),
            models.CheckConstraint(
                name="pole_nom_donne", condition=~Q(nom=""), violation_error_message="Donnez un nom au pôle."
            ),
        )

    def __str__(self) -> str:
        return self.nom


class PoleCommune(models.Model):
    """A commune belongs to one pole at most."""

    pole = models.ForeignKey(Pole, on_delete=models.CASCADE, related_name="liens")
    commune = models.OneToOneField("territoires.CommuneMembre", on_delete=models.CASCADE, related_name="lien_pole")

    class Meta:
        verbose_name = "commune d'un pôle"
        ordering = ("commune__cle_tri", "pk")

    def __str__(self) -> str:
        return f"{self.pole_id}, commune {self.commune_id}"


class MembreQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(instance__demarche_id=acteur.demarche_id)

    def active_on(self, jour: date) -> Self:
        """Members that day whose mandate is in force."""
        return self.filter(
            Q(jusqu_au__isnull=True) | Q(jusqu_au__gte=jour),
            Q(mandat__fin__isnull=True) | Q(mandat__fin__gte=jour),
            depuis__lte=jour,
        )

    def with_mandat(self) -> Self:
        return self.select_related("mandat__personne__compte", "mandat__commune", "pole").order_by(
            "mandat__commune__cle_tri", "pk"
        )


class MembreInstance(models.Model):
    """A mandate that sits in an instance, from a day to a day; for a pole when the instance is restricted."""

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="membres")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, related_name="sieges_instances")
    qualite = models.CharField("qualité", max_length=10, choices=Qualite, default=Qualite.MEMBRE)
    pole = models.ForeignKey(Pole, on_delete=models.SET_NULL, null=True, blank=True, related_name="representants")
    depuis = models.DateField("depuis le")
    jusqu_au = models.DateField("jusqu'au", null=True, blank=True)

    objects = MembreQuerySet.as_manager()

    class Meta:
        verbose_name = "membre d'une instance"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="membre_qualite_connue",
                condition=Q(qualite__in=Qualite.values),
                violation_error_message="Qualité inconnue : choisissez-en une dans la liste.",
            ),
            models.CheckConstraint(
                name="membre_dates_dans_l_ordre",
                condition=Q(jusqu_au__isnull=True) | Q(jusqu_au__gte=F("depuis")),
                violation_error_message="On quitte une instance après y être entré.",
            ),
            models.UniqueConstraint(
                fields=("instance", "mandat"),
                condition=Q(jusqu_au__isnull=True),
                name="membre_unique",
                violation_error_message="Cette personne siège déjà dans l'instance.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.mandat_id} ({self.get_qualite_display()})"
