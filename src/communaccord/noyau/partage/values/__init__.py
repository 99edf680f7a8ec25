"""Fair shares of a cost, each by its rule, in cents that add up exactly.

Every rule answers an `Allocation`: exact Fractions before rounding (or a proven bound), cents by largest remainder, the
tie if there is one, and a caveat in French where the rule is outside what it promises. Articles are cited from memory.
"""

from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.values.claims import (
    divide_equally,
    divide_losses,
    divide_proportionally,
    divide_talmud,
    talmud,
)
from communaccord.noyau.partage.values.keys import proportional, proportional_alone, serial
from communaccord.noyau.partage.values.rounding import build_allocation
from communaccord.noyau.partage.values.separable import (
    Extremes,
    aca,
    ensc,
    equal_gain,
    read_extremes,
    share_savings,
    talmud_savings,
)
from communaccord.noyau.partage.values.shapley import shapley_value
from communaccord.noyau.partage.values.tau import TauBounds, read_tau_bounds, tau_value

__all__ = [
    "Allocation",
    "Extremes",
    "TauBounds",
    "aca",
    "build_allocation",
    "divide_equally",
    "divide_losses",
    "divide_proportionally",
    "divide_talmud",
    "ensc",
    "equal_gain",
    "proportional",
    "proportional_alone",
    "read_extremes",
    "read_tau_bounds",
    "serial",
    "shapley_value",
    "share_savings",
    "talmud",
    "talmud_savings",
    "tau_value",
]
