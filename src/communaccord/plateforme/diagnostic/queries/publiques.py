"""Reading the public data of a démarche: those of one commune, or all, the latest year of each key first."""

from collections.abc import Iterable

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.models import DonneePublique
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

# Key of what is of the intercommunalité, where communes are named by their pk.
EPCI = None


def list_publiques(demarche: Demarche, commune: CommuneMembre | None = None) -> list[DonneePublique]:
    """All public data of a démarche, or those of one commune: by key, the latest year first. One query."""
    rows = DonneePublique.objects.filter(demarche=demarche)
    if commune is not None:
        rows = rows.filter(commune=commune)
    return list(rows.order_by("commune_id", "cle", "-annee"))


def map_dernieres(rows: Iterable[DonneePublique]) -> dict[int | None, dict[str, DonneePublique]]:
    """By pk of commune (``EPCI`` for the intercommunalité) then by key, the datum of the latest year."""
    dernieres: dict[int | None, dict[str, DonneePublique]] = {}
    for row in rows:
        known = dernieres.setdefault(row.commune_id, {})
        if row.cle not in known or known[row.cle].annee < row.annee:
            known[row.cle] = row
    return dernieres


def find_dernieres(demarche: Demarche, commune_id: int | None) -> dict[str, DonneePublique]:
    """By key, the latest datum of one commune, or of the intercommunalité (``commune_id`` None). One query."""
    rows = DonneePublique.objects.filter(demarche=demarche, commune_id=commune_id)
    return map_dernieres(rows).get(commune_id, {})


def list_membres(acteur: Acteur) -> list[CommuneMembre]:
    """The communes of the démarche, in the order of their names. One query."""
    return list(CommuneMembre.objects.visible_to(acteur))
