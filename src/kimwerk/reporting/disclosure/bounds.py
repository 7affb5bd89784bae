"""What no protection can cost less than, for tables that are too large for the optimum."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.movement import TINY, Facts, Vector


def relation_bound(facts: Facts) -> float:
    """Every relation with a small cell needs something else in it that can move; relations share what is cheap.

    A price for each of these conditions, so that no cell pays more than it costs: then the prices add up to a bound.
    """
    left, bound = facts.costs.copy(), 0.0
    for cells, weights in sorted(_conditions(facts), key=lambda condition: len(condition[0])):
        price = float((left[cells] / weights).min())
        if price > 0:
            left[cells] -= price * weights
            bound += price
    return float(np.ceil(bound - 1e-6))


def _conditions(facts: Facts) -> Iterator[tuple[NDArray[np.int64], Vector]]:
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


def _condition(facts: Facts, cells: NDArray[np.int64], at: int, need: float) -> tuple[NDArray[np.int64], Vector] | None:
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
