"""States of a dossier and the moves allowed between them; legal forms, engagements, quality of figures. Leaves."""

from enum import IntEnum

from django.db import models

# Staff figures of fewer people are told to nobody but the commune, the DRH and the équipe projet.
PETIT_EFFECTIF = 5


class EtatDossier(models.TextChoices):
    """Where a dossier stands. That it is in a round is derived by the table des accords, never stored here."""

    BROUILLON = "brouillon", "en préparation"
    PRESENTE = "presente", "présenté"
    CONCLU = "conclu", "conclu"
    RETIRE = "retire", "retiré"


TRANSITIONS_DOSSIER = {
    EtatDossier.BROUILLON: frozenset({EtatDossier.PRESENTE, EtatDossier.RETIRE}),
    EtatDossier.PRESENTE: frozenset({EtatDossier.CONCLU, EtatDossier.RETIRE}),
    EtatDossier.CONCLU: frozenset({EtatDossier.PRESENTE}),
    EtatDossier.RETIRE: frozenset({EtatDossier.BROUILLON}),
}
# Scenarios, texts and figures are written in these states only.
MODIFIABLES = frozenset({EtatDossier.BROUILLON, EtatDossier.PRESENTE})


class Domaine(models.TextChoices):
    """Kind of service: the codes of the simulator (a test holds them equal)."""

    URBANISME = "urbanisme", "Urbanisme (instruction des autorisations)"
    PAIE = "paie", "Paie"
    INFORMATIQUE = "informatique", "Informatique"
    COMMANDE_PUBLIQUE = "commande_publique", "Commande publique"
    LIBRE = "libre", "Autre service"


class Forme(models.TextChoices):
    """Legal form of a scenario: the codes of noyau.droit.formes (a test holds them equal), and three that say less."""

    SERVICE_COMMUN = "service_commun", "service commun (CGCT L5211-4-2)"
    MAD_DESCENDANTE = "mad_descendante", "mise à disposition descendante (CGCT L5211-4-1 III)"
    MAD_ASCENDANTE = "mad_ascendante", "mise à disposition ascendante (CGCT L5211-4-1 II)"
    MISE_A_DISPOSITION = "mise_a_disposition", "mise à disposition de service, sens à préciser (CGCT L5211-4-1)"
    PRESTATION = "prestation", "prestation de services par convention"
    ENTRE_COMMUNES = "entre_communes", "convention entre communes (CGCT L5111-1)"
    ENTENTE = "entente", "entente (CGCT L5221-1)"
    PARTAGE_DE_BIENS = "partage_de_biens", "partage de biens (CGCT L5211-4-3)"
    FONDS_DE_CONCOURS = "fonds_de_concours", "fonds de concours"
    GROUPEMENT = "groupement", "groupement de commandes"
    AGENT_PARTAGE = "agent_partage", "agent ou agente partagée (CGFP L512-6)"
    TRANSFERT = "transfert", "transfert de compétence (CGCT L5211-17)"
    A_LA_CARTE = "a_la_carte", "transfert de compétence à la carte (CGCT L5211-17-2)"
    AUTRE = "autre", "autre forme, à préciser"
    A_CHOISIR = "a_choisir", "pas encore choisie"


# What the noyau does not know: the law has nothing to say of them yet.
FORMES_SANS_FICHE = frozenset({Forme.MISE_A_DISPOSITION, Forme.AUTRE, Forme.A_CHOISIR})
FORMES_DE_LA_LOI = tuple(forme for forme in Forme if forme not in FORMES_SANS_FICHE)


class Engagement(models.TextChoices):
    """What a scenario undertakes beyond figures: the codes of noyau.accord (a test holds them equal)."""

    SERVICE_MIN = "service_min", "un service minimal est garanti"
    PERMANENCE = "permanence", "le guichet ou la permanence reste en place"
    AGENT = "agent", "le devenir des agents et des agentes des communes est garanti"
    SIEGE_SUIVI = "siege_suivi", "chaque commune siège au comité de suivi"


class Qualite(models.TextChoices):
    """How sure the figures of a commune are."""

    ESTIME = "estime", "estimé"
    ETABLI = "etabli", "établi (comptes, logiciel, relevé)"


class Origine(models.TextChoices):
    """How the figures of a commune came in."""

    SAISIE = "saisie", "saisis dans la page"
    IMPORT = "import", "collés ou importés d'un tableau"
    SIMULATION = "simulation", "repris d'une simulation"


class Lecture(IntEnum):
    """How much of a dossier one reads, from nothing to all: each level holds the ones below."""

    RIEN = 0
    COLLECTE = 1
    TEXTES = 2
    MA_COMMUNE = 3
    TOUT = 4
