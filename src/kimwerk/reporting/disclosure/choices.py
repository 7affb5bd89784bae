"""The integer programme of the optimum: which cells are suppressed, under the conditions learnt so far."""

from __future__ import annotations

from collections.abc import Iterable

import highspy
import numpy as np
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.clock import Clock, Effort
from kimwerk.reporting.disclosure.hands import Baton
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask, Vector, quiet_solver, solve

HEURISTICS = ("mip_heuristic_run_rins", "mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost")
"""Left out: the search knows better choices, they took most of the time, and they do not pause."""
ENDED = {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible}


class _Rows:
    """Rows of a programme: of some columns, so much must be chosen at least."""

    def __init__(self) -> None:
        self._columns: list[NDArray[np.int32]] = []
        self._weights: list[Vector] = []
        self._least: list[float] = []

    def __len__(self) -> int:
        return len(self._least)

    def append(self, columns: NDArray[np.int32], weights: Vector, least: float) -> None:
        self._columns.append(columns)
        self._weights.append(weights)
        self._least.append(least)

    def columns_of(self, rows: Iterable[int]) -> NDArray[np.int32]:
        """The columns of these rows, one after another."""
        return np.concatenate([np.zeros(0, dtype=np.int32), *(self._columns[row] for row in rows)])

    def unmet(self, lower: Vector, upper: Vector) -> list[int]:
        """Rows that choices between these limits may break."""
        if not self._least:
            return []
        columns, weights = np.concatenate(self._columns), np.concatenate(self._weights)
        worst = weights * np.where(weights > 0, lower[columns], upper[columns])
        sums = np.add.reduceat(worst, self._starts(range(len(self))))
        found: list[int] = np.flatnonzero(sums < np.array(self._least) - TINY).tolist()
        return found

    def add_to(self, solver: highspy.Highs, rows: Iterable[int]) -> None:
        """Put these rows into a solver."""
        taken = list(rows)
        if not taken:
            return
        columns = np.concatenate([self._columns[row] for row in taken])
        weights = np.concatenate([self._weights[row] for row in taken])
        least = np.array([self._least[row] for row in taken])
        endless = np.full(len(taken), highspy.kHighsInf)
        starts = self._starts(taken).astype(np.int32)
        solver.addRows(len(taken), least, endless, len(columns), starts, columns, weights)

    def _starts(self, rows: Iterable[int]) -> NDArray[np.int64]:
        return np.cumsum([0, *(len(self._columns[row]) for row in rows)])[:-1]


class Choices:
    """The integer programme: which open cells are suppressed, under the conditions learnt so far.

    Whoever asks for a whole choice holds the baton, which is laid down while the solver calculates.
    """

    def __init__(self, facts: Facts, baton: Baton) -> None:
        self._baton = baton
        self._cells = np.flatnonzero(facts.open).astype(np.int64)
        self._all = np.arange(len(self._cells), dtype=np.int32)
        self._column = np.zeros(facts.cells, dtype=np.int32)
        self._column[self._cells] = self._all
        self._facts = facts
        self._rows = _Rows()
        self._naming = [list[tuple[NDArray[np.int64], Vector]]() for _ in range(facts.cells)]
        self._known = set[bytes]()
        self._loose = self._new_solver()

    def __len__(self) -> int:
        """How many conditions were learnt."""
        return len(self._rows)

    def learn(self, condition: Vector) -> None:
        """The weights of the suppressed cells must add up to 1 at least."""
        known = np.round(condition[self._cells], 6).tobytes()
        if known in self._known:
            return
        self._known.add(known)
        cells = self._cells[condition[self._cells] > TINY]
        weights = condition[cells]
        for cell in cells.tolist():
            self._naming[cell].append((cells, weights))
        self._append(self._column[cells], weights, 1.0)

    def accompany(self, cell: int, others: NDArray[np.int64]) -> None:
        """If the cell is suppressed, so must be one of the others."""
        columns = self._column[np.array([cell, *others.tolist()])]
        self._append(columns, np.array([-1.0, *np.ones(len(others))]), 0.0)

    def need(self, cell: int, suppressed: Mask) -> bool:
        """Whether a condition that was learnt is broken if the cell is not suppressed and the others are."""
        return any(
            float(weights @ (suppressed[cells] & (cells != cell))) < 1.0 - TINY for cells, weights in self._naming[cell]
        )

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
        solver = self._whole_solver(np.zeros(len(self._all)), possible.astype(np.float64), range(len(self._rows)))
        solver.setOptionValue("mip_rel_gap", gap)
        _limit(solver, until)
        with self._baton.laid_down():
            solve(solver)
        info = solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return start.astype(np.float64), info.mip_dual_bound
        choice = self._choice(solver)
        return choice, _believed(info.mip_dual_bound, info.objective_function_value, float(self._facts.costs @ choice))

    def near(self, known: Mask, part: Mask, until: Clock, effort: Effort) -> tuple[Mask | None, bool]:
        """The cheapest whole choice that does without a part of a known one and is cheaper; None if there is none.

        It may suppress the part again, or whatever is named by conditions that are unmet without the part. With it,
        whether that is certain: it is not where time or effort ended before.
        """
        costs, lower = self._facts.costs[self._cells], (known & ~part)[self._cells].astype(np.float64)
        upper = known[self._cells].astype(np.float64)
        upper[self._rows.columns_of(self._rows.unmet(lower, lower))] = 1.0
        solver = self._whole_solver(lower, upper, self._rows.unmet(lower, upper))
        solver.addRow(-highspy.kHighsInf, float(costs @ known[self._cells]) - 1.0, len(self._all), self._all, costs)
        solver.setOptionValue("mip_rel_gap", 0.0)
        _limit(solver, until, effort)
        with self._baton.laid_down():
            solve(solver)
        info = solver.getInfo()
        certain = solver.getModelStatus() in ENDED
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None, certain
        return self._choice(solver) > 0.5, certain

    def _new_solver(self) -> highspy.Highs:
        solver = quiet_solver()
        size = len(self._cells)
        solver.addVars(size, np.zeros(size), np.ones(size))
        solver.changeColsCost(size, self._all, self._facts.costs[self._cells])
        return solver

    def _whole_solver(self, lower: Vector, upper: Vector, rows: Iterable[int]) -> highspy.Highs:
        solver = self._new_solver()
        solver.changeColsBounds(len(self._all), self._all, lower, upper)
        self._rows.add_to(solver, rows)
        solver.setOptionValue("mip_heuristic_effort", 0.0)
        for heuristic in HEURISTICS:
            solver.setOptionValue(heuristic, False)
        solver.changeColsIntegrality(len(self._all), self._all, np.ones(len(self._all), dtype=np.uint8))
        return solver

    def _append(self, columns: NDArray[np.int32], weights: Vector, least: float) -> None:
        self._rows.append(columns, weights, least)
        self._loose.addRow(least, highspy.kHighsInf, len(columns), columns, weights)

    def _choice(self, solver: highspy.Highs) -> Vector:
        choice = np.zeros(self._facts.cells)
        choice[self._cells] = np.array(solver.getSolution().col_value)
        return choice


def _limit(solver: highspy.Highs, until: Clock, effort: Effort | None = None) -> None:
    """The solver ends when time is over, or at the pause at which the effort is spent."""

    def pause(_kind: object, _message: str, _seen: object, answer: highspy.cb.HighsCallbackInput, _data: None) -> None:
        answer.user_interrupt = until.is_over or not (effort is None or effort.goes_on())

    solver.setOptionValue("time_limit", max(until.left, 0.1))
    solver.setCallback(pause, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)


def _believed(bound: float, stated: float, cost: float) -> float:
    """The solver's bound if it agrees with itself about what its choice costs.

    Begun at a known choice it was seen to forget part of the cost; so it is not, and does not go unchecked either.
    """
    return bound if abs(stated - cost) <= TINY * max(cost, 1.0) else -np.inf
