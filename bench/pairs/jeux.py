"""The costs of all the groups of a service game, written out: peers read 2^n numbers (cents)."""

from collections.abc import Mapping
from typing import Any

import numpy as np


def build_costs(request: Mapping[str, Any]) -> np.ndarray:
    """Cents of each group, by mask, nobody first. `charge`, `own`, `alone`: one a member; `table`: by workload."""
    totals = np.zeros(1, dtype=np.int32)
    owns = np.zeros(1, dtype=np.int64)
    for weight, own in zip(request["charge"], request["own"], strict=True):
        totals = np.concatenate([totals, totals + np.int32(weight)])
        owns = np.concatenate([owns, owns + own])
    costs = np.array(request["table"], dtype=np.int64)[totals] + owns
    costs[0] = 0
    for member, alone in enumerate(request["alone"]):
        costs[1 << member] = min(int(costs[1 << member]), alone)
    return costs
