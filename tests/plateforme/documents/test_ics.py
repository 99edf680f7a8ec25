"""Calendar files: what RFC 5545 and 5546 ask of lines, texts, whole days, hours, zones and invitations."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from communaccord.plateforme.documents.ics import (
    Adresse,
    Evenement,
    Methode,
    RendezVous,
    build_ics,
    build_invitation,
)

HORODATAGE = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=1)))
ECHEANCE = Evenement(
    identifiant="rapport-200067106",
    titre="Dernier départ utile du rapport ; pour trois mois d'avis, avant mars 2027",
    debut=date(2026, 12, 14),
    description="Faculté, jamais une obligation.\nArticle L5211-39-1 du CGCT",
    url="https://exemple.fr/territoires/200067106/",
)


def unfold(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def unescape(text: str) -> str:
    out, i = [], 0
    while i < len(text):
        if text[i] == "\\":
            i += 1
            out.append("\n" if text[i] in "nN" else text[i])
        else:
            out.append(text[i])
        i += 1
    return "".join(out)


def build(*evenements: Evenement) -> bytes:
    return build_ics("Calendrier", evenements, horodatage=HORODATAGE)


def test_a_whole_day_ends_the_day_after():
    lines = unfold(build(ECHEANCE))
    assert "DTSTART;VALUE=DATE:20261214" in lines
    assert "DTEND;VALUE=DATE:20261215" in lines


def test_a_window_includes_its_last_day():
    lines = unfold(build(Evenement("fenetre", "Fenêtre", date(2027, 1, 1), date(2027, 2, 28))))
    assert "DTEND;VALUE=DATE:20270301" in lines


def test_the_stamp_is_given_in_universal_time():
    assert "DTSTAMP:20261123T083000Z" in unfold(build(ECHEANCE))


def test_separators_and_line_ends_are_escaped():
    lines = unfold(build(Evenement("x", "a;b,c\\d\r\ne\rf\x00\x07", date(2026, 1, 1))))
    assert "SUMMARY:a\\;b\\,c\\\\d\\ne\\nf" in lines


def test_a_title_cannot_open_another_property():
    lines = unfold(build(Evenement("x", "Titre\r\nEND:VCALENDAR\nDTSTART:19700101", date(2026, 12, 14))))
    assert lines.count("END:VCALENDAR") == 1
    assert [line for line in lines if line.startswith("DTSTART")] == ["DTSTART;VALUE=DATE:20261214"]


def test_the_calendar_opens_and_closes_once_with_crlf():
    content = build(ECHEANCE, ECHEANCE)
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert content.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert content.count(b"BEGIN:VEVENT") == content.count(b"END:VEVENT") == 2
    assert b"\n" not in content.replace(b"\r\n", b"")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_no_line_passes_75_octets_nor_cuts_a_character(text):
    for line in build(Evenement("x", text, date(2026, 1, 1), description=text)).split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_a_text_comes_back_whole(text):
    line = next(line for line in unfold(build(Evenement("x", text, date(2026, 1, 1)))) if line.startswith("SUMMARY:"))
    assert unescape(line.removeprefix("SUMMARY:")) == text


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=11))])
def test_the_stamp_does_not_depend_on_the_zone(zone):
    moment = HORODATAGE.astimezone(zone)
    assert build_ics("c", [ECHEANCE], horodatage=moment) == build_ics("c", [ECHEANCE], horodatage=HORODATAGE)


PARIS = ZoneInfo("Europe/Paris")
COPIL = RendezVous(
    identifiant="seance-12",
    titre="Comité de pilotage",
    debut=datetime(2026, 12, 14, 18, 30, tzinfo=PARIS),
    fin=datetime(2026, 12, 14, 20, 30, tzinfo=PARIS),
    lieu="Salle des fêtes, rez-de-chaussée",
)
EPCI = Adresse("Communauté de communes (fictif)", "projet@epci.example")
MAIRIE = Adresse("Mairie", "mairie@commune.example")


def invite(rendez_vous=COPIL, methode=Methode.INVITATION, organisation=EPCI, invite=MAIRIE):
    return build_invitation(
        rendez_vous, methode=methode, organisation=organisation, invite=invite, horodatage=HORODATAGE
    )


def read_event(content):
    (event,) = Calendar.from_ical(content).events
    return event


def meet(zone, *moment, **champs):
    debut = datetime(*moment, tzinfo=ZoneInfo(zone))
    return RendezVous("x", "Réunion", debut, debut + timedelta(hours=2), **champs)


def read_zone(content):
    """For a local hour, the offset that a reader of the file finds: the last observance begun (RFC 5545, 3.6.5)."""
    (zone,) = Calendar.from_ical(content).timezones
    observances = sorted((o["dtstart"].dt, o["tzoffsetto"].td) for o in zone.subcomponents)
    return lambda moment: [offset for debut, offset in observances if debut <= moment][-1]


def test_a_meeting_keeps_its_hour_its_zone_and_its_place():
    event = read_event(invite())
    assert event["dtstart"].dt == COPIL.debut
    assert event["dtend"].dt == COPIL.fin
    assert event["location"] == COPIL.lieu
    assert "DTSTART;TZID=Europe/Paris:20261214T183000" in unfold(invite())


@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "Indian/Reunion", "America/Miquelon", "America/Cayenne", "Pacific/Noumea"]
)
@pytest.mark.parametrize("annee", [2026, 2027, 2032])
def test_the_zone_written_in_the_file_gives_the_hour_of_the_zone_all_year(zone, annee):
    read_offset = read_zone(invite(meet(zone, annee, 6, 15, 9)))
    moment = datetime(annee, 1, 1)
    while moment.year == annee:
        real = moment.replace(tzinfo=ZoneInfo(zone))
        exists = real.astimezone(UTC).astimezone(real.tzinfo).replace(tzinfo=None) == moment
        once = real.utcoffset() == real.replace(fold=1).utcoffset()
        if exists and once:
            assert read_offset(moment) == real.utcoffset(), moment
        moment += timedelta(hours=1)


def test_the_change_of_hour_is_at_two_in_the_morning_in_paris():
    lines = unfold(invite(meet("Europe/Paris", 2027, 1, 4, 9)))
    assert [line for line in lines if line.startswith("DTSTART:")] == [
        "DTSTART:20261231T010000",
        "DTSTART:20270328T020000",
        "DTSTART:20271031T030000",
    ]


def test_a_meeting_over_new_year_has_the_hours_of_both_years():
    read_offset = read_zone(invite(meet("Europe/Paris", 2026, 12, 31, 23)))
    assert read_offset(datetime(2026, 7, 1)) == read_offset(datetime(2027, 7, 1)) == timedelta(hours=2)


def test_an_invitation_names_one_person_and_asks_no_answer_by_mail():
    content = invite()
    event = read_event(content)
    assert Calendar.from_ical(content)["method"] == "REQUEST"
    assert event["attendee"] == "mailto:mairie@commune.example"
    assert event["attendee"].params["RSVP"] == "FALSE"
    assert event["organizer"] == "mailto:projet@epci.example"
    assert event["status"] == "CONFIRMED"
    assert event["sequence"] == 0


def test_a_change_keeps_the_identifier_and_raises_the_sequence():
    moved = meet("Europe/Paris", 2026, 12, 15, 9, version=1)
    before, after = read_event(invite(meet("Europe/Paris", 2026, 12, 14, 9))), read_event(invite(moved))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_a_cancellation_says_so():
    content = invite(meet("Europe/Paris", 2026, 12, 15, 9, version=2), Methode.ANNULATION)
    assert Calendar.from_ical(content)["method"] == "CANCEL"
    assert read_event(content)["status"] == "CANCELLED"


def test_a_publication_names_nobody():
    content = invite(methode=Methode.PUBLICATION, invite=None)
    assert Calendar.from_ical(content)["method"] == "PUBLISH"
    assert "attendee" not in read_event(content)


@pytest.mark.parametrize(
    ("methode", "personne"),
    [(Methode.PUBLICATION, MAIRIE), (Methode.INVITATION, None), (Methode.ANNULATION, None)],
)
def test_an_invitation_has_somebody_and_a_publication_nobody(methode, personne):
    with pytest.raises(ValueError, match="personne invitée"):
        invite(methode=methode, invite=personne)


def test_alarms_ring_before_the_start():
    event = read_event(invite(meet("Europe/Paris", 2026, 12, 14, 9, rappels=(timedelta(days=1), timedelta(hours=2)))))
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-2)]


def test_days_and_hours_live_in_one_calendar():
    content = build_ics("Calendrier", [ECHEANCE, COPIL, meet("Indian/Reunion", 2027, 2, 1, 9)], horodatage=HORODATAGE)
    calendar = Calendar.from_ical(content)
    assert len(calendar.events) == 3
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Paris", "Indian/Reunion"]
    assert content.count(b"BEGIN:VTIMEZONE") == 2


@given(st.text(max_size=120))
def test_no_name_nor_place_can_add_a_property(text):
    lines = unfold(invite(meet("Europe/Paris", 2026, 12, 14, 9, lieu=text), invite=Adresse(text, "a@b.example")))
    names = [line.partition(":")[0].partition(";")[0] for line in lines if line]
    assert names.count("ATTENDEE") == names.count("ORGANIZER") == names.count("DTEND") == 1
    assert names.count("END") == names.count("BEGIN") == 6


@pytest.mark.parametrize("courriel", ["a@b.example\r\nATTENDEE:mailto:c@d", "a b@c.example", "sans-arobase", "a@b\x00"])
def test_a_hostile_address_is_refused(courriel):
    with pytest.raises(ValueError, match="adresse électronique"):
        invite(invite=Adresse("Mairie", courriel))


def test_an_hour_without_a_named_zone_is_refused():
    debut = datetime(2026, 12, 14, 18, 30, tzinfo=timezone(timedelta(hours=1)))
    with pytest.raises(ValueError, match="fuseau"):
        invite(RendezVous("x", "Réunion", debut, debut + timedelta(hours=1)))


def test_a_meeting_ends_after_its_start():
    with pytest.raises(ValueError, match="se termine"):
        invite(RendezVous("x", "Réunion", COPIL.debut, COPIL.debut))
