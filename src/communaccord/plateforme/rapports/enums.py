"""The parts of a rapport in their order, what is made of it, where a making stands. Leaves."""

from django.db import models


class ClePartie(models.TextChoices):
    """The parts of the document, in their order; each holds computed matter, written words, or both."""

    MOT = "mot", "Le mot de la présidence"
    CONTEXTE = "contexte", "Le territoire et ses instances"
    PROJET = "projet", "Le projet de territoire"
    CADRE = "cadre", "Le cadre fixé par les élus et les élues"
    ETAT_DES_LIEUX = "etat_des_lieux", "L'état des lieux"
    ACTIONS = "actions", "Le projet de schéma : les actions"
    IMPACT = "impact", "L'impact sur les effectifs et les dépenses de fonctionnement"
    CALENDRIER = "calendrier", "Le calendrier et la suite"
    ANNEXES = "annexes", "Annexes : commune par commune"


class Genre(models.TextChoices):
    """The files that take long to make."""

    RAPPORT_PDF = "rapport_pdf", "Rapport (PDF)"
    RAPPORT_DOCX = "rapport_docx", "Rapport à finir à la main (DOCX)"
    COURRIERS = "courriers", "Lettres et modèles de délibération (ZIP)"


class EtatFabrication(models.TextChoices):
    DEMANDEE = "demandee", "en attente"
    EN_COURS = "en_cours", "en cours"
    PRETE = "prete", "prêt"
    ECHEC = "echec", "interrompu"


EN_ATTENTE = frozenset({EtatFabrication.DEMANDEE, EtatFabrication.EN_COURS})
TRANSITIONS_FABRICATION = {
    EtatFabrication.DEMANDEE: frozenset({EtatFabrication.EN_COURS}),
    EtatFabrication.EN_COURS: frozenset({EtatFabrication.DEMANDEE, EtatFabrication.PRETE, EtatFabrication.ECHEC}),
    EtatFabrication.PRETE: frozenset({EtatFabrication.DEMANDEE}),
    EtatFabrication.ECHEC: frozenset({EtatFabrication.DEMANDEE}),
}


class Papier(models.TextChoices):
    """The papers of a council, each as PDF and DOCX."""

    LETTRE = "lettre", "Lettre de transmission"
    DELIBERATION = "deliberation", "Modèle de délibération"
