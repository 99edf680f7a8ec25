"""A share of the cost among the members, in cents that add up exactly."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each member pays under a rule.

    `cents`: whole cents, whose sum is exactly the cost shared. `exact`: the same before rounding, when the rule was
    computed in exact arithmetic. `bound`: no share, before rounding, is further than this from the true one, cents (0
    when exact). `rule`: its name in the literature.
    """

    cents: tuple[int, ...]
    rule: str
    exact: tuple[Fraction, ...] | None = None
    bound: Fraction = Fraction(0)
