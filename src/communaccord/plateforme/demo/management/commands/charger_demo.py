"""manage.py charger_demo: tell the story of the invented territory; twice changes nothing."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from communaccord.plateforme.demo.effacement import erase_demarche
from communaccord.plateforme.demo.queries import find_demo
from communaccord.plateforme.demo.recit import tell_demo
from communaccord.plateforme.socle.horloge import read_instant
from communaccord.plateforme.socle.typographie import prose
from communaccord.plateforme.territoires.models import Demarche

PAS_ICI = (
    "Le territoire fictif ne se charge que sur un site de démonstration, dont les comptes sont ouverts à toute "
    "personne. Si c'est bien ce que vous voulez, donnez à COMMUNACCORD_DEMO la valeur 1, puis relancez."
)
PAS_AVEC_DU_VRAI = (
    "Cette base tient une démarche sur un territoire réel : la démonstration, dont les comptes sont ouverts à toute "
    "personne, ne s'y charge pas. Donnez à COMMUNACCORD_DONNEES un autre dossier (ou à DATABASE_URL une autre base), "
    "puis relancez."
)


class Command(BaseCommand):
    help = (
        "Charge le territoire fictif de la démonstration et sa démarche en cours ; deux fois de suite ne change rien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--grande", action="store_true", help="158 communes plutôt que 26")
        parser.add_argument("--refaire", action="store_true", help="efface celle qui est en place, puis la raconte")

    def handle(self, *_: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(PAS_ICI)
        if Demarche.objects.filter(fictive=False).exists():
            raise CommandError(PAS_AVEC_DU_VRAI)
        existing = find_demo(grande=options["grande"])
        if existing is not None and not options["refaire"]:
            self.stdout.write(prose(f"{existing} : la démonstration est déjà en place, rien à changer."))
            return
        start = time.monotonic()
        if existing is not None:
            erase_demarche(existing)
        demarche = tell_demo(maintenant=read_instant(), grande=options["grande"])
        duree = round(time.monotonic() - start)
        self.stdout.write(prose(f"{demarche} : la démonstration est en place ({duree} s). Entrée : /demo/"))
