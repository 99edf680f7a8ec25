"""The one clock: whoever needs the time is given an instant; only views and commands read it, and they read it here.

The demo may be moved forward in time (``manage.py avancer_horloge``): its shift is a file beside its database, read
only when the site is a demo.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

FICHIER = "horloge"


def read_instant() -> datetime:
    """The present instant, aware of its zone; shifted on a demo that was moved forward."""
    return timezone.now() + read_decalage()


def read_decalage() -> timedelta:
    if not settings.DEMO:
        return timedelta()
    try:
        return timedelta(seconds=int(get_fichier().read_text(encoding="ascii")))
    except (FileNotFoundError, ValueError):
        return timedelta()


def write_decalage(decalage: timedelta) -> None:
    get_fichier().write_text(str(int(decalage.total_seconds())), encoding="ascii")


def get_fichier() -> Path:
    return Path(settings.DOSSIER_DONNEES) / FICHIER


def get_jour(instant: datetime, fuseau: str) -> date:
    """The day it is, at ``instant``, where the people of the territory live."""
    return instant.astimezone(ZoneInfo(fuseau)).date()


def read_jour(fuseau: str) -> date:
    """The present day, where the people of the territory live."""
    return get_jour(read_instant(), fuseau)
