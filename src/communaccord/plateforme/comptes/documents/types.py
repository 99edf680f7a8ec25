"""What the letters of the accounts need. A code is in clear here, for the time of the printing: it is never stored."""

from dataclasses import dataclass
from enum import Enum

from communaccord.plateforme.documents.papier import Contact, EnTete


class Remise(Enum):
    """How the letter reaches its reader."""

    MAIN_PROPRE = "main_propre"
    COURRIER = "courrier"


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Who receives the letter: a function (no name is needed), « Mairie de … » and the lines of the address."""

    qualite: str
    organisme: str
    adresse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LettreCode:
    """The letter that carries a provisional personal code. ``code`` as it is typed; ``adresse_site``: « Mon code »."""

    entete: EnTete
    destinataire: Destinataire
    code: str
    remise: Remise
    adresse_site: str
    signataire: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class LettreInvitation:
    """Invitation of a mairie that has no e-mail: it takes part on paper, by telephone, during a visit."""

    entete: EnTete
    destinataire: Destinataire
    adresse_site: str
    signataire: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class LettreConfirmation:
    """The letter to the seat of an EPCI that confirms who opened its démarche. ``demandee_par``: who asked for it."""

    entete: EnTete
    destinataire: Destinataire
    code: str
    demandee_par: str
    adresse_site: str
    signataire: str
    contact: Contact
