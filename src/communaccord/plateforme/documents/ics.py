"""Calendar files (RFC 5545): whole days only, escaped and folded as the standard asks. Pure: no clock, no HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

TYPE_ICS = "text/calendar; charset=utf-8"
MAX_OCTETS = 75
# The same whatever the address of the site: an event imported twice stays one event (3.8.4.7).
DOMAINE = "communaccord"
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Evenement:
    """A day (or a span of days, last day included) with its identifier, stable from one export to the next."""

    identifiant: str
    titre: str
    debut: date
    fin: date | None = None
    description: str = ""
    url: str = ""


def escape_text(text: str) -> str:
    """A TEXT value (3.3.11): line ends normalised, control characters dropped, four characters escaped."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in unified if c == "\n" or (ord(c) >= 32 and ord(c) != 127))
    return kept.translate(ESCAPES)


def fold_line(line: str) -> str:
    """Lines of at most 75 octets (3.1), never cutting inside a character; each following line begins with a space."""
    pieces, current, room = [], "", MAX_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(current)
            current, room = "", MAX_OCTETS - 1
        current += character
        room -= size
    return "\r\n ".join([*pieces, current])


def format_date(day: date) -> str:
    return f"{day:%Y%m%d}"


def build_lines(evenement: Evenement, horodatage: datetime) -> list[str]:
    after_last = (evenement.fin or evenement.debut) + timedelta(days=1)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape_text(evenement.identifiant)}@{DOMAINE}",
        f"DTSTAMP:{horodatage.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{format_date(evenement.debut)}",
        f"DTEND;VALUE=DATE:{format_date(after_last)}",
        f"SUMMARY:{escape_text(evenement.titre)}",
        "TRANSP:TRANSPARENT",
    ]
    if evenement.description:
        lines.append(f"DESCRIPTION:{escape_text(evenement.description)}")
    if evenement.url:
        lines.append(f"URL:{evenement.url}")
    return [*lines, "END:VEVENT"]


def build_ics(titre: str, evenements: Iterable[Evenement], *, horodatage: datetime) -> bytes:
    """The whole file; `horodatage` is when it is made (DTSTAMP), given by the caller with its time zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Commun Accord//Calendrier du mandat//FR",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape_text(titre)}",
    ]
    for evenement in evenements:
        lines += build_lines(evenement, horodatage)
    lines.append("END:VCALENDAR")
    return "".join(fold_line(line) + "\r\n" for line in lines).encode()
