"""What the clock does: an idempotent sweep, run once or each minute beside the site."""

import logging
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.module_loading import import_string

from communaccord.plateforme.socle.horloge import read_instant

logger = logging.getLogger(__name__)


def veiller(instant: datetime) -> dict[str, int]:
    """Each sweep of settings.VEILLES, in order; one that fails is logged and does not stop the next."""
    done = {}
    for path in settings.VEILLES:
        try:
            done[path] = import_string(path)(instant)
        except Exception:
            logger.exception("La veille %s a échoué ; elle sera reprise au prochain passage.", path)
            done[path] = -1
    return done


class Command(BaseCommand):
    help = "Fait ce que l'horloge doit faire : clore, publier, rappeler, envoyer. Sans danger si on le relance."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--boucle", type=int, default=0, metavar="SECONDES", help="recommencer sans fin")

    def handle(self, *_args: Any, **options: Any) -> None:
        while True:
            veiller(read_instant())
            if not options["boucle"]:
                return
            close_old_connections()
            time.sleep(options["boucle"])
