"""The journal as pages and as a file."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from communaccord.plateforme.journal.models import Acte, ActeQuerySet
from communaccord.plateforme.socle.tableur import write_csv
from communaccord.plateforme.territoires.models import Demarche

PAR_PAGE = 40
FICHIER_MAX = 20_000


def paginate(actes: ActeQuerySet, page: int) -> dict[str, Any]:
    """One page, and whether others come before and after: one query, nothing is counted."""
    first = (max(page, 1) - 1) * PAR_PAGE
    rows = list(actes[first : first + PAR_PAGE + 1])
    return {
        "actes": rows[:PAR_PAGE],
        "page": max(page, 1),
        "suivante": len(rows) > PAR_PAGE,
        "precedente": page > 1,
    }


def build_csv(actes: Iterable[Acte], demarche: Demarche) -> bytes:
    """What the reader may read, the latest first, dated where people live."""
    zone = ZoneInfo(demarche.fuseau)
    titres = ("Date", "Heure", "En quel nom", "Ce qui a été fait", "Qui peut le lire")
    lignes = (
        (
            f"{acte.instant.astimezone(zone):%d/%m/%Y}",
            f"{acte.instant.astimezone(zone):%H:%M}",
            acte.qui,
            acte.phrase,
            acte.get_portee_display(),
        )
        for acte in actes[:FICHIER_MAX]
    )
    return write_csv(titres, lignes)
