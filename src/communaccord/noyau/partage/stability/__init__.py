"""Which groups gain by leaving, what it costs to hold all together, and the share that leaves the least to regret."""

from communaccord.noyau.partage.stability.explanation import Explanation, explain
from communaccord.noyau.partage.stability.least_core import CostOfStability, LeastCore, cost_of_stability, least_core
from communaccord.noyau.partage.stability.nucleolus import Nucleolus, nucleolus, pre_nucleolus
from communaccord.noyau.partage.stability.separation import (
    Exit,
    Separator,
    Stability,
    check_stability,
    separate,
    separate_levels,
)
from communaccord.noyau.partage.stability.services import JointExit, ServicesExits, separate_services

__all__ = [
    "CostOfStability",
    "Exit",
    "Explanation",
    "JointExit",
    "LeastCore",
    "Nucleolus",
    "Separator",
    "ServicesExits",
    "Stability",
    "check_stability",
    "cost_of_stability",
    "explain",
    "least_core",
    "nucleolus",
    "pre_nucleolus",
    "separate",
    "separate_levels",
    "separate_services",
]
