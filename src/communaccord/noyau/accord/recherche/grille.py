"""The keys that a council can name: weights of criteria by whole steps, and what a key weighs on each member.

The base of a member under a key is `sum of weight x (its part of the criterion's total over every member)`: the unit
prices of D5211-16, the same for all, whoever joins. A key is an integer vector over `parts` (20 parts = steps of 5 %).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import comb, lcm

import numpy as np
from numpy.typing import NDArray

from communaccord.noyau.partage.erreurs import DonneeInvalide

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
MAX_KEYS = 300_000
STEP = Fraction(1, 20)


def count_parts(step: Fraction) -> int:
    """Return how many steps make 1. Errors: DonneeInvalide when the step does not divide 1 exactly. O(1)."""
    if step <= 0 or step > 1 or step.numerator != 1:
        raise DonneeInvalide(f"Un pas de {step} ne divise pas 100 %.", "Prenez par exemple 1/20 (5 %) ou 1/10 (10 %).")
    return step.denominator


@lru_cache(maxsize=8)
def build_grid(criteria: int, parts: int) -> Ints:
    """Return every key: (keys, criteria) whole numbers >= 0 whose rows sum to `parts`, in lexicographic order.

    There are comb(parts + criteria - 1, criteria - 1) keys: 1,771 for 4 criteria and 20 parts. Read-only.
    Errors: DonneeInvalide without criterion or above 300,000 keys. O(keys x criteria).
    """
    if criteria < 1:
        raise DonneeInvalide("Une clé demande au moins un critère.", "Donnez par exemple la population.")
    keys = comb(parts + criteria - 1, criteria - 1)
    if keys > MAX_KEYS:
        raise DonneeInvalide(
            f"{criteria} critères par pas de 1/{parts} font {keys} clés.",
            "Gardez moins de critères.",
        )
    bars = np.array(list(combinations(range(parts + criteria - 1), criteria - 1)), dtype=np.int64)
    bars = bars.reshape(keys, criteria - 1)
    ends = np.hstack([np.full((keys, 1), -1), bars, np.full((keys, 1), parts + criteria - 1)])
    grid: Ints = np.diff(ends, axis=1) - 1
    grid.setflags(write=False)
    return grid


@dataclass(frozen=True, slots=True)
class Criteria:
    """Criteria of a key: one row a criterion, one whole number >= 0 a member, at least one positive in each row.

    Errors: DonneeInvalide.
    """

    rows: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise DonneeInvalide("Une clé demande au moins un critère.", "Donnez par exemple la population.")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.rows[0]):
                raise DonneeInvalide(f"Critère n° {number} : {len(row)} valeurs.", "Donnez une valeur par membre.")
            if any(value < 0 for value in row) or not any(row):
                raise DonneeInvalide(
                    f"Critère n° {number} : une valeur est négative, ou toutes sont nulles.",
                    "Donnez des nombres positifs, ou retirez le critère.",
                )

    @property
    def n(self) -> int:
        return len(self.rows[0])

    def compute_parts(self) -> Floats:
        """Return each member's part of each criterion, (criteria, members) floats. O(criteria x members)."""
        return np.array([[value / sum(row) for value in row] for row in self.rows])

    def compute_base(self, weights: Sequence[int]) -> tuple[int, ...]:
        """Return the base of each member under a key, whole numbers of a common unit. O(criteria x members)."""
        totals = [sum(row) for row in self.rows]
        unit = lcm(*totals)
        scaled = [weight * (unit // total) for weight, total in zip(weights, totals, strict=True)]
        columns = zip(*self.rows, strict=True)
        return tuple(sum(s * value for s, value in zip(scaled, column, strict=True)) for column in columns)
