"""Amounts and bounds as text: exact, or on the right side."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.cli.montants import read_montant, write_bas, write_fraction, write_haut, write_montant

ENTIERS = st.integers(-(10**80), 10**80)


@given(st.integers(0, 10**14 - 1))
def test_an_amount_comes_back(cents):
    assert read_montant(write_montant(cents)) == cents
    assert write_montant(-cents).lstrip("-") == write_montant(cents)


@given(ENTIERS, st.integers(1, 10**80))
def test_a_bound_written_is_still_a_bound(numerateur, denominateur):
    valeur = Fraction(numerateur, denominateur)
    bas, haut = (Fraction(write_fraction(valeur, haut=sens)) for sens in (False, True))
    assert bas <= valeur <= haut
    assert haut - bas <= Fraction(1, 10**12)
    if max(abs(numerateur), denominateur) < 10**60:
        assert bas == valeur == haut


@pytest.mark.parametrize(
    ("cents", "bas", "haut"), [("1/3", "0.00", "0.01"), ("-1/3", "-0.01", "0.00"), ("7", "0.07", "0.07")]
)
def test_a_part_of_a_cent_goes_to_its_side(cents, bas, haut):
    assert (write_bas(Fraction(cents)), write_haut(Fraction(cents))) == (bas, haut)


def test_a_long_number_is_cut():
    assert write_fraction(Fraction(10**70, 3 * 10**70 + 1), haut=False) == "0.333333333333"
    assert write_fraction(Fraction(-(10**70), 3 * 10**70 + 1), haut=False) == "-0.333333333334"
