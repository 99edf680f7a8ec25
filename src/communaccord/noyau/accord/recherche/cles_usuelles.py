"""The ordinary key closest to a given share: nobody can bill a nucleolus; a convention names criteria and weights.

Over a grid of keys (steps of 5 %), the key whose bills differ least, at the worst commune, from the share aimed at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np

from communaccord.noyau.accord.recherche.grille import STEP, Criteria, Floats, Ints, build_grid, count_parts
from communaccord.noyau.exact import share_total
from communaccord.noyau.partage.erreurs import DonneeInvalide

CHUNK = 1 << 17
DOUBT = 1e-9
MAX_TIES = 12
Bounds = Sequence[tuple[Fraction, Fraction]]


@dataclass(frozen=True, slots=True)
class UsualKey:
    """The closest ordinary key.

    `weights`: Fractions that sum to 1, one a criterion. `largest`: largest difference over the members before rounding,
    exact cents. `payments`: whole cents, whose sum is that of the share aimed at. `differences`: what each member pays
    more under the key than aimed at (negative: less), cents. `ties`: the weights of every key with exactly the same
    largest difference, the chosen one first; the first 12 when they are more, and `tied` counts them all. Among ties:
    the smallest sum of the differences, then the fewest criteria, then the weight on the first criteria.
    """

    weights: tuple[Fraction, ...]
    largest: Fraction
    payments: tuple[int, ...]
    differences: tuple[int, ...]
    ties: tuple[tuple[Fraction, ...], ...]
    tied: int


def usual_key(
    shares: Sequence[int], criteria: Criteria, *, step: Fraction = STEP, bounds: Bounds | None = None
) -> UsualKey:
    """Return the key of the grid that minimises the largest difference with `shares`, in cents.

    `shares`: what each member should pay, whole cents, zero or more (a nucleolus, a Shapley value). `criteria`: of the
    same members, those of the perimeter only. `bounds`: least and greatest weight of each criterion (None: 0 to 1).
    Guarantee: exact over the grid (floats leave out only keys that are worse by more than their error; those left are
    compared in Fractions). Errors: DonneeInvalide, also when no key of the grid is within the bounds.
    O(keys x members). Source: Chebyshev approximation on a finite set, by enumeration.
    """
    grid, parts = read_grid(shares, criteria, step, bounds)
    largest = compute_largest(shares, criteria, grid, parts)
    return choose_key(grid[largest <= largest.min() + DOUBT * sum(shares)], parts, shares, criteria)


def usual_key_where(
    shares: Sequence[int],
    criteria: Criteria,
    holds: Callable[[tuple[Fraction, ...]], bool],
    *,
    step: Fraction = STEP,
    bounds: Bounds | None = None,
) -> UsualKey | None:
    """Return the same among the keys for which `holds(weights)` is true (requests, for instance); None when none is.

    `holds` is asked from the nearest key on, and no further than the first that holds and those that floats cannot tell
    from it. Guarantee and errors: those of `usual_key`. O(keys x members), and at most one question a key.
    """
    grid, parts = read_grid(shares, criteria, step, bounds)
    largest = compute_largest(shares, criteria, grid, parts)
    kept: list[int] = []
    for row in (int(row) for row in np.argsort(largest, kind="stable")):
        if kept and largest[row] > largest[kept[0]] + DOUBT * sum(shares):
            break
        if holds(tuple(Fraction(int(weight), parts) for weight in grid[row])):
            kept.append(row)
    return choose_key(grid[kept], parts, shares, criteria) if kept else None


def read_grid(shares: Sequence[int], criteria: Criteria, step: Fraction, bounds: Bounds | None) -> tuple[Ints, int]:
    """Return the keys of the grid within the bounds, and how many steps make 1. Errors: DonneeInvalide. O(keys)."""
    n = criteria.n
    if len(shares) != n or any(share < 0 for share in shares) or not any(shares):
        raise DonneeInvalide(
            f"{len(shares)} parts pour {n} membres, ou une part est négative, ou toutes sont nulles.",
            "Donnez à chaque membre un montant positif ou nul.",
        )
    parts = count_parts(step)
    grid = build_grid(len(criteria.rows), parts)
    if bounds is None:
        return grid, parts
    if len(bounds) != len(criteria.rows):
        raise DonneeInvalide(f"{len(bounds)} bornes pour {len(criteria.rows)} critères.", "Donnez-en une par critère.")
    low = [ceil(least * parts) for least, _ in bounds]
    high = [floor(most * parts) for _, most in bounds]
    inside: Ints = grid[((grid >= low) & (grid <= high)).all(axis=1)]
    if not len(inside):
        raise DonneeInvalide(
            f"Aucune clé dont les poids vont par pas de 1/{parts} ne respecte les bornes des critères.",
            "Élargissez ces bornes.",
        )
    return inside, parts


def choose_key(keys: Ints, parts: int, shares: Sequence[int], criteria: Criteria) -> UsualKey:
    """Return the nearest of some keys, one at least, and those that tie with it; in Fractions. O(keys x members)."""
    judged = [judge_key([int(weight) for weight in key], shares, criteria) for key in keys]
    best = min(worst for worst, _, _ in judged)
    tied = sorted(
        (total, len(key) - key.count(0), [-weight for weight in key], key)
        for worst, total, key in judged
        if worst == best
    )
    ties = tuple(tuple(Fraction(weight, parts) for weight in key) for *_, key in tied)
    payments = compute_payments(tied[0][3], shares, criteria)
    differences = tuple(paid - share for paid, share in zip(payments, shares, strict=True))
    return UsualKey(ties[0], best, payments, differences, ties[:MAX_TIES], len(ties))


def compute_largest(shares: Sequence[int], criteria: Criteria, grid: Ints, parts: int) -> Floats:
    """Return the largest difference of each key, cents, in floats."""
    bills = criteria.compute_parts() * (sum(shares) / parts)
    aimed = np.array(shares, dtype=float)
    rows = max(1, CHUNK // criteria.n)
    blocks = [grid[start : start + rows] for start in range(0, len(grid), rows)]
    return np.concatenate([np.abs(block @ bills - aimed).max(axis=1) for block in blocks])


def judge_key(key: list[int], shares: Sequence[int], criteria: Criteria) -> tuple[Fraction, Fraction, list[int]]:
    """Return the largest and the summed difference of a key, exact cents, and the key."""
    base, total = criteria.compute_base(key), sum(shares)
    whole = sum(base)
    gaps = [abs(total * b - share * whole) for b, share in zip(base, shares, strict=True)]
    return Fraction(max(gaps), whole), Fraction(sum(gaps), whole), key


def compute_payments(key: Sequence[int], shares: Sequence[int], criteria: Criteria) -> tuple[int, ...]:
    """Return the bills of a key, whole cents of the same sum; a last cent goes to the largest remainder."""
    codes = [f"{member:06d}" for member in range(criteria.n)]
    bills = share_total(sum(shares), dict(zip(codes, criteria.compute_base(key), strict=True))).parts
    return tuple(bills[code] for code in codes)
