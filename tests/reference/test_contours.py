from collections import Counter
from itertools import pairwise

import pytest

from communaccord import reference
from communaccord.reference.contours import decode_departement
from communaccord.reference.tables import CONTOURS_INDEX, read_json

PAYS_BASQUE = "200067106"


def list_segments(contour):
    return {frozenset(segment) for polygone in contour for anneau in polygone for segment in pairwise(anneau)}


@pytest.fixture(scope="module")
def pays_basque():
    return reference.get_contours(reference.get_epci(PAYS_BASQUE).codes_communes)


def test_every_member_has_a_closed_contour(pays_basque):
    assert list(pays_basque) == list(reference.get_epci(PAYS_BASQUE).codes_communes)
    for contour in pays_basque.values():
        for polygone in contour:
            assert all(anneau[0] == anneau[-1] and len(anneau) >= 4 for anneau in polygone)


def test_points_have_four_decimals_and_lie_around_the_inside_point(pays_basque):
    for code, contour in pays_basque.items():
        points = [point for polygone in contour for anneau in polygone for point in anneau]
        assert all(point == (round(point[0], 4), round(point[1], 4)) for point in points)
        commune = reference.get_commune(code)
        assert min(x for x, _ in points) < commune.longitude < max(x for x, _ in points)
        assert min(y for _, y in points) < commune.latitude < max(y for _, y in points)


def test_neighbours_share_their_border_exactly(pays_basque):
    segments = {code: list_segments(contour) for code, contour in pays_basque.items()}
    riverains = Counter(segment for borde in segments.values() for segment in borde)
    assert max(riverains.values()) == 2
    voisins = reference.get_voisins(PAYS_BASQUE)
    assert list(voisins) == sorted(segments)
    for code, autres in voisins.items():
        assert list(autres) == sorted(autre for autre in segments if autre != code and segments[code] & segments[autre])


def test_neighbours_are_mutual_in_every_epci():
    for epci in reference.list_epcis():
        voisins = reference.get_voisins(epci.siren)
        assert set(voisins) == set(epci.codes_communes)
        assert all(code in voisins[autre] and autre != code for code, autres in voisins.items() for autre in autres)


def test_epci_over_two_departements():
    epci = next(epci for epci in reference.list_epcis() if len(epci.codes_departements) > 1 and epci.est_epci)
    assert set(reference.get_contours(epci.codes_communes)) == set(epci.codes_communes)


def test_communes_of_the_pacific_have_no_contour():
    assert reference.get_contours(["98735", "64445", "99999"]).keys() == {"64445"}
    assert reference.get_commune("98735").longitude is None


def test_every_departement_of_the_epcis_is_there():
    presents = {code for epci in reference.list_epcis() for code in epci.codes_departements}
    assert set(read_json(CONTOURS_INDEX)) == presents


def test_decoding_by_hand():
    # A triangle in two arcs, met in the order they are walked: (0,0) (1,0) (1,1), then (1,1) (0,0).
    entiers = [2, 3, 2, 0, 1, 0, 0, -1, 0, 0, 1, 0, -1, 1, 7, 1, 1, 2, 0, 0]
    octets = bytes(entier << 1 if entier >= 0 else (~entier << 1) | 1 for entier in entiers)
    triangle = ((0.0, 0.0), (0.0001, 0.0), (0.0001, 0.0001), (0.0, 0.0))
    assert decode_departement("64", octets) == {"64007": ((triangle,),)}
