"""Cutting planes: solve, search the groups that the answer forgets, add them, until there is none."""

from collections.abc import Callable
from dataclasses import dataclass

from communaccord.noyau.partage.game import CostGame
from communaccord.noyau.partage.stability.balance import balance
from communaccord.noyau.partage.stability.master import TOLERANCE, Master
from communaccord.noyau.partage.stability.oracle import build_oracle
from communaccord.noyau.solver import Solution, Status

MOST_CUTS = 30
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Climb:
    """Where the search ended: the last programme, the best shares met (1/scale cent) and their exact least slack.

    `status`: OPTIMAL when no group is forgotten any more, up to the tolerance of the solver. `weights`: (mask, weight),
    balanced, from the last solution; empty when there is none.
    """

    master: Master
    solution: Solution
    shares: list[int]
    slack: int
    status: Status
    weights: list[tuple[int, int]]


def climb(game: CostGame, *, slack: bool, iterations: int, should_stop: Stop | None, devex: bool = True) -> Climb:
    """Run the cutting planes on the least slack (`slack`) or on the total that can be asked.

    `devex`: faster steps; where several shares are as good, they may end at others.
    """
    master = Master(game, build_oracle(game), slack=slack, devex=devex)
    shares = start_shares(master)
    best = search(master, shares)[0][0]
    solution, status = master.solve(), Status.LIMIT
    for _ in range(iterations):
        if solution.status is not Status.OPTIMAL:
            status = Status.FAILED
            break
        candidate = master.round_shares(solution.x, total=slack)
        found = search(master, candidate)
        if found[0][0] > best or not slack:
            shares, best = candidate, found[0][0]
        below = master.to_slack(solution.x[-1] - TOLERANCE)
        if not master.add_groups(mask for value, mask in found if value < below):
            status = Status.OPTIMAL
            break
        if should_stop is not None and should_stop():
            break
        following = master.solve()
        if following.status is not Status.OPTIMAL:
            status = Status.FAILED
            break
        solution = following
    weights = balance(game.n, *master.read_duals(solution)) if solution.status is Status.OPTIMAL else []
    return Climb(master, solution, shares, best, status, weights)


def start_shares(master: Master) -> list[int]:
    """Shares in proportion to the costs alone (equal when they have no positive sum), exact."""
    alone = [max(0, master.game.cost({member})) for member in range(master.n)]
    whole, total = master.whole * master.scale, sum(alone)
    shares = [whole * cost // total if total else whole // master.n for cost in alone]
    shares[0] += whole - sum(shares)
    return shares


def search(master: Master, shares: list[int]) -> list[tuple[int, int]]:
    return master.oracle.find_many(shares, MOST_CUTS, scale=master.scale)
