"""Cut the contours of communes into shared arcs, exactly: what two neighbours draw together is stored once.

Coordinates are integers (ten-thousandths of a degree). A vertex where the borders part is a junction; rings are cut
there, and an arc is the same whichever way it is walked. Two communes are neighbours when they share an arc.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

Sommet = tuple[int, int]
Arc = tuple[Sommet, ...]
Anneau = list[Sommet]
Forme = list[list[Anneau]]
ECHELLE = 10_000


@dataclass(frozen=True, slots=True)
class Topologie:
    """Arcs, and for each commune its polygons as rings of signed arc numbers (~n walks arc n backwards)."""

    arcs: tuple[Arc, ...]
    formes: Mapping[str, tuple[tuple[tuple[int, ...], ...], ...]]


def scale_forme(coordonnees: Iterable[Iterable[Iterable[tuple[float, float]]]]) -> Forme:
    """Integer coordinates of a GeoJSON MultiPolygon.

    ValueError when a ring is not closed or a point has more than four decimals.
    """
    forme = [[[_scale_point(point) for point in anneau] for anneau in polygone] for polygone in coordonnees]
    for polygone in forme:
        for anneau in polygone:
            if len(anneau) < 4 or anneau[0] != anneau[-1]:
                raise ValueError("Un contour n'est pas fermé, ou compte moins de trois sommets.")
    return forme


def _scale_point(point: tuple[float, float]) -> Sommet:
    longitude, latitude = round(point[0] * ECHELLE), round(point[1] * ECHELLE)
    if (longitude / ECHELLE, latitude / ECHELLE) != tuple(point):
        raise ValueError(f"Le point {point} a plus de quatre décimales.")
    return longitude, latitude


def find_jonctions(formes: Mapping[str, Forme]) -> frozenset[Sommet]:
    """Vertices whose pair of neighbours is not the same in every ring that goes through them. O(points)."""
    voisins: dict[Sommet, tuple[Sommet, Sommet]] = {}
    jonctions = set()
    for forme in formes.values():
        for polygone in forme:
            for anneau in polygone:
                ouvert = anneau[:-1]
                for rang, sommet in enumerate(ouvert):
                    avant, apres = ouvert[rang - 1], ouvert[(rang + 1) % len(ouvert)]
                    paire = (avant, apres) if avant <= apres else (apres, avant)
                    if voisins.setdefault(sommet, paire) != paire:
                        jonctions.add(sommet)
    return frozenset(jonctions)


def cut_anneau(anneau: Anneau, jonctions: frozenset[Sommet]) -> list[Arc]:
    """Cut a closed ring at its junctions; without any, it is one closed arc that starts at its smallest vertex."""
    ouvert = anneau[:-1]
    coupes = [rang for rang, sommet in enumerate(ouvert) if sommet in jonctions]
    depart = coupes[0] if coupes else ouvert.index(min(ouvert))
    tourne = [*ouvert[depart:], *ouvert[:depart], ouvert[depart]]
    bornes = [rang - depart for rang in coupes] or [0]
    bornes.append(len(ouvert))
    return [tuple(tourne[debut : fin + 1]) for debut, fin in pairwise(bornes)]


def build_topologie(formes: Mapping[str, Forme], jonctions: frozenset[Sommet]) -> Topologie:
    """Shared arcs of some communes, numbered in the order they are met (communes by code). O(points)."""
    numeros: dict[Arc, int] = {}
    arcs: list[Arc] = []

    def number(arc: Arc) -> int:
        if arc in numeros:
            return numeros[arc]
        if arc[::-1] in numeros:
            return ~numeros[arc[::-1]]
        numeros[arc] = len(arcs)
        arcs.append(arc)
        return numeros[arc]

    resultat = {
        code: tuple(
            tuple(tuple(number(arc) for arc in cut_anneau(anneau, jonctions)) for anneau in polygone)
            for polygone in formes[code]
        )
        for code in sorted(formes)
    }
    return Topologie(tuple(arcs), resultat)


def find_voisins(topologie: Topologie) -> dict[str, list[str]]:
    """Neighbours of each commune (those with which it shares at least one arc), by code. O(arcs)."""
    riverains: defaultdict[int, set[str]] = defaultdict(set)
    for code, forme in topologie.formes.items():
        for polygone in forme:
            for anneau in polygone:
                for numero in anneau:
                    riverains[max(numero, ~numero)].add(code)
    voisins: dict[str, set[str]] = {code: set() for code in topologie.formes}
    for codes in riverains.values():
        for code in codes:
            voisins[code] |= codes - {code}
    return {code: sorted(autres) for code, autres in voisins.items()}
