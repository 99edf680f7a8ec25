"""Tables of communes: read with a preview of each faulty cell, and the model to fill in."""

from communaccord.simulateur.tableau.entetes import LIBELLES, describe_champ
from communaccord.simulateur.tableau.lecture import read_collage, read_tableau
from communaccord.simulateur.tableau.modele import build_modele_tableau
from communaccord.simulateur.tableau.types import Apercu, CelluleLue, ColonneLue, LigneLue

__all__ = [
    "LIBELLES",
    "Apercu",
    "CelluleLue",
    "ColonneLue",
    "LigneLue",
    "build_modele_tableau",
    "describe_champ",
    "read_collage",
    "read_tableau",
]
