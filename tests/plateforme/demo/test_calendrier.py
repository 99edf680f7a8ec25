"""The days of the story."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.demo.recit.calendrier import Calendrier

INSTANTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2032, 1, 1), timezones=st.just(UTC))


@given(INSTANTS, st.integers(-400, 400))
def test_days_are_working_days_near_the_day_asked(maintenant, jours):
    jour = Calendrier(maintenant).get_jour(jours)
    assert jour.weekday() < 5
    assert 0 <= ((maintenant + timedelta(days=jours + 1)).date() - jour).days <= 3


@given(INSTANTS, st.integers(-400, 400), st.integers(0, 60))
def test_order_is_kept(maintenant, jours, plus):
    calendrier = Calendrier(maintenant)
    assert calendrier.at(jours) <= calendrier.at(jours + plus)


def test_hours_are_those_of_the_place():
    instant = Calendrier(datetime(2026, 11, 23, 9, tzinfo=UTC), "Indian/Reunion").at(-1, "18:30")
    assert instant.isoformat() == "2026-11-20T18:30:00+04:00"
