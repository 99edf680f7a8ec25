"""The other pages of this room, for the one who is there: an entry that leads nowhere is not shown."""

from django.urls import NoReverseMatch

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin

# Words, name of the page, attribute of the actor that it asks for.
PIECES = (
    ("Flux et doubles", "diagnostic:flux", "est_equipe"),
    ("Ce que je donne, ce que je reçois", "diagnostic:donne_recois", "est_mairie"),
    ("Photographie de référence", "diagnostic:photographies", "est_de_la_table"),
    ("Carnets des communes", "diagnostic:carnets", "est_de_la_table"),
    ("Synthèse", "diagnostic:synthese", "lit_la_table"),
    ("Priorités", "diagnostic:priorites", "lit_la_table"),
    ("Données publiques", "diagnostic:publiques", "est_equipe"),
    ("Classeurs et fiches sur papier", "diagnostic:classeurs", "est_equipe"),
)


def list_pieces(acteur: Acteur) -> list[tuple[str, str]]:
    """(words, address) of the pages open to this actor."""
    found = []
    for libelle, name, condition in PIECES:
        if getattr(acteur, condition):
            try:
                found.append((libelle, chemin(acteur, name)))
            except NoReverseMatch:
                continue
    return found
