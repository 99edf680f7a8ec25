"""What must hold of every sharing out, whatever the weights."""

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from communaccord.noyau.exact import RegleArrondi, round_exact, share_remainder, share_total

codes = st.text("ABCDEFGH", min_size=1, max_size=3)
weights = st.one_of(st.integers(0, 10**6), st.fractions(0, 1000, max_denominator=60))
shares = st.dictionaries(codes, weights, min_size=1, max_size=12).filter(lambda poids: sum(poids.values()) > 0)
totals = st.integers(-(10**9), 10**9)


@given(totals, shares)
def test_parts_sum_to_the_total_within_one_unit(total, poids):
    resultat = share_total(total, poids)
    assert sum(resultat.parts.values()) == total
    somme = sum(poids.values())
    for code, part in resultat.parts.items():
        assert abs(part - Fraction(total) * poids[code] / somme) < 1


@given(totals, shares, st.randoms(use_true_random=False))
def test_input_order_never_matters(total, poids, hasard: random.Random):
    melange = list(poids.items())
    hasard.shuffle(melange)
    assert share_total(total, dict(melange)) == share_total(total, poids)


@given(totals, shares)
def test_same_weight_differs_by_one_unit_at_most_and_zero_gets_zero(total, poids):
    parts = share_total(total, poids).parts
    for code, valeur in poids.items():
        assert valeur != 0 or parts[code] == 0
        for autre, autre_valeur in poids.items():
            assert valeur != autre_valeur or abs(parts[code] - parts[autre]) <= 1


@given(totals, shares)
def test_larger_weight_never_gets_less(total, poids):
    parts = share_total(abs(total), poids).parts
    for code, valeur in poids.items():
        for autre, autre_valeur in poids.items():
            assert valeur < autre_valeur or parts[code] >= parts[autre] - (valeur == autre_valeur)


@given(totals, shares)
def test_refund_mirrors_call(total, poids):
    assert share_total(-total, poids).parts == {code: -part for code, part in share_total(total, poids).parts.items()}


@given(totals, shares, st.integers(1, 97))
def test_unit_of_weights_does_not_matter(total, poids, facteur):
    mis_a_echelle = {code: Fraction(valeur) / facteur for code, valeur in poids.items()}
    assert share_total(total, poids).parts == share_total(total, mis_a_echelle).parts


@given(totals, shares)
def test_share_remainder_agrees_with_share_total(total, poids):
    somme = sum(poids.values())
    exactes = {code: Fraction(total) * valeur / somme for code, valeur in poids.items()}
    assert share_remainder(exactes) == share_total(total, poids)


@given(st.dictionaries(codes, st.fractions(-1000, 1000, max_denominator=30), min_size=1, max_size=8))
def test_mixed_signs_keep_their_sum(parts):
    parts = dict(parts)
    parts["complement"] = -sum(parts.values(), Fraction(0)) % 1
    total = sum(parts.values())
    resultat = share_remainder(parts)
    assert sum(resultat.parts.values()) == total
    assert all(abs(resultat.parts[code] - part) < 1 for code, part in parts.items())


@given(st.fractions(max_denominator=10**6))
def test_rounding_rules_enclose(valeur):
    bas, haut = round_exact(valeur, RegleArrondi.PAR_DEFAUT), round_exact(valeur, RegleArrondi.PAR_EXCES)
    proche = round_exact(valeur)
    assert bas <= valeur <= haut
    assert haut - bas == (valeur.denominator != 1)
    assert 2 * abs(proche - valeur) <= 1
    assert round_exact(-valeur) == -proche
