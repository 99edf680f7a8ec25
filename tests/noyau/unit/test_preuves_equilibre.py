"""Balanced weights prove their bound, and weights that are not balanced prove nothing."""

from fractions import Fraction

import pytest

from communaccord.noyau.preuves.equilibre import bound_least_core, bound_payable, check_noyau_vide, find_couverture

PAIRS = [({0, 1}, 1), ({0, 2}, 1), ({1, 2}, 1)]


def cost(group):
    return {1: 60, 2: 60, 3: 120}[len(set(group))]


def test_three_pairs_prove_that_the_core_is_empty():
    assert find_couverture(3, PAIRS) == 2
    assert bound_least_core(cost, 3, PAIRS) == Fraction(3 * 60 - 2 * 120, 3) == -20
    assert bound_payable(cost, 3, PAIRS) == 90
    assert check_noyau_vide(cost, 3, PAIRS)


def test_members_alone_prove_no_empty_core():
    alone = [({member}, 1) for member in range(3)]
    assert bound_least_core(cost, 3, alone) == 20
    assert not check_noyau_vide(cost, 3, alone)


@pytest.mark.parametrize(
    "weights",
    [
        [],
        PAIRS[:2],
        [*PAIRS, ({0}, 1)],
        [*PAIRS, (set(), 1)],
        [*PAIRS, ({0, 1, 2}, 1)],
        [({0, 1}, 1), ({2}, 0)],
        [({0, 1}, -1), ({2}, -1)],
        [({0, 1}, 1), ({2, 3}, 1)],
    ],
)
def test_what_is_not_balanced_proves_nothing(weights):
    assert find_couverture(3, weights) is None
    assert bound_least_core(cost, 3, weights) is None
    assert bound_payable(cost, 3, weights) is None
    assert not check_noyau_vide(cost, 3, weights)
