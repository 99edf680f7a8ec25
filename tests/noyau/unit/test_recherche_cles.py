"""The ordinary key closest to a share: all the keys tried in Fractions."""

from fractions import Fraction
from itertools import product

import pytest

from communaccord.noyau.accord.recherche.cles_usuelles import usual_key, usual_key_where
from communaccord.noyau.accord.recherche.grille import Criteria
from communaccord.noyau.partage.erreurs import DonneeInvalide

ROWS = ((300, 800, 100, 900), (3, 5, 2, 7), (1, 1, 1, 1))
SHARES = (17_311, 30_007, 12_345, 40_337)


def measure(weights, shares, rows):
    total = sum(shares)
    bills = [
        sum(total * w * Fraction(row[i], sum(row)) for w, row in zip(weights, rows, strict=True))
        for i in range(len(shares))
    ]
    return max(abs(bill - share) for bill, share in zip(bills, shares, strict=True))


def list_keys(criteria, parts=20):
    return [
        tuple(Fraction(p, parts) for p in key)
        for key in product(range(parts + 1), repeat=criteria)
        if sum(key) == parts
    ]


def test_the_closest_key_is_the_best_of_all():
    found = usual_key(SHARES, Criteria(ROWS))
    measures = {key: measure(key, SHARES, ROWS) for key in list_keys(3)}
    best = min(measures.values())
    assert found.largest == best == measures[found.weights]
    assert set(found.ties) == {key for key, value in measures.items() if value == best}
    assert found.tied == len(found.ties)


def test_bills_add_up_and_differences_are_told():
    found = usual_key(SHARES, Criteria(ROWS))
    assert sum(found.payments) == sum(SHARES)
    assert found.differences == tuple(p - s for p, s in zip(found.payments, SHARES, strict=True))
    assert max(map(abs, found.differences)) <= found.largest + 1


def test_a_share_made_by_a_key_is_found_again():
    shares = tuple(20 * p for p in (34, 61, 17, 88))
    rows = ((34, 61, 17, 88), (5, 1, 1, 1))
    found = usual_key(shares, Criteria(rows))
    assert found.weights == (1, 0)
    assert found.largest == 0
    assert found.payments == shares


def test_ties_are_told_and_the_simplest_key_is_kept():
    """Two criteria that say the same: every key ties, the one of a single criterion is chosen, the first."""
    found = usual_key((100, 300), Criteria(((1, 2), (10, 20))))
    assert found.tied == 21
    assert len(found.ties) == 12
    assert found.weights == (1, 0)


def test_the_step_is_chosen():
    assert usual_key((100, 300), Criteria(((1, 1), (0, 1))), step=Fraction(1, 2)).weights == (Fraction(1, 2),) * 2


def test_wrong_shares_are_told():
    for shares in [(1, 2, 3), (-1, 2), (0, 0)]:
        with pytest.raises(DonneeInvalide):
            usual_key(shares, Criteria(((1, 1),)))


BORNES = ((Fraction(1, 10), Fraction(1)), (Fraction(0), Fraction(33, 100)), (Fraction(1, 5), Fraction(1)))


def test_bounds_of_the_weights_are_kept():
    found = usual_key(SHARES, Criteria(ROWS), bounds=BORNES)
    inside = [key for key in list_keys(3) if all(low <= w <= high for w, (low, high) in zip(key, BORNES, strict=True))]
    assert found.largest == min(measure(key, SHARES, ROWS) for key in inside)
    assert found.weights in inside
    with pytest.raises(DonneeInvalide, match="respecte les bornes"):
        usual_key(SHARES, Criteria(ROWS), bounds=((Fraction(51, 1000), Fraction(99, 1000)),) * 3)
    with pytest.raises(DonneeInvalide, match="2 bornes pour 3 critères"):
        usual_key(SHARES, Criteria(ROWS), bounds=BORNES[:2])


@pytest.mark.parametrize("least", [Fraction(k, 10) for k in range(11)])
def test_the_nearest_of_those_that_hold(least):
    asked = []

    def holds(weights):
        asked.append(weights)
        return weights[2] >= least

    found = usual_key_where(SHARES, Criteria(ROWS), holds)
    assert found.largest == min(measure(key, SHARES, ROWS) for key in list_keys(3) if key[2] >= least)
    assert found.weights[2] >= least
    assert len(asked) == len(set(asked))


def test_no_key_is_told_when_none_holds():
    assert usual_key_where(SHARES, Criteria(ROWS), lambda weights: False) is None
