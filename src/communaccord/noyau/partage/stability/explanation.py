"""Why this share? For each member: alone, added to the others, its share, and the group that speaks loudest for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from communaccord.noyau.partage.game import CostGame
from communaccord.noyau.partage.stability.least_core import check_members
from communaccord.noyau.partage.stability.oracle import Oracle, build_oracle
from communaccord.noyau.partage.stability.separation import Exit, build_exit, check_shares


@dataclass(frozen=True, slots=True)
class Explanation:
    """One member, cents. `alone`: its cost by itself; `marginal`: what it adds to the cost of the others.

    `inside`: the group with it, other than all, that has the least slack: what keeps its share from rising. `outside`:
    the group without it that has the least: what keeps its share from falling. A slack below 0 is a gain to leave.
    """

    member: int
    alone: int
    marginal: int
    share: int
    inside: Exit
    outside: Exit

    @property
    def gain(self) -> int:
        """What the member gains on its cost alone, cents."""
        return self.alone - self.share


def explain(game: CostGame, shares: Sequence[int], members: Collection[int] | None = None) -> tuple[Explanation, ...]:
    """Explain the shares of members (all by default), in the order of their numbers.

    Units, errors, ties: those of `separate`; DonneeInvalide for one member only. Complexity: two passes of `separate`
    a member.
    """
    check_members(game)
    check_shares(game, shares)
    oracle, everybody = build_oracle(game), frozenset(range(game.n))
    whole = game.cost(everybody)
    return tuple(
        Explanation(
            member,
            game.cost({member}),
            whole - game.cost(everybody - {member}),
            shares[member],
            find_with(oracle, game, shares, member, 1),
            find_with(oracle, game, shares, member, -1),
        )
        for member in sorted(everybody if members is None else members)
    )


def find_with(oracle: Oracle, game: CostGame, shares: Sequence[int], member: int, sign: int) -> Exit:
    """The least slack among groups with the member (sign 1) or without (-1).

    The member is lent more than any two groups can differ by, so that the best group has it, or has it not.
    """
    lent = 2 * (oracle.highest + sum(map(abs, shares))) + 1
    moved = [share + sign * lent * (i == member) for i, share in enumerate(shares)]
    found = oracle.find(moved)
    assert found is not None
    return build_exit(game, shares, found[1])
