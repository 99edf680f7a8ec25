"""What the charte awaits of an élu who arrived after it was adopted."""

from collections.abc import Iterator

from communaccord.plateforme.accueil.pages.demarche.chez_moi import Attente
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.projet.queries.charte import find_a_rejoindre
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import prose


def list_charte(acteur: Acteur) -> Iterator[Attente]:
    """One line for an élu whose mandate began after the adoption and who has not joined; one query."""
    charte = find_a_rejoindre(acteur)
    if charte is not None:
        quand = write_date(charte.adoptee_le)
        phrase = f"La charte de mutualisation a été adoptée le {quand}, avant votre arrivée. Vous pouvez la rejoindre."
        yield Attente(prose(phrase), "Lire la charte", chemin(acteur, "projet:charte_version", charte.pk))
