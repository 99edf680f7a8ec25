"""The only door to HiGHS: linear and mixed-integer programmes in floats, always the same answer for the same question.

What comes out of here is a *candidate*: a money or a legal result is only told after a certificate was checked in exact
arithmetic (`noyau.preuves`). One thread, fixed seed, budgets counted in nodes or iterations, never in seconds.
Scale money to about 1 before coming here: with cents and tolerances of 1e-9 the solver gives up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
INFINITY: float = highspy.kHighsInf
DEVEX = 1
NESTED = ("mip_heuristic_run_rens", "mip_heuristic_run_rins", "mip_heuristic_run_root_reduced_cost")


class Status(Enum):
    """How a run ended; only OPTIMAL is a proof claim, and LIMIT is never told as optimal."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    LIMIT = "limit"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Solution:
    """`x`: columns; `duals`: one a row (LP only, zeros in a MILP); `bound`: proven bound of the objective.

    `ray`: when INFEASIBLE, multipliers of rows that prove it (LP only), None when the solver gives none.
    """

    status: Status
    x: Floats
    duals: Floats
    objective: float
    bound: float
    ray: Floats | None = None


ENDS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Status.FAILED,
    highspy.HighsModelStatus.kIterationLimit: Status.LIMIT,
    highspy.HighsModelStatus.kSolutionLimit: Status.LIMIT,
    highspy.HighsModelStatus.kObjectiveBound: Status.LIMIT,
    highspy.HighsModelStatus.kInterrupt: Status.LIMIT,
}

PLACES = {
    highspy.HighsBasisStatus.kLower: -1,
    highspy.HighsBasisStatus.kBasic: 0,
    highspy.HighsBasisStatus.kUpper: 1,
    highspy.HighsBasisStatus.kZero: 2,
    highspy.HighsBasisStatus.kNonbasic: 2,
}


class SilentHighs(highspy.Highs):
    """HiGHS without the banner that its constructor prints on the standard output, where answers in JSON go."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def build_interrupt(should_stop: Callable[[], bool]) -> Callable[[Any], None]:
    """Return what the solver calls now and then during a MILP."""

    def interrupt(event: Any) -> None:
        if should_stop():
            event.interrupt()

    return interrupt


class Program:
    """A programme that grows: columns first, then rows; solved again from the last basis.

    `maximize`: sense. `nodes`: budget of branch and bound (None: none). `gap`: relative gap at which a MILP may end.
    `presolve`: simplify a linear programme first (a large one that is known to be feasible). `devex`: weigh the rows of
    the dual simplex roughly, rather than by steepest edges that each change of a coefficient throws away.
    `seed`: of what the solver draws. `nested`: let it solve smaller MILPs on its way, which may last and do not ask
    `should_stop` (seen: minutes in a presolve).
    `should_stop`: asked now and then during a MILP; when true the best answer so far comes back as LIMIT.
    """

    def __init__(
        self,
        cost: Sequence[float] | Floats,
        lower: Sequence[float] | Floats,
        upper: Sequence[float] | Floats,
        *,
        maximize: bool = False,
        integer: Sequence[int] = (),
        nodes: int | None = None,
        gap: float = 0.0,
        should_stop: Callable[[], bool] | None = None,
        presolve: bool = False,
        seed: int = 0,
        nested: bool = True,
        devex: bool = False,
    ) -> None:
        # Its stubs name neither the constructor nor the rays.
        highs: Any = SilentHighs()  # type: ignore[no-untyped-call]
        options: dict[str, bool | float | int | str] = {
            "output_flag": False,
            "threads": 1,
            "random_seed": seed,
            "primal_feasibility_tolerance": 1e-9,
            "dual_feasibility_tolerance": 1e-9,
            "mip_rel_gap": gap,
            "mip_abs_gap": 0.0 if gap else 1e-9,
        }
        if integer:
            options["mip_feasibility_tolerance"] = 1e-9
            options |= dict.fromkeys(NESTED, nested)
        else:
            # A ray of infeasibility exists only when nothing was removed before.
            options |= {"presolve": "on" if presolve else "off", "solver": "simplex"}
            if devex:
                options["simplex_dual_edge_weight_strategy"] = DEVEX
        if nodes is not None:
            options["mip_max_nodes"] = nodes
        for name, value in options.items():
            highs.setOptionValue(name, value)
        self.columns = len(cost)
        empty = np.zeros(0)
        no_index = np.zeros(0, dtype=np.int32)
        highs.addCols(
            self.columns, np.asarray(cost, float), np.asarray(lower, float), np.asarray(upper, float),
            0, no_index, no_index, empty,
        )  # fmt: skip
        if integer:
            kinds = np.array([highspy.HighsVarType.kInteger] * len(integer))
            highs.changeColsIntegrality(len(integer), np.asarray(integer, np.int32), kinds)
        if maximize:
            highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        if should_stop is not None:
            highs.cbMipInterrupt += build_interrupt(should_stop)
        self.is_mip = bool(integer)
        self.highs = highs

    @property
    def rows(self) -> int:
        return int(self.highs.getNumRow())

    def add_row(self, low: float, columns: Sequence[int] | Ints, values: Sequence[float] | Floats, high: float) -> int:
        """Add `low <= values . x[columns] <= high`; its number."""
        indices = np.asarray(columns, np.int32)
        self.highs.addRow(low, high, len(indices), indices, np.asarray(values, float))
        return self.rows - 1

    def add_rows(self, low: Floats, matrix: Floats, high: Floats) -> int:
        """Add `low <= matrix @ x <= high` , one row a constraint; the number of the first."""
        first = self.rows
        lines, columns = np.nonzero(matrix)
        starts = np.searchsorted(lines, np.arange(len(matrix))).astype(np.int32)
        values = np.ascontiguousarray(matrix[lines, columns], float)
        self.highs.addRows(
            len(matrix), np.asarray(low, float), np.asarray(high, float), len(values), starts,
            columns.astype(np.int32), values,
        )  # fmt: skip
        return first

    def change_coefficient(self, row: int, column: int, value: float) -> None:
        self.highs.changeCoeff(row, column, value)

    def change_cost(self, column: int, value: float) -> None:
        self.highs.changeColCost(column, value)

    def change_costs(self, costs: Floats) -> None:
        self.highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), np.asarray(costs, float))

    def change_row(self, row: int, low: float, high: float) -> None:
        self.highs.changeRowBounds(row, low, high)

    def change_bounds(self, column: int, low: float, high: float) -> None:
        self.highs.changeColBounds(column, low, high)

    def start_from(self, columns: Sequence[int] | Ints, values: Sequence[float] | Floats) -> None:
        """Give a MILP a first answer, whole or in part; the solver completes it, or leaves it when it cannot."""
        self.highs.setSolution(len(columns), np.asarray(columns, np.int32), np.asarray(values, float))

    def count_nodes(self) -> int:
        """Nodes that the last branch and bound explored."""
        return int(self.highs.getInfo().mip_node_count)

    def read_basis(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return where the last vertex is, columns then rows: -1 at the lower bound, 1 at the upper, 0 in the basis.

        A free column out of the basis, at zero, is told as 2. LP only, after `solve`.
        """
        basis = self.highs.getBasis()
        return tuple(PLACES[s] for s in basis.col_status), tuple(PLACES[s] for s in basis.row_status)

    def solve(self) -> Solution:
        """Run; see `Solution`. A numerical failure is told as FAILED, never as an answer."""
        self.highs.run()
        status = ENDS.get(self.highs.getModelStatus(), Status.FAILED)
        found, info = self.highs.getSolution(), self.highs.getInfo()
        ray = None
        if status is Status.INFEASIBLE and not self.is_mip:
            _, exists, values = self.highs.getDualRay()
            ray = np.array(values) if exists else None
        bound = info.mip_dual_bound if self.is_mip else info.objective_function_value
        x = np.array(found.col_value) if found.value_valid else np.zeros(0)
        duals = np.array(found.row_dual) if found.dual_valid else np.zeros(0)
        return Solution(status, x, duals, info.objective_function_value, bound, ray)
