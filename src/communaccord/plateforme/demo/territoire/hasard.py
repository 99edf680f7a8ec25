"""Chance without chance: numbers that look drawn at random and are always the same for the same words."""

from hashlib import blake2b

PLAGE = 2**64


def draw(*mots: object) -> float:
    """Number of [0, 1[ attached to these words, the same on every machine."""
    empreinte = blake2b("/".join(map(str, mots)).encode(), digest_size=8).digest()
    return int.from_bytes(empreinte) / PLAGE


def draw_entre(bas: float, haut: float, *mots: object) -> float:
    """Number of [bas, haut[ attached to these words."""
    return bas + (haut - bas) * draw(*mots)
