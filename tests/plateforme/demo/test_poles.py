"""Poles of a large territory: each commune in one, each of one piece."""

import pytest

from communaccord.plateforme.demo.recit.poles import NOMBRE_POLES, group_communes, is_grande
from communaccord.plateforme.demo.territoire import build_territoire


@pytest.fixture(scope="module")
def territoire():
    return build_territoire(grande=True)


@pytest.fixture(scope="module")
def poles(territoire):
    return group_communes(territoire.voisins, [c.code for c in territoire.communes[:NOMBRE_POLES]])


def test_only_the_large_territory_needs_poles(territoire):
    assert is_grande(territoire)
    assert not is_grande(build_territoire())


def test_each_commune_is_in_one_pole(territoire, poles):
    codes = [code for groupe in poles.values() for code in groupe]
    assert sorted(codes) == [commune.code for commune in territoire.communes]
    assert len(poles) == NOMBRE_POLES
    assert all(centre in groupe for centre, groupe in poles.items())


def test_each_pole_is_of_one_piece(territoire, poles):
    for centre, groupe in poles.items():
        reached, waiting = set(), [centre]
        while waiting:
            code = waiting.pop()
            if code not in reached:
                reached.add(code)
                waiting += [voisin for voisin in territoire.voisins[code] if voisin in groupe]
        assert reached == set(groupe)


def test_a_tie_goes_to_the_first_centre():
    voisins = {"A": ("B",), "B": ("A", "C"), "C": ("B",)}
    assert group_communes(voisins, ["A", "C"]) == {"A": ["A", "B"], "C": ["C"]}
    assert group_communes(voisins, ["C", "A"]) == {"C": ["B", "C"], "A": ["A"]}
