"""A good set of secondary cells without a proof: cheapest movements first, then publish again what is not needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import highspy
import numpy as np

from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask, Reach, Vector, quiet_solver, solve


class Unprotectable(ValueError):
    """Some primary cells can be derived whatever is suppressed: what is public already tells them."""

    def __init__(self, cells: Sequence[int]) -> None:
        super().__init__(f"{len(cells)} cells can be derived from what is public already")
        self.cells = tuple(cells)


class Greedy:
    """For one primary cell after another, the cheapest movement up to its level; what it touches is suppressed."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._solver = quiet_solver()
        self._solver.setOptionValue("presolve", "off")
        double = 2 * facts.cells
        self._all = np.arange(double, dtype=np.int32)
        self._solver.addVars(double, np.zeros(double), np.zeros(double))
        index = np.concatenate([facts.index, facts.index + facts.cells])
        signs = np.concatenate([facts.signs, -facts.signs])
        order = np.argsort(np.concatenate([facts.row_of, facts.row_of]), kind="stable")
        zero = np.zeros(facts.rows)
        starts = (2 * facts.starts).astype(np.int32)
        self._solver.addRows(facts.rows, zero, zero, len(index), starts, index[order].astype(np.int32), signs[order])

    def complete(
        self, suppressed: Mask, doubt: Vector, cells: Iterable[int] | None = None
    ) -> tuple[Mask, dict[int, Vector]]:
        """The suppressed cells and what else is needed, with a proof for each primary cell (or each of `cells`).

        `doubt` makes a cell dearer: 1 leaves it its cost. Raises Unprotectable.
        """
        facts, chosen, proofs, lost = self.facts, suppressed.copy(), dict[int, Vector](), []
        slightly = 1e-6 * facts.values / max(facts.values.max(), 1.0)
        for cell in sorted(facts.primary if cells is None else cells, key=lambda cell: -facts.needs[cell]):
            price = np.where(chosen, 1e-6, facts.costs * np.maximum(doubt, 0.02) + slightly)
            movement = self._cheapest(cell, price)
            if movement is None:
                movement = self._any(cell)
            if movement is None:
                lost.append(cell)
                continue
            proofs[cell] = movement
            chosen |= np.abs(movement) > TINY
        if lost:
            raise Unprotectable(lost)
        return chosen, proofs

    def _any(self, cell: int) -> Vector | None:
        """A movement up to the level with everything that may move; None proves that there is none.

        Asked afresh: a programme that was changed many times is sometimes called infeasible and is not.
        """
        facts = self.facts
        movable = facts.open | facts.hidden
        above = np.where(movable, facts.far, 0.0)
        above[cell] = facts.needs[cell]
        movement = Reach(facts).highest((cell,), np.where(movable, facts.room_below, 0.0), above).movement
        return movement if movement[cell] >= facts.needs[cell] - TINY else None

    def _cheapest(self, cell: int, price: Vector) -> Vector | None:
        facts, need = self.facts, self.facts.needs[cell]
        movable = facts.open | facts.hidden
        below = np.where(movable, facts.room_below, 0.0)
        lower = np.zeros(2 * facts.cells)
        upper = np.concatenate([np.where(movable, facts.far, 0.0), below])
        lower[cell] = upper[cell] = need
        upper[facts.cells + cell] = 0.0
        per_unit = price / np.maximum(np.minimum(below, need), TINY)
        self._solver.changeColsBounds(2 * facts.cells, self._all, lower, upper)
        costs = np.concatenate([price / need, np.where(below > 0, per_unit, 0.0)])
        self._solver.changeColsCost(2 * facts.cells, self._all, costs)
        solve(self._solver)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        moved = np.array(self._solver.getSolution().col_value)
        movement: Vector = moved[: facts.cells] - moved[facts.cells :]
        return movement


class Teacher(Protocol):
    """Knows of some cells that they are needed, and learns it of others."""

    def knows_need(self, cell: int, suppressed: Mask) -> bool:
        """Whether something is known to lose its protection if this cell is published and the others are not."""

    def hears_of_need(self, primary: int, suppressed: Mask) -> None:
        """The primary cell is not protected if no more than this is suppressed."""


def clean(
    reach: Reach,
    suppressed: Mask,
    proofs: dict[int, Vector],
    order: Vector,
    until: Clock,
    teacher: Teacher | None = None,
) -> Mask:
    """Publish secondary cells again, lowest in the order first, while all primary cells stay protected.

    Cells of which the teacher knows that they are needed are not tried.
    """
    facts, chosen = reach.facts, suppressed.copy()
    secondary = np.flatnonzero(chosen & facts.open)
    for cell in sorted(secondary.tolist(), key=lambda cell: (order[cell], -facts.costs[cell], -facts.values[cell])):
        if until.is_over:
            break
        if teacher and teacher.knows_need(cell, chosen):
            continue
        users = [primary for primary in facts.primary if abs(proofs[primary][cell]) > TINY]
        chosen[cell] = False
        renewed = reach.certify(users, chosen, or_stop=True)
        if len(renewed) == len(users):
            proofs.update(renewed)
        else:
            if teacher:
                teacher.hears_of_need(next(user for user in users if user not in renewed), chosen)
            chosen[cell] = True
    return chosen
