"""What all tables of a figure together tell about people of whom no cell speaks.

A total without places, published beside a table in which all places but one are empty, is the number of that one place,
though nobody prints it; together with a third table it may tell a small cell. Relations between cells do not see that.
Here the unknowns are the smallest groups of people that the tables tell apart, every printed number is an equation
about them, and whatever solves all of them is a world that readers must think possible. It is asked where such groups
are few enough; the relations between cells hold for all tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.extents import EVERYTHING, Extent, Without
from kimwerk.reporting.disclosure.joining import FIGURE, Identity
from kimwerk.reporting.disclosure.linking import Union
from kimwerk.reporting.disclosure.movement import TINY, quiet_solver, solve
from kimwerk.reporting.disclosure.rules import Task

MOST = 4096
"""So many groups of people can be told apart at most; beyond, a question takes seconds, and there are hundreds."""

Groups = NDArray[np.int64]
"""Numbers of groups of people."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A cell that readers know to be small, and the printed cells that tell it."""

    cell: int
    by: tuple[int, ...]


def leaks(union: Union, task: Task, suppressed: Collection[int]) -> Iterator[Leak]:
    """For each figure of several tables the cells that are told in spite of what is suppressed."""
    for cells in _cells_of_figures(union):
        figure = _Figure({cell: union.identities[cell] for cell in cells})
        if figure.groups <= MOST:
            yield from _Readers(figure, union, task, frozenset(suppressed)).told()


def _cells_of_figures(union: Union) -> Iterator[Sequence[int]]:
    """The cells of each figure that stands in several tables, if no number was corrected between them."""
    figures, tables = defaultdict[Extent, list[int]](list), defaultdict[Extent, int](int)
    for cell, identity in enumerate(union.identities):
        figures[_figure(identity)].append(cell)
    for places in union.places:
        tables[_figure(union.identities[next(iter(places.values()))])] += 1
    for figure, cells in figures.items():
        is_corrected = len({union.identities[cell] for cell in cells}) < len(cells)
        if tables[figure] > 1 and not is_corrected:
            yield cells


def _figure(identity: Identity) -> Extent:
    return next(extent for dimension, extent in identity if dimension == FIGURE)


class _Figure:
    """The groups of people that the cells of a figure tell apart, and which of them each cell counts."""

    def __init__(self, identities: Mapping[int, Identity]) -> None:
        extents = defaultdict[str, set[Extent]](set)
        for identity in identities.values():
            for dimension, extent in identity:
                if dimension != FIGURE:
                    extents[dimension].add(extent)
        self._identities = identities
        self._axes = {dimension: _Axis(sorted(found, key=repr)) for dimension, found in sorted(extents.items())}
        self._shape = tuple(axis.count for axis in self._axes.values())
        self.groups = int(np.prod([float(count) for count in self._shape]))

    def counted(self) -> dict[int, Groups]:
        """For each cell the groups that it counts."""
        return {cell: self._groups_of(identity) for cell, identity in self._identities.items()}

    def _groups_of(self, identity: Identity) -> Groups:
        at = dict(identity)
        covered = [axis.of(at.get(dimension, EVERYTHING)) for dimension, axis in self._axes.items()]
        groups: Groups = np.ravel_multi_index(np.ix_(*covered), self._shape).ravel().astype(np.int64)
        return groups


class _Axis:
    """One dimension, parted where an extent begins or ends."""

    def __init__(self, extents: Sequence[Extent]) -> None:
        periods = [extent for extent in extents if isinstance(extent, Period)]
        cuts = sorted({day for period in periods for day in (period.start, period.end)})
        leaves = sorted({leaf for extent in extents if not isinstance(extent, Period) for leaf in _leaves(extent)})
        parts = [*cuts[:-1]] if periods else [*leaves, None]  # None: whoever belongs to no leaf that is named
        kinds = sorted({tuple(_covers(extent, part) for extent in extents) for part in parts})
        self.count = len(kinds)
        self._covered = {extent: np.flatnonzero([kind[at] for kind in kinds]) for at, extent in enumerate(extents)}

    def of(self, extent: Extent) -> Groups:
        """The parts that an extent covers; all for everything."""
        covered = self._covered.get(extent)
        return np.arange(self.count, dtype=np.int64) if covered is None else covered.astype(np.int64)


def _leaves(extent: Extent) -> frozenset[str]:
    return extent.leaves if isinstance(extent, Without) else extent if isinstance(extent, frozenset) else frozenset()


def _covers(extent: Extent, part: object) -> bool:
    if isinstance(extent, Period):
        return extent.start <= part < extent.end  # type: ignore[operator]  # a day, along time
    return part not in extent.leaves if isinstance(extent, Without) else part in extent


class _Readers:
    """All worlds that agree with what is public, as a polyhedron in the groups of people."""

    def __init__(self, figure: _Figure, union: Union, task: Task, suppressed: frozenset[int]) -> None:
        self._counted, self._task = figure.counted(), task
        self._solver = quiet_solver()
        self._solver.addVars(figure.groups, np.zeros(figure.groups), np.full(figure.groups, highspy.kHighsInf))
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._printed = [cell for cell in self._counted if cell not in suppressed]
        self._small = [cell for cell in self._counted if cell in task.levels and cell in suppressed]
        for cell in self._printed:
            value = float(union.structure.values[cell])
            self._add(self._counted[cell], value, value)
        for cell in self._counted.keys() & suppressed:
            if task.lowest[cell]:
                self._add(self._counted[cell], float(task.lowest[cell]), highspy.kHighsInf)
        for relation in union.structure.relations:
            if relation.total in self._counted:
                self._balance(relation.total, relation.parts)

    def told(self) -> Iterator[Leak]:
        """The small cells that reach their level in no world; none where no world agrees with everything."""
        solve(self._solver)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        possible = self._possible_together()
        for cell in self._small:
            if cell not in possible and (by := self._told_by(cell)) is not None:
                yield Leak(cell, by)

    def _add(self, groups: Groups, low: float, high: float, signs: NDArray[np.float64] | None = None) -> None:
        weights = np.ones(len(groups)) if signs is None else signs
        self._solver.addRow(low, high, len(groups), groups.astype(np.int32), weights)

    def _balance(self, total: int, parts: Iterable[int]) -> None:
        """A total has no people beside its parts: whoever belongs to none of them is nobody."""
        weights = defaultdict[int, float](float)
        for cell, sign in ((total, 1.0), *((part, -1.0) for part in parts)):
            for group in self._counted[cell].tolist():
                weights[group] += sign
        left = {group: weight for group, weight in weights.items() if weight}
        if left:
            self._add(np.array(list(left), dtype=np.int64), 0.0, 0.0, np.array(list(left.values())))

    def _possible_together(self) -> set[int]:
        """Cells that some world shows at their level: one world at a time shows as many as it can."""
        possible, rest = set[int](), list(self._small)
        while rest:
            solver = self._with_helpers(rest)
            solve(solver)
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break  # nothing is known of a world that was not found
            world = np.array(solver.getSolution().col_value)
            new = {cell for cell in rest if world[self._counted[cell]].sum() >= self._task.levels[cell] - TINY}
            if not new:
                break
            possible |= new
            rest = [cell for cell in rest if cell not in new]
        return possible

    def _with_helpers(self, cells: Sequence[int]) -> highspy.Highs:
        """The worlds with a helper for each cell, below both the cell and its level; their sum is raised."""
        solver = quiet_solver()
        solver.passModel(self._solver.getLp())
        for cell in cells:
            helper, groups = solver.getNumCol(), self._counted[cell]
            solver.addVar(0.0, float(self._task.levels[cell]))
            solver.changeColCost(helper, 1.0)
            at, signs = np.append(groups, helper).astype(np.int32), np.append(np.ones(len(groups)), -1.0)
            solver.addRow(0.0, highspy.kHighsInf, len(at), at, signs)
        return solver

    def _told_by(self, cell: int) -> tuple[int, ...] | None:
        """The printed cells that keep it below its level; None if nothing does."""
        for group in self._counted[cell].tolist():
            self._solver.changeColCost(group, 1.0)
        solve(self._solver)
        is_bounded = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        highest = self._solver.getInfo().objective_function_value if is_bounded else np.inf
        prices = np.array(self._solver.getSolution().row_dual) if is_bounded else np.zeros(0)
        for group in self._counted[cell].tolist():
            self._solver.changeColCost(group, 0.0)
        if highest >= self._task.levels[cell] - 1e-6:
            return None
        return tuple(printed for printed, price in zip(self._printed, prices, strict=False) if abs(price) > TINY)
