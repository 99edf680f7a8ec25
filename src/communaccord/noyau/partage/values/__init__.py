"""Fair shares of a cost, each by its rule, in cents that add up exactly."""

from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.values.shapley import shapley_value

__all__ = ["Allocation", "shapley_value"]
