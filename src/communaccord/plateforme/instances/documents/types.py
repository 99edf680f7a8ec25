"""What the papers of a séance need: plain data, every name as it must be printed. No model, no clock."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from communaccord.plateforme.documents.papier import Contact, EnTete


class Portee(Enum):
    """What a conclusion of the instance is worth (R-3.1): work, opinion, or account of what was decided."""

    TRAVAIL = "travail"
    AVIS = "avis"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Seance:
    """A meeting: ``debut`` is aware, in the zone of the démarche; ``presidence`` is who chairs, as printed."""

    instance: str
    debut: datetime
    lieu: str
    presidence: str
    portee: Portee
    adresse: tuple[str, ...] = ()
    duree_minutes: int | None = None
    visioconference: str = ""


@dataclass(frozen=True, slots=True)
class PointOrdreDuJour:
    """An item of the agenda. ``attendu`` is what is asked of the members; ``resultat_tour`` one sentence or nothing."""

    titre: str
    presente_par: str = ""
    attendu: str = ""
    resultat_tour: str = ""
    duree_minutes: int | None = None
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invite:
    """Somebody invited: function, and commune or body when there is one. No personal address is printed."""

    qualite: str
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Convocation:
    """``adresse_reponse`` is the page where one answers; ``prepare_par`` the instance that prepared (a COTECH)."""

    entete: EnTete
    seance: Seance
    points: tuple[PointOrdreDuJour, ...]
    invites: tuple[Invite, ...]
    signataire: str
    contact: Contact
    destinataire: str = ""
    reponse_avant: date | None = None
    adresse_reponse: str = ""
    prepare_par: str = ""


@dataclass(frozen=True, slots=True)
class CommuneSeance:
    """A commune at the meeting (or excused), and by whom it was represented (a function), if told."""

    commune: str
    representee_par: str = ""


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reservation that a commune told in the meeting and asked to be written."""

    commune: str
    texte: str


@dataclass(frozen=True, slots=True)
class Suite:
    """Who does what, by when (None: no date was set)."""

    action: str
    responsable: str
    echeance: date | None = None


@dataclass(frozen=True, slots=True)
class PointReleve:
    """An item as it was dealt with. ``portee`` when it differs from that of the instance."""

    titre: str
    presentation: str
    conclusion: str
    resultat_tour: str = ""
    reserves: tuple[Reserve, ...] = ()
    suites: tuple[Suite, ...] = ()
    portee: Portee | None = None


@dataclass(frozen=True, slots=True)
class Validation:
    """Who validated the relevé (a function) and on which day."""

    par: str
    le: date


@dataclass(frozen=True, slots=True)
class ReleveConclusions:
    """``communes_total``: number of communes called, 0 when persons are called rather than communes.

    ``quorum``: the sentence of a council on its members present, said instead of a count of communes or persons.
    ``comptes``: members of a council in exercise, present, and pouvoirs, when they were counted.
    ``validation`` None: a project, and the paper says so.
    """

    entete: EnTete
    seance: Seance
    communes_presentes: tuple[CommuneSeance, ...]
    communes_excusees: tuple[CommuneSeance, ...]
    communes_total: int
    points: tuple[PointReleve, ...]
    autres_presences: tuple[str, ...] = ()
    secretariat: str = ""
    prochaine_seance: datetime | None = None
    quorum: str = ""
    comptes: str = ""
    validation: Validation | None = None


@dataclass(frozen=True, slots=True)
class FeuillePresence:
    """Sheet to sign by hand: one line a person invited, then ``lignes_libres`` empty ones."""

    entete: EnTete
    seance: Seance
    invites: tuple[Invite, ...]
    lignes_libres: int = 4
