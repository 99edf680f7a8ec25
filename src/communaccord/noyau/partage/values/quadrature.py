"""Shapley value of a workload term in floats, with a proven bound: a quadrature of the multilinear extension.

The share of member i is the integral over t in [0, 1] of E_t[f(X + w_i) - f(X)], where each other member is in the
group with probability t and X is the weight of those who are (Owen, "Multilinear extensions of games", Management
Science 18, 1972). The integrand is a polynomial of degree n - 1: Gauss-Legendre with n/2 nodes integrates it. The nodes
t and 1 - t are done together, with F(x) = f(x) - f(W - x) instead of f, so that only t <= 1/2 is walked.

At one node: A_j is the distribution of the weight of the first j members, B_j(x) the expectation of F when the members
from j on are added to x. E_t[F(X + w_i) - F(X)] = sum of A_i(x) (B_i+1(x + w_i) - B_i+1(x)): no division anywhere.

The bound. u = 2^-53; M = max |F|; D = max |f(x + w_i) - f(x)|, so that rises of F are below 2 D; m nodes walked.
1. Distributions: an entry is made by at most n steps fl(fl(q A) + fl(t A')), with q = fl(1 - t): sums of non-negative
   products, three roundings a step. Relative error at most g(3n + 1), where g(k) = k u / (1 - k u) (Higham, Accuracy
   and Stability of Numerical Algorithms, 2002, lemma 3.1). They sum to the weight of the node.
2. Expectations: a step is fl(B + fl(t fl(B' - B))), t <= 1/2, |B| <= M: at most 3 u M is added, and an average of
   errors is no larger than the largest. After n steps, at most g(4n) M; a rise of B is wrong by twice that, and u 2D.
3. The inner product of w(N) + 1 terms, and the sum over m nodes, in whatever order: g(W + m + 2) times the sum of the
   absolute terms, at most the weights of the nodes walked (they sum to 1/2) times 2 D.
4. The rule of quadrature is not trusted, it is measured: the integrand is the sum over sizes s of d_s b_s(t), where
   b_s is a Bernstein polynomial of degree n - 1, whose integral is 1/n, and d_s an average of rises, |d_s| <= D. So
   the rule errs by at most D times the sum over s of |rule(b_s) - 1/n| (`measure_rule`), whatever its nodes.
Together: 4n u M + (3n + W + m + 8) u D + D defect, times 1 + 2^-20 for the terms in u^2 (the counts of roundings are
below 2^26, or floats are refused), plus 2^-900 M for the products that underflow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
UNIT = Fraction(1, 1 << 53)
SECOND_ORDER = 1 + Fraction(1, 1 << 20)
MAX_FLOAT_CENTS = 1 << 51
MAX_WEIGHT = 1 << 25
# Entries of distributions kept at once: 400 MB.
MAX_KEPT = 50_000_000
# Entries of one block of nodes: small enough to stay in the cache of a core.
BLOCK = 1 << 15


@dataclass(frozen=True, slots=True)
class Rule:
    """Nodes t in (0, 1/2], one a row, and their weights; `defect`: see point 4 above."""

    nodes: Floats
    weights: Floats
    defect: Fraction


@lru_cache(maxsize=256)
def build_rule(n: int) -> Rule:
    """Gauss-Legendre on [0, 1], exact to degree n - 1, folded at 1/2 (the node 1/2 counts for a half). O(n^3) once."""
    x, weights = np.polynomial.legendre.leggauss((n + 1) // 2)
    keep = x < 1e-9
    middle = np.abs(x[keep]) < 1e-9
    nodes = np.where(middle, 0.5, (1 + x[keep]) / 2)[:, None]
    halves = np.where(middle, weights[keep] / 4, weights[keep] / 2)[:, None]
    return Rule(nodes, halves, measure_rule(nodes, halves, n))


def measure_rule(nodes: Floats, weights: Floats, n: int) -> Fraction:
    """A proven bound of the sum over s of |rule(b_s) - 1/n|, b_s the Bernstein polynomials of degree n - 1. O(n^2).

    Evaluated by the recurrence of point 1: relative error g(3n + 1) on each b_s, g(m + 2) on each sum over the nodes.
    """
    bernstein = np.zeros((len(nodes), n))
    bernstein[:, 0] = weights[:, 0]
    for degree in range(1, n):
        add_member(bernstein, nodes, degree - 1, 1)
    integrals = (bernstein + bernstein[:, ::-1]).sum(axis=0)
    found = sum((abs(Fraction(value) - Fraction(1, n)) for value in integrals.tolist()), Fraction(0))
    roundings = (3 * n + len(nodes) + 4) * UNIT * SECOND_ORDER
    return found + 2 * roundings


def add_member(distribution: Floats, nodes: Floats, reached: int, weight: int) -> None:
    """Add a member of `weight` to distributions whose weights go up to `reached`, in place. O(nodes x reached)."""
    joins = nodes * distribution[:, : reached + 1]
    distribution[:, : reached + 1] *= 1 - nodes
    distribution[:, weight : reached + weight + 1] += joins


def integrate_shares(
    weights: Sequence[int], table: Sequence[int]
) -> tuple[dict[int, Fraction], dict[int, Fraction]] | None:
    """Shapley value of S -> table[w(S)] - table[0], cents, by distinct weight: shares, and their proven bounds.

    None when floats cannot hold the amounts exactly, or the memory the distributions: use `count_shares`. Weight 0: 0,
    exactly. O(n^2 w(N) / 2) operations, a quarter of them really done; O(distinct weights x w(N)) memory.
    """
    present = sorted(weight for weight in weights if weight)
    n, total = len(present), sum(present)
    used = table[: total + 1]
    if total > MAX_WEIGHT or total * len(set(present)) > MAX_KEPT or max(map(abs, used)) > MAX_FLOAT_CENTS:
        return None
    shares, bounds = {0: Fraction(0)}, {0: Fraction(0)}
    if not present:
        return shares, bounds
    cents = np.array(used, dtype=np.float64)
    folded = cents - cents[::-1]
    rule = build_rule(n)
    sums = dict.fromkeys(present, 0.0)
    step = max(1, BLOCK // (total + 1))
    for start in range(0, len(rule.nodes), step):
        block = slice(start, start + step)
        for weight, value in walk_nodes(present, folded, rule.nodes[block], rule.weights[block]).items():
            sums[weight] += value
    highest = Fraction(float(np.abs(folded).max()))
    common = 4 * n * UNIT * highest * SECOND_ORDER + highest / (1 << 900)
    roundings = (3 * n + total + len(rule.nodes) + 8) * UNIT * SECOND_ORDER
    for weight, value in sums.items():
        rise = Fraction(float(np.abs(cents[weight:] - cents[:-weight]).max()))
        shares[weight] = Fraction(value)
        bounds[weight] = common + (roundings + rule.defect) * rise
    return shares, bounds


def walk_nodes(weights: Sequence[int], folded: Floats, nodes: Floats, node_weights: Floats) -> dict[int, float]:
    """For each distinct weight, the weighted sum over these nodes of E_t[F(X + w) - F(X)]. `weights` ascending, > 0.

    Distributions are kept before the first member of each weight; then members are taken back from the heaviest.
    """
    total = len(folded) - 1
    distribution = np.zeros((len(nodes), total + 1))
    distribution[:, 0] = node_weights[:, 0]
    kept: list[Floats | None] = []
    reached = 0
    for rank, weight in enumerate(weights):
        first = rank == 0 or weights[rank - 1] != weight
        kept.append(distribution[:, : reached + 1].copy() if first else None)
        add_member(distribution, nodes, reached, weight)
        reached += weight
    sums: dict[int, float] = {}
    expected = np.broadcast_to(folded, (len(nodes), total + 1))
    for weight, before in zip(reversed(weights), reversed(kept), strict=True):
        reached -= weight
        rises = expected[:, weight : weight + reached + 1] - expected[:, : reached + 1]
        if before is not None:
            sums[weight] = float(np.einsum("kx,kx->k", before, rises).sum())
        rises *= nodes
        expected = expected[:, : reached + 1] + rises
    return sums
