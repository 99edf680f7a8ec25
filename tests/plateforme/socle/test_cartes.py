"""Maps: the projection is conformal, shapes keep their proportions, shared borders stay shared."""

import re
from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.socle import cartes


def square(lon, lat, size=0.1):
    return [[[(lon, lat), (lon + size, lat), (lon + size, lat + size), (lon, lat + size), (lon, lat)]]]


def read_path(chemin):
    """Absolute points of each ring of a path made by build_chemin."""
    rings = []
    for ring in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", chemin):
        x, y = int(ring[0]), int(ring[1])
        points = [(x, y)]
        numbers = [int(n) for n in re.findall(r"[+-]?\d+", ring[2])]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(points)
    return rings


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(0.05, 4))
def test_projection_is_conformal(lat, lon, size):
    """A small step north and a small step east have the same length at the same place, and are square to each other."""
    project = cartes.build_projection([lon, lon + size], [lat, lat + size])
    here_lon, here_lat, step = lon + size / 3, lat + size / 3, 1e-5
    x, y = project(here_lon, here_lat)
    east = project(here_lon + step / cos(radians(here_lat)), here_lat)
    north = project(here_lon, here_lat + step)
    east_step, north_step = (east[0] - x, east[1] - y), (north[0] - x, north[1] - y)
    assert hypot(*east_step) == pytest.approx(hypot(*north_step), rel=1e-3)
    dot = east_step[0] * north_step[0] + east_step[1] * north_step[1]
    assert abs(dot) < 1e-3 * hypot(*east_step) * hypot(*north_step)
    assert north_step[1] < 0
    assert east_step[0] > 0


def test_scale_is_true_on_the_standard_parallels():
    """At one sixth from the edges a degree of latitude has its true length, in earth radii."""
    project = cartes.build_projection([2.0, 3.0], [45.0, 46.2])
    south, north = project(2.5, 45.2 - 0.0005), project(2.5, 45.2 + 0.0005)
    assert hypot(south[0] - north[0], south[1] - north[1]) == pytest.approx(radians(0.001), rel=1e-6)


@pytest.mark.parametrize("lat", [48.0, -21.0, 4.0, -0.05])
def test_everything_fits_in_the_box(lat):
    fond = cartes.project_contours({"A": square(2, lat), "B": square(2.1, lat), "C": square(2, lat + 0.1)})
    points = [p for f in fond.formes.values() for ring in read_path(f.chemin) for p in ring]
    assert min(p[0] for p in points) >= 12
    assert max(p[0] for p in points) <= fond.largeur - 12
    assert min(p[1] for p in points) == 12
    assert max(p[1] for p in points) == fond.hauteur - 12
    assert fond.hauteur <= 1000


def test_a_tall_territory_keeps_its_proportions_and_is_centred():
    tall = [[[(2, 45), (2.1, 45), (2.1, 46), (2, 46), (2, 45)]]]
    fond = cartes.project_contours({"A": tall})
    (ring,) = read_path(fond.formes["A"].chemin)
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    assert abs((min(xs) + max(xs)) / 2 - 500) <= 1
    assert (max(xs) - min(xs)) / (max(ys) - min(ys)) == pytest.approx(0.1 * cos(radians(45)), rel=0.02)


def test_shared_borders_are_shared_to_the_unit():
    fond = cartes.project_contours({"A": square(2, 48, 0.0637), "B": square(2.0637, 48, 0.0637)})
    (left,), (right,) = read_path(fond.formes["A"].chemin), read_path(fond.formes["B"].chemin)
    assert len(set(left) & set(right)) == 2


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="Aucun contour"):
        cartes.project_contours({})


def test_label_point_is_inside_even_in_a_horseshoe():
    horseshoe = [(0, 0), (90, 0), (90, 90), (60, 90), (60, 30), (30, 30), (30, 90), (0, 90), (0, 0)]
    x, y = cartes.find_point_interieur([horseshoe])
    assert 0 < y < 90
    assert 0 < x < 30 or 60 < x < 90 or y < 30


def test_a_commune_smaller_than_a_unit_is_still_drawn():
    fond = cartes.project_contours({"A": square(2, 48, 1), "B": square(3.5, 48, 0.0001)})
    assert fond.formes["B"].chemin.endswith("z")
    assert "h1v1h-1z" in fond.formes["B"].chemin or read_path(fond.formes["B"].chemin)


def test_five_heaviest_and_mine_are_named_mine_first():
    contours = {f"C{i}": square(2 + 0.3 * (i % 3), 46 + 0.3 * (i // 3)) for i in range(9)}
    fond = cartes.project_contours(contours)
    communes = [cartes.CommuneCarte(code, f"Nom{code}", poids=int(code[1]), mienne=code == "C0") for code in contours]
    labels = cartes.place_etiquettes(fond, communes)
    assert [e.code for e in labels] == ["C0", "C8", "C7", "C6", "C5", "C4"]
    assert labels[0].mienne


def test_labels_do_not_cover_one_another():
    contours = {f"C{i}": square(2 + 0.01 * i, 46, 0.01) for i in range(8)}
    fond = cartes.project_contours(contours)
    labels = cartes.place_etiquettes(fond, [cartes.CommuneCarte(c, "Nom-très-long", poids=1) for c in contours])
    half = len("Nom-très-long") * cartes.TAILLE_ETIQUETTE * cartes.LARGEUR_LETTRE / 2
    for first in labels:
        for second in labels:
            if first is not second:
                assert abs(first.x - second.x) >= 2 * half - 1 or abs(first.y - second.y) >= cartes.TAILLE_ETIQUETTE - 1


def test_neighbours_share_a_border_not_a_corner():
    contours = {"A": square(2, 46), "B": square(2.1, 46), "D": square(2.1, 46.1)}
    neighbours = cartes.find_voisins(contours)
    assert neighbours == {"A": ("B",), "B": ("A", "D"), "D": ("B",)}
