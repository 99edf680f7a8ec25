"""What the papers of a tour de consultation need: plain data. Amounts are whole cents a year."""

from dataclasses import dataclass
from datetime import date, datetime

from communaccord.plateforme.documents.papier import Contact, EnTete


@dataclass(frozen=True, slots=True)
class Article:
    """A point of the règle du jeu: its title and its text."""

    titre: str
    texte: str


@dataclass(frozen=True, slots=True)
class RegleDuJeu:
    """The rule on one page. ``adoptee_le`` None: a project. ``adoptee_par``: « la conférence des maires »."""

    entete: EnTete
    version: int
    articles: tuple[Article, ...]
    adoptee_le: date | None = None
    adoptee_par: str = ""


@dataclass(frozen=True, slots=True)
class TourPapier:
    """A round. Instants are aware, in the zone of the démarche; ``ouverture_des_plis`` says how, in one sentence."""

    titre: str
    ouvre_le: datetime
    cloture_le: datetime
    ouverture_des_plis: str


@dataclass(frozen=True, slots=True)
class ScenarioCommune:
    """A scenario for one commune, cents in ``annee``; None: not known. ``participe`` False: out of the perimeter."""

    nom: str
    annee: int
    contribution: int | None
    depense_actuelle: int | None = None
    estimation: bool = True
    participe: bool = True


@dataclass(frozen=True, slots=True)
class DossierPapier:
    """A dossier as one commune reads it: one page of the answer."""

    titre: str
    objectif: str
    effet_service: str
    scenarios: tuple[ScenarioCommune, ...]


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """The words of an answer, as the engine names them: they are printed beside the boxes, in this order."""

    positions: tuple[str, ...]
    clauses: tuple[str, ...]
    degres: tuple[str, ...]
    priorites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReponsePapier:
    """The answer of a commune on paper. ``reference`` is on each page; ``seuil``: that of the rule of publication.

    ``retour``: where the envelope is handed over or sent.
    """

    entete: EnTete
    tour: TourPapier
    commune: str
    reference: str
    dossiers: tuple[DossierPapier, ...]
    vocabulaire: Vocabulaire
    seuil: int
    retour: Contact
    max_clauses: int = 3


@dataclass(frozen=True, slots=True)
class Compte:
    """A count as the rule of publication lets it be said: ``22``, « moins de 5 », « non publié »."""

    libelle: str
    valeur: str


@dataclass(frozen=True, slots=True)
class ResultatScenario:
    """A scenario and its published counts; ``phrase`` says the result or why it is not published."""

    nom: str
    phrase: str
    comptes: tuple[Compte, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultatDossier:
    """A dossier: its sentence, the counts of positions, each scenario."""

    titre: str
    phrase: str
    scenarios: tuple[ResultatScenario, ...]
    positions: tuple[Compte, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultatTour:
    """What a round publishes. ``empreinte``: SHA-256 of the frozen input; ``depouille_par``: who opened the envelopes.

    ``regle_publication``: the sentences of the rule, in their order.
    """

    entete: EnTete
    tour: TourPapier
    depouille_le: datetime
    depouille_par: str
    reponses: str
    dossiers: tuple[ResultatDossier, ...]
    regle_publication: tuple[str, ...]
    empreinte: str
    version_moteur: str
