"""What no protection can cost less than, for tables that are too large for the optimum.

Every relation with a small cell needs something else in it that can move, and a cell hidden alone needs company
(`company.py`). The cheapest choice in fractions that meets all of that costs no more than any protection. What it costs
is added up from the solver's prices, which may be anything from 0 up: whatever they are, the sum is a bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.company import companies
from kimwerk.reporting.disclosure.movement import TINY, Facts, Vector, quiet_solver

Condition = tuple[NDArray[np.int64], Vector]
"""Cells, and how much each of them weighs if it is suppressed."""


def cost_bound(facts: Facts, until: Clock) -> float:
    """What no protection can cost less than. Company is asked for where a choice lacks it, while time is left."""
    conditions, company = _Rows(list(_conditions(facts)), 1.0), _Rows(list(_companies(facts)), 0.0)
    choosing, bound = _Choosing(facts, conditions), _relation_bound(facts, conditions)
    asked = np.zeros(len(company), dtype=np.bool_)
    while len(conditions) and not until.is_over:
        choice, worth = choosing.cheapest(until)
        bound = max(bound, worth)
        lacking = (company.sums(choice) < -TINY) & ~asked
        if not lacking.any():
            break
        asked |= lacking
        choosing.add(company.some(lacking))
    return float(np.ceil(bound - 1e-4))


class _Rows:
    """Conditions whose cells must weigh so much at least."""

    def __init__(self, conditions: Sequence[Condition], least: float) -> None:
        self._conditions, self.least = conditions, least
        self.lengths = np.array([len(cells) for cells, _weights in conditions], dtype=np.int64)
        self.cells = np.concatenate([np.zeros(0, dtype=np.int64), *(cells for cells, _weights in conditions)])
        self.weights = np.concatenate([np.zeros(0), *(weights for _cells, weights in conditions)])
        self._row = np.repeat(np.arange(len(conditions)), self.lengths)

    def __len__(self) -> int:
        return len(self._conditions)

    def __iter__(self) -> Iterator[Condition]:
        return iter(self._conditions)

    def sums(self, choice: Vector) -> Vector:
        """What the choice weighs in each row."""
        sums: Vector = np.bincount(self._row, self.weights * choice[self.cells], len(self)).astype(np.float64)
        return sums

    def priced(self, prices: Vector, cells: int) -> Vector:
        """For each cell its weights, each at the price of its row."""
        sums: Vector = np.bincount(self.cells, self.weights * prices[self._row], cells).astype(np.float64)
        return sums

    def some(self, chosen: NDArray[np.bool_]) -> _Rows:
        """These rows only."""
        return _Rows([self._conditions[row] for row in np.flatnonzero(chosen).tolist()], self.least)


class _Choosing:
    """The linear programme of suppressing cells in fractions, with more and more rows."""

    def __init__(self, facts: Facts, rows: _Rows) -> None:
        self._facts, self._parts = facts, list[_Rows]()
        self._solver = quiet_solver()
        self._solver.setOptionValue("presolve", "off")
        every = np.arange(facts.cells, dtype=np.int32)
        self._solver.addVars(facts.cells, np.zeros(facts.cells), facts.open.astype(np.float64))
        self._solver.changeColsCost(facts.cells, every, facts.costs)
        self.add(rows)

    def add(self, rows: _Rows) -> None:
        count, starts = len(rows), np.cumsum([0, *rows.lengths])[:-1].astype(np.int32)
        least, endless = np.full(count, rows.least), np.full(count, highspy.kHighsInf)
        self._solver.addRows(count, least, endless, len(rows.cells), starts, rows.cells.astype(np.int32), rows.weights)
        self._parts.append(rows)

    def cheapest(self, until: Clock) -> tuple[Vector, float]:
        """The cheapest choice as far as the solver came, and what its prices prove."""
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + until.left)
        self._solver.run()
        solution = self._solver.getSolution()
        choice, prices = np.array(solution.col_value), np.maximum(np.array(solution.row_dual), 0.0)
        if len(choice) < self._facts.cells or len(prices) < sum(map(len, self._parts)):
            return np.zeros(self._facts.cells), 0.0
        return choice, self._worth(prices)

    def _worth(self, prices: Vector) -> float:
        """What the rows are worth at their prices, less what a cell would be paid beyond its cost."""
        left, worth, at = self._facts.costs.copy(), 0.0, 0
        for rows in self._parts:
            of_rows = prices[at : at + len(rows)]
            left -= rows.priced(of_rows, self._facts.cells)
            worth += rows.least * float(of_rows.sum())
            at += len(rows)
        return worth + float(np.minimum(left, 0.0)[self._facts.open].sum())


def _companies(facts: Facts) -> Iterator[Condition]:
    for cell, others in companies(facts):
        yield np.append(others, cell), np.append(np.ones(len(others)), -1.0)


def _relation_bound(facts: Facts, conditions: _Rows) -> float:
    """A price for each condition, so that no cell pays more than it costs: then the prices add up to a bound."""
    left, bound = facts.costs.copy(), 0.0
    for cells, weights in sorted(conditions, key=lambda condition: len(condition[0])):
        price = float((left[cells] / weights).min())
        if price > 0:
            left[cells] -= price * weights
            bound += price
    return bound


def _conditions(facts: Facts) -> Iterator[Condition]:
    """For each relation the condition of the small cell in it that needs most."""
    small = facts.mask(facts.primary)
    needs = np.zeros(facts.cells)
    needs[list(facts.needs)] = list(facts.needs.values())
    for row in range(facts.rows):
        cells = facts.index[facts.starts[row] : facts.starts[row + 1]].astype(np.int64)
        if not small[cells].any():
            continue
        found = [_condition(facts, cells, at, float(needs[cells[at]])) for at in np.flatnonzero(small[cells]).tolist()]
        open_conditions = [condition for condition in found if condition is not None]
        if open_conditions:
            yield min(open_conditions, key=lambda condition: len(condition[0]))


def _condition(facts: Facts, cells: NDArray[np.int64], at: int, need: float) -> Condition | None:
    """The first cell of a relation is its total. A part rises with the total, or while other parts fall."""
    room = np.full(len(cells), np.inf) if at == 0 else facts.room_below[cells]
    room[0] = np.inf
    room[at] = 0.0
    lacking = need - room[facts.hidden[cells]].sum()
    if not lacking > TINY:
        return None
    weights = np.where(facts.open[cells], np.minimum(room, lacking), 0.0) / lacking
    used = weights > TINY
    return (cells[used], weights[used]) if used.any() else None
