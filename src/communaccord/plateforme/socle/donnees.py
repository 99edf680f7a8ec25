"""The page of sources, from the register of origins of the reference data."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from communaccord.plateforme.socle import typographie
from communaccord.reference import Colonne, Sources


def describe_colonnes(colonnes: Iterable[Colonne]) -> list[dict[str, Any]]:
    """One line for each origin of a file: the columns that share it, its vintage, its licence, its date."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for colonne in colonnes:
        origine = (colonne.millesime, colonne.source, colonne.licence, colonne.date, colonne.precaution)
        lines.setdefault(origine, []).append(colonne.libelle)
    return [
        {
            "colonnes": typographie.prose(" ; ".join(dict.fromkeys(libelles))),
            "millesime": millesime,
            "source": typographie.prose(source),
            "licence": licence,
            "date": format_date(jour),
            "precaution": typographie.prose(precaution),
        }
        for (millesime, source, licence, jour, precaution), libelles in lines.items()
    ]


def format_date(jour: str) -> str:
    """An ISO date in French; anything else (a month, a range) as it is written."""
    try:
        return typographie.date(date.fromisoformat(jour))
    except ValueError:
        return jour


def build_donnees(registre: Sources) -> dict[str, Any]:
    """Context of the page of sources."""
    return {
        "fichiers": [
            {
                "nom": f.nom,
                "contenu": typographie.prose(f.contenu),
                "lignes": f.lignes,
                "origines": describe_colonnes(f.colonnes),
            }
            for f in registre.fichiers
        ],
        "nombre_sources": len({c.source for f in registre.fichiers for c in f.colonnes}),
    }
