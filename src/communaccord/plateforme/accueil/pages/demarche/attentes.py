"""What awaits an actor, gathered from every room."""

from collections.abc import Iterator
from datetime import datetime

from communaccord.plateforme.accueil.pages.demarche.chez_moi import Attente
from communaccord.plateforme.comptes.acteurs import Acteur


def list_attentes(acteur: Acteur, instant: datetime) -> Iterator[Attente]:
    """Next acts of this actor, in no order."""
    yield from ()
