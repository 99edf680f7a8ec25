"""What official files say of a commune or of the intercommunalité: copied with its year and its source."""

from typing import Any, Self

from django.db import models
from django.db.models import Q


class ClePublique(models.TextChoices):
    """What official files tell; the lines of the questionnaire name these keys (``Ligne.publique``)."""

    POPULATION_MUNICIPALE = "population_municipale", "Population municipale"
    POPULATION_TOTALE = "population_totale", "Population totale"
    POPULATION_DGF = "population_dgf", "Population DGF"
    SUPERFICIE = "superficie", "Superficie, en hectares"
    LONGUEUR_VOIRIE = "longueur_voirie", "Longueur de voirie, en mètres"
    ENFANTS_3_16 = "enfants_3_16", "Population de 3 à 16 ans"
    POTENTIEL_FISCAL = "potentiel_fiscal", "Potentiel fiscal, en euros"
    POTENTIEL_FISCAL_HABITANT = "potentiel_fiscal_habitant", "Potentiel fiscal par habitant, en euros"
    POTENTIEL_FINANCIER = "potentiel_financier", "Potentiel financier, en euros"
    POTENTIEL_FINANCIER_HABITANT = "potentiel_financier_habitant", "Potentiel financier par habitant, en euros"
    EFFORT_FISCAL = "effort_fiscal", "Effort fiscal"
    REVENU = "revenu", "Revenu fiscal de référence des habitants, en euros"
    DOTATION_FORFAITAIRE = "dotation_forfaitaire", "Dotation forfaitaire, en euros"
    CIF = "cif", "Coefficient d'intégration fiscale, en %"
    DEPENSES_FONCTIONNEMENT = "depenses_fonctionnement", "Dépenses de fonctionnement, en euros"
    RECETTES_FONCTIONNEMENT = "recettes_fonctionnement", "Recettes de fonctionnement, en euros"
    FRAIS_PERSONNEL = "frais_personnel", "Frais de personnel, en euros"
    ACHATS_CHARGES = "achats_charges", "Achats et charges externes, en euros"
    DEPENSES_INVESTISSEMENT = "depenses_investissement", "Dépenses d'investissement, en euros"
    EPARGNE_BRUTE = "epargne_brute", "Épargne brute, en euros"
    ENCOURS_DETTE = "encours_dette", "Encours de dette, en euros"


class PubliqueQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Public data are public: everybody of the démarche reads them."""
        return self.filter(demarche_id=acteur.demarche_id)


class DonneePublique(models.Model):
    """One figure, in hundredths of its unit, or one text. ``commune`` empty: of the intercommunalité.

    ``cle`` is one of ``ClePublique``; ``annee`` the year that the figure tells of, not that of its publication.
    """

    demarche = models.ForeignKey("territoires.Demarche", on_delete=models.PROTECT, related_name="donnees_publiques")
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="donnees_publiques"
    )
    cle = models.CharField("clé", max_length=60)
    centiemes = models.BigIntegerField("valeur, en centièmes", null=True, blank=True)
    texte = models.CharField("texte", max_length=200, blank=True)
    annee = models.IntegerField("année")
    source = models.CharField("source", max_length=200)
    importee_par = models.CharField("importée par", max_length=250)
    importee_le = models.DateTimeField("importée le")

    objects = PubliqueQuerySet.as_manager()

    class Meta:
        verbose_name = "donnée publique"
        ordering = ("demarche", "commune", "cle", "-annee")
        constraints = (
            models.UniqueConstraint(
                fields=("demarche", "commune", "cle", "annee"),
                name="donnee_publique_unique",
                violation_error_message="Cette donnée publique est déjà là pour cette année.",
            ),
            models.UniqueConstraint(
                fields=("demarche", "cle", "annee"),
                condition=Q(commune__isnull=True),
                name="donnee_publique_epci_unique",
                violation_error_message="Cette donnée publique est déjà là pour cette année.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cle} {self.annee}"
