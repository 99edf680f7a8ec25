"""The register of origins: each shipped column with its vintage, source, licence and date."""

from functools import cache

from communaccord.reference.models import Colonne, Fichier, Sources
from communaccord.reference.tables import SOURCES, read_json


@cache
def sources() -> Sources:
    """Origin of every column of every shipped file."""
    return Sources(
        fichiers=tuple(
            Fichier(
                nom=fichier["nom"],
                contenu=fichier["contenu"],
                lignes=fichier["lignes"],
                colonnes=tuple(Colonne(**colonne) for colonne in fichier["colonnes"]),
            )
            for fichier in read_json(SOURCES)["fichiers"]
        )
    )
