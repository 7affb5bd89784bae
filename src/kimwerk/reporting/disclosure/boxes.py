"""Protects large tables without a linear programme for each cell: movements that are boxes in the table.

In one dimension people move from one leaf to another, or come in from outside and every sum above rises. Moving so in
all dimensions at once changes the corners of a box and keeps every sum. A box whose corners are suppressed and can be
lowered proves that its rising corners can reach their level; the cheapest box for each small cell is a protection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.clock import Clock
from kimwerk.reporting.disclosure.movement import Facts, Mask, Vector
from kimwerk.reporting.disclosure.tables import Dimension, Grid

NEVER = 1e9
"""The price of a cell that may not move."""
NARROW = 6
"""So many partners in each dimension are looked at first; then one dimension after another as a whole."""


@dataclass(frozen=True, slots=True)
class Box:
    """A movement of the table: cells that change, by how much, and what suppressing them would cost."""

    cells: NDArray[np.int64]
    change: NDArray[np.int64]
    price: float


class _Axis:
    """The ways in one dimension: for each node, rows over all nodes in which it rises by one."""

    def __init__(self, dimension: Dimension) -> None:
        nodes = dimension.nodes
        place = {node: number for number, node in enumerate(nodes)}
        above = {child: node for node, below in dimension.children.items() for child in below}
        lines = {leaf: list(_line(leaf, above)) for leaf in nodes if leaf in dimension.leaves}
        self.size = len(nodes)
        self.ways = [np.zeros((0, self.size))] * self.size
        self.ends: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * self.size
        found: dict[str, list[tuple[Vector, int]]] = {node: [] for node in nodes}
        for line in lines.values():
            for other in (*lines, None):
                down = set(lines[other]) if other else set[str]()
                rising = [node for node in line if node not in down]
                way = np.zeros(self.size)
                way[[place[node] for node in rising]] = 1.0
                way[[place[node] for node in down if node not in line]] = -1.0
                for node in rising:
                    found[node].append((way, place[other] if other else place[dimension.root]))
        self.entering = list[NDArray[np.int64]]()
        for node, ways in found.items():
            self.ways[place[node]] = np.array([way for way, _ in ways])
            self.entering.append(np.flatnonzero(self.ways[place[node]].min(axis=1) >= 0)[:2])
            self.ends[place[node]] = np.array([end for _, end in ways])


def _line(node: str, above: Mapping[str, str]) -> Iterator[str]:
    yield node
    while node in above:
        node = above[node]
        yield node


class Boxes:
    """The cheapest boxes in one table of a task."""

    def __init__(self, facts: Facts, grid: Grid) -> None:
        self._axes = [_Axis(dimension) for dimension in grid.dimensions]
        self._cells = np.array(grid.cells, dtype=np.int64).reshape([axis.size for axis in self._axes])
        self._room = facts.room_below
        self.places = {int(cell): place for place, cell in np.ndenumerate(self._cells)}

    def cheapest(self, cell: int, units: float, price: Vector) -> Box | None:
        """The cheapest box found in which the cell rises by so many units."""
        place = self.places[cell]
        ways = [axis.ways[node] for axis, node in zip(self._axes, place, strict=True)]
        chosen = self._narrow(place, ways, units, price)
        box = self._box(ways, chosen, units, price)
        if box.price > 0:
            for axis in range(len(ways)):
                chosen[axis] = self._best_way(axis, ways, chosen, units, price)
            box = self._box(ways, chosen, units, price)
        return box if box.price < NEVER else None

    def _prices(self, window: tuple[NDArray[np.int64], ...], units: float, price: Vector) -> tuple[Vector, Vector]:
        """What it costs that each cell there rises, and that it falls."""
        cells = self._cells[window]
        rising = price[cells]
        return rising, np.where(self._room[cells] >= units, rising, NEVER)

    def _narrow(self, place: tuple[int, ...], ways: Sequence[Vector], units: float, price: Vector) -> list[int]:
        """Among the partners that are cheapest by themselves, the best combination."""
        rows, nodes, parts = [], [], []
        for number, of_axis in enumerate(ways):
            axis = self._axes[number]
            ends = axis.ends[place[number]]
            line = tuple(ends if other == number else np.full(len(ends), node) for other, node in enumerate(place))
            alone = self._prices(line, units, price)[1]
            entering = axis.entering[place[number]]
            row = np.unique(np.concatenate([np.argsort(alone, kind="stable")[:NARROW], entering]))
            used = np.flatnonzero(np.abs(of_axis[row]).sum(axis=0))
            rows.append(row)
            nodes.append(used)
            parts.append(of_axis[row][:, used])
        rising, falling = self._prices(np.ix_(*nodes), units, price)
        both, apart = (rising + falling) / 2, (rising - falling) / 2
        for part in parts:  # contracts the first axis, and puts its ways last
            size = both.shape[0]
            rest = (*both.shape[1:], len(part))
            both = (both.reshape(size, -1).T @ np.abs(part).T).reshape(rest)
            apart = (apart.reshape(size, -1).T @ part.T).reshape(rest)
        total = both + apart
        best = np.unravel_index(int(np.argmin(total)), total.shape)
        return [int(row[at]) for row, at in zip(rows, best, strict=True)]

    def _best_way(self, axis: int, ways: Sequence[Vector], chosen: Sequence[int], units: float, price: Vector) -> int:
        """The best way in one dimension while those in all others stay."""
        size = self._axes[axis].size
        signs = [way[row] for way, row in zip(ways, chosen, strict=True)]
        others = [np.flatnonzero(sign) for sign in signs]
        rest = np.ones(1)
        for number, (sign, at) in enumerate(zip(signs, others, strict=True)):
            rest = rest if number == axis else np.multiply.outer(rest, sign[at]).ravel()
        others[axis] = np.arange(size)
        rising, falling = (
            np.moveaxis(prices, axis, 0).reshape(size, -1) for prices in self._prices(np.ix_(*others), units, price)
        )
        as_is = np.where(rest > 0, rising, falling).sum(axis=1)
        turned = np.where(rest > 0, falling, rising).sum(axis=1)
        return int(np.argmin((ways[axis] > 0) @ as_is + (ways[axis] < 0) @ turned))

    def _box(self, ways: Sequence[Vector], chosen: Sequence[int], units: float, price: Vector) -> Box:
        signs = [way[row] for way, row in zip(ways, chosen, strict=True)]
        used = [np.flatnonzero(sign) for sign in signs]
        movement = np.ones(1)
        for sign, at in zip(signs, used, strict=True):
            movement = np.multiply.outer(movement, sign[at]).ravel()
        window = np.ix_(*used)
        rising, falling = self._prices(window, units, price)
        paid = np.where(movement > 0, rising.ravel(), falling.ravel()).sum()
        return Box(self._cells[window].ravel(), (movement * units).astype(np.int64), float(paid))


class Packing:
    """Protection by boxes: every small cell gets one, and what is not needed is published again."""

    def __init__(self, facts: Facts, grids: Sequence[Grid]) -> None:
        self._facts = facts
        self._tables = [Boxes(facts, grid) for grid in grids]
        self._fixed = ~(facts.open | facts.hidden) | _shared(facts, grids)
        self.suppressed = facts.hidden.copy()
        self.proofs: dict[int, Box] = {}
        self._users: dict[int, set[int]] = {}
        self._slightly = 1e-6 * facts.values / max(facts.values.max(), 1.0)

    def witnesses(self) -> dict[int, dict[int, int]]:
        """The boxes, for the audit."""
        return {
            cell: dict(zip(box.cells.tolist(), box.change.tolist(), strict=True)) for cell, box in self.proofs.items()
        }

    @property
    def unproven(self) -> list[int]:
        """Small cells without a box."""
        return [cell for cell in self._facts.primary if cell not in self.proofs]

    def add(self, suppressed: Mask) -> None:
        """What else is suppressed."""
        self.suppressed = self.suppressed | suppressed

    def build(self) -> None:
        """A box for every small cell that has one; the largest needs first."""
        waiting = sorted(self._facts.primary, key=lambda cell: (-self._facts.needs[cell], self._facts.values[cell]))
        price = self._price()
        for cell in waiting:
            if cell not in self.proofs:
                self._prove(cell, price)

    def improve(self, until: Clock) -> None:
        """Publishes secondary cells again if the others, or cheaper ones, do for those that need them."""
        idle = False
        while not idle and not until.is_over:
            idle = True
            cells = np.flatnonzero(self.suppressed & self._facts.open).tolist()
            cells.sort(key=lambda cell: -self._facts.costs[cell] / (1 + len(self._users.get(cell, ()))))
            price = self._price()
            for cell in cells:
                if until.is_over:
                    return
                if self._without(cell, price):
                    idle = False

    def _price(self) -> Vector:
        price = np.where(self.suppressed, 0.0, self._facts.costs + self._slightly)
        return np.where(self._fixed, NEVER, price)

    def _prove(self, cell: int, price: Vector) -> float | None:
        """Suppresses the corners of the cheapest box; what it cost, or None if there is no box."""
        found = [
            box
            for table in self._tables
            if cell in table.places and (box := table.cheapest(cell, self._facts.needs[cell], price))
        ]
        if not found:
            return None
        box = min(found, key=lambda box: box.price)
        self.suppressed[box.cells] = True
        price[box.cells] = 0.0
        for other, change in zip(box.cells.tolist(), box.change.tolist(), strict=True):
            if self._facts.needs.get(other, np.inf) <= change and (other == cell or other not in self.proofs):
                self._use(other, box)
        return box.price

    def _use(self, cell: int, box: Box) -> None:
        if cell in self.proofs:
            for corner in self.proofs[cell].cells.tolist():
                self._users[corner].discard(cell)
        self.proofs[cell] = box
        for corner in box.cells.tolist():
            self._users.setdefault(corner, set()).add(cell)

    def _without(self, cell: int, price: Vector) -> bool:
        users = sorted(self._users.get(cell, ()))
        before = {user: self.proofs[user] for user in users}
        hidden, budget = self.suppressed.copy() if users else None, self._facts.costs[cell]
        kept_price = price.copy() if users else price
        self.suppressed[cell], price[cell] = False, NEVER
        for user in users:
            if before[user] is not self.proofs[user]:
                continue
            paid = self._prove(user, price)
            budget -= NEVER if paid is None else paid
            if budget <= 0:
                break
        else:
            price[cell] = self._facts.costs[cell]
            return True
        if hidden is not None:
            self.suppressed, price[:] = hidden, kept_price
        for user, box in before.items():
            self._use(user, box)
        return False


def _shared(facts: Facts, grids: Sequence[Grid]) -> Mask:
    """Cells that stand in relations of more than one table: a box would not keep the sums of the other."""
    seen = np.zeros(facts.cells, dtype=np.int64)
    for grid in grids:
        seen[np.array(grid.cells, dtype=np.int64)] += 1
    return seen > 1
