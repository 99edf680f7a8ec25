"""Kinds of instances, states of a séance and the moves allowed between them. Leaves: nothing is imported here."""

from django.db import models


class TypeInstance(models.TextChoices):
    """What gathers: management practice, law, or meeting of a day (S8 to S14, S19)."""

    COPIL = "copil", "comité de pilotage (COPIL)"
    COTECH = "cotech", "comité technique de projet (COTECH)"
    BUREAU = "bureau", "bureau communautaire"
    COMMISSION = "commission", "commission"
    CONFERENCE_DES_MAIRES = "conference_des_maires", "conférence des maires"
    GROUPE_DE_TRAVAIL = "groupe_de_travail", "groupe de travail"
    REUNION_CONCERTATION = "reunion_concertation", "réunion de concertation"
    REUNION_INFORMATION = "reunion_information", "réunion d'information"
    CONSEIL_COMMUNAUTAIRE = "conseil_communautaire", "conseil communautaire"
    CONSEIL_MUNICIPAL = "conseil_municipal", "conseil municipal"
    CLECT = "clect", "commission locale d'évaluation des charges transférées (CLECT)"


class Fonction(models.TextChoices):
    """What an instance is for (S8)."""

    REGULATION = "regulation", "régulation : se parler, arbitrer"
    DECISION = "decision", "décision : orienter, arbitrer"
    PRODUCTION = "production", "production : étudier, préparer"


FONCTIONS = {
    TypeInstance.COPIL: Fonction.DECISION,
    TypeInstance.COTECH: Fonction.PRODUCTION,
    TypeInstance.BUREAU: Fonction.DECISION,
    TypeInstance.COMMISSION: Fonction.PRODUCTION,
    TypeInstance.CONFERENCE_DES_MAIRES: Fonction.REGULATION,
    TypeInstance.GROUPE_DE_TRAVAIL: Fonction.PRODUCTION,
    TypeInstance.REUNION_CONCERTATION: Fonction.REGULATION,
    TypeInstance.REUNION_INFORMATION: Fonction.REGULATION,
    TypeInstance.CONSEIL_COMMUNAUTAIRE: Fonction.DECISION,
    TypeInstance.CONSEIL_MUNICIPAL: Fonction.DECISION,
    TypeInstance.CLECT: Fonction.PRODUCTION,
}
# What "décision" means there: only a council decides alone, a bureau by delegation (L5211-10), the others never.
DECISIONS = {
    TypeInstance.CONSEIL_COMMUNAUTAIRE: "décision : délibérer",
    TypeInstance.CONSEIL_MUNICIPAL: "décision : délibérer",
    TypeInstance.BUREAU: "orienter, arbitrer ; décider dans ses seules délégations",
}
SANS_DECISION = "orienter, arbitrer (sans décider en droit)"


def describe_fonction(type: TypeInstance | str, fonction: Fonction | str) -> str:
    """What an instance is for, without letting anybody think that it decides in law when it does not."""
    if fonction == Fonction.DECISION:
        return DECISIONS.get(TypeInstance(type), SANS_DECISION)
    return Fonction(fonction).label


# One of each in a démarche (one by commune for the conseils municipaux).
UNIQUES = frozenset(
    {
        TypeInstance.COPIL,
        TypeInstance.COTECH,
        TypeInstance.BUREAU,
        TypeInstance.CONFERENCE_DES_MAIRES,
        TypeInstance.CONSEIL_COMMUNAUTAIRE,
        TypeInstance.CLECT,
    }
)
CONSEILS = frozenset({TypeInstance.CONSEIL_COMMUNAUTAIRE, TypeInstance.CONSEIL_MUNICIPAL})
# No text gives them a power: their conclusions are work.
DE_TRAVAIL = frozenset(
    {
        TypeInstance.COPIL,
        TypeInstance.COTECH,
        TypeInstance.GROUPE_DE_TRAVAIL,
        TypeInstance.REUNION_CONCERTATION,
        TypeInstance.REUNION_INFORMATION,
    }
)
# Where communes are counted, not persons: a line of presence by commune.
PAR_COMMUNE = frozenset({TypeInstance.COPIL, TypeInstance.CONFERENCE_DES_MAIRES, TypeInstance.CLECT})
AVIS_DE_TRAVAIL = "Avis de travail, sans valeur de décision"


class Qualite(models.TextChoices):
    """In what quality one sits."""

    PRESIDENCE = "presidence", "présidence"
    MEMBRE = "membre", "membre"
    SUPPLEANT = "suppleant", "suppléance"
    INVITE = "invite", "invité ou invitée permanente"


class EtatSeance(models.TextChoices):
    """Where a séance stands."""

    PREPARATION = "preparation", "en préparation"
    CONVOQUEE = "convoquee", "convoquée"
    TENUE = "tenue", "tenue, relevé à valider"
    RELEVE_VALIDE = "releve_valide", "relevé validé"
    ANNULEE = "annulee", "annulée"


# A séance held without our convocation is recorded as it happened; a validated relevé is reopened to correct it.
TRANSITIONS_SEANCE = {
    EtatSeance.PREPARATION: frozenset({EtatSeance.CONVOQUEE, EtatSeance.TENUE, EtatSeance.ANNULEE}),
    EtatSeance.CONVOQUEE: frozenset({EtatSeance.CONVOQUEE, EtatSeance.TENUE, EtatSeance.ANNULEE}),
    EtatSeance.TENUE: frozenset({EtatSeance.RELEVE_VALIDE}),
    EtatSeance.RELEVE_VALIDE: frozenset({EtatSeance.TENUE}),
    EtatSeance.ANNULEE: frozenset(),
}
A_VENIR = frozenset({EtatSeance.PREPARATION, EtatSeance.CONVOQUEE})
# Once held, what it concluded may have its effects.
TENUES = frozenset({EtatSeance.TENUE, EtatSeance.RELEVE_VALIDE})
MODIFIABLES = frozenset({EtatSeance.PREPARATION, EtatSeance.CONVOQUEE, EtatSeance.TENUE})


class TypePoint(models.TextChoices):
    """What is asked of the members on an item."""

    INFORMATION = "information", "information"
    AVIS = "avis", "avis de travail"
    DELIBERATION = "deliberation", "délibération"


class Reponse(models.TextChoices):
    """Answer to a convocation."""

    ATTENDUE = "attendue", "réponse attendue"
    PRESENT = "present", "sera là"
    EXCUSE = "excuse", "sera absent ou absente"
    REPRESENTE = "represente", "sera représenté ou représentée"


class EtatPresence(models.TextChoices):
    """Who was there."""

    PRESENT = "present", "présente"
    REPRESENTE = "represente", "représentée"
    EXCUSE = "excuse", "excusée"
    ABSENT = "absent", "absente"


LA = frozenset({EtatPresence.PRESENT, EtatPresence.REPRESENTE})


class ModeScrutin(models.TextChoices):
    """How a council votes."""

    ORDINAIRE = "ordinaire", "à main levée"
    PUBLIC = "public", "scrutin public"
    SECRET = "secret", "scrutin secret"


class Voix(models.TextChoices):
    """What the person who presides voted."""

    POUR = "pour", "pour"
    CONTRE = "contre", "contre"
    ABSTENTION = "abstention", "abstention"


class Majorite(models.TextChoices):
    """What a délibération needs (R-4.8)."""

    ABSOLUE = "absolue", "majorité absolue des suffrages exprimés"
    DEUX_TIERS_EXPRIMES = "deux_tiers_exprimes", "deux tiers des suffrages exprimés"
    DEUX_TIERS_MEMBRES = "deux_tiers_membres", "deux tiers des membres en exercice"
    DEUX_TIERS_STATUANT = "deux_tiers_statuant", "deux tiers du conseil, sans autre précision du texte"


class SensAvis(models.TextChoices):
    """What a council said of the organisation of the instances (S11)."""

    FAVORABLE = "favorable", "favorable"
    RESERVES = "reserves", "favorable avec réserves"
    DEFAVORABLE = "defavorable", "défavorable"
    PRIS_ACTE = "pris_acte", "a pris acte"
