"""What leaves the validated précadrage, ready for a notice (projet/_ecarts.html) on the page of a later step."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.projet.models import Cadre


@dataclass(frozen=True, slots=True)
class Ecarts:
    """Sentences, and the address of the précadrage that they tell of; no sentence within the frame."""

    phrases: tuple[str, ...] = ()
    adresse: str = ""


def build_ecarts(acteur: Acteur, cadre: Cadre | None, phrases: Sequence[str]) -> Ecarts:
    """The notice; empty without a frame, or within it."""
    if cadre is None or not phrases:
        return Ecarts()
    return Ecarts(tuple(phrases), chemin(acteur, "projet:cadre_version", cadre.pk))
