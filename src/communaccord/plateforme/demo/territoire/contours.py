"""Contours of the invented communes: groups of small cells that grew from a village, on shared borders.

Neighbours share every vertex: there is neither gap nor overlap. They lie in the open sea, where no commune is.
"""

import heapq
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import atan2, ceil, cos, hypot, pi, radians, sqrt

from communaccord.plateforme.demo.territoire.hasard import draw, draw_entre
from communaccord.plateforme.demo.territoire.mosaique import (
    Case,
    Cellules,
    Cote,
    Point,
    build_cellules,
    compute_distance,
    get_point,
    get_site,
)

Anneau = tuple[Point, ...]
Contour = tuple[tuple[Anneau, ...], ...]

CELLULES_PAR_COMMUNE = 8
AIRE_COMMUNE = 17.0
ALLONGEMENT = 1.18
LOBES = ((2, 0.10, 0.4), (3, 0.09, 2.1), (5, 0.06, 5.0))
RELIEF = 0.24
BOURGS = 5
RAYON_BOURGS = 0.8
KM_PAR_DEGRE = 111.195
# In the Atlantic, well off the coast.
LONGITUDE, LATITUDE = -9.0, 46.0
DECIMALES = 5


def build_contours(poids: Sequence[float]) -> tuple[Contour, ...]:
    """Contours (longitude, latitude) of as many communes as weights, in their order; a heavier one is larger.

    The first is not far from the middle, the next ones (one in `BOURGS`) far from each other. O(communes x cells).
    """
    dehors = len(poids) // 4
    cases = _list_cases((len(poids) + dehors) * CELLULES_PAR_COMMUNE)
    cellules = build_cellules(cases)
    villages = _rank_villages(_choose_villages(cases, len(poids) + dehors), len(poids))
    communes = _grow(cellules, villages, [*poids, *[1.0] * dehors])
    bords: list[list[Cote]] = [[] for _ in villages]
    for case, cotes in cellules.items():
        bords[communes[case]] += [cote for cote in cotes if communes.get(cote.voisine) != communes[case]]
    origines = {cote: case for case, cotes in cellules.items() for cote in cotes}
    return tuple((tuple(_join(bord, origines)),) for bord in bords[: len(poids)])


def _list_cases(nombre: int) -> list[Case]:
    """Squares whose site is inside a lobed outline of about this area."""
    rayon = sqrt(nombre / pi)
    limite = ceil(rayon * 1.6)

    def is_dedans(case: Case) -> bool:
        x, y = get_site(case)
        x, y = x / ALLONGEMENT, y * ALLONGEMENT
        angle = atan2(y, x)
        return hypot(x, y) <= rayon * (1 + sum(part * cos(n * angle + phase) for n, part, phase in LOBES))

    plage = range(-limite, limite)
    return [case for i in plage for j in plage if is_dedans(case := (i, j))]


def _choose_villages(cases: Sequence[Case], nombre: int) -> list[Case]:
    """One square a commune, each far from those already chosen."""
    villages = [min(cases, key=lambda case: hypot(*get_site(case)))]
    attraits = {case: draw_entre(0.55, 1, "village", *case) for case in cases}
    loins = {case: compute_distance(case, villages[0]) for case in cases}
    while len(villages) < nombre:
        village = max(cases, key=lambda case: loins[case] * attraits[case])
        villages.append(village)
        for case in cases:
            loins[case] = min(loins[case], compute_distance(case, village))
    return villages


def _rank_villages(villages: Sequence[Case], nombre: int) -> list[Case]:
    """The first villages are far from each other and from the border; those after `nombre` are neighbours outside."""

    def measure_ecart(village: Case) -> float:
        x, y = get_site(village)
        return hypot(x / ALLONGEMENT, y * ALLONGEMENT) * draw_entre(0.8, 1, "bord", *village)

    du_milieu = sorted(villages, key=measure_ecart)
    dedans, dehors = du_milieu[:nombre], du_milieu[nombre:]
    rayon = measure_ecart(dedans[-1])
    interieurs = [village for village in dedans if measure_ecart(village) <= rayon * RAYON_BOURGS]
    rangs = [interieurs.pop(len(interieurs) // 4)]
    for _ in range(min(nombre // BOURGS, len(interieurs))):
        bourg = max(interieurs, key=lambda village: min(compute_distance(village, autre) for autre in rangs))
        rangs.append(bourg)
        interieurs.remove(bourg)
    autres = sorted(set(dedans) - set(rangs), key=lambda village: draw("rang", *village))
    return [*rangs, *autres, *dehors]


def _grow(cellules: Cellules, villages: Sequence[Case], poids: Sequence[float]) -> Mapping[Case, int]:
    """Give each cell to the commune that reaches it first, heavier ones going faster: each commune is of one piece."""
    communes: dict[Case, int] = {}
    file = [(0.0, village, rang) for rang, village in enumerate(villages)]
    heapq.heapify(file)
    while file:
        cout, case, rang = heapq.heappop(file)
        if case in communes:
            continue
        communes[case] = rang
        for voisine in (cote.voisine for cote in cellules[case]):
            if voisine in cellules and voisine not in communes:
                pas = compute_distance(case, voisine) * draw_entre(0.6, 1.4, "pas", *sorted((case, voisine)))
                heapq.heappush(file, (cout + pas / sqrt(poids[rang]), voisine, rang))
    return communes


def _join(bord: Sequence[Cote], origines: Mapping[Cote, Case]) -> list[Anneau]:
    """Closed rings of a border, the outer one first: at each vertex three cells meet, so that one side only goes on."""
    suites = {cote.depart: cote for cote in bord}
    anneaux = []
    while suites:
        premier = next(iter(suites))
        sommet, points = premier, []
        while not points or sommet != premier:
            cote = suites.pop(sommet)
            points += _list_points(cote, origines[cote])
            sommet = cote.arrivee
        anneaux.append((*points, points[0]))
    return sorted(anneaux, key=lambda anneau: -abs(_compute_aire(anneau)))


def _list_points(cote: Cote, case: Case) -> list[Point]:
    """The beginning of a side and its middle, moved across: the same for the two communes that share it."""
    (x1, y1), (x2, y2) = get_point(cote.depart), get_point(cote.arrivee)
    cle = sorted((case, cote.voisine))
    sens = 1 if cle[0] == case else -1
    ecart = sens * RELIEF * (2 * draw("relief", *cle) - 1)
    milieu = ((x1 + x2) / 2 + ecart * (y2 - y1), (y1 + y2) / 2 - ecart * (x2 - x1))
    return [_locate((x1, y1)), _locate(milieu)]


def _locate(point: Point) -> Point:
    """Longitude and latitude of a point of the grid."""
    cote = sqrt(AIRE_COMMUNE / CELLULES_PAR_COMMUNE)
    degre = KM_PAR_DEGRE * cos(radians(LATITUDE))
    return (
        round(LONGITUDE + point[0] * cote / degre, DECIMALES),
        round(LATITUDE + point[1] * cote / KM_PAR_DEGRE, DECIMALES),
    )


def _compute_aire(anneau: Anneau) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(anneau)) / 2
