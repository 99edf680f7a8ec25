"""French writing of whole numbers, for the sentences of the results."""

ESPACE_FINE = "\u202f"


def format_entier(nombre: int) -> str:
    """Return ``nombre`` with narrow no-break spaces between thousands ("20 455"). Complexity: O(digits)."""
    return f"{nombre:,}".replace(",", ESPACE_FINE)
