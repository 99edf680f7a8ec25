"""Give an address the right to administer this installation: confirm démarches. It reads nothing of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from communaccord.plateforme.comptes.models import Compte


class Command(BaseCommand):
    help = "Donne à une adresse le droit d'administrer cette installation (confirmer les démarches)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("adresse", help="adresse électronique de la personne")
        parser.add_argument("--retirer", action="store_true", help="retire ce droit au lieu de le donner")

    def handle(self, *_args: Any, adresse: str, retirer: bool, **_options: Any) -> None:
        try:
            validate_email(adresse)
        except ValidationError as error:
            raise CommandError(f"« {adresse} » n'est pas une adresse : elle a la forme nom@domaine.fr.") from error
        compte = Compte.objects.filter(email=adresse.lower()).first()
        if compte is None:
            if retirer:
                raise CommandError(f"Aucun compte à l'adresse {adresse} : rien à retirer.")
            compte = Compte.objects.create_user(adresse)
        compte.is_staff = not retirer
        compte.save(update_fields=["is_staff"])
        suite = "n'administre plus" if retirer else "administre désormais"
        self.stdout.write(f"{compte.email} {suite} cette installation.")
        if not retirer:
            self.stdout.write("La page est à l'adresse /compte/administration/ ; un code y arrive par courriel.")
