"""Reference data of France, packaged: read without a database, each figure with its vintage and its source."""

from communaccord.reference.contours import get_contours, get_voisins
from communaccord.reference.models import (
    Anneau,
    Colonne,
    Commune,
    CommunePerimetre,
    Contour,
    Departement,
    Epci,
    EpciPerimetre,
    Ept,
    Fichier,
    France,
    Point,
    Polygone,
    Sources,
    Territoire,
    TerritoireInconnu,
)
from communaccord.reference.noms import normalize_nom
from communaccord.reference.perimetres import RENOUVELLEMENTS, Perimetre, get_perimetre
from communaccord.reference.recherche import find_territoires
from communaccord.reference.sources import sources
from communaccord.reference.territoires import (
    get_commune,
    get_communes,
    get_departement,
    get_epci,
    get_epci_of,
    get_ept,
    list_epcis,
    load_france,
)

__all__ = [
    "RENOUVELLEMENTS",
    "Anneau",
    "Colonne",
    "Commune",
    "CommunePerimetre",
    "Contour",
    "Departement",
    "Epci",
    "EpciPerimetre",
    "Ept",
    "Fichier",
    "France",
    "Perimetre",
    "Point",
    "Polygone",
    "Sources",
    "Territoire",
    "TerritoireInconnu",
    "find_territoires",
    "get_commune",
    "get_communes",
    "get_contours",
    "get_departement",
    "get_epci",
    "get_epci_of",
    "get_ept",
    "get_perimetre",
    "get_voisins",
    "list_epcis",
    "load_france",
    "normalize_nom",
    "sources",
]
