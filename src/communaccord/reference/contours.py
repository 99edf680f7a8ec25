"""Simplified contours of the communes, read one département at a time; neighbours inside an EPCI.

``contours.xz`` is a suite of xz streams, one a département, whose places are in ``contours.json``. A stream is a
suite of integers (base 128, least significant group first, sign in the lowest bit):

- number of arcs; number of points of each arc; all abscissas, then all ordinates, each as the difference from the one
  before, in ten-thousandths of a degree;
- number of communes; for each: what its number adds to the one before, number of polygons; for each polygon, number
  of rings; for each ring, number of arcs, and each arc as 0 (the next arc not yet met) or n (the arc met n places
  before the next one, walked backwards) or -n (the same walked forwards).
"""

import lzma
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import accumulate, islice
from typing import Any

from communaccord.reference.models import Anneau, Contour, Point, Polygone
from communaccord.reference.tables import CONTOURS, CONTOURS_INDEX, DOSSIER, VOISINS, read_colonnes, read_json
from communaccord.reference.territoires import get_communes

ECHELLE = 10_000
COLONNES_VOISINS = ("siren_epci", "voisins")


def get_contours(codes: Iterable[str]) -> dict[str, Contour]:
    """Contours of these communes, by code, in the order given; those without any (overseas collectivités) are left out.

    Neighbours share their vertices exactly. Only the départements concerned are read: O(points of these départements)
    the first time.
    """
    resultat = {}
    for code in codes:
        contour = _read_departement(get_departement_of(code)).get(code)
        if contour is not None:
            resultat[code] = contour
    return resultat


def get_voisins(siren_epci: str) -> dict[str, tuple[str, ...]]:
    """Neighbours of each member commune inside its EPCI (those with which it shares a border), by code.

    A commune apart from the others (an island, an enclave) has none. TerritoireInconnu for an unknown SIREN.
    O(members).
    """
    codes = sorted(commune.code for commune in get_communes(siren_epci))
    voisins: dict[str, list[str]] = {code: [] for code in codes}
    for code, suivants in zip(codes, _read_voisins()[siren_epci].split(";"), strict=True):
        for rang in suivants.split(",") if suivants else ():
            voisins[code].append(codes[int(rang)])
            voisins[codes[int(rang)]].append(code)
    return {code: tuple(sorted(autres)) for code, autres in voisins.items()}


def get_departement_of(code: str) -> str:
    """Département of a commune code: its two first characters, three overseas."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def decode_departement(departement: str, octets: bytes) -> dict[str, Contour]:
    """Contours held by one decompressed stream (format in the heading of this module). O(points)."""
    entiers = _decode_entiers(octets)
    arcs = _decode_arcs(entiers)
    contours: dict[str, Contour] = {}
    numero = suivant = 0
    largeur = 5 - len(departement)
    for _ in range(next(entiers)):
        numero += next(entiers)
        polygones: list[Polygone] = []
        for _ in range(next(entiers)):
            anneaux: list[Anneau] = []
            for _ in range(next(entiers)):
                references = list(islice(entiers, next(entiers)))
                anneau, suivant = _join_arcs(arcs, references, suivant)
                anneaux.append(anneau)
            polygones.append(tuple(anneaux))
        contours[f"{departement}{numero:0{largeur}}"] = tuple(polygones)
    return contours


def _join_arcs(arcs: list[Anneau], references: list[int], suivant: int) -> tuple[Anneau, int]:
    """The ring drawn by these arcs, and the number of the next arc not yet met."""
    points: list[Point] = []
    for reference in references:
        if reference == 0:
            arc = arcs[suivant]
            suivant += 1
        elif reference > 0:
            arc = arcs[suivant - reference][::-1]
        else:
            arc = arcs[suivant + reference]
        points.extend(arc[1:] if points else arc)
    return tuple(points), suivant


def _decode_arcs(entiers: Iterator[int]) -> list[Anneau]:
    longueurs = list(islice(entiers, next(entiers)))
    nombre = sum(longueurs)
    longitudes = [valeur / ECHELLE for valeur in accumulate(islice(entiers, nombre))]
    latitudes = [valeur / ECHELLE for valeur in accumulate(islice(entiers, nombre))]
    points = zip(longitudes, latitudes, strict=True)
    return [tuple(islice(points, longueur)) for longueur in longueurs]


def _decode_entiers(octets: bytes) -> Iterator[int]:
    valeur = decalage = 0
    for octet in octets:
        valeur |= (octet & 127) << decalage
        if octet & 128:
            decalage += 7
        else:
            yield -(valeur >> 1) - 1 if valeur & 1 else valeur >> 1
            valeur = decalage = 0


@cache
def _read_departement(departement: str) -> Mapping[str, Contour]:
    place = _read_index().get(departement)
    if place is None:
        return {}
    debut, taille = place
    with (DOSSIER / CONTOURS).open("rb") as fichier:
        fichier.seek(debut)
        return decode_departement(departement, lzma.decompress(fichier.read(taille)))


@cache
def _read_index() -> Any:
    return read_json(CONTOURS_INDEX)


@cache
def _read_voisins() -> Mapping[str, str]:
    return dict(zip(*read_colonnes(VOISINS, COLONNES_VOISINS), strict=True))
