"""The days of the story."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.demo.recit.calendrier import Calendrier

INSTANTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2032, 1, 1), timezones=st.just(UTC))


@given(INSTANTS, st.integers(-400, 400))
def test_days_are_working_days_one_after_the_other(maintenant, jours):
    calendrier = Calendrier(maintenant)
    jour, suivant = calendrier.get_jour(jours), calendrier.get_jour(jours + 1)
    assert jour.weekday() < 5
    assert (suivant - jour).days == (3 if jour.weekday() == 4 else 1)


@given(INSTANTS)
def test_the_count_begins_today_or_on_the_friday_before(maintenant):
    aujourd_hui = maintenant.astimezone(ZoneInfo("Europe/Paris")).date()
    assert (aujourd_hui - Calendrier(maintenant).get_jour(0)).days == max(aujourd_hui.weekday() - 4, 0)


def test_hours_are_those_of_the_place():
    instant = Calendrier(datetime(2026, 11, 23, 9, tzinfo=UTC), "Indian/Reunion").at(-1, "18:30")
    assert instant.isoformat() == "2026-11-20T18:30:00+04:00"
