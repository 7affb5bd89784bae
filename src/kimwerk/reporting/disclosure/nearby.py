"""The attacker's linear programme with only the relations near one primary cell: smaller, and better teachers.

Whoever leaves relations out can derive less, so what the attacker derives from a few of them holds for all. The
conditions that follow name cells near the primary cell only. Through hidden cells everything is near: their values are
unknown and must be cancelled by other relations, however many that takes.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.movement import TINY, Answer, Facts, Vector, attacking_solver, solve

KEPT = 500
"""So many programmes are kept, each with its last table; beyond that all are made anew."""


GLIMPSE = 1e-4
"""How much of a cell that is not chosen may move: it leads to conditions with few cells."""
BROKEN = 1 - 1e-3
"""A condition whose cells weigh no more than that is not met."""


def told_by(facts: Facts, cell: int, answer: Answer) -> Vector | None:
    """How much each open cell weighs in what must be suppressed for the cell; None if the prices say nothing.

    Any prices add relations up to one that holds for every movement: what the primary cell rises, the others give, and
    each gives at most its room times its weight, if it is suppressed. So their weights must add up to what is lacking;
    more than all of that is no use, and all is divided by it.
    """
    need = facts.needs[cell]
    if answer.movement[cell] >= need - TINY:
        return None
    weights = -facts.weights(answer.prices)
    weights[np.abs(weights) < 1e-9] = 0.0
    room = np.where(weights > 0, np.inf, -np.minimum(weights, 0) * facts.room_below)
    room[cell] = 0.0
    lacking = need - room[facts.hidden].sum()
    if not lacking > 1e-6:
        return None
    condition: Vector = np.where(facts.open, np.minimum(room, lacking), 0.0) / lacking
    return condition


@dataclass(frozen=True, slots=True)
class _Programme:
    solver: highspy.Highs
    cells: NDArray[np.int64]
    relations: NDArray[np.int64]


class Nearby:
    """For each primary cell a linear programme over the relations within so many steps."""

    def __init__(self, facts: Facts, steps: int) -> None:
        self._facts, self._steps = facts, steps
        self._movable = facts.open | facts.hidden
        self._programmes: dict[int, _Programme] = {}
        self._relations_of = [list[int]() for _ in range(facts.cells)]
        for cell, row in zip(facts.index.tolist(), facts.row_of.tolist(), strict=True):
            self._relations_of[cell].append(row)

    def condition(self, cell: int, share: Vector) -> Vector | None:
        """What must be suppressed for the cell and is not, if each cell is suppressed in such a share; or None.

        As if no cell had to move farther than the primary one: the condition holds without that (see `told_by`), it is
        only found sooner.
        """
        if not self._relations_of[cell]:
            return None  # nothing tells it
        facts, need = self._facts, self._facts.needs[cell]
        glimpse = np.maximum(share, GLIMPSE)
        above = np.where(facts.hidden, facts.far, np.where(facts.open, need * glimpse, 0.0))
        above[cell] = need
        below = np.where(facts.hidden, facts.room_below, np.minimum(facts.room_below, need) * glimpse)
        told = told_by(facts, cell, self._highest(cell, below, above))
        return told if told is not None and told @ share <= BROKEN else None

    def _highest(self, cell: int, below: Vector, above: Vector) -> Answer:
        """The highest movement of the cell within the limits, and the prices; relations far away have none."""
        programme = self._programme(cell)
        cells, solver = programme.cells, programme.solver
        solver.changeColsBounds(len(cells), np.arange(len(cells), dtype=np.int32), -below[cells], above[cells])
        solve(solver)
        solution = solver.getSolution()
        movement, prices = np.zeros(self._facts.cells), np.zeros(self._facts.rows)
        movement[cells] = solution.col_value
        prices[programme.relations] = solution.row_dual
        return Answer(movement, prices)

    def _programme(self, cell: int) -> _Programme:
        if cell not in self._programmes:
            if len(self._programmes) >= KEPT:
                self._programmes.clear()
            self._programmes[cell] = self._built(cell)
        return self._programmes[cell]

    def _built(self, cell: int) -> _Programme:
        facts, relations = self._facts, np.array(self._relations_near(cell))
        used = np.isin(facts.row_of, relations) & self._movable[facts.index]
        cells, column = np.unique(facts.index[used], return_inverse=True)
        lengths = np.bincount(facts.row_of[used], minlength=facts.rows)[relations]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
        costs = (cells == cell).astype(np.float64)
        solver, zero = attacking_solver(), np.zeros(len(relations))
        solver.addVars(len(cells), np.zeros(len(cells)), np.zeros(len(cells)))
        solver.changeColsCost(len(cells), np.arange(len(cells), dtype=np.int32), costs)
        solver.addRows(len(zero), zero, zero, len(column), starts, column.astype(np.int32), facts.signs[used])
        return _Programme(solver, cells.astype(np.int64), relations)

    def _relations_near(self, cell: int) -> list[int]:
        """A step leads through an open cell; hidden cells are passed without one."""
        facts, seen = self._facts, set[int]()
        reached = deque((row, 1) for row in self._relations_of[cell])
        while reached:
            row, steps = reached.popleft()
            if row in seen:
                continue
            seen.add(row)
            for other in facts.index[facts.starts[row] : facts.starts[row + 1]].tolist():
                if facts.hidden[other]:
                    reached.extendleft((more, steps) for more in self._relations_of[other] if more not in seen)
                elif facts.open[other] and steps < self._steps:
                    reached.extend((more, steps + 1) for more in self._relations_of[other] if more not in seen)
        return sorted(seen)
