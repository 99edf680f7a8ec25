"""French writing of whole numbers and months, for the sentences of the results."""

from datetime import date

ESPACE_FINE = "\u202f"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def format_entier(nombre: int) -> str:
    """Return ``nombre`` with narrow no-break spaces between thousands ("20 455"). Complexity: O(digits)."""
    return f"{nombre:,}".replace(",", ESPACE_FINE)


def format_mois(jour: date) -> str:
    """Return the month of ``jour`` ("décembre 2023"). Complexity: O(1)."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def format_de_mois(jour: date) -> str:
    """Return the month of ``jour`` after "de" ("de décembre 2023", "d'avril 2026"). Complexity: O(1)."""
    mois = format_mois(jour)
    return f"d'{mois}" if mois[0] in "ao" else f"de {mois}"
