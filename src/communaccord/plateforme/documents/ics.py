"""Calendar files (RFC 5545, 5546), written by icalendar: whole days, and meetings with their hour and their zone.

Pure: no clock, no HTTP. Two things are ours: control characters are dropped (the library keeps them), and the rules of
a zone are written for the years of the meeting alone, at the exact instant where the hour changes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

TYPE_ICS = "text/calendar; charset=utf-8"
# The same whatever the address of the site: an event imported twice stays one event (3.8.4.7).
DOMAINE = "communaccord"
PRODUIT = "-//Commun Accord//Calendrier du mandat//FR"


@dataclass(frozen=True, slots=True)
class Evenement:
    """A day (or a span of days, last day included) with its identifier, stable from one export to the next."""

    identifiant: str
    titre: str
    debut: date
    fin: date | None = None
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Adresse:
    """Somebody in a calendar file: the name shown and the e-mail."""

    nom: str
    courriel: str


@dataclass(frozen=True, slots=True)
class RendezVous:
    """A meeting at an hour: ``debut`` and ``fin`` carry the zone (ZoneInfo) where it takes place.

    ``version`` is 0 at first and grows by one at each change of hour or place and at the cancellation: without it the
    calendars of those invited keep the old one. ``rappels``: how long before the start each alarm rings.
    """

    identifiant: str
    titre: str
    debut: datetime
    fin: datetime
    lieu: str = ""
    description: str = ""
    url: str = ""
    version: int = 0
    rappels: tuple[timedelta, ...] = ()


class Methode(Enum):
    """What the file asks of the calendar that reads it (RFC 5546)."""

    PUBLICATION = "PUBLISH"
    INVITATION = "REQUEST"
    ANNULATION = "CANCEL"


def clean_text(text: str) -> str:
    """Line ends normalised, control characters dropped."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in unified if c == "\n" or (ord(c) >= 32 and ord(c) != 127))


def build_ics(titre: str, evenements: Iterable[Evenement | RendezVous], *, horodatage: datetime) -> bytes:
    """A calendar to keep; ``horodatage`` is when it is made (DTSTAMP), given by the caller with its time zone."""
    calendar = start_calendar()
    calendar.add("x-wr-calname", clean_text(titre))
    kept = list(evenements)
    for zone in build_zones([event for event in kept if isinstance(event, RendezVous)]):
        calendar.add_component(zone)
    for event in kept:
        build = build_meeting if isinstance(event, RendezVous) else build_days
        calendar.add_component(build(event, horodatage))
    return calendar.to_ical(sorted=False)


def build_invitation(
    rendez_vous: RendezVous,
    *,
    methode: Methode,
    organisation: Adresse,
    invite: Adresse | None,
    horodatage: datetime,
) -> bytes:
    """The file joined to a convocation: one meeting, and one person invited, so that no address is told to another.

    A publication asks no answer and names nobody; an invitation and its cancellation need ``invite``.
    Errors: ValueError.
    """
    if (methode is Methode.PUBLICATION) != (invite is None):
        raise ValueError("Une invitation et son annulation ont une personne invitée ; une publication n'en a pas.")
    calendar = start_calendar()
    calendar.add("method", methode.value)
    for zone in build_zones([rendez_vous]):
        calendar.add_component(zone)
    event = build_meeting(rendez_vous, horodatage)
    event.add("organizer", build_address(organisation))
    event.add("status", "CANCELLED" if methode is Methode.ANNULATION else "CONFIRMED")
    if invite is not None:
        address = build_address(invite)
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        if methode is Methode.INVITATION:
            # The answer is given on the site: a reply by e-mail would reach nobody.
            address.params["RSVP"] = vText("FALSE")
        event.add("attendee", address)
    calendar.add_component(event)
    return calendar.to_ical(sorted=False)


def start_calendar() -> Calendar:
    """The head that every file has."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUIT)
    calendar.add("calscale", "GREGORIAN")
    return calendar


def start_event(event: Evenement | RendezVous, end: date, horodatage: datetime) -> Event:
    """What a day and a meeting have in common; ``end`` excluded. Errors: ValueError on an address with line ends."""
    started = Event()
    started.add("uid", f"{clean_text(event.identifiant)}@{DOMAINE}")
    started.add("dtstamp", horodatage.astimezone(UTC))
    started.add("dtstart", event.debut)
    started.add("dtend", end)
    started.add("summary", clean_text(event.titre))
    if event.description:
        started.add("description", clean_text(event.description))
    if event.url:
        started.add("url", event.url)
    return started


def build_days(evenement: Evenement, horodatage: datetime) -> Event:
    """Whole days: the end is the day after the last, and nobody is made busy."""
    event = start_event(evenement, (evenement.fin or evenement.debut) + timedelta(days=1), horodatage)
    event.add("transp", "TRANSPARENT")
    return event


def build_meeting(rendez_vous: RendezVous, horodatage: datetime) -> Event:
    """A meeting, with its alarms. Errors: ValueError when it does not end after its start."""
    if rendez_vous.fin <= rendez_vous.debut:
        raise ValueError("Une réunion se termine après son début.")
    event = start_event(rendez_vous, rendez_vous.fin, horodatage)
    event.add("sequence", rendez_vous.version)
    event.add("transp", "OPAQUE")
    if rendez_vous.lieu:
        event.add("location", clean_text(rendez_vous.lieu))
    for delay in rendez_vous.rappels:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", clean_text(rendez_vous.titre))
        alarm.add("trigger", -delay)
        event.add_component(alarm)
    return event


def build_address(adresse: Adresse) -> vCalAddress:
    """Errors: ValueError on an e-mail that could be read as something else."""
    courriel = adresse.courriel
    if "@" not in courriel or any(c.isspace() or not c.isprintable() for c in courriel):
        raise ValueError("L'adresse électronique ne peut pas être écrite dans un fichier d'agenda.")
    address = vCalAddress(f"mailto:{courriel}")
    address.params["CN"] = vText(clean_text(adresse.nom).replace("\n", " ").replace('"', "'"))
    return address


def build_zones(meetings: list[RendezVous]) -> Iterator[Timezone]:
    """A VTIMEZONE for each zone of the meetings, for the years when they take place.

    Errors: ValueError when an hour carries no named zone: its offset alone would not follow the summer time.
    """
    years: dict[str, list[int]] = {}
    for moment in (moment for meeting in meetings for moment in (meeting.debut, meeting.fin)):
        if not isinstance(moment.tzinfo, ZoneInfo):
            raise ValueError("L'heure d'une réunion porte le fuseau du territoire.")
        years.setdefault(moment.tzinfo.key, []).append(moment.year)
    for key, known in sorted(years.items()):
        yield build_zone(ZoneInfo(key), min(known), max(known))


def build_zone(zone: ZoneInfo, first: int, last: int) -> Timezone:
    """The changes of hour of ``zone`` from the eve of the year ``first`` to the end of ``last``."""
    component = Timezone()
    component.add("tzid", zone.key)
    start = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=1)
    component.add_component(build_observance(zone, start, start))
    for change in list_changes(zone, start, datetime(last + 1, 1, 1, tzinfo=UTC)):
        component.add_component(build_observance(zone, change - timedelta(seconds=1), change))
    return component


def build_observance(zone: ZoneInfo, before: datetime, instant: datetime) -> TimezoneStandard | TimezoneDaylight:
    """The rule that begins at ``instant``, written in the hour that was running ``before`` (3.6.5)."""
    old, new = before.astimezone(zone), instant.astimezone(zone)
    observance = TimezoneDaylight() if new.dst() else TimezoneStandard()
    offset = old.utcoffset() or timedelta()
    observance.add("dtstart", (instant + offset).replace(tzinfo=None))
    observance.add("tzoffsetfrom", offset)
    observance.add("tzoffsetto", new.utcoffset())
    observance.add("tzname", new.tzname())
    return observance


def list_changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Instants (UTC) from ``start`` to ``end`` where the offset changes: day by day, then by halves to the second."""
    day = start
    while day < end:
        following = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            low, high = day, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        day = following
