"""Who may read an act of the journal."""

from django.db import models


class Portee(models.TextChoices):
    """The circle of readers of an act: it is chosen by the action that writes it."""

    TABLE = "table", "toutes les personnes de la démarche"
    ELUS = "elus", "les élus et les élues, les secrétaires de mairie et l'équipe projet"
    EQUIPE = "equipe", "l'équipe projet, la présidence et les vice-présidences"
    COMMUNE = "commune", "celles et ceux qui agissent pour la commune"
    PERSONNE = "personne", "la personne qui a agi"
