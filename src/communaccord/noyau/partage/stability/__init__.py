"""Which groups gain by leaving, what it costs to hold all together, and the share that leaves the least to regret."""

from communaccord.noyau.partage.stability.least_core import CostOfStability, LeastCore, cost_of_stability, least_core
from communaccord.noyau.partage.stability.separation import (
    Exit,
    Stability,
    check_stability,
    separate,
    separate_levels,
)

__all__ = [
    "CostOfStability",
    "Exit",
    "LeastCore",
    "Stability",
    "check_stability",
    "cost_of_stability",
    "least_core",
    "separate",
    "separate_levels",
]
