"""The weight of a vote: power indices, qualified majorities, who makes the decision."""

from communaccord.noyau.pouvoir.double import Interval, MajorityPower, PowerBracket, bracket_power, majority_power
from communaccord.noyau.pouvoir.erreurs import DonneeInvalide
from communaccord.noyau.pouvoir.indices import (
    banzhaf_absolute,
    banzhaf_index,
    banzhaf_swings,
    deegan_packel_index,
    holler_index,
    shapley_shubik_index,
)
from communaccord.noyau.pouvoir.majorite import Majority, Route, build_majority, wins

__all__ = [
    "DonneeInvalide",
    "Interval",
    "Majority",
    "MajorityPower",
    "PowerBracket",
    "Route",
    "banzhaf_absolute",
    "banzhaf_index",
    "banzhaf_swings",
    "bracket_power",
    "build_majority",
    "deegan_packel_index",
    "holler_index",
    "majority_power",
    "shapley_shubik_index",
    "wins",
]
