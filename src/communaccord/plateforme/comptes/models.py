"""People: the account that signs in, the person, the mandates they hold.

An account is an e-mail address. A mairie's shared mailbox is normal: several persons may be reached by one account, and
what only a mayor may do asks the personal code of that mayor. A person belongs to one démarche; the same account may
lead to persons of several.
"""

from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.comptes.enums import A_TERME, DANS_UNE_COMMUNE, Role
from communaccord.plateforme.comptes.noms import say_once


class CompteManager(BaseUserManager):
    """Accounts are known by their address, written in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Compte":
        if not email:
            raise ValueError("Un compte porte une adresse électronique.")
        compte = self.model(email=email.strip().lower(), **fields)
        compte.set_password(password)
        compte.save(using=self._db)
        # What the sign-in library asks to be verified: the first code received there does it.
        compte.emailaddress_set.create(email=compte.email, primary=True)
        return compte

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Compte":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class Compte(AbstractBaseUser, PermissionsMixin):
    """An address that signs in. `is_staff`: administers this installation (confirms démarches), reads no answer."""

    email = models.EmailField(
        "adresse électronique", unique=True, error_messages={"unique": "Un compte porte déjà cette adresse."}
    )
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("administre l'installation", default=False)
    date_joined = models.DateTimeField("créé le", auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    objects = CompteManager()

    class Meta:
        verbose_name = "compte"
        constraints = (
            models.CheckConstraint(
                name="compte_adresse_donnee",
                condition=~Q(email=""),
                violation_error_message="Un compte porte une adresse électronique.",
            ),
        )

    def __str__(self) -> str:
        return self.email


class AvecCode(models.Model):
    """What keeps a code that is tried: its imprint, the misses, until when it is closed (codes.py)."""

    code_empreinte = models.CharField("empreinte du code", max_length=200, blank=True)
    code_pose_le = models.DateTimeField("code posé le", null=True, blank=True)
    code_essais = models.IntegerField("essais manqués", default=0)
    code_bloque_jusque = models.DateTimeField("code bloqué jusqu'à", null=True, blank=True)

    class Meta:
        abstract = True


class PersonneQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(demarche_id=acteur.demarche_id)

    def with_mandats(self) -> Self:
        return self.select_related("compte").prefetch_related("mandats__commune")


class Personne(AvecCode):
    """Somebody of a démarche, reached by an account, or not yet by any; the code is the personal one."""

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="personnes")
    compte = models.ForeignKey(Compte, on_delete=models.SET_NULL, null=True, blank=True, related_name="personnes")
    nom = models.CharField("nom ou fonction", max_length=150)
    courriel = models.EmailField("adresse pour la joindre", blank=True)
    invitee_le = models.DateTimeField("dernière invitation", null=True, blank=True)
    code_provisoire = models.BooleanField("code à remplacer à la première utilisation", default=False)
    code_pose_par = models.ForeignKey(
        Compte, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="compte qui l'a posé"
    )

    objects = PersonneQuerySet.as_manager()

    class Meta:
        verbose_name = "personne"
        ordering = ("nom", "pk")
        constraints = (
            models.CheckConstraint(
                name="personne_nom_donne",
                condition=~Q(nom=""),
                violation_error_message="Dites comment nommer cette personne : son nom, ou sa fonction.",
            ),
        )

    def __str__(self) -> str:
        return self.nom


class MandatQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(personne__demarche_id=acteur.demarche_id)

    def active_on(self, jour: date) -> Self:
        """Mandates in force that day, first and last day included."""
        return self.filter(Q(fin__isnull=True) | Q(fin__gte=jour), debut__lte=jour)

    def of_demarche(self, demarche_id: int) -> Self:
        return self.filter(personne__demarche_id=demarche_id)

    def with_personne(self) -> Self:
        return self.select_related("personne__demarche", "personne__compte", "commune")


class Mandat(models.Model):
    """One hat: a role, for a commune when the role names one, from a day to a day."""

    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="mandats")
    role = models.CharField("rôle", max_length=26, choices=Role)
    fonction = models.CharField("fonction", max_length=150, blank=True)
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="mandats"
    )
    debut = models.DateField("à partir du")
    fin = models.DateField("jusqu'au", null=True, blank=True)

    objects = MandatQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="mandat_role_connu",
                condition=Q(role__in=Role.values),
                violation_error_message="Rôle inconnu : choisissez-en un dans la liste.",
            ),
            models.CheckConstraint(
                name="mandat_dates_dans_l_ordre",
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")),
                violation_error_message="Un mandat finit après avoir commencé.",
            ),
            models.CheckConstraint(
                name="mandat_commune_dite",
                condition=~Q(role__in=sorted(DANS_UNE_COMMUNE)) | Q(commune__isnull=False),
                violation_error_message="Ce rôle s'exerce dans une commune : dites laquelle.",
            ),
            models.CheckConstraint(
                name="mandat_a_terme",
                condition=~Q(role__in=sorted(A_TERME)) | Q(fin__isnull=False),
                violation_error_message="L'accès d'un consultant a une date de fin : donnez-la.",
            ),
            models.UniqueConstraint(
                fields=("commune",),
                condition=Q(role=Role.MAIRE, fin__isnull=True),
                name="mandat_un_seul_maire",
                violation_error_message="Cette commune a déjà un ou une maire : mettez d'abord fin à ce mandat.",
            ),
        )

    def __str__(self) -> str:
        return self.fonction or self.get_role_display()

    @property
    def libelle(self) -> str:
        """Who acts, and in what quality, each said once."""
        return say_once(self.personne.nom, str(self))

    @property
    def precision(self) -> str:
        """Beside the name: the function when it says something else, otherwise the role."""
        is_other = self.libelle.startswith(f"{self.personne.nom}, ")
        return str(self) if is_other else self.get_role_display()


class Confirmation(AvecCode):
    """How a démarche on a real territory is confirmed by letter: the code is posted to the seat of the EPCI."""

    demarche = models.OneToOneField("territoires.Demarche", on_delete=models.PROTECT, related_name="confirmation")

    class Meta:
        verbose_name = "confirmation d'une démarche"

    def __str__(self) -> str:
        return f"confirmation de la démarche {self.demarche_id}"
