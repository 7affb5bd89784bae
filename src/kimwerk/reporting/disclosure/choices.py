"""The integer programme of the optimum: which cells are suppressed, under the conditions learnt so far."""

from __future__ import annotations

import highspy
import numpy as np

from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask, Vector, quiet_solver, solve

HEURISTICS = ("mip_heuristic_run_rins", "mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost")
"""Left out where the bound counts: the search knows better choices, and they took most of the time."""
NEARBY_SECONDS = 5.0
"""A part of the problem that is not solved by then is too large."""


class Choices:
    """The integer programme: which open cells are suppressed, under the conditions learnt so far."""

    def __init__(self, facts: Facts) -> None:
        self._cells = np.flatnonzero(facts.open).astype(np.int64)
        self._all = np.arange(len(self._cells), dtype=np.int32)
        self._facts = facts
        self._rows: list[Vector] = []
        self._known = set[bytes]()
        self._loose = self._new_solver()

    def __len__(self) -> int:
        """How many conditions were learnt."""
        return len(self._rows)

    def learn(self, condition: Vector) -> None:
        """The weights of the suppressed cells must add up to 1 at least."""
        row = condition[self._cells]
        known = np.round(row, 6).tobytes()
        if known in self._known:
            return
        self._known.add(known)
        self._rows.append(row)
        self._add(self._loose, row)

    def fractional(self) -> tuple[Vector, float]:
        """The cheapest choice if a cell could be suppressed in part, and its cost."""
        solve(self._loose)
        return self._choice(self._loose), self._loose.getInfo().objective_function_value

    def possible(self, cost: float) -> Mask:
        """The cells that a choice of this cost or less can suppress.

        By the duality of linear programmes, a choice with a cell costs at least the cheapest fractional choice and the
        reduced cost of the cell.
        """
        _, least = self.fractional()
        possible = np.zeros(self._facts.cells, dtype=np.bool_)
        possible[self._cells] = least + np.array(self._loose.getSolution().col_dual) <= cost + 1e-6 * max(cost, 1.0)
        return possible

    def whole(self, gap: float, until: Clock, start: Mask) -> tuple[Vector, float]:
        """The cheapest whole choice within the gap and the time, and what none can cost less than."""
        possible = self.possible(float(self._facts.costs[start].sum()))[self._cells]
        solver = self._new_solver()
        solver.changeColsBounds(len(self._all), self._all, np.zeros(len(self._all)), possible.astype(np.float64))
        for row in self._rows:
            self._add(solver, row)
        solver.changeColsIntegrality(len(self._all), self._all, np.ones(len(self._all), dtype=np.uint8))
        solver.setOptionValue("mip_rel_gap", gap)
        solver.setOptionValue("mip_heuristic_effort", 0.0)
        for heuristic in HEURISTICS:
            solver.setOptionValue(heuristic, False)
        solver.setOptionValue("time_limit", max(until.left, 0.1))
        solve(solver)
        info = solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return start.astype(np.float64), info.mip_dual_bound
        choice = self._choice(solver)
        return choice, _believed(info.mip_dual_bound, info.objective_function_value, float(self._facts.costs @ choice))

    def near(self, known: Mask, free: Mask, until: Clock) -> Mask | None:
        """A whole choice cheaper than a known one, from which it differs in free cells only; None if there is none."""
        solver = self._new_solver()
        at, costs = known[self._cells].astype(np.float64), self._facts.costs[self._cells]
        lower, upper = np.where(free[self._cells], 0.0, at), np.where(free[self._cells], 1.0, at)
        solver.changeColsBounds(len(self._all), self._all, lower, upper)
        for row in self._rows:
            if row @ lower < 1.0 - TINY:
                self._add(solver, row)
        solver.addRow(-highspy.kHighsInf, float(costs @ at) - 1.0, len(self._all), self._all, costs)
        solver.changeColsIntegrality(len(self._all), self._all, np.ones(len(self._all), dtype=np.uint8))
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("time_limit", max(min(until.left, NEARBY_SECONDS), 0.1))
        solve(solver)
        found = bool(solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible)
        return self._choice(solver) > 0.5 if found else None

    def _new_solver(self) -> highspy.Highs:
        solver = quiet_solver()
        size = len(self._cells)
        solver.addVars(size, np.zeros(size), np.ones(size))
        solver.changeColsCost(size, self._all, self._facts.costs[self._cells])
        return solver

    def _add(self, solver: highspy.Highs, row: Vector) -> None:
        at = np.flatnonzero(row > TINY).astype(np.int32)
        solver.addRow(1.0, highspy.kHighsInf, len(at), at, row[at])

    def _choice(self, solver: highspy.Highs) -> Vector:
        choice = np.zeros(self._facts.cells)
        choice[self._cells] = np.array(solver.getSolution().col_value)
        return choice


def _believed(bound: float, stated: float, cost: float) -> float:
    """The solver's bound if it agrees with itself about what its choice costs.

    Begun at a known choice it was seen to forget part of the cost; so it is not, and does not go unchecked either.
    """
    return bound if abs(stated - cost) <= TINY * max(cost, 1.0) else -np.inf
