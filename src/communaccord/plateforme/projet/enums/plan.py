"""How far an action of the projet de territoire has come. A leaf."""

from django.db import models


class EtatAction(models.TextChoices):
    A_ENGAGER = "a_engager", "à engager"
    EN_COURS = "en_cours", "en cours"
    REALISEE = "realisee", "réalisée"
    ABANDONNEE = "abandonnee", "abandonnée"


class Niveau(models.TextChoices):
    """The three levels of the plan, from the widest; the value is a part of the addresses."""

    ORIENTATION = "orientations", "orientation"
    OBJECTIF = "objectifs", "objectif"
    ACTION = "actions", "action"
