"""States of a campaign and of a sheet, kinds of lines, quality of figures, nature of flows. Leaves."""

from django.db import models

# Figures on fewer people are told to nobody but the commune, the DRH and the équipe projet.
PETIT_EFFECTIF = 5
# What is compared is compared with at least so many communes.
GROUPE_MINIMAL = 5


class EtatCampagne(models.TextChoices):
    PREPARATION = "preparation", "en préparation"
    OUVERTE = "ouverte", "ouverte aux communes"
    CLOSE = "close", "close"


TRANSITIONS_CAMPAGNE = {
    EtatCampagne.PREPARATION: frozenset({EtatCampagne.OUVERTE}),
    EtatCampagne.OUVERTE: frozenset({EtatCampagne.CLOSE}),
    EtatCampagne.CLOSE: frozenset({EtatCampagne.OUVERTE}),
}


class EtatFiche(models.TextChoices):
    A_REMPLIR = "a_remplir", "à remplir"
    EN_COURS = "en_cours", "en cours"
    VALIDEE = "validee", "validée"


TRANSITIONS_FICHE = {
    EtatFiche.A_REMPLIR: frozenset({EtatFiche.EN_COURS, EtatFiche.VALIDEE}),
    EtatFiche.EN_COURS: frozenset({EtatFiche.VALIDEE}),
    EtatFiche.VALIDEE: frozenset({EtatFiche.EN_COURS}),
}


class Volet(models.TextChoices):
    """The parts of the questionnaire, in their order (CNFPT: the staff, what is shared, what could be)."""

    REPERES = "reperes", "Repères"
    PERSONNEL = "personnel", "Les agents et les métiers"
    PARTAGES = "partages", "Ce qui est déjà partagé"
    POSSIBLES = "possibles", "Ce qui pourrait l'être"
    AVIS = "avis", "Besoins, conditions de réussite, réserves de principe"


class TypeLigne(models.TextChoices):
    """What a line asks: the figures of one service, or one answer."""

    EFFECTIFS = "effectifs", "un service : agents, coûts, activité"
    NOMBRE = "nombre", "un nombre"
    MONTANT = "montant", "un montant en euros"
    OUI_NON = "oui_non", "oui ou non"
    CHOIX = "choix", "un choix dans une liste"
    MATURITE = "maturite", "un niveau de partage, de 0 à 5"
    BESOIN = "besoin", "un besoin : indispensable, utile, secondaire"
    TEXTE = "texte", "un texte"


# Answered in words, of the commune as a whole.
EN_MOTS = (TypeLigne.TEXTE, TypeLigne.OUI_NON, TypeLigne.CHOIX)
# One answer a service: asked twice, each commune would be counted twice.
UNE_PAR_SERVICE = (TypeLigne.MATURITE, TypeLigne.BESOIN)


class Colonne(models.TextChoices):
    """The figures of a line; the lines of one answer have VALEUR alone. Numbers are kept in hundredths."""

    VALEUR = "valeur", "réponse"
    AGENTS = "agents", "agents"
    ETP = "etp", "équivalents temps plein"
    MASSE_SALARIALE = "masse_salariale", "rémunérations chargées, en euros"
    AUTRES_COUTS = "autres_couts", "autres dépenses de fonctionnement, en euros"
    VOLUME = "volume", "activité de l'année"
    DEPARTS = "departs", "départs prévus d'ici cinq ans"
    TITULAIRE_UNIQUE = "titulaire_unique", "une seule personne sait faire"


EFFECTIFS = (
    Colonne.AGENTS,
    Colonne.ETP,
    Colonne.MASSE_SALARIALE,
    Colonne.AUTRES_COUTS,
    Colonne.VOLUME,
    Colonne.DEPARTS,
    Colonne.TITULAIRE_UNIQUE,
)
# The figures whose year, source and quality are asked; the others are said, not counted.
CHIFFREES = frozenset({TypeLigne.EFFECTIFS, TypeLigne.NOMBRE, TypeLigne.MONTANT})
OUI, NON = "oui", "non"
# What tells of people, and is masked when they are fewer than five. The other costs and the activity are not.
DE_PERSONNES = frozenset(
    {Colonne.AGENTS, Colonne.ETP, Colonne.MASSE_SALARIALE, Colonne.DEPARTS, Colonne.TITULAIRE_UNIQUE}
)


class Besoin(models.TextChoices):
    INDISPENSABLE = "indispensable", "indispensable"
    UTILE = "utile", "utile"
    SECONDAIRE = "secondaire", "secondaire"
    AUCUN = "aucun", "pas de besoin"


class Maturite(models.IntegerChoices):
    """How far a service is shared; a scale of use, published by nobody (shown as such)."""

    RIEN = 0, "rien de partagé"
    ENTRAIDE = 1, "échanges, entraide"
    GROUPEMENT = 2, "groupement, prestation ou matériel partagé"
    MISE_A_DISPOSITION = 3, "mise à disposition par convention"
    SERVICE_COMMUN = 4, "service commun"
    TRANSFERT = 5, "transfert ou administration unique"


class Qualite(models.TextChoices):
    """How sure a figure is."""

    ESTIME = "estime", "estimé"
    ETABLI = "etabli", "établi (comptes, logiciel, relevé)"


class Origine(models.TextChoices):
    """How a figure came in."""

    SAISIE = "saisie", "saisi dans la page"
    CLASSEUR = "classeur", "repris d'un classeur"
    PAPIER = "papier", "recopié d'une fiche papier"
    PUBLIQUE = "publique", "donnée publique"


class EtatProposition(models.TextChoices):
    """What became of a line or of a wording proposed by a mairie."""

    PROPOSEE = "proposee", "à examiner"
    ACCEPTEE = "acceptee", "retenue"
    REFUSEE = "refusee", "non retenue"


class NatureFlux(models.TextChoices):
    """What goes from one who carries to one who benefits."""

    SERVICE = "service", "service rendu"
    PERSONNEL = "personnel", "personne mise à disposition"
    BIEN = "bien", "matériel ou local partagé"
    ACHAT = "achat", "groupement de commandes"
    AC = "ac", "attribution de compensation"
    AC_INVESTISSEMENT = "ac_investissement", "attribution de compensation d'investissement"
    DSC = "dsc", "dotation de solidarité communautaire"
    FPIC = "fpic", "fonds de péréquation (FPIC)"
    FONDS_CONCOURS = "fonds_concours", "fonds de concours"


# Money only: nothing is carried for anybody.
FINANCIERS = frozenset(
    {NatureFlux.AC, NatureFlux.AC_INVESTISSEMENT, NatureFlux.DSC, NatureFlux.FPIC, NatureFlux.FONDS_CONCOURS}
)


class EtatPriorisation(models.TextChoices):
    """Closed is closed: opened again, two results would tell whose ballot changed."""

    PREPARATION = "preparation", "en préparation"
    OUVERTE = "ouverte", "ouverte aux mairies"
    CLOSE = "close", "close"


TRANSITIONS_PRIORISATION: dict[EtatPriorisation, frozenset[EtatPriorisation]] = {
    EtatPriorisation.PREPARATION: frozenset({EtatPriorisation.OUVERTE}),
    EtatPriorisation.OUVERTE: frozenset({EtatPriorisation.CLOSE}),
    EtatPriorisation.CLOSE: frozenset(),
}


class ModePriorisation(models.TextChoices):
    """How communes choose among the options."""

    MENTIONS = "mentions", "une mention par option : indispensable, utile, secondaire"
    POINTS = "points", "des points à répartir entre les options"


# The mentions from the lowest grade to the highest.
MENTIONS = (Besoin.SECONDAIRE, Besoin.UTILE, Besoin.INDISPENSABLE)
# With fewer ballots, nothing is told of them.
BULLETINS_MINIMAUX = 5
