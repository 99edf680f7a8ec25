"""The linear algebra of the central path against plain dense matrices, transfers or not."""

from fractions import Fraction

import numpy as np
import pytest
from tests.noyau.lentes.recherche import build_vingt

from communaccord.noyau.accord.recherche.central import Rows
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, HausseMax
from communaccord.noyau.accord.recherche.programme import Espace, build_gains, build_rangs
from communaccord.noyau.accord.types import Priorite

LIGNES = (
    ContributionMax("C03", Priorite.UTILE, 10**6),
    ContributionMax("C03", Priorite.UTILE, 10**6, "S1"),
    GainMin("C05", Priorite.UTILE, -(10**6)),
    HausseMax("C05", Priorite.UTILE, Fraction(1, 10)),
)


def build_dense(espace, rangs, free):
    """G and A over the free columns, as they are written."""
    low, high = espace.bounds
    matrix, bornes = espace.build_matrix(rangs)
    fixed, ends = espace.build_fixed()
    away = np.where(free, 0.0, (low + high) / 2)
    equal = len(espace.equalities)
    eye = np.eye(espace.colonnes)[free]
    rows = np.vstack([matrix, fixed[equal:], eye, -eye])
    bounds = np.concatenate([bornes, ends[equal:], low[free], -high[free]])
    return rows[:, free], bounds - rows @ away, fixed[:equal, free], ends[:equal] - fixed[:equal] @ away


@pytest.mark.parametrize("vehicules", [0, 1, 2])
def test_rows_read_weigh_and_solve_as_plain_matrices_do(vehicules):
    paquet = build_vingt(7, vehicules)
    espace = Espace(paquet)
    rangs = (*build_gains(paquet), *build_rangs(paquet, LIGNES))
    rows = Rows(espace, rangs)
    low, high = espace.bounds
    dense, floors, sums, aims = build_dense(espace, rangs, high > low)
    draws = np.random.default_rng(vehicules)
    x, z, weights = draws.normal(size=dense.shape[1]), draws.uniform(size=len(dense)), draws.uniform(0.1, 9, len(dense))
    right, off = draws.normal(size=dense.shape[1]), draws.normal(size=len(sums))
    assert np.allclose(rows.read(x), dense @ x, atol=1e-12)
    assert np.allclose(rows.weigh(z), dense.T @ z, atol=1e-12)
    assert np.allclose(rows.floors, floors, atol=1e-12)
    assert np.allclose(rows.aims, aims, atol=1e-12)
    dx, dy = rows.step(weights, right, off)
    assert np.allclose((dense.T * weights) @ (dense @ dx) - sums.T @ dy, right, atol=1e-8)
    assert np.allclose(sums @ dx, off, atol=1e-8)
