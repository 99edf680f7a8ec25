"""A share of the cost among the members, in cents that add up exactly."""

from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.exact import EgaliteReste


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each member pays under a rule.

    `cents`: whole cents, whose sum is exactly the cost shared. `exact`: the same before rounding, when the rule was
    computed in exact arithmetic; else `approximate`: shares before rounding, none further than `bound` (cents) from the
    true one. `rule`: its name in the literature. `tie`: members (by number) whose remainders are exactly equal, not
    all of whom could receive one more cent; None when there is no such tie. `certain`: the cents are those of the true
    value, rounded; False when the bound straddles a rounding that could not be decided. `caveat`: French sentence,
    empty when the rule is inside its domain of definition; else what its figures do not guarantee here.
    """

    cents: tuple[int, ...]
    rule: str
    exact: tuple[Fraction, ...] | None = None
    bound: Fraction = Fraction(0)
    tie: EgaliteReste | None = None
    certain: bool = True
    caveat: str = ""
    approximate: tuple[Fraction, ...] | None = None
