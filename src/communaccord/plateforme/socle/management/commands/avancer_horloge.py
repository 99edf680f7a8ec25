"""manage.py avancer_horloge: move the clock of a demo forward, to see what the coming days bring."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from communaccord.plateforme.socle.horloge import read_decalage, read_instant, write_decalage
from communaccord.plateforme.socle.typographie import moment, prose

PAS_ICI = "L'horloge ne se déplace que sur un site de démonstration : ailleurs, elle dit l'heure qu'il est."
EN_ARRIERE = "Une horloge n'avance que dans un sens : donnez un nombre de jours et d'heures positif."


class Command(BaseCommand):
    help = "Avance l'horloge d'un site de démonstration ; la veille fait ensuite ce que l'heure appelle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jours", type=int, default=0, help="jours à ajouter")
        parser.add_argument("--heures", type=int, default=0, help="heures à ajouter")

    def handle(self, *_: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(PAS_ICI)
        pas = timedelta(days=options["jours"], hours=options["heures"])
        if pas <= timedelta():
            raise CommandError(EN_ARRIERE)
        write_decalage(read_decalage() + pas)
        quand = moment(read_instant(), timezone.get_default_timezone_name(), semaine=True)
        self.stdout.write(prose(f"Sur ce site, il est maintenant : {quand}."))
