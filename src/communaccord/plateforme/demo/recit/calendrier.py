"""The days of the story, counted back from now: whenever the demo is loaded, it is in the middle of its démarche."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SAMEDI = 5


@dataclass(frozen=True, slots=True)
class Calendrier:
    """Instants of the story, seen from ``maintenant`` (aware), at working hours of working days of its zone."""

    maintenant: datetime
    fuseau: str = "Europe/Paris"

    def at(self, jours: int, heure: str = "10:00") -> datetime:
        """The instant that many days from today (negative: past), Saturday and Sunday brought back to Friday."""
        heures, minutes = map(int, heure.split(":"))
        return datetime.combine(self.get_jour(jours), time(heures, minutes), tzinfo=ZoneInfo(self.fuseau))

    def get_jour(self, jours: int) -> date:
        """The working day that many days from today."""
        jour = self.maintenant.astimezone(ZoneInfo(self.fuseau)).date() + timedelta(days=jours)
        return jour - timedelta(days=max(jour.weekday() - SAMEDI + 1, 0))
