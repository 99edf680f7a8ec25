"""The days of the story, counted back from now: whenever the demo is loaded, it is in the middle of its démarche."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OUVRES = 5


@dataclass(frozen=True, slots=True)
class Calendrier:
    """Instants of the story, seen from ``maintenant`` (aware), on working days (Monday to Friday) of its zone.

    Two numbers of days never give the same day, and their order is that of the days.
    """

    maintenant: datetime
    fuseau: str = "Europe/Paris"

    def at(self, jours: int, heure: str = "10:00") -> datetime:
        """The instant that many working days from today (negative: past)."""
        heures, minutes = map(int, heure.split(":"))
        return datetime.combine(self.get_jour(jours), time(heures, minutes), tzinfo=ZoneInfo(self.fuseau))

    def get_jour(self, jours: int) -> date:
        """The day that many working days from today, or from the Friday before when today is not one."""
        jour = self.maintenant.astimezone(ZoneInfo(self.fuseau)).date()
        rang = min(jour.weekday(), OUVRES - 1)
        semaines, reste = divmod(rang + jours, OUVRES)
        return jour - timedelta(days=jour.weekday()) + timedelta(weeks=semaines, days=reste)
