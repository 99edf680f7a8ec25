"""Members that one can compare: the one that costs any group at least as much as the other, own costs apart.

i comes before j when c(S + j) - c(S + i) >= own(j) - own(i) for every group S without them. Then x(j) - x(i) >= own(j)
- own(i) in the nucleolus, hence in some point of the least core and in some best answer of the cost of stability.
Proof: were it not so, exchanging what the two pay beyond their own costs would lower no slack that was the smaller of
its pair, and the nucleolus is the only share that no such exchange leaves as good (desirability: Maschler and Peleg, A
characterization, existence proof and dimension bounds for the kernel of a game, 1966, from memory; the shift by own
costs is covariance). These rows take nothing from the answers and spare the search the thousands of groups that differ
by such an exchange only.
"""

import numpy as np
from numpy.typing import NDArray

from communaccord.noyau.partage.game import CostGame, ServiceGame
from communaccord.noyau.partage.stability.plan import Plan, build_plan

Pair = tuple[int, int]


class Ordering:
    """Comparisons of the members of a game; none for a game that is no service."""

    def __init__(self, game: CostGame) -> None:
        self.before = np.zeros((game.n, game.n), bool)
        self.own = [0] * game.n
        self.pairs: list[Pair] = []
        if isinstance(game, ServiceGame):
            plan = build_plan(game)
            self.own = list(plan.own)
            self.before = compare(game, plan)
            self.pairs = reduce_order(self.before)

    def get_difference(self, pair: Pair) -> int:
        """Cents that j pays at least beyond what i pays, for a pair (i, j) of the order."""
        return self.own[pair[1]] - self.own[pair[0]]

    def find_difference(self, i: int, j: int) -> int | None:
        """The same for any two members; None when they are not compared."""
        return self.get_difference((i, j)) if self.before[i, j] else None


def compare(game: ServiceGame, plan: Plan) -> NDArray[np.bool_]:
    """True at [i, j] when i comes before j, or is its equal.

    Two members are left apart when their weights are ordered neither way in some term, when they differ in a term
    whose table decreases, when a listed exception has exactly one of them. O(n^2 x terms + states).
    """
    alone = np.array([game.cost({member}) - plan.own[member] for member in range(game.n)], np.int64)
    before = alone[:, None] <= alone[None, :]
    for number, values in enumerate([*(axis.steps for axis in plan.axes), plan.weights]):
        steps = np.array(values, np.int64)
        rises = bool((np.diff(plan.price, axis=number) >= 0).all())
        before &= steps[:, None] <= steps[None, :] if rises else steps[:, None] == steps[None, :]
    for group in game.exceptions:
        if len(group) > 1:
            inside = np.array([member in group for member in range(game.n)])
            before &= inside[:, None] == inside[None, :]
    np.fill_diagonal(before, False)
    return before


def reduce_order(before: NDArray[np.bool_]) -> list[Pair]:
    """The comparisons that imply all others (equal members: one way only). O(n^3), by a product of matrices."""
    ranks = np.lexsort((np.arange(len(before)), before.sum(axis=0)))
    place = np.argsort(ranks)
    strict = before & (~before.T | (place[:, None] < place[None, :]))
    weights = strict.astype(np.float32)
    kept = strict & (weights @ weights == 0)
    return [(int(i), int(j)) for i, j in np.argwhere(kept)]
