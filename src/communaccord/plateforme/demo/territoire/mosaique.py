"""A mosaic of small Voronoi cells: one site in each square of an endless grid, moved inside its square.

Since each unit square holds one site, no point is farther than √2 from a site, so that two cells that touch have
their sites at most 2√2 apart: the 48 squares around a square are enough to cut its cell exactly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import hypot

from communaccord.plateforme.demo.territoire.hasard import draw_entre

Case = tuple[int, int]
Point = tuple[float, float]
Sommet = frozenset[Case]

MARGE = 0.06
PORTEE = 3
COTE_DEPART = 4.0


@dataclass(frozen=True, slots=True)
class Cote:
    """One side of a cell, walked with the cell on its left: from `depart` to `arrivee`, `voisine` on the right."""

    depart: Sommet
    arrivee: Sommet
    voisine: Case


Cellules = Mapping[Case, tuple[Cote, ...]]


@cache
def get_site(case: Case) -> Point:
    """The site of a square, never nearer to its border than `MARGE`."""
    i, j = case
    return i + draw_entre(MARGE, 1 - MARGE, "x", i, j), j + draw_entre(MARGE, 1 - MARGE, "y", i, j)


def compute_distance(case: Case, autre: Case) -> float:
    (x1, y1), (x2, y2) = get_site(case), get_site(autre)
    return hypot(x2 - x1, y2 - y1)


def build_cellules(cases: Iterable[Case]) -> Cellules:
    """The cell of each square, as its sides counterclockwise. Linear in the number of squares."""
    return {case: _build_cellule(case) for case in cases}


def get_point(sommet: Sommet) -> Point:
    """Where three cells meet: the centre of the circle through their sites, whatever the order they are named in."""
    (ax, ay), (bx, by), (cx, cy) = (get_site(case) for case in sorted(sommet))
    double = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    a, b, c = ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy
    return (
        (a * (by - cy) + b * (cy - ay) + c * (ay - by)) / double,
        (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / double,
    )


def _build_cellule(case: Case) -> tuple[Cote, ...]:
    """Cut a large square by the bisectors of the sites around, nearest first, each side keeping who cut it."""
    i, j = case
    autour = [
        (i + di, j + dj) for di in range(-PORTEE, PORTEE + 1) for dj in range(-PORTEE, PORTEE + 1) if (di, dj) != (0, 0)
    ]
    x, y = get_site(case)
    coins = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    # Each entry: the point where a side begins, and the site that cut that side (the starting square has none).
    contour: list[tuple[Point, Case | None]] = [((x + COTE_DEPART * a, y + COTE_DEPART * b), None) for a, b in coins]
    for autre in sorted(autour, key=lambda candidate: compute_distance(case, candidate)):
        contour = _cut(contour, (x, y), autre)
    cotes = [autre for _, autre in contour if autre is not None]
    if len(cotes) != len(contour):
        raise ValueError(f"La cellule {case} n'est pas fermée.")
    return tuple(
        Cote(frozenset({case, avant, cote}), frozenset({case, cote, apres}), cote)
        for avant, cote, apres in zip([cotes[-1], *cotes[:-1]], cotes, [*cotes[1:], cotes[0]], strict=True)
    )


def _cut(contour: list[tuple[Point, Case | None]], site: Point, autre: Case) -> list[tuple[Point, Case | None]]:
    """Keep the half of a convex polygon that is nearer to `site` than to the site of `autre`."""
    ox, oy = get_site(autre)
    dx, dy = ox - site[0], oy - site[1]
    limite = (ox * ox + oy * oy - site[0] ** 2 - site[1] ** 2) / 2
    ecarts = [point[0] * dx + point[1] * dy - limite for point, _ in contour]
    if max(ecarts) <= 0:
        return contour
    garde: list[tuple[Point, Case | None]] = []
    for rang, (point, cote) in enumerate(contour):
        suivant = (rang + 1) % len(contour)
        if ecarts[rang] <= 0:
            garde.append((point, cote))
        if (ecarts[rang] <= 0) != (ecarts[suivant] <= 0):
            part = ecarts[rang] / (ecarts[rang] - ecarts[suivant])
            (x1, y1), (x2, y2) = point, contour[suivant][0]
            coupe = (x1 + part * (x2 - x1), y1 + part * (y2 - y1))
            # Going out, the new side begins here; coming in, the old side goes on from here.
            garde.append((coupe, autre if ecarts[rang] <= 0 else cote))
    return garde
