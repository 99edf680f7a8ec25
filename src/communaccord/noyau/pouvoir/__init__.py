"""The weight of a vote: power indices, qualified majorities, who makes the decision."""

from communaccord.noyau.pouvoir.erreurs import DonneeInvalide
from communaccord.noyau.pouvoir.indices import (
    banzhaf_absolute,
    banzhaf_index,
    banzhaf_swings,
    deegan_packel_index,
    holler_index,
    shapley_shubik_index,
)

__all__ = [
    "DonneeInvalide",
    "banzhaf_absolute",
    "banzhaf_index",
    "banzhaf_swings",
    "deegan_packel_index",
    "holler_index",
    "shapley_shubik_index",
]
