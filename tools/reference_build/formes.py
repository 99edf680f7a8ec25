"""Encode the contours of a département (format: communaccord.reference.contours) and the neighbours of an EPCI."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from communaccord.reference.contours import get_departement_of
from reference_build.topologie import Forme, Sommet, Topologie, build_topologie


def group_departements(formes: Mapping[str, Forme]) -> dict[str, dict[str, Forme]]:
    """Contours by département, both in the order of codes."""
    groupes: defaultdict[str, dict[str, Forme]] = defaultdict(dict)
    for code in sorted(formes):
        groupes[get_departement_of(code)][code] = formes[code]
    return dict(sorted(groupes.items()))


def encode_departement(departement: str, formes: Mapping[str, Forme], jonctions: frozenset[Sommet]) -> bytes:
    """Stream of integers of one département, before compression."""
    topologie = build_topologie(formes, jonctions)
    points = [point for arc in topologie.arcs for point in arc]
    return encode_entiers(
        [
            len(topologie.arcs),
            *(len(arc) for arc in topologie.arcs),
            *_subtract(longitude for longitude, _ in points),
            *_subtract(latitude for _, latitude in points),
            len(topologie.formes),
            *_list_references(departement, topologie),
        ]
    )


def encode_entiers(entiers: Iterable[int]) -> bytes:
    """Base 128, least significant group first, sign in the lowest bit."""
    octets = bytearray()
    for entier in entiers:
        reste = entier << 1 if entier >= 0 else (~entier << 1) | 1
        while reste > 127:
            octets.append(reste & 127 | 128)
            reste >>= 7
        octets.append(reste)
    return bytes(octets)


def encode_voisins(codes: Iterable[str], voisins: Mapping[str, Iterable[str]]) -> str:
    """Neighbours of the members of one EPCI: for each by code, the ranks of those that come after it."""
    rang_de = {code: rang for rang, code in enumerate(sorted(codes))}
    return ";".join(
        ",".join(
            str(rang_de[voisin]) for voisin in sorted(voisins.get(code, ())) if rang_de.get(voisin, -1) > rang_de[code]
        )
        for code in rang_de
    )


def _subtract(valeurs: Iterable[int]) -> Iterator[int]:
    precedente = 0
    for valeur in valeurs:
        yield valeur - precedente
        precedente = valeur


def _list_references(departement: str, topologie: Topologie) -> Iterator[int]:
    """What follows the arcs: numbers of the communes, polygons, rings, references to arcs."""
    suivant = precedent = 0
    for code, polygones in topologie.formes.items():
        numero = int(code.removeprefix(departement))
        yield from (numero - precedent, len(polygones))
        precedent = numero
        for anneaux in polygones:
            yield len(anneaux)
            for anneau in anneaux:
                yield len(anneau)
                for arc in anneau:
                    if arc == suivant:
                        yield 0
                        suivant += 1
                    else:
                        yield suivant - ~arc if arc < 0 else arc - suivant
