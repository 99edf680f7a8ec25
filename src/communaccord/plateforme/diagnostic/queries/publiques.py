"""Reading the public data of a démarche: those of one commune, or all, the latest year of each key first."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.models import ClePublique, DonneePublique, Fiche
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

# Key of what is of the intercommunalité, where communes are named by their pk.
EPCI = None
POPULATION_DE_LA_DEMARCHE = "population retenue par la démarche"


class Datee(Protocol):
    """What a public datum tells of, and when."""

    @property
    def commune_id(self) -> int | None: ...
    @property
    def cle(self) -> str: ...
    @property
    def annee(self) -> int: ...


D = TypeVar("D", bound=Datee)


class Publique(NamedTuple):
    """A public datum read without its object: a page shows thousands of them."""

    commune_id: int | None
    cle: str
    annee: int
    centiemes: int | None
    source: str
    importee_par: str
    importee_le: datetime


def list_lues(demarche: Demarche, cles: Collection[str] | None = None) -> list[Publique]:
    """All public data of a démarche, or those of these keys: by key, the latest year first. One query."""
    rows = DonneePublique.objects.filter(demarche=demarche)
    if cles is not None:
        rows = rows.filter(cle__in=cles)
    return [Publique(*row) for row in rows.order_by("commune_id", "cle", "-annee").values_list(*Publique._fields)]


def list_publiques(demarche: Demarche, commune: CommuneMembre | None = None) -> list[DonneePublique]:
    """All public data of a démarche, or those of one commune: by key, the latest year first. One query."""
    rows = DonneePublique.objects.filter(demarche=demarche)
    if commune is not None:
        rows = rows.filter(commune=commune)
    return list(rows.order_by("commune_id", "cle", "-annee"))


def map_dernieres(rows: Iterable[D]) -> dict[int | None, dict[str, D]]:
    """By pk of commune (``EPCI`` for the intercommunalité) then by key, the datum of the latest year."""
    dernieres: dict[int | None, dict[str, D]] = {}
    for row in rows:
        known = dernieres.setdefault(row.commune_id, {})
        if row.cle not in known or known[row.cle].annee < row.annee:
            known[row.cle] = row
    return dernieres


def find_dernieres(demarche: Demarche, commune_id: int | None) -> dict[str, DonneePublique]:
    """By key, the latest datum of one commune, or of the intercommunalité (``commune_id`` None). One query."""
    rows = DonneePublique.objects.filter(demarche=demarche, commune_id=commune_id)
    return map_dernieres(rows).get(commune_id, {})


def find_proposees(fiche: Fiche) -> dict[str, DonneePublique]:
    """What may be proposed to a sheet: public data; else the population on which the démarche itself counts."""
    donnees = find_dernieres(fiche.campagne.demarche, fiche.commune_id)
    if fiche.commune is not None and ClePublique.POPULATION_MUNICIPALE not in donnees:
        donnees[ClePublique.POPULATION_MUNICIPALE.value] = DonneePublique(
            cle=ClePublique.POPULATION_MUNICIPALE,
            centiemes=100 * fiche.commune.population_municipale,
            annee=fiche.commune.millesime,
            source=POPULATION_DE_LA_DEMARCHE,
        )
    return donnees


def list_membres(acteur: Acteur) -> list[CommuneMembre]:
    """The communes of the démarche, in the order of their names. One query."""
    return list(CommuneMembre.objects.visible_to(acteur))
