"""What a legal form of pooling is: who decides, which acts, what becomes of agents, of money, of the CIF."""

from dataclasses import dataclass
from enum import Enum

from communaccord.noyau.droit.regle import Regle

FONDS = "CGCT L5214-16 V, L5215-26, L5216-5 VI ou L5217-7 I"
"""The article of a fonds de concours depends on the nature of the intercommunalité."""


class Forme(Enum):
    """The twelve forms of table R-5.0; the value is the code kept everywhere."""

    SERVICE_COMMUN = "service_commun"
    TRANSFERT = "transfert"
    A_LA_CARTE = "a_la_carte"
    MAD_ASCENDANTE = "mad_ascendante"
    MAD_DESCENDANTE = "mad_descendante"
    PRESTATION = "prestation"
    ENTRE_COMMUNES = "entre_communes"
    ENTENTE = "entente"
    PARTAGE_DE_BIENS = "partage_de_biens"
    FONDS_DE_CONCOURS = "fonds_de_concours"
    GROUPEMENT = "groupement"
    AGENT_PARTAGE = "agent_partage"

    @property
    def label(self) -> str:
        """French name."""
        return _LABELS[self]


_LABELS = {
    Forme.SERVICE_COMMUN: "service commun",
    Forme.TRANSFERT: "transfert de compétence",
    Forme.A_LA_CARTE: "transfert de compétence à la carte",
    Forme.MAD_ASCENDANTE: "mise à disposition ascendante",
    Forme.MAD_DESCENDANTE: "mise à disposition descendante",
    Forme.PRESTATION: "prestation de services par convention",
    Forme.ENTRE_COMMUNES: "convention entre communes",
    Forme.ENTENTE: "entente",
    Forme.PARTAGE_DE_BIENS: "partage de biens",
    Forme.FONDS_DE_CONCOURS: "fonds de concours",
    Forme.GROUPEMENT: "groupement de commandes",
    Forme.AGENT_PARTAGE: "agent ou agente partagée",
}


class Devenir(Enum):
    """What becomes of the agents in a form. Only PLEIN_DROIT needs no agreement of the person."""

    PLEIN_DROIT = "transfert ou mise à disposition de plein droit"
    MIS_A_DISPOSITION = "mise à disposition de plein droit, sans changer d'employeur"
    AUTORITE_FONCTIONNELLE = "employeur inchangé, autorité fonctionnelle de qui bénéficie du service"
    AVEC_ACCORD = "mise à disposition individuelle, avec l'accord de la personne"
    INCHANGE = "rien ne change pour les agents"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class EffetCif(Enum):
    """Whether the form changes the coefficient d'intégration fiscale."""

    SI_IMPUTATION = "oui, si la part des communes est imputée sur l'attribution de compensation"
    OUI = "oui, par la baisse de l'attribution de compensation"
    NON = "non"
    A_PRECISER = "dépend de la compétence et de son évaluation"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class Majorite(Enum):
    """How one body agrees to a form."""

    SIMPLE = "majorité absolue des suffrages exprimés"
    QUALIFIEE = "majorité qualifiée des conseils municipaux (L5211-5 II)"
    CONCORDANTES = "délibérations concordantes, à la majorité simple de chaque conseil"
    DEUX_TIERS = "deux tiers"
    SIGNATURE = "signature"
    ARRETE = "arrêté"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class Accord:
    """Whose agreement a form needs: the body, how it agrees, the rule of law, what must be known about it.

    ``fpu``: True or False when this agreement is needed only with fiscalité professionnelle unique, or only without.
    """

    qui: str
    majorite: Majorite
    regle: str
    precision: str = ""
    fpu: bool | None = None


@dataclass(frozen=True, slots=True)
class FicheForme:
    """One row of table R-5.0. ``regles``: the rules of the register it applies, the main one first.

    ``agents_precision`` and ``argent`` are French sentences; ``points_ouverts`` are what the text leaves unsettled, or
    what is our reading: always shown with the form.
    """

    forme: Forme
    articles: tuple[str, ...]
    objet: str
    accords: tuple[Accord, ...]
    actes: str
    agents: Devenir
    agents_precision: str
    argent: str
    cif: EffetCif
    regle: Regle
    points_ouverts: tuple[str, ...] = ()
