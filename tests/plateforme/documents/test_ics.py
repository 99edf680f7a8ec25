"""Calendar files: what RFC 5545 asks of lines, texts and whole days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.documents.ics import Evenement, build_ics, escape_text, fold_line

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
    assert escape_text("a;b,c\\d\r\ne\rf\x00\x07") == "a\\;b\\,c\\\\d\\ne\\nf"


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


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=400))
def test_no_line_passes_75_octets_and_unfolding_gives_back_the_text(text):
    folded = fold_line(f"SUMMARY:{text}")
    assert max(len(line.encode()) for line in folded.split("\r\n")) <= 75
    assert folded.replace("\r\n ", "") == f"SUMMARY:{text}"


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_a_text_comes_back_whole(text):
    line = next(line for line in unfold(build(Evenement("x", text, date(2026, 1, 1)))) if line.startswith("SUMMARY:"))
    assert unescape(line.removeprefix("SUMMARY:")) == text


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=11))])
def test_the_stamp_does_not_depend_on_the_zone(zone):
    moment = HORODATAGE.astimezone(zone)
    assert build_ics("c", [ECHEANCE], horodatage=moment) == build_ics("c", [ECHEANCE], horodatage=HORODATAGE)
