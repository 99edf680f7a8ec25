"""Choices of the reference tables, as the DGCL writes them."""

from django.db import models


class Nature(models.TextChoices):
    """Legal nature of an intercommunalité à fiscalité propre (and of the Métropole de Lyon, which is not one)."""

    CC = "CC", "communauté de communes"
    CA = "CA", "communauté d'agglomération"
    CU = "CU", "communauté urbaine"
    METRO = "METRO", "métropole"
    MET69 = "MET69", "métropole de Lyon, collectivité à statut particulier"


class Financement(models.TextChoices):
    """Tax regime."""

    FPU = "FPU", "fiscalité professionnelle unique"
    FA = "FA", "fiscalité additionnelle"
