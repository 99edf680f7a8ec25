"""Rules that read only costs alone and costs to leave: separable costs, avoided costs, equal gains. All exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.game.modele import CostGame, ServiceGame
from communaccord.noyau.partage.values.claims import Division, divide_proportionally, divide_talmud
from communaccord.noyau.partage.values.rounding import build_allocation

SANS_GAIN = "Ensemble, les membres ne font aucune économie : cette règle partage une perte."


@dataclass(frozen=True, slots=True)
class Extremes:
    """`total`: cost of everybody; `alone`: of each alone; `separable`: what the total loses when each leaves. Cents."""

    total: int
    alone: tuple[int, ...]
    separable: tuple[int, ...]

    @property
    def savings(self) -> int:
        """What the members save together, against each alone, cents; negative for a loss."""
        return sum(self.alone) - self.total

    @property
    def common(self) -> int:
        """The cost that nobody's leaving would remove: total less separable costs, cents."""
        return self.total - sum(self.separable)


def read_extremes(game: CostGame) -> Extremes:
    """Read the costs of everybody, of each alone, and of all but one, cents.

    Errors: none of its own. 2n + 1 costs; O(n terms) for a service game. Source: separable costs, Federal Inter-Agency
    River Basin Committee, 1950, as told in Young, Okada and Hashimoto 1982.
    """
    everybody = frozenset(range(game.n))
    total = game.cost(everybody)
    alone = tuple(game.cost((member,)) for member in range(game.n))
    if isinstance(game, ServiceGame):
        return Extremes(total, alone, tuple(total - cost for cost in list_costs_without_one(game)))
    return Extremes(total, alone, tuple(total - game.cost(everybody - {member}) for member in range(game.n)))


def list_costs_without_one(game: ServiceGame) -> list[int]:
    """Cost of everybody but each member, from the totals. O(n (terms + exceptions))."""
    n = game.n
    if n < 3:
        return [game.cost(frozenset(range(n)) - {member}) for member in range(n)]
    formula = [sum(game.own) - own for own in game.own]
    for term in game.terms:
        if term.kind == "count":
            reads: Sequence[int] = [n - 1] * n
        elif term.kind == "sum":
            total = sum(term.weights)
            reads = [total - weight for weight in term.weights]
        else:
            second, first = sorted(term.weights)[-2:]
            reads = [second if weight == first else first for weight in term.weights]
        formula = [cents + term.table[read] for cents, read in zip(formula, reads, strict=True)]
    listed = {min(set(range(n)) - group): cost for group, cost in game.exceptions.items() if len(group) == n - 1}
    return [listed.get(member, cents) for member, cents in enumerate(formula)]


def ensc(game: CostGame) -> Allocation:
    """Return each member's separable cost plus an equal part of the common cost (egalitarian non-separable cost).

    Exact. Errors: none; a loss is told (`caveat`). Complexity: that of `read_extremes`. Source: Moulin, "The
    separability axiom and equal-sharing methods", Journal of Economic Theory 36, 1985.
    """
    read = read_extremes(game)
    part = Fraction(read.common, game.n)
    return build_allocation("ensc", [part + own for own in read.separable], warn_loss(read, None))


def equal_gain(game: CostGame) -> Allocation:
    """Return each member's cost alone less an equal part of the savings (or plus a part of the loss: told).

    Exact. Errors: none. Complexity: that of `read_extremes`. Source: the centre of the imputation set, Driessen and
    Funaki, "Coincidence of and collinearity between game theoretic solutions", OR Spektrum 13, 1991.
    """
    read = read_extremes(game)
    gain = Fraction(read.savings, game.n)
    return build_allocation("equal_gain", [alone - gain for alone in read.alone], SANS_GAIN if gain < 0 else "")


def aca(game: CostGame) -> Allocation:
    """Return separable costs plus common cost in proportion to avoided costs: alternate cost avoided, also called SCRB.

    A member avoids its cost alone less its separable cost; its share is also its cost alone less a part of the savings
    in proportion to what it avoids. Exact. Errors: DonneeInvalide when avoided costs sum to zero and there is a common
    cost to share. A negative avoided cost is told (`caveat`). Complexity: that of `read_extremes`. Source: Ransmeier,
    "The Tennessee Valley Authority", 1942; Young, Okada and Hashimoto, Water Resources Research 18, 1982 (SCRB).
    """
    return share_savings(game, divide_proportionally, "aca")


def talmud_savings(game: CostGame) -> Allocation:
    """Return costs alone less the savings, divided by the rule of the Talmud; each claims the cost it avoids.

    Exact. Errors: DonneeInvalide when a claim is negative, when there is a loss to share, or savings above the claims.
    Complexity: that of `read_extremes`, and O(n log n). Source: see `claims.talmud`.
    """
    read = read_extremes(game)
    if read.savings < 0 or any(alone < own for alone, own in zip(read.alone, read.separable, strict=True)):
        raise DonneeInvalide(
            "Ensemble ou pour l'un des membres, il n'y a pas d'économie : la règle du Talmud n'a rien à partager.",
            "Choisissez une autre règle.",
        )
    return share_savings(game, divide_talmud, "talmud")


def share_savings(game: CostGame, divide: Division, rule: str) -> Allocation:
    """Return costs alone less the savings, divided by `divide` among claims: costs alone less separable costs.

    Exact. Errors: those of `divide`. Complexity: that of `read_extremes` and of `divide`. Source: avoided costs read as
    claims on the savings, Straffin and Heaney, "Game theory and the Tennessee Valley Authority", 1981.
    """
    read = read_extremes(game)
    claims = [Fraction(alone - own) for alone, own in zip(read.alone, read.separable, strict=True)]
    gains = divide(claims, Fraction(read.savings)) if read.common else claims
    shares = [alone - gain for alone, gain in zip(read.alone, gains, strict=True)]
    return build_allocation(rule, shares, warn_loss(read, claims))


def warn_loss(read: Extremes, claims: Sequence[Fraction] | None) -> str:
    """Say, when that is so, that the figures are outside what the rule promises. O(n)."""
    if read.savings < 0:
        return SANS_GAIN
    if claims is not None and min(claims) < 0:
        return "Au moins un membre ajoute au groupe plus qu'il ne coûterait seul : la règle ne lui garantit aucun gain."
    return ""
