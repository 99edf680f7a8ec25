"""Drawing by lot, reproducible by anyone from a seed announced beforehand."""

from collections.abc import Iterable


def draw_assesseurs(graine: str, candidats: Iterable[str], nombre: int = 3) -> tuple[str, ...]:
    """Return the `nombre` identifiers with the smallest digests, in the order of the draw."""
    raise NotImplementedError
