"""The weight of a vote: power indices, qualified majorities, who makes the decision."""

from communaccord.noyau.exact import DonneeInvalide
from communaccord.noyau.pouvoir.double import MajorityPower, PowerBracket, bracket_power, majority_power
from communaccord.noyau.pouvoir.echelle import Interval
from communaccord.noyau.pouvoir.ensembles import MinimalSets, minimal_winning
from communaccord.noyau.pouvoir.indices import (
    banzhaf_absolute,
    banzhaf_index,
    banzhaf_swings,
    deegan_packel_index,
    holler_index,
    shapley_shubik_index,
)
from communaccord.noyau.pouvoir.majorite import Majority, Route, build_majority, wins
from communaccord.noyau.pouvoir.pivots import pivotal_probabilities
from communaccord.noyau.pouvoir.probabilites import Shock, pass_probability
from communaccord.noyau.pouvoir.soutiens import WinningSet, cheapest_supporters

__all__ = [
    "DonneeInvalide",
    "Interval",
    "Majority",
    "MajorityPower",
    "MinimalSets",
    "PowerBracket",
    "Route",
    "Shock",
    "WinningSet",
    "banzhaf_absolute",
    "banzhaf_index",
    "banzhaf_swings",
    "bracket_power",
    "build_majority",
    "cheapest_supporters",
    "deegan_packel_index",
    "holler_index",
    "majority_power",
    "minimal_winning",
    "pass_probability",
    "pivotal_probabilities",
    "shapley_shubik_index",
    "wins",
]
