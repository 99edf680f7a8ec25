"""States of the table des accords and the moves allowed between them. Leaves: nothing is imported here.

The codes of positions, clauses, degrees and priorities are those of the noyau (`bridge` is the only door): they are not
repeated here.
"""

from django.db import models

MAX_CLAUSES = 3
NOMBRE_ASSESSEURS = 3
ASSESSEURS_REQUIS = 2
SEUIL_PUBLICATION = 5
CONSERVATION_MOIS = 24


class ModeOuverture(models.TextChoices):
    """Who opens the envelopes."""

    HORLOGE = "horloge", "par l'horloge, à la date de clôture"
    ASSESSEURS = "assesseurs", "par deux des trois maires assesseurs"


class EtatTour(models.TextChoices):
    """What is written in the row; that a round is closed is derived from its date (PhaseTour)."""

    PREPARATION = "preparation", "en préparation"
    OUVERT = "ouvert", "ouvert"
    DEPOUILLE = "depouille", "dépouillé"
    NON_DEPOUILLABLE = "non_depouillable", "non dépouillable"
    ABANDONNE = "abandonne", "abandonné"


TRANSITIONS_TOUR = {
    EtatTour.PREPARATION: frozenset({EtatTour.OUVERT, EtatTour.ABANDONNE}),
    EtatTour.OUVERT: frozenset({EtatTour.DEPOUILLE, EtatTour.NON_DEPOUILLABLE, EtatTour.ABANDONNE}),
    EtatTour.DEPOUILLE: frozenset(),
    EtatTour.NON_DEPOUILLABLE: frozenset(),
    EtatTour.ABANDONNE: frozenset(),
}


class PhaseTour(models.TextChoices):
    """A round at an instant: what its pages show. Never stored."""

    PREPARATION = "preparation", "en préparation"
    A_VENIR = "a_venir", "s'ouvrira bientôt"
    OUVERT = "ouvert", "ouvert aux réponses"
    CLOS = "clos", "clos, à dépouiller"
    DEPOUILLE = "depouille", "dépouillé"
    NON_DEPOUILLABLE = "non_depouillable", "non dépouillable"
    ABANDONNE = "abandonne", "abandonné"


class EtatReponse(models.TextChoices):
    """The answer of a commune on one dossier of one round."""

    A_PREPARER = "a_preparer", "à préparer"
    BROUILLON = "brouillon", "brouillon"
    SOUMISE = "soumise", "soumise au ou à la maire"
    VALIDEE = "validee", "validée"


TRANSITIONS_REPONSE = {
    EtatReponse.A_PREPARER: frozenset({EtatReponse.BROUILLON, EtatReponse.VALIDEE}),
    EtatReponse.BROUILLON: frozenset({EtatReponse.BROUILLON, EtatReponse.SOUMISE, EtatReponse.VALIDEE}),
    EtatReponse.SOUMISE: frozenset({EtatReponse.BROUILLON, EtatReponse.VALIDEE}),
    EtatReponse.VALIDEE: frozenset({EtatReponse.BROUILLON, EtatReponse.A_PREPARER}),
}


class Origine(models.TextChoices):
    """How an answer came."""

    EN_LIGNE = "en_ligne", "en ligne"
    PAPIER = "papier", "sur papier, sous enveloppe"
    VISITE = "visite", "recueillie lors d'une visite"
    TELEPHONE = "telephone", "recueillie par téléphone"


# Taken down by the équipe projet, then read and validated by the mayor.
RECUEILLIES = frozenset({Origine.VISITE, Origine.TELEPHONE})


class NatureElement(models.TextChoices):
    """What an answer is made of."""

    POSITION = "position", "position et son motif"
    CLAUSE = "clause", "souhait ou condition"
    PRIORITE = "priorite", "place du dossier parmi les autres"
    NOTES = "notes", "notes personnelles"


class Visibilite(models.TextChoices):
    """Who reads an element: the unit of confidentiality."""

    NOTES = "notes", "notes personnelles : la commune seule"
    PLI = "pli", "sous pli : le moteur seul s'en sert"
    PARTAGE = "partage", "partagé avec la table après la clôture"


# Notes are never counted nor sealed to the round; the rest is sealed or shared.
VISIBILITES_ADMISES = {
    NatureElement.POSITION: frozenset({Visibilite.PLI, Visibilite.PARTAGE}),
    NatureElement.CLAUSE: frozenset({Visibilite.PLI, Visibilite.PARTAGE}),
    NatureElement.PRIORITE: frozenset({Visibilite.PLI, Visibilite.PARTAGE}),
    NatureElement.NOTES: frozenset({Visibilite.NOTES}),
}


class EtatAssesseur(models.TextChoices):
    """A mayor drawn by lot to hold a part of the key."""

    TIRE = "tire", "désigné par le sort, réponse attendue"
    ACCEPTE = "accepte", "a accepté"
    DECLINE = "decline", "a décliné"


TRANSITIONS_ASSESSEUR = {
    EtatAssesseur.TIRE: frozenset({EtatAssesseur.ACCEPTE, EtatAssesseur.DECLINE}),
    EtatAssesseur.ACCEPTE: frozenset({EtatAssesseur.DECLINE}),
    EtatAssesseur.DECLINE: frozenset(),
}


class EtatEnveloppe(models.TextChoices):
    """A paper answer under envelope."""

    RECUE = "recue", "reçue, fermée"
    RENDUE = "rendue", "rendue à la commune"
    SAISIE = "saisie", "ouverte et recopiée, à relire par une seconde personne"
    CONFIRMEE = "confirmee", "recopiée et relue"
    ECARTEE = "ecartee", "écartée : illisible ou vide"


TRANSITIONS_ENVELOPPE = {
    EtatEnveloppe.RECUE: frozenset({EtatEnveloppe.RENDUE, EtatEnveloppe.SAISIE, EtatEnveloppe.ECARTEE}),
    EtatEnveloppe.SAISIE: frozenset({EtatEnveloppe.RECUE, EtatEnveloppe.CONFIRMEE}),
    EtatEnveloppe.RENDUE: frozenset(),
    EtatEnveloppe.CONFIRMEE: frozenset(),
    EtatEnveloppe.ECARTEE: frozenset(),
}
# The round waits for these before it is opened.
ENVELOPPES_EN_ATTENTE = frozenset({EtatEnveloppe.RECUE, EtatEnveloppe.SAISIE})


class NaturePartage(models.TextChoices):
    """What a commune put on the table."""

    ELEMENT = "element", "élément de sa réponse"
    A_VOUS_SEULE = "a_vous_seule", "ajustement qui lui a été montré à elle seule"
