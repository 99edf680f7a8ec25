"""Charts: axes hold their values, bars start from zero, seats add up."""

from fractions import Fraction
from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.socle import graphiques as g

valeurs = st.integers(-(10**10), 10**10)


@given(valeurs, valeurs)
def test_axis_holds_zero_and_both_values_between_round_marks(one, other):
    low, high = sorted((one, other))
    echelle = g.build_echelle(low, high)
    assert echelle.bas <= min(low, 0)
    assert echelle.haut >= max(high, 0)
    assert 2 <= len(echelle.graduations) <= 7
    assert [m.x for m in echelle.graduations] == sorted(m.x for m in echelle.graduations)
    assert echelle.place(0) == echelle.zero
    written = [m.x for m in echelle.graduations if m.ecrite]
    assert echelle.zero in written
    for a, b in pairwise(written):
        least = g.ECART_ECRITURE_ZERO if echelle.zero in (a, b) else g.ECART_ECRITURE
        assert b - a >= least


@given(st.lists(st.one_of(st.none(), valeurs), max_size=20))
def test_bars_go_left_for_less_and_right_for_more(values):
    echelle, barres = g.build_barres_ecart([{"nom": "x", "valeur": v} for v in values])
    assert len(barres) == len(values)
    for barre in barres:
        valeur = barre.ligne["valeur"]
        if valeur is None:
            assert (barre.sens, barre.largeur) == ("inconnu", 0)
        elif valeur < 0:
            assert barre.sens == "moins"
            assert barre.x + barre.largeur == pytest.approx(echelle.zero)
        elif valeur > 0:
            assert barre.sens == "plus"
            assert barre.x == echelle.zero
        assert 0 <= barre.x <= 100
        assert barre.x + barre.largeur <= 100.01


def test_all_bars_share_one_scale():
    _, (small, large) = g.build_barres_ecart([{"nom": "a", "valeur": -100}, {"nom": "b", "valeur": -400}])
    assert large.largeur == pytest.approx(4 * small.largeur)


def test_mine_comes_first_and_the_others_keep_their_order():
    lignes = [{"nom": n, "valeur": 1, "mienne": n == "c"} for n in "abcd"]
    assert [b.ligne["nom"] for b in g.build_barres_ecart(lignes)[1]] == ["c", "a", "b", "d"]


def test_stacked_segments_follow_one_another_to_the_total():
    echelle, (pile,) = g.build_barres_empilees([{"nom": "a", "valeurs": [300, 0, 200]}])
    assert pile.total == 500
    assert [s.serie for s in pile.segments] == [1, 3]
    assert pile.segments[1].x == pytest.approx(pile.segments[0].x + pile.segments[0].largeur)
    assert pile.segments[1].x + pile.segments[1].largeur == pytest.approx(echelle.place(500))


def test_a_negative_part_is_refused():
    with pytest.raises(ValueError, match="négative"):
        g.build_barres_empilees([{"nom": "a", "valeurs": [-1]}])


def test_a_range_goes_from_low_to_high():
    _, (f,) = g.build_fourchettes([{"nom": "a", "bas": Fraction(10), "haut": 40, "centre": 25}])
    assert f.centre == pytest.approx(f.x + f.largeur / 2)
    with pytest.raises(ValueError, match="du plus bas au plus haut"):
        g.build_fourchettes([{"nom": "a", "bas": 2, "haut": 1}])


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30).filter(any))
def test_hemicycle_seats_everybody_inside_the_box(effectifs):
    h = g.build_hemicycle(effectifs)
    assert len(h.sieges) == sum(effectifs)
    for groupe, effectif in enumerate(effectifs):
        assert sum(s.groupe == groupe for s in h.sieges) == effectif
    for siege in h.sieges:
        assert h.rayon <= siege.x <= h.largeur - h.rayon
        assert h.rayon <= siege.y <= h.hauteur - h.rayon


@pytest.mark.parametrize("total", [1, 2, 21, 42, 77, 231])
def test_seats_do_not_touch(total):
    h = g.build_hemicycle([total])
    for index, one in enumerate(h.sieges):
        for other in h.sieges[index + 1 :]:
            assert hypot(one.x - other.x, one.y - other.y) >= 1.9 * h.rayon


@pytest.mark.parametrize("effectifs", [[], [0, 0], [3, -1]])
def test_an_empty_hemicycle_is_refused(effectifs):
    with pytest.raises(ValueError, match=r"au moins un siège"):
        g.build_hemicycle(effectifs)
