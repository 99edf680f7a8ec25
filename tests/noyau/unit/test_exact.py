"""Exact numbers: rounding, sharing out of remainders, refusals."""

from decimal import Decimal
from fractions import Fraction

import pytest

from communaccord.noyau.exact import (
    EgaliteReste,
    RegleArrondi,
    as_fraction,
    round_exact,
    share_entiers,
    share_remainder,
    share_total,
)


@pytest.mark.parametrize(
    ("valeur", "regle", "attendu"),
    [
        (Fraction(5, 2), RegleArrondi.PLUS_PROCHE, 3),
        (Fraction(-5, 2), RegleArrondi.PLUS_PROCHE, -3),
        (Fraction(7, 3), RegleArrondi.PLUS_PROCHE, 2),
        (Fraction(-7, 3), RegleArrondi.PAR_DEFAUT, -3),
        (Fraction(-7, 3), RegleArrondi.PAR_EXCES, -2),
        (Fraction(57, 5), RegleArrondi.PAR_EXCES, 12),
        (4, RegleArrondi.PAR_EXCES, 4),
    ],
)
def test_round_exact(valeur, regle, attendu):
    assert round_exact(valeur, regle) == attendu


def test_one_euro_between_three_equal_communes_goes_by_code():
    resultat = share_total(100, {"C": 1, "A": 1, "B": 1})
    assert resultat.parts == {"A": 34, "B": 33, "C": 33}
    assert resultat.egalite == EgaliteReste(codes=("A", "B", "C"), servis=("A",))


def test_tie_goes_to_the_largest_part_by_default():
    # Parts 0,5 and 1,5: equal remainders, the larger part wins although its code comes last.
    assert share_remainder({"A": Fraction(1, 2), "B": Fraction(3, 2)}).parts == {"A": 0, "B": 2}


def test_tie_follows_the_given_priority():
    population = {"A": 900, "B": 300, "C": 600}
    resultat = share_total(100, dict.fromkeys(population, 1), priorite=lambda code: population[code])
    assert resultat.parts == {"A": 33, "B": 34, "C": 33}


def test_refund_is_the_mirror_of_the_call():
    poids = {"A": 3, "B": 2, "C": 2}
    appel = share_total(10_001, poids).parts
    assert share_total(-10_001, poids).parts == {code: -part for code, part in appel.items()}


def test_no_tie_when_everyone_is_served_or_nobody_needs_it():
    assert share_total(300, {"A": 1, "B": 1, "C": 1}).egalite is None
    assert share_total(0, {"A": 0}).parts == {"A": 0}


def test_integers_over_a_denominator_are_shared_as_their_fractions():
    # 4/3, 4/3 and 7/3: three remainders of 1/3 for one cent, which goes to the largest part.
    resultat = share_entiers({"B": 4, "A": 4, "C": 7}, 3)
    assert resultat.parts == {"A": 1, "B": 1, "C": 3}
    assert resultat.egalite == EgaliteReste(codes=("C", "A", "B"), servis=("C",))
    assert resultat == share_remainder({"B": Fraction(4, 3), "A": Fraction(4, 3), "C": Fraction(7, 3)})


def test_refuses_a_sum_that_is_not_whole():
    with pytest.raises(ValueError, match="nombre entier de centimes"):
        share_entiers({"A": 1, "B": 1}, 3)
    with pytest.raises(ValueError, match="nombre entier de centimes"):
        share_remainder({"A": Fraction(1, 3), "B": Fraction(1, 3)})


def test_refuses_to_share_between_nobody():
    with pytest.raises(ValueError, match="Tous les poids sont nuls"):
        share_total(1, {"A": 0, "B": 0})
    with pytest.raises(ValueError, match="Tous les poids sont nuls"):
        share_total(1, {})


def test_refuses_a_negative_weight_and_names_it():
    with pytest.raises(ValueError, match="négatif : B"):
        share_total(1, {"A": 2, "B": -1})


def test_as_fraction_is_exact():
    assert as_fraction("12.50") == Fraction(25, 2)
    assert as_fraction(Decimal("0.1")) == Fraction(1, 10)
    assert as_fraction("3/4") == Fraction(3, 4)


@pytest.mark.parametrize("valeur", [0.1, True, None])
def test_as_fraction_refuses_what_is_not_exact(valeur):
    with pytest.raises(TypeError, match="Nombre exact attendu"):
        as_fraction(valeur)


@pytest.mark.parametrize("valeur", ["douze", "1/0", Decimal("NaN"), Decimal("Infinity")])
def test_as_fraction_refuses_what_is_not_a_number(valeur):
    with pytest.raises(ValueError, match="n'est pas un nombre"):
        as_fraction(valeur)
