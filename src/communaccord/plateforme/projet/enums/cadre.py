"""The précadrage: its states, its fields in the order in which they are read, the legal forms it may rule out."""

from django.db import models


class EtatCadre(models.TextChoices):
    """Where a version of the précadrage stands. Once validated, nothing of it changes any more."""

    BROUILLON = "brouillon", "en préparation"
    PROPOSE = "propose", "proposé"
    VALIDE = "valide", "validé"


TRANSITIONS_CADRE = {
    EtatCadre.BROUILLON: frozenset({EtatCadre.PROPOSE}),
    EtatCadre.PROPOSE: frozenset({EtatCadre.BROUILLON, EtatCadre.VALIDE}),
    EtatCadre.VALIDE: frozenset(),
}

# What an élu reads, in this order: name of the field, label, help of the form.
TEXTES_CADRE = (
    ("objectifs", "Objectifs", "Pourquoi mutualiser, en quelques phrases : le service rendu d'abord."),
    ("perimetre", "Périmètre, en clair", "Ce que les cases ne disent pas : missions, seuils, services à créer."),
    ("exclus", "Ce qui est exclu, en clair", "Les lignes rouges dites une fois, avant l'étude."),
    (
        "principes_financiers",
        "Principes financiers",
        "Par exemple : personne ne paie pour un service qu'il n'utilise pas ; hausse plafonnée ; solidarité.",
    ),
    (
        "regle_decision",
        "Règle de décision",
        "Qui tranche, à quelle majorité, ce qui se passe quand une commune n'est pas d'accord.",
    ),
    ("calendrier", "Calendrier, en clair", "Les rendez-vous à tenir."),
)
# Without these, there is nothing to propose.
ATTENDUS = ("objectifs", "principes_financiers", "regle_decision")


class FormeEcartee(models.TextChoices):
    """Legal forms that a frame may rule out: some of the codes of a scenario (a test holds them equal)."""

    SERVICE_COMMUN = "service_commun", "service commun"
    MISE_A_DISPOSITION = "mise_a_disposition", "mise à disposition de service"
    PARTAGE_DE_BIENS = "partage_de_biens", "partage de biens"
    PRESTATION = "prestation", "prestation de services par convention"
    GROUPEMENT = "groupement", "groupement de commandes"
    ENTENTE = "entente", "entente entre communes"
    TRANSFERT = "transfert", "transfert de compétence"


class EtatCharte(models.TextChoices):
    """Where a version of the charte stands. Once adopted, nothing of it changes any more."""

    BROUILLON = "brouillon", "projet"
    ADOPTEE = "adoptee", "adoptée"


TRANSITIONS_CHARTE = {
    EtatCharte.BROUILLON: frozenset({EtatCharte.ADOPTEE}),
    EtatCharte.ADOPTEE: frozenset(),
}


class Partie(models.TextChoices):
    """The parts of the charte, in order (CNFPT: sense, link with the projet, orientations, method)."""

    SENS = "sens", "Le sens de notre démarche"
    PROJET = "projet", "Le lien avec le projet de territoire"
    ORIENTATIONS = "orientations", "Nos orientations"
    METHODE = "methode", "Notre méthode"
