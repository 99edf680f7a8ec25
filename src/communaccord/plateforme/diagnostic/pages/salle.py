"""The other pages of this room, for the one who is there: an entry that leads nowhere is not shown."""

from collections.abc import Callable

from django.urls import NoReverseMatch

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.rules import (
    can_read_flux,
    can_read_synthese,
    reads_fiche,
    reads_releves_partages,
)


def reads_carnets(acteur: Acteur) -> bool:
    return reads_fiche(acteur, acteur.commune_id)


def is_equipe(acteur: Acteur) -> bool:
    return acteur.est_equipe


# Words, name of the page, whether it is open to somebody, whether it needs a campaign.
PIECES: tuple[tuple[str, str, Callable[[Acteur], object], bool], ...] = (
    ("Synthèse", "diagnostic:synthese", can_read_synthese, True),
    ("Carnets des communes", "diagnostic:carnets", reads_carnets, True),
    ("Ce que je donne, ce que je reçois", "diagnostic:donne_recois_liste", reads_releves_partages, True),
    ("Flux et doubles", "diagnostic:flux", can_read_flux, True),
    ("Photographie de référence", "diagnostic:photographie", can_read_synthese, True),
    ("Priorités", "diagnostic:priorites", can_read_synthese, True),
    ("Données publiques", "diagnostic:publiques", is_equipe, False),
    ("Classeurs et fiches sur papier", "diagnostic:classeurs", is_equipe, True),
)


def list_pieces(acteur: Acteur, *, campagne: bool) -> list[tuple[str, str]]:
    """(words, address) of the pages open to this actor; ``campagne``: whether there is one."""
    found = []
    for libelle, name, is_open, needs in PIECES:
        if is_open(acteur) and (campagne or not needs):
            try:
                found.append((libelle, chemin(acteur, name)))
            except NoReverseMatch:
                continue
    return found
