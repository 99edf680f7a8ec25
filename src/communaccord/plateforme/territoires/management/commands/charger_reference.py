"""manage.py charger_reference: put the shipped reference data in the database; twice changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from communaccord import reference
from communaccord.plateforme.socle.typographie import nombre
from communaccord.plateforme.territoires.actions import compute_empreinte, is_en_place, load_reference


class Command(BaseCommand):
    help = (
        "Charge les données de référence (intercommunalités et communes de France) ; deux fois de suite ne change rien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--silencieux", action="store_true", help="n'affiche pas l'avancement")

    def handle(self, *_: Any, **options: Any) -> None:
        def show(libelle: str, done: int, total: int) -> None:
            if not options["silencieux"]:
                self.stdout.write(f"  {libelle} : {nombre(done)} sur {nombre(total)}")

        empreinte = compute_empreinte()
        if is_en_place(empreinte):
            self.stdout.write(f"Données de référence déjà en place (version {empreinte[:12]}) : rien à changer.")
            return
        load_reference(reference.load_france(), reference.sources(), empreinte=empreinte, progres=show)
        self.stdout.write(f"Données de référence en place (version {empreinte[:12]}).")
