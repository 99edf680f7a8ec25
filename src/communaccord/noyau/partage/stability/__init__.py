"""Which groups gain by leaving, what it costs to hold all together, and the share that leaves the least to regret."""

from communaccord.noyau.partage.stability.separation import (
    Exit,
    Stability,
    check_stability,
    separate,
    separate_levels,
)

__all__ = ["Exit", "Stability", "check_stability", "separate", "separate_levels"]
