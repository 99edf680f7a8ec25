"""What a scenario says beyond its figures: service, mayor, staff, forgotten costs, exit. Frozen with the scenario."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.dossiers.models.scenario import Scenario
from communaccord.plateforme.socle.figes import EcritureInterdite


class NomVolet(models.TextChoices):
    """Each part is written on its own, over the version that was read."""

    SERVICE = "service", "Le service aux habitants et aux habitantes"
    MAIRE = "maire", "Pour le ou la maire"
    EFFECTIFS = "effectifs", "Les agents et les agentes, employeur par employeur"
    COUTS = "couts", "Les coûts souvent oubliés"
    CLAUSES = "clauses", "Sortie et protections"


class Critere(models.TextChoices):
    HORAIRES = "horaires", "Horaires d'ouverture"
    DELAIS = "delais", "Délais"
    LIEU = "lieu", "Lieu d'accueil"
    INTERLOCUTEUR = "interlocuteur", "Qui répond"
    AUTRE = "autre", "Autre"


class Avis(models.TextChoices):
    """Said by people: nothing computes it."""

    MIEUX = "mieux", "mieux"
    PAREIL = "pareil", "pareil"
    MOINS_BIEN = "moins_bien", "moins bien"


class ThemeMaire(models.TextChoices):
    DECISION = "decision", "La décision"
    SIGNATURE = "signature", "La signature des actes"
    AUTORITE = "autorite", "L'autorité sur les agents et les agentes"
    BUDGET = "budget", "Le budget"
    NOMINATION = "nomination", "La nomination et la carrière"
    ORGANISATION = "organisation", "Les horaires et les priorités du service"
    AUTRE = "autre", "Autre"


class Sens(models.TextChoices):
    CHANGE = "change", "change"
    NE_CHANGE_PAS = "ne_change_pas", "ne change pas"


class PosteOublie(models.TextChoices):
    """The costs that are often forgotten (design/produit.md, practice of the field)."""

    ALIGNEMENT = "alignement", "Alignement des régimes de rémunération"
    ENCADREMENT = "encadrement", "Encadrement du service"
    INDIRECTS = "indirects", "Coûts indirects (fonctions support)"
    MIGRATION = "migration", "Reprise des données et des logiciels"
    RESIDUELS = "residuels", "Coûts qui restent dans les communes"
    TRANSITION = "transition", "Transition et recrutements"
    LOCAUX = "locaux", "Locaux et assurances"


class EtatCout(models.TextChoices):
    """No row at all: not told yet."""

    CHIFFRE = "chiffre", "chiffré"
    COMPRIS = "compris", "déjà compté dans le coût du scénario"
    SANS_OBJET = "sans_objet", "sans objet"


class Rythme(models.TextChoices):
    UNE_FOIS = "une_fois", "une fois"
    PAR_AN = "par_an", "chaque année"


class PorteurCout(models.TextChoices):
    EPCI = "epci", "l'intercommunalité"
    CLE = "cle", "les communes qui participent, comme leurs contributions"
    PARTS_EGALES = "parts_egales", "les communes qui participent, à parts égales"
    COMMUNE = "commune", "une commune"


def refuse_figes(scenarios: Iterable[int]) -> None:
    """What hangs from a frozen scenario is frozen with it."""
    if Scenario.objects.filter(pk__in=set(scenarios), fige_le__isnull=False).exists():
        raise EcritureInterdite("profondeur")


class DuScenarioQuerySet(models.QuerySet):
    """Rows of a scenario: read with it, never written once it is frozen."""

    def visible_to(self, acteur: Any) -> Self:
        return self.filter(scenario__in=Scenario.objects.visible_to(acteur))

    def update(self, **values: Any) -> int:
        self.refuse()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        rows = list(objs)
        refuse_figes(row.scenario_id for row in rows)
        return super().bulk_create(rows, *args, **options)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **options: Any) -> int:
        rows = list(objs)
        refuse_figes(row.scenario_id for row in rows)
        return super().bulk_update(rows, *args, **options)

    def refuse(self) -> None:
        if self.filter(scenario__fige_le__isnull=False).exists():
            raise EcritureInterdite(self.model.__name__)


class DuScenario(models.Model):
    """A row that hangs from a scenario."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="+")

    objects = DuScenarioQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        refuse_figes([self.scenario_id])
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        refuse_figes([self.scenario_id])
        return super().delete(*args, **options)


class Volet(DuScenario):
    """Who wrote a part last, and at which version: two people never write over each other unawares."""

    nom = models.CharField("partie", max_length=10, choices=NomVolet)
    version = models.IntegerField("version", default=1)
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")

    class Meta:
        verbose_name = "partie d'un scénario"
        verbose_name_plural = "parties d'un scénario"
        constraints = (
            models.UniqueConstraint(
                fields=("scenario", "nom"),
                name="volet_unique",
                violation_error_message="Cette partie vient d'être ouverte par quelqu'un d'autre.",
            ),
            models.CheckConstraint(
                name="volet_connu",
                condition=Q(nom__in=NomVolet.values),
                violation_error_message="Partie inconnue.",
            ),
        )

    def __str__(self) -> str:
        return self.nom


class CritereService(DuScenario):
    """One criterion of the service: before, after, and what people say of it (empty: not told)."""

    rang = models.IntegerField("rang")
    critere = models.CharField("critère", max_length=14, choices=Critere)
    libelle = models.CharField("critère, en clair", max_length=80, blank=True)
    avant = models.CharField("aujourd'hui", max_length=300, blank=True)
    apres = models.CharField("demain", max_length=300, blank=True)
    avis = models.CharField("avis", max_length=10, choices=Avis, blank=True)

    class Meta:
        verbose_name = "critère du service"
        verbose_name_plural = "critères du service"
        ordering = ("scenario", "rang", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("scenario", "rang"),
                name="critere_rang_unique",
                violation_error_message="Deux critères ont le même rang.",
            ),
            models.CheckConstraint(
                name="critere_connu",
                condition=Q(critere__in=Critere.values) & (~Q(critere=Critere.AUTRE) | ~Q(libelle="")),
                violation_error_message="Nommez le critère.",
            ),
            models.CheckConstraint(
                name="critere_avis_connu",
                condition=Q(avis__in=["", *Avis.values]),
                violation_error_message="Dites mieux, pareil ou moins bien.",
            ),
        )

    def __str__(self) -> str:
        return self.nom

    @property
    def nom(self) -> str:
        return self.libelle or Critere(self.critere).label


class ChangementMaire(DuScenario):
    """One line of what changes, or does not, for the mayor."""

    rang = models.IntegerField("rang")
    theme = models.CharField("sujet", max_length=14, choices=ThemeMaire)
    sens = models.CharField("sens", max_length=14, choices=Sens)
    texte = models.CharField("texte", max_length=300)

    class Meta:
        verbose_name = "ligne pour le ou la maire"
        verbose_name_plural = "lignes pour le ou la maire"
        ordering = ("scenario", "rang", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("scenario", "rang"),
                name="changement_rang_unique",
                violation_error_message="Deux lignes ont le même rang.",
            ),
            models.CheckConstraint(
                name="changement_dit",
                condition=Q(theme__in=ThemeMaire.values, sens__in=Sens.values) & ~Q(texte=""),
                violation_error_message="Dites ce qui change ou ne change pas.",
            ),
        )

    def __str__(self) -> str:
        return self.texte
