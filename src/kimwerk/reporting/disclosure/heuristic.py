"""A good set of secondary cells without a proof: cheapest movements first, then publish again what is not needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import highspy
import numpy as np

from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.movement import TINY, Facts, Mask, Reach, Vector, quiet_solver, solve

CHOSEN = 1e-6
"""The price of a cell that is suppressed already: of two ways the shorter one."""
REWARD = 100.0
"""What a raised cell is worth when many are raised together: so many of the dearest cells."""


class Unprotectable(ValueError):
    """Some primary cells can be derived whatever is suppressed: what is public already tells them."""

    def __init__(self, cells: Sequence[int]) -> None:
        super().__init__(f"{len(cells)} cells can be derived from what is public already")
        self.cells = tuple(cells)


class Greedy:
    """For one primary cell after another, the cheapest movement up to its level; what it touches is suppressed."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._movable = facts.open | facts.hidden
        self._room_below = np.where(self._movable, facts.room_below, 0.0)
        self._room_above = np.where(self._movable, facts.far, 0.0)
        self._solver = quiet_solver()
        self._solver.setOptionValue("presolve", "off")
        double = 2 * facts.cells
        self._all = np.arange(double, dtype=np.int32)
        self._solver.addVars(double, np.zeros(double), np.concatenate([self._room_above, self._room_below]))
        index = np.concatenate([facts.index, facts.index + facts.cells])
        signs = np.concatenate([facts.signs, -facts.signs])
        order = np.argsort(np.concatenate([facts.row_of, facts.row_of]), kind="stable")
        zero = np.zeros(facts.rows)
        starts = (2 * facts.starts).astype(np.int32)
        self._solver.addRows(facts.rows, zero, zero, len(index), starts, index[order].astype(np.int32), signs[order])

    def complete(
        self, suppressed: Mask, doubt: Vector, until: Clock, cells: Iterable[int] | None = None
    ) -> tuple[Mask, dict[int, Vector]]:
        """The suppressed cells and what else is needed, with a proof for each primary cell (or each of `cells`).

        `doubt` makes a cell dearer: 1 leaves it its cost. What is not protected yet when time is over is protected
        together, whatever it costs. Raises Unprotectable.
        """
        facts, proofs = self.facts, dict[int, Vector]()
        slightly = 1e-6 * facts.values / max(facts.values.max(), 1.0)
        price = np.where(suppressed, CHOSEN, facts.costs * np.maximum(doubt, 0.02) + slightly)
        waiting = sorted(facts.primary if cells is None else cells, key=lambda cell: -facts.needs[cell])
        for cell in waiting:
            if until.is_over:
                self._raise_rest(waiting, price, proofs)
                break
            if cell not in proofs:
                self._use(self._cheapest(cell, price), waiting, price, proofs)
        self._judge([cell for cell in waiting if cell not in proofs], price, proofs)
        return suppressed | (price == CHOSEN), proofs

    def _use(self, movement: Vector, waiting: Iterable[int], price: Vector, proofs: dict[int, Vector]) -> bool:
        """What a movement touches is suppressed if it proves anything new."""
        needs = self.facts.needs
        raised = {cell for cell in waiting if cell not in proofs and movement[cell] >= needs[cell] - TINY}
        proofs |= dict.fromkeys(raised, movement)
        price[(np.abs(movement) > TINY) & bool(raised)] = CHOSEN
        return bool(raised)

    def _raise_rest(self, waiting: Sequence[int], price: Vector, proofs: dict[int, Vector]) -> None:
        """Many cells with each movement; those that no movement raises with others, one after another."""
        rest = list(waiting)
        while rest := [cell for cell in rest if cell not in proofs]:
            if not self._use(self._together(rest, price), rest, price, proofs):
                break
        for cell in rest:
            if cell not in proofs:
                self._use(self._cheapest(cell, price), rest, price, proofs)

    def _judge(self, rest: Sequence[int], price: Vector, proofs: dict[int, Vector]) -> None:
        """Whether the cells without a proof can be raised if everything moves that may. Raises Unprotectable.

        Asked afresh: a programme that was changed many times is sometimes called infeasible and is not.
        """
        if not rest:
            return
        found = Reach(self.facts).certify(rest, self._movable)
        if len(found) < len(rest):
            raise Unprotectable([cell for cell in rest if cell not in found])
        for movement in found.values():
            self._use(movement, rest, price, proofs)

    def _cheapest(self, cell: int, price: Vector) -> Vector:
        """The cheapest movement that raises the cell to its level; none at all if no movement was found."""
        need = self.facts.needs[cell]
        per_unit = price / np.maximum(np.minimum(self._room_below, need), TINY)
        return self._moved([cell], 1.0, np.concatenate([price / need, np.where(self._room_below > 0, per_unit, 0.0)]))

    def _together(self, cells: Sequence[int], price: Vector) -> Vector:
        """A movement that raises as many of the cells as it can, and among those a cheap one."""
        per_unit = price / np.maximum(self._room_below, 1.0)
        costs = np.concatenate([price, np.where(self._room_below > 0, per_unit, 0.0)])
        costs[cells] = -REWARD * max(price.max(), 1.0)
        return self._moved(cells, 0.0, costs)

    def _moved(self, cells: Sequence[int], share: float, costs: Vector) -> Vector:
        """The movement that costs least and raises each cell by such a share of its need at least.

        Begun at the table itself, where nothing moves: from there few cells have to move, and the last answer is
        farther away.
        """
        count, size, solver = self.facts.cells, len(cells), self._solver
        columns = np.concatenate([cells, np.array(cells) + count]).astype(np.int32)
        needs, zero = np.array([self.facts.needs[cell] for cell in cells]), np.zeros(size)
        solver.changeColsCost(2 * count, self._all, costs)
        solver.changeColsBounds(2 * size, columns, np.append(share * needs, zero), np.append(needs, zero))
        solver.setBasis()
        solve(solver)
        is_found = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        moved = np.array(solver.getSolution().col_value) if is_found else np.zeros(2 * count)
        limits = np.append(self._room_above[cells], self._room_below[cells])
        solver.changeColsBounds(2 * size, columns, np.zeros(2 * size), limits)
        movement: Vector = moved[:count] - moved[count:]
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
