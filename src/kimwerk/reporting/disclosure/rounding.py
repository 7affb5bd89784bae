"""Controlled rounding: every number becomes a multiple of the base next to it, and the table still adds up.

The smallest parts are rounded up or down, their sums follow. First one part after another is turned so that sums stay
near the truth; where a sum is off by the base or more then, an integer programme looks for a choice without that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import highspy
import numpy as np
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.movement import quiet_solver, solve
from kimwerk.reporting.disclosure.structure import Structure
from kimwerk.reporting.disclosure.tables import Dimension, Table, lines_above

SWEEPS = 12
BEYOND = 1000.0
"""How much worse it is to be off by the base than by less."""
LARGEST_PROGRAMME, LARGEST = 5_000, 20_000
"""Cells up to which an integer programme is tried, and up to which linear programmes of the audit end in time."""
TOLERANCE = 1e-6
Numbers = NDArray[np.int64]


class RoundingProblem(StrEnum):
    """Why a table is not rounded."""

    BASE = "base"  # below 2: nothing would change
    TOO_LARGE = "too_large"  # nobody could say in time what the rounded numbers tell


class RoundingError(ValueError):
    """The table cannot be rounded; `problem` says why."""

    def __init__(self, problem: RoundingProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class RoundingAudit:
    """Small counts by what the rounded numbers tell of them: `exact` the value, `small` that it is 1 to level - 1."""

    small_counts: int
    exact: tuple[int, ...]
    small: tuple[int, ...]

    @property
    def is_clean(self) -> bool:
        """Nobody can tell of any small count that there is somebody and that it is small."""
        return not (self.exact or self.small)


@dataclass(frozen=True, slots=True)
class Rounding:
    """The rounded table: a value for each cell, additive, and the farthest that any is from the truth."""

    values: tuple[int, ...]
    farthest: int
    audit: RoundingAudit


def round_table(table: Table, base: int, threshold: int, seconds: float = 30.0) -> Rounding:
    """The table in multiples of the base. `farthest` is below the base unless no choice was found that is so near.

    Raises RoundingError for a base below 2, and for a large table whose base is below the threshold.
    """
    if base < 2:
        raise RoundingError(RoundingProblem.BASE)
    truth = np.array(table.structure.values, dtype=np.int64)
    leaves, sums = _sums(table)
    down = truth[leaves] // base * base
    up = _turned(truth, leaves, sums, base)
    rounded = _added(len(truth), sums, down + base * up)
    if np.abs(rounded - truth).max() >= base and len(truth) <= LARGEST_PROGRAMME:
        better = _chosen(truth, leaves, sums, base, seconds)
        rounded = rounded if better is None else _added(len(truth), sums, down + base * better)
    values = tuple(int(value) for value in rounded)
    farthest = int(np.abs(rounded - truth).max())
    levels = {cell: threshold for cell, value in enumerate(table.structure.values) if 0 < value < threshold}
    return Rounding(values, farthest, audit_rounding(table.structure, values, max(farthest, base - 1), levels))


def _sums(table: Table) -> tuple[Numbers, Numbers]:
    """The cells of the smallest parts, and for each all cells that it counts in, itself included; padded at the end."""
    place = {key: cell for cell, key in enumerate(table.keys)}
    above = [lines_above(dimension) for dimension in table.dimensions]
    keys = list(product(*(_leaves(dimension) for dimension in table.dimensions)))
    found = [[place[cell] for cell in product(*(above[axis][node] for axis, node in enumerate(key)))] for key in keys]
    widest = max(len(cells) for cells in found)
    padded = [cells + [len(table.keys)] * (widest - len(cells)) for cells in found]
    return np.array([place[key] for key in keys], dtype=np.int64), np.array(padded, dtype=np.int64)


def _leaves(dimension: Dimension) -> list[str]:
    return [node for node in dimension.nodes if node in dimension.leaves]


def _added(cells: int, sums: Numbers, values: Numbers) -> Numbers:
    total = np.zeros(cells + 1, dtype=np.int64)
    np.add.at(total, sums.ravel(), np.repeat(values, sums.shape[1]))
    result: Numbers = total[:-1]
    return result


def _turned(truth: Numbers, leaves: Numbers, sums: Numbers, base: int) -> Numbers:
    """1 for each part that is rounded up. Multiples of the base stay; the others turn while that brings sums nearer."""
    rest = truth[leaves] % base
    up = (rest * 2 > base).astype(np.int64)
    off = np.append(_added(len(truth), sums, truth[leaves] - rest + base * up) - truth, 0).astype(np.float64)
    waiting = np.flatnonzero(rest)
    chance = np.random.default_rng(1)
    for _sweep in range(SWEEPS):
        turned = 0
        for leaf in chance.permutation(waiting).tolist():
            cells = sums[leaf]
            step = -base if up[leaf] else base
            if _badness(off[cells] + np.where(cells < len(truth), step, 0), base) < _badness(off[cells], base) - 1e-9:
                np.add.at(off, cells[cells < len(truth)], step)
                up[leaf] = 1 - up[leaf]
                turned += 1
        if not turned:
            break
    return up


def _badness(off: NDArray[np.float64], base: int) -> float:
    far = np.maximum(np.abs(off) - (base - 1), 0.0)
    return float((off * off).sum() + BEYOND * far.sum())


def _chosen(truth: Numbers, leaves: Numbers, sums: Numbers, base: int, seconds: float) -> Numbers | None:
    """Which parts are rounded up if all sums shall be nearer than the base; None if nothing was found."""
    rest = truth[leaves] % base
    waiting = np.flatnonzero(rest)
    number = {int(leaf): column for column, leaf in enumerate(waiting)}
    solver = quiet_solver()
    size = len(waiting)
    columns = np.arange(size, dtype=np.int32)
    solver.addVars(size, np.zeros(size), np.ones(size))
    solver.changeColsCost(size, columns, np.asarray(base - 2.0 * rest[waiting], dtype=np.float64))
    solver.changeColsIntegrality(size, columns, np.ones(size, dtype=np.uint8))
    parts: dict[int, list[int]] = {}
    for leaf in waiting.tolist():
        for cell in sums[leaf].tolist():
            parts.setdefault(cell, []).append(number[leaf])
    lowest = _added(len(truth), sums, truth[leaves] - rest)
    for cell, used in parts.items():
        if cell < len(truth) and len(used) > 1:
            low, high = truth[cell] // base * base - lowest[cell], -(-truth[cell] // base) * base - lowest[cell]
            row = np.array(used, dtype=np.int32)
            solver.addRow(float(low // base), float(high // base), len(row), row, np.ones(len(row)))
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 0.02)
    solve(solver)
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    up = np.zeros(len(leaves), dtype=np.int64)
    up[waiting] = np.round(np.array(solver.getSolution().col_value)).astype(np.int64)
    return up


def audit_rounding(
    structure: Structure, rounded: tuple[int, ...], within: int, levels: Mapping[int, int]
) -> RoundingAudit:
    """What the rounded numbers tell of small counts, known to be off by `within` at most.

    Where they add up, they are a possible truth themselves, and rounding them again would change nothing: no small
    count is told that became 0 or reached its level, and with a base of the threshold or more there is no other.
    Raises RoundingError.
    """
    is_table = _adds_up(structure, rounded)
    doubtful = {cell for cell, level in levels.items() if not is_table or 0 < rounded[cell] < level}
    if not doubtful:
        return RoundingAudit(len(levels), (), ())
    if len(rounded) > LARGEST:
        raise RoundingError(RoundingProblem.TOO_LARGE)
    asking = _Asking(structure, rounded, within)
    doubtful -= asking.possibly_empty({cell: levels[cell] for cell in doubtful})
    doubtful -= asking.possibly_large({cell: levels[cell] for cell in doubtful})
    found: dict[str, list[int]] = {"exact": [], "small": []}
    for cell in sorted(doubtful):
        low, high = asking.interval(cell)
        if low > 1 - TOLERANCE and high < levels[cell] - TOLERANCE:
            found["exact" if high - low < TOLERANCE else "small"].append(cell)
    return RoundingAudit(len(levels), tuple(found["exact"]), tuple(found["small"]))


def _adds_up(structure: Structure, rounded: tuple[int, ...]) -> bool:
    """Whether the rounded numbers are a table: none is negative, and all sums are those of their parts."""
    return min(rounded) >= 0 and all(
        sum(rounded[part] for part in relation.parts) == rounded[relation.total] for relation in structure.relations
    )


class _Asking:
    """All true tables behind a rounded one, as a polyhedron."""

    def __init__(self, structure: Structure, rounded: tuple[int, ...], within: int) -> None:
        self._cells = len(rounded)
        self._solver = quiet_solver()
        near = np.array(rounded, dtype=np.float64)
        self._solver.addVars(self._cells, np.maximum(near - within, 0.0), near + within)
        relations = [(relation.total, *relation.parts) for relation in structure.relations]
        index = np.array([cell for cells in relations for cell in cells], dtype=np.int32)
        starts = np.concatenate([[0], np.cumsum([len(cells) for cells in relations])]).astype(np.int32)
        signs = np.ones(len(index))
        signs[starts[:-1]] = -1.0
        zero = np.zeros(len(relations))
        self._solver.addRows(len(relations), zero, zero, len(index), starts, index, signs)

    def possibly_empty(self, levels: Mapping[int, int]) -> set[int]:
        """Cells that are 0 in some table, as many in one as possible: of them nobody knows that there is anybody."""
        return {cell for cell, value in self._lowest_sum(list(levels)).items() if value < TOLERANCE}

    def possibly_large(self, levels: Mapping[int, int]) -> set[int]:
        """Cells that reach their level in some table."""
        return {
            cell for cell, value in self._lowest_sum(list(levels), -1.0).items() if value > levels[cell] - TOLERANCE
        }

    def interval(self, cell: int) -> tuple[float, float]:
        """The smallest and the largest count that the cell can have."""
        return self._lowest_sum([cell])[cell], self._lowest_sum([cell], -1.0)[cell]

    def _lowest_sum(self, cells: list[int], sign: float = 1.0) -> dict[int, float]:
        """The cells in the table in which their sum is lowest, or highest."""
        if not cells:
            return {}
        at = np.array(cells, dtype=np.int32)
        self._solver.changeColsCost(len(at), at, np.full(len(at), sign))
        solve(self._solver)
        values = self._solver.getSolution().col_value
        self._solver.changeColsCost(len(at), at, np.zeros(len(at)))
        return {cell: values[cell] for cell in cells}
