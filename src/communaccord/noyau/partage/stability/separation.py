"""Who would gain by leaving? The most profitable exit over every group of members, exact, in integer cents."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import CostGame, Group
from communaccord.noyau.partage.stability.oracle import build_oracle
from communaccord.noyau.partage.stability.plan import to_group


@dataclass(frozen=True, slots=True)
class Exit:
    """A group, what it would cost by itself and what it pays together, cents. `slack` < 0: it gains by leaving."""

    group: Group
    cost: int
    paid: int

    @property
    def slack(self) -> int:
        return self.cost - self.paid

    @property
    def gain(self) -> int:
        """What the group gains by leaving, cents; negative when it loses."""
        return self.paid - self.cost


@dataclass(frozen=True, slots=True)
class Stability:
    """Verdict on shares: `stable` exactly when no group pays more than its own cost (members alone included).

    `exit`: the most profitable exit, the proof when not stable; None when there is only one member. `missing`: cost of
    all less what is paid, cents; a share of the cost has 0.
    """

    stable: bool
    exit: Exit | None
    missing: int


class Separator:
    """`separate`, prepared once for many shares of the same game: the answer while a key moves on the screen.

    Errors of preparation: those of `separate` that do not come from the shares. O(n x states) memory.
    """

    def __init__(self, game: CostGame) -> None:
        self.game, self.oracle = game, build_oracle(game)

    def find(self, shares: Sequence[int]) -> Exit:
        """Return what `separate` returns for these shares."""
        check_shares(self.game, shares)
        found = self.oracle.find(list(shares))
        if found is None:
            raise DonneeInvalide("Un seul membre : aucun groupe ne peut partir.", "Ajoutez au moins un membre.")
        return build_exit(self.game, shares, found[1])


def separate(game: CostGame, shares: Sequence[int]) -> Exit:
    """Return the most profitable group to leave: the least cost(S) - shares(S) over all groups but nobody and all.

    Shapes: `shares`, one integer a member, cents (any sum). Covered, exactly: table games; service games with one sum
    term, own costs, costs alone, exceptions dearer or cheaper than the formula, and any terms that are affine in their
    aggregate, in one pass O(n W) over the total weight W; further sum terms, a head-count whose table is not affine
    and "max" terms multiply the states by their own. Ties: the smallest mask (bit i: member i), that is, of two groups
    the one that lacks the highest-numbered member in which they differ. Errors: DonneeInvalide for a wrong number of
    shares, for one member only, when the states or the amounts are too large. Source: separation over the core as a
    knapsack, after Faigle, Kern and Kuipers, "On the computation of the nucleolus of a cooperative game" (2001, from
    memory) and Elkind and Pasechnik, arXiv 0808.0298 (abstract read).
    """
    return Separator(game).find(shares)


def separate_levels(game: CostGame, shares: Sequence[int], *, most: int = 32) -> list[Exit]:
    """Return the best exit of each level of the price (each number of posts), best first, `most` at most.

    For a table game: the best groups. Units, errors, complexity: those of `separate`, and O(n) more for each exit.
    """
    check_shares(game, shares)
    found = build_oracle(game).find_many(list(shares), most)
    return list(dict.fromkeys(build_exit(game, shares, mask) for _, mask in found))


def check_stability(game: CostGame, shares: Sequence[int]) -> Stability:
    """Say whether shares in cents are stable, with the exit that proves it or comes closest.

    Errors, complexity: those of `separate`, except that one member alone is always stable.
    """
    missing = game.cost(range(game.n)) - sum(shares)
    if game.n == 1:
        return Stability(True, None, missing)
    found = separate(game, shares)
    return Stability(found.slack >= 0, found, missing)


def build_exit(game: CostGame, shares: Sequence[int], mask: int) -> Exit:
    group = to_group(mask)
    return Exit(group, game.cost(group), sum(shares[member] for member in group))


def check_shares(game: CostGame, shares: Sequence[int]) -> None:
    if len(shares) != game.n:
        raise DonneeInvalide(f"{len(shares)} parts pour {game.n} membres.", "Donnez une part par membre, en centimes.")
