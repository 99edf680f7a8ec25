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


class EtatDemarche(models.TextChoices):
    """A démarche on a real territory waits until somebody entitled confirms it."""

    A_CONFIRMER = "a_confirmer", "à confirmer"
    OUVERTE = "ouverte", "ouverte"
    CLOSE = "close", "close"


class Phase(models.TextChoices):
    """The five phases of a démarche, in their order."""

    ETAT_DES_LIEUX = "etat_des_lieux", "état des lieux"
    ORIENTATIONS = "orientations", "orientations"
    PERIMETRES = "perimetres", "périmètres"
    FORMALISATION = "formalisation", "formalisation"
    MISE_EN_OEUVRE = "mise_en_oeuvre", "mise en œuvre"
