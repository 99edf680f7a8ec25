"""What the letters of the accounts need. The code is in clear here, for the time of the printing: never stored."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from communaccord.plateforme.documents.papier import Contact, EnTete


class Remise(Enum):
    """How the letter reaches its reader."""

    MAIN_PROPRE = "main_propre"
    COURRIER = "courrier"


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Who receives the letter: a function (no name is needed) and the lines of the postal address."""

    qualite: str
    commune: str
    adresse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LettreCode:
    """The letter that carries a personal code. ``code`` as it must be typed; ``adresse_site`` where it is used."""

    entete: EnTete
    destinataire: Destinataire
    code: str
    remise: Remise
    adresse_site: str
    signataire: str
    contact: Contact
    valable_jusqu_au: date | None = None


@dataclass(frozen=True, slots=True)
class LettreInvitation:
    """Invitation of a mairie that has no e-mail. ``code_invitation``: typed on ``adresse_site``; empty: none yet."""

    entete: EnTete
    destinataire: Destinataire
    adresse_site: str
    signataire: str
    contact: Contact
    code_invitation: str = ""
    valable_jusqu_au: date | None = None
