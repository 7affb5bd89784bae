"""How far cells can move while everything published stays as it is: the optimiser's view of the attacker.

A movement is the difference between a table that the attacker must think possible and the true one. Along every
relation it adds up to nothing. Only cells that are suppressed move; none falls below what it is known to be at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.rules import Task

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
FAR = 1e5
"""Upwards nobody knows a limit; this is more than counts need, and small enough for exact arithmetic."""
TINY = 1e-7
PRIMAL_SIMPLEX = 4
"""Only objective and bounds change from one question to the next, so the last table stays a good start; without
disturbed bounds, which would have to be mended after each question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The movement found, and the price of every relation at the optimum."""

    movement: Vector
    prices: Vector


class Facts:
    """A task as arrays: relations as sparse rows, values, limits and costs."""

    def __init__(self, task: Task) -> None:
        structure = task.structure
        self.cells, self.rows = len(structure.values), len(structure.relations)
        lengths = [1 + len(relation.parts) for relation in structure.relations]
        self.starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        self.index = np.array(
            [cell for relation in structure.relations for cell in (relation.total, *relation.parts)], dtype=np.int32
        )
        self.signs = np.ones(len(self.index))
        self.signs[self.starts[:-1]] = -1.0
        self.row_of = np.repeat(np.arange(self.rows), lengths)
        self.values = np.array(structure.values, dtype=np.float64)
        self.room_below = self.values - np.array(task.lowest, dtype=np.float64)
        self.costs = np.array(task.costs, dtype=np.float64)
        self.primary = tuple(sorted(task.levels))
        self.needs = {cell: float(level - structure.values[cell]) for cell, level in task.levels.items()}
        self.far = max(FAR, 2 * max(self.needs.values(), default=0.0))
        self.hidden = self.mask([*task.levels, *task.already])
        self.open = self.mask(task.open_cells)
        self.costs[self.hidden] = 0.0

    def mask(self, cells: Iterable[int]) -> Mask:
        """The cells as an array of truth values."""
        chosen = np.zeros(self.cells, dtype=np.bool_)
        chosen[np.array(list(cells), dtype=np.int64)] = True
        return chosen

    def beside(self, cells: Mask) -> Mask:
        """The open cells that share a relation with one of the cells."""
        met = np.zeros(self.rows, dtype=np.bool_)
        met[self.row_of[cells[self.index]]] = True
        return self.mask(self.index[met[self.row_of]].tolist()) & self.open

    def weights(self, prices: Vector) -> Vector:
        """For each cell the prices of its relations, summed with their signs."""
        sums = np.zeros(self.cells)
        np.add.at(sums, self.index, self.signs * prices[self.row_of])
        return sums


class Reach:
    """One linear programme over all cells, asked again and again with other limits."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._all = np.arange(facts.cells, dtype=np.int32)
        self._solver = attacking_solver()
        nothing = np.zeros(facts.cells)
        self._solver.addVars(facts.cells, nothing, nothing)
        zero = np.zeros(facts.rows)
        self._solver.addRows(facts.rows, zero, zero, len(facts.index), facts.starts, facts.index, facts.signs)
        self._asked: Sequence[int] = ()

    def highest(self, cells: Sequence[int], below: Vector, above: Vector) -> Answer:
        """The movement within the limits that raises the sum of the cells most."""
        for cell in self._asked:
            self._solver.changeColCost(cell, 0.0)
        for cell in cells:
            self._solver.changeColCost(cell, 1.0)
        self._asked = tuple(cells)
        self._solver.changeColsBounds(self.facts.cells, self._all, -below, above)
        solve(self._solver)
        solution = self._solver.getSolution()
        return Answer(np.array(solution.col_value), np.array(solution.row_dual))

    def together(self, cells: Iterable[int], suppressed: Mask) -> dict[int, Vector]:
        """Movements that prove many of the cells protected at once; a cell that is missing may be so too."""
        below, far = self._limits(suppressed)
        wanted, proofs = set(cells), dict[int, Vector]()
        asked = sorted(wanted)
        while len(asked) > 1:
            above = far.copy()
            above[asked] = [self.facts.needs[cell] for cell in asked]
            movement = self.highest(asked, below, above).movement
            new = {cell for cell in wanted if movement[cell] >= self.facts.needs[cell] - TINY}
            proofs |= dict.fromkeys(new, movement)
            wanted -= new
            asked = sorted(wanted) if new else []
        return proofs

    def certify(self, cells: Iterable[int], suppressed: Mask, *, or_stop: bool = False) -> dict[int, Vector]:
        """For each of the cells that is protected a movement that proves it; many share one.

        With `or_stop`, the first cell that is not protected ends the search.
        """
        facts = self.facts
        below, far = self._limits(suppressed)
        wanted = set(cells)
        proofs = self.together(wanted, suppressed)
        for cell in sorted(wanted):
            if cell in proofs:
                continue
            above = far.copy()
            above[cell] = facts.needs[cell]
            movement = self.highest((cell,), below, above).movement
            if movement[cell] >= facts.needs[cell] - TINY:
                proofs |= {
                    other: movement for other in wanted - set(proofs) if movement[other] >= facts.needs[other] - TINY
                }
            elif or_stop:
                break
        return proofs

    def _limits(self, suppressed: Mask) -> tuple[Vector, Vector]:
        return np.where(suppressed, self.facts.room_below, 0.0), np.where(suppressed, self.facts.far, 0.0)


UNCLEAR = {
    highspy.HighsModelStatus.kNotset,
    highspy.HighsModelStatus.kUnknown,
    highspy.HighsModelStatus.kSolveError,
}


class SolverFailed(RuntimeError):
    """The solver did not even begin, for example because another one took more cores before. Nothing is known then."""


def solve(solver: highspy.Highs) -> None:
    """Run the solver, afresh if it ends without an answer. Raises SolverFailed: no answer must not be taken for one."""
    for _attempt in range(2):
        if solver.run() != highspy.HighsStatus.kError and solver.getModelStatus() not in UNCLEAR:
            return
        solver.clearSolver()
    raise SolverFailed


def quiet_solver() -> highspy.Highs:
    """A solver that prints nothing and takes one core."""
    # The solver itself: its Python wrapper prints a banner before anybody can silence it.
    solver: highspy.Highs = highspy._Highs()  # type: ignore[attr-defined]  # the stubs leave it out
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    return solver


def attacking_solver() -> highspy.Highs:
    """A solver that raises cells as far as it can, and is asked again and again with other limits."""
    solver = quiet_solver()
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
    solver.setOptionValue("primal_simplex_bound_perturbation_multiplier", 0.0)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return solver
