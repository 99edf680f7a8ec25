"""Bounds of an import: what no table of communes passes."""

MAX_OCTETS = 5_000_000
MAX_LIGNES = 20_000
MAX_COLONNES = 60
MAX_DECOMPRESSE = 60_000_000
MAX_MEMBRES = 1000
