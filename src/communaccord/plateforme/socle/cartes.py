"""Maps as numbers: contours in degrees become integer paths in a box, ready for SVG. Pure functions, no drawing here.

The projection is conformal conic (Lambert), its parallels and meridian chosen from the territory itself, so that an
overseas territory is drawn as truly as a mainland one. Shared borders stay shared: points are rounded before they
are chained, never after.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, log, pi, radians, sin, tan

Point = tuple[float, float]
Anneau = Sequence[Point]
Contour = Sequence[Sequence[Anneau]]
Projection = Callable[[float, float], Point]

NOMBRE_ETIQUETTES = 5
TAILLE_ETIQUETTE = 36.0
LARGEUR_LETTRE = 0.52


@dataclass(frozen=True, slots=True)
class Forme:
    """One commune: an SVG path, and a point inside it for its label."""

    chemin: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Fond:
    """A territory drawn in a box `largeur` x `hauteur`, the y axis going down; shapes by code."""

    largeur: int
    hauteur: int
    formes: Mapping[str, Forme]


@dataclass(frozen=True, slots=True)
class CommuneCarte:
    """What is said of one commune on a map: its class (see the legend), its words, its link."""

    code: str
    nom: str
    classe: str = "sans"
    texte: str = ""
    adresse: str = ""
    mienne: bool = False
    poids: int = 0


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A name and the middle of its baseline."""

    code: str
    nom: str
    x: int
    y: int
    mienne: bool


def build_projection(longitudes: Sequence[float], latitudes: Sequence[float]) -> Projection:
    """Conformal conic projection fitted to a territory, parallels at one sixth of its height from its edges.

    Returns a function (longitude, latitude) in degrees -> (x, y), y going down, in earth radii. A territory astride the
    equator gets Mercator, the limit of the same family. Source: Snyder, Map Projections (1987), §15.
    """
    south, north = min(latitudes), max(latitudes)
    middle = radians((min(longitudes) + max(longitudes)) / 2)
    first = radians(south + (north - south) / 6)
    second = radians(north - (north - south) / 6)

    def stretch(latitude: float) -> float:
        return tan(pi / 4 + latitude / 2)

    if abs(second - first) < 1e-9:
        cone = sin(first)
    else:
        cone = log(cos(first) / cos(second)) / log(stretch(second) / stretch(first))
    if abs(cone) < 1e-4:
        return lambda lon, lat: (radians(lon) - middle, -log(stretch(radians(lat))))
    factor = cos(first) * stretch(first) ** cone / cone
    origin = factor / stretch(radians((south + north) / 2)) ** cone

    def project(lon: float, lat: float) -> Point:
        radius = factor / stretch(radians(lat)) ** cone
        angle = cone * (radians(lon) - middle)
        return radius * sin(angle), radius * cos(angle) - origin

    return project


def project_contours(
    contours: Mapping[str, Contour], *, largeur: int = 1000, hauteur_max: int = 1000, marge: int = 12
) -> Fond:
    """Fit the contours of a territory (by code: polygons of rings of (longitude, latitude)) to a box.

    The box is `largeur` wide, lower than `hauteur_max`; a tall territory is centred. Shapes keep their proportions.
    Raises ValueError when there is nothing to draw. Linear in the number of points.
    """
    rings = [ring for contour in contours.values() for polygon in contour for ring in polygon]
    if not rings:
        raise ValueError("Aucun contour à dessiner.")
    project = build_projection([p[0] for r in rings for p in r], [p[1] for r in rings for p in r])
    projected = {
        code: [[[project(*p) for p in ring] for ring in polygon] for polygon in contour]
        for code, contour in contours.items()
    }
    points = [p for contour in projected.values() for polygon in contour for ring in polygon for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    scale = min(
        (largeur - 2 * marge) / max(east - west, 1e-12),
        (hauteur_max - 2 * marge) / max(bottom - top, 1e-12),
    )
    hauteur = round((bottom - top) * scale) + 2 * marge
    offset = (largeur - (east - west) * scale) / 2

    def place(point: Point) -> tuple[int, int]:
        return round((point[0] - west) * scale + offset), round((point[1] - top) * scale + marge)

    formes = {}
    for code, contour in projected.items():
        placed = [[[place(p) for p in ring] for ring in polygon] for polygon in contour]
        x, y = find_point_interieur([polygon[0] for polygon in placed])
        formes[code] = Forme(chemin=build_chemin(ring for polygon in placed for ring in polygon), x=x, y=y)
    return Fond(largeur=largeur, hauteur=hauteur, formes=formes)


def build_chemin(anneaux: Iterable[Sequence[tuple[int, int]]]) -> str:
    """SVG path of closed rings: one absolute point, then relative integer steps; points that coincide are dropped."""
    pieces = []
    for anneau in anneaux:
        x, y = anneau[0]
        steps = []
        last_x, last_y = x, y
        for next_x, next_y in anneau[1:]:
            dx, dy = next_x - last_x, next_y - last_y
            if dx or dy:
                steps.append(f"{dx}{dy:+d}" if dy < 0 else f"{dx} {dy}")
                last_x, last_y = next_x, next_y
        pieces.append(f"M{x} {y}l{' '.join(steps)}z" if steps else f"M{x} {y}h1v1h-1z")
    return "".join(pieces)


def compute_aire(anneau: Sequence[Point]) -> float:
    """Signed area of a closed ring (shoelace formula); positive clockwise when y goes down."""
    pairs = zip(anneau, [*anneau[1:], anneau[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def find_point_interieur(exterieurs: Sequence[Sequence[tuple[int, int]]]) -> tuple[int, int]:
    """A point inside the largest outer ring: the middle of its widest crossing, near half of its height."""
    ring = max(exterieurs, key=lambda r: abs(compute_aire(r)))
    top, bottom = min(p[1] for p in ring), max(p[1] for p in ring)
    best = (0.0, float(ring[0][0]), float(ring[0][1]))
    for share in (0.5, 0.4, 0.6):
        height = top + (bottom - top) * share + 0.01
        crossings = sorted(
            x1 + (height - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (y1 <= height) != (y2 <= height)
        )
        spans = zip(crossings[::2], crossings[1::2], strict=True)
        best = max([best, *((right - left, (left + right) / 2, height) for left, right in spans)])
    return round(best[1]), round(best[2])


def place_etiquettes(fond: Fond, communes: Iterable[CommuneCarte]) -> list[Etiquette]:
    """Names of the five heaviest communes and mine, mine first; a name that would cover another is moved or left out.

    Ties of weight are broken by code. The name of my commune is never left out.
    """
    drawn = [c for c in communes if c.code in fond.formes]
    heaviest = sorted(drawn, key=lambda c: (-c.poids, c.code))[:NOMBRE_ETIQUETTES]
    chosen = [c for c in drawn if c.mienne] + [c for c in heaviest if not c.mienne]
    boxes: list[tuple[float, float, float, float]] = []
    labels = []
    for commune in chosen:
        forme = fond.formes[commune.code]
        half = max(len(commune.nom) * TAILLE_ETIQUETTE * LARGEUR_LETTRE / 2, 1)
        x = min(max(float(forme.x), half), fond.largeur - half)
        for shift in (0.35, -0.65, 1.35, -1.65, 2.35):
            y = min(max(forme.y + shift * TAILLE_ETIQUETTE, TAILLE_ETIQUETTE), fond.hauteur - 8.0)
            box = (x - half, y - TAILLE_ETIQUETTE, x + half, y + 6)
            if not any(_overlap(box, other) for other in boxes):
                break
        else:
            if not commune.mienne:
                continue
        boxes.append(box)
        labels.append(Etiquette(commune.code, commune.nom, round(x), round(y), commune.mienne))
    return labels


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def find_voisins(contours: Mapping[str, Contour]) -> dict[str, tuple[str, ...]]:
    """Communes that share at least two points of their contours, nearest first; for the walk by arrow keys."""
    owners: dict[Point, list[str]] = {}
    centres = {}
    for code, contour in contours.items():
        points = {tuple(p) for polygon in contour for ring in polygon for p in ring}
        centres[code] = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
        for point in points:
            owners.setdefault(point, []).append(code)
    shared: dict[str, dict[str, int]] = {code: {} for code in contours}
    for codes in owners.values():
        for code in codes:
            for other in codes:
                if other != code:
                    shared[code][other] = shared[code].get(other, 0) + 1

    def distance(code: str, other: str) -> float:
        return hypot(centres[code][0] - centres[other][0], centres[code][1] - centres[other][1])

    return {
        code: tuple(sorted((o for o, n in others.items() if n >= 2), key=lambda o: (distance(code, o), o)))
        for code, others in shared.items()
    }
