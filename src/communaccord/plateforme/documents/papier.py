"""What every paper of a démarche carries: whose it is, whether it is invented, when it was made. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from communaccord.plateforme.documents.rendu import render_pdf
from communaccord.plateforme.socle.typographie import INSECABLE, prose
from communaccord.plateforme.socle.typographie import date as write_date

MOT_FICTIF = "FICTIF"


@dataclass(frozen=True, slots=True)
class EnTete:
    """Head of a paper: the territory and the démarche by name, and the instant of edition.

    ``edite_le`` is aware of its time zone, that of the démarche: hours are written as they are given.
    """

    territoire: str
    demarche: str
    edite_le: datetime
    fictif: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: a service or a function, how to reach it."""

    service: str
    telephone: str = ""
    courriel: str = ""
    adresse: tuple[str, ...] = ()


def write_heure(instant: datetime) -> str:
    """``18 h 30``, ``9 h``."""
    minutes = f"{INSECABLE}{instant:%M}" if instant.minute else ""
    return f"{instant.hour}{INSECABLE}h{minutes}"


def write_jour(jour: date) -> str:
    """``jeudi 17 décembre 2026``."""
    return write_date(jour, semaine=True)


def write_moment(instant: datetime) -> str:
    """``jeudi 17 décembre 2026 à 18 h 30``, in the zone that the instant carries."""
    return f"{write_jour(instant)} à {write_heure(instant)}"


def write_joindre(contact: Contact) -> str:
    """How to reach a contact, in one line: ``équipe projet, 01 02…, projet@…``."""
    return ", ".join(part for part in (contact.service, contact.telephone, contact.courriel) if part)


def set_prose(value: object) -> object:
    """French spaces and apostrophes in every text of ``value``; the rest comes back as it is."""
    if isinstance(value, str):
        return prose(value)
    if isinstance(value, Mapping):
        return {key: set_prose(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [set_prose(item) for item in value]
    return value


def render_papier(gabarit: Path, titre: str, entete: EnTete, data: Mapping[str, object]) -> bytes:
    """PDF of ``gabarit``: head, title and foot are those of the house, ``data`` the matter of this paper."""
    commun = {
        "titre": titre,
        "territoire": entete.territoire,
        "demarche": entete.demarche,
        "fictif": entete.fictif,
        "mot_fictif": MOT_FICTIF,
        "edition": f"Commun Accord · édité le {write_date(entete.edite_le)}",
    }
    texts = {key: set_prose(value) for key, value in {**commun, **data}.items()}
    return render_pdf(gabarit, texts, date=entete.edite_le)
