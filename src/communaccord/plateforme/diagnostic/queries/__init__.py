"""The read side of the état des lieux, one module per subject."""

from communaccord.plateforme.diagnostic.queries.campagnes import find_campagne, list_reponses
from communaccord.plateforme.diagnostic.queries.photographies import read_photographie
from communaccord.plateforme.diagnostic.queries.publiques import find_dernieres, list_publiques, map_dernieres

__all__ = [
    "find_campagne",
    "find_dernieres",
    "list_publiques",
    "list_reponses",
    "map_dernieres",
    "read_photographie",
]
