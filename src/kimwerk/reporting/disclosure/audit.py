"""What an attacker can derive from a publication, by linear programmes over everything that is public.

Written apart from the optimiser and sharing nothing with it but the structure: whoever checks the engine's promise
reads this page alone. The attacker knows every published value, every relation and the rules; each suppressed cell
is a variable. The interval between its smallest and largest possible value is what can be derived about it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np

from kimwerk.reporting.disclosure.structure import Structure

TOLERANCE = 1e-6
ENDLESS = {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}
"""The true table is always possible, so whatever is not bounded is endless."""


class AuditUnfinished(RuntimeError):
    """A linear programme of the attacker was not solved. Nothing is known then, and nothing may be published."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Primary cells by what can be derived about them. `exact`: the value; `small`: 1 to level - 1; `below`: less
    than the level. All three empty is the guarantee."""

    primary: int
    exact: tuple[int, ...]
    small: tuple[int, ...]
    below: tuple[int, ...]
    published: tuple[int, ...]
    """Primary cells that are printed."""

    @property
    def is_clean(self) -> bool:
        """No primary cell can be derived to be small."""
        return not (self.exact or self.small or self.below or self.published)


Witnesses = Mapping[int, Mapping[int, int]]
"""For primary cells, what changes from the true table to another that agrees with everything public."""


def audit(
    structure: Structure,
    suppressed: Collection[int],
    levels: Mapping[int, int],
    lowest: Sequence[int],
    witnesses: Witnesses | None = None,
) -> Audit:
    """Judge a publication: `levels` names the primary cells and what each must possibly reach.

    A witness spares the linear programmes of its cell. It is believed only after it was recounted in whole numbers.
    """
    attacker = Attacker(structure, suppressed, lowest)
    hidden = {cell: level for cell, level in levels.items() if cell in attacker.suppressed}
    shown = {cell for cell, level in hidden.items() if attacker.is_shown(cell, level, (witnesses or {}).get(cell, {}))}
    doubtful = {cell: level for cell, level in hidden.items() if cell not in shown}
    found: dict[str, list[int]] = {"exact": [], "small": [], "below": []}
    for cell in sorted(set(doubtful) - attacker.reaching(doubtful)):
        low, high = attacker.interval(cell)
        if high < hidden[cell] - TOLERANCE:
            kind = "exact" if high - low < TOLERANCE else "small" if low > 1 - TOLERANCE else "below"
            found[kind].append(cell)
    published = tuple(sorted(set(levels) - set(hidden)))
    return Audit(len(levels), tuple(found["exact"]), tuple(found["small"]), tuple(found["below"]), published)


class Attacker:
    """All tables that agree with what is public, as a polyhedron in the suppressed cells."""

    def __init__(self, structure: Structure, suppressed: Collection[int], lowest: Sequence[int]) -> None:
        self.suppressed = {cell: column for column, cell in enumerate(sorted(set(suppressed)))}
        self._structure, self._limits = structure, lowest
        self._relations_of: dict[int, list[int]] = {}
        for number, relation in enumerate(structure.relations):
            for cell in (relation.total, *relation.parts):
                self._relations_of.setdefault(cell, []).append(number)
        self._lowest = np.array([lowest[cell] for cell in self.suppressed], dtype=np.float64)
        self._rows: list[tuple[list[int], list[float], float]] = []
        for relation in structure.relations:
            terms = [(relation.total, -1.0), *((part, 1.0) for part in relation.parts)]
            unknown = [(self.suppressed[cell], sign) for cell, sign in terms if cell in self.suppressed]
            known = sum(sign * structure.values[cell] for cell, sign in terms if cell not in self.suppressed)
            if unknown:
                self._rows.append(([column for column, _ in unknown], [sign for _, sign in unknown], -known))

    @cached_property
    def _solver(self) -> highspy.Highs:
        return self._model()

    def is_shown(self, cell: int, level: int, changes: Mapping[int, int]) -> bool:
        """Whether the changes lead to a table that agrees with all that is public and has the cell at its level."""
        values, relations = self._structure.values, self._structure.relations
        if values[cell] + changes.get(cell, 0) < level:
            return False
        for changed, by in changes.items():
            if changed not in self.suppressed or values[changed] + by < self._limits[changed]:
                return False
        touched = {number for changed in changes for number in self._relations_of.get(changed, ())}
        return all(
            changes.get(relations[number].total, 0) == sum(changes.get(part, 0) for part in relations[number].parts)
            for number in touched
        )

    def interval(self, cell: int) -> tuple[float, float]:
        """The smallest and the largest value that the cell can have; infinite if nothing limits it."""
        column = self.suppressed[cell]
        self._solver.changeColCost(column, 1.0)
        bounds = []
        for sense, endless in ((highspy.ObjSense.kMinimize, -np.inf), (highspy.ObjSense.kMaximize, np.inf)):
            self._solver.changeObjectiveSense(sense)
            optimal = _is_bounded(self._solver)
            bounds.append(self._solver.getInfo().objective_function_value if optimal else endless)
        self._solver.changeColCost(column, 0.0)
        return bounds[0], bounds[1]

    def reaching(self, levels: Mapping[int, int]) -> set[int]:
        """Cells that some possible table shows at their level: one table at a time certifies as many as it can."""
        reached: set[int] = set()
        while True:
            rest = {cell: level for cell, level in levels.items() if cell not in reached}
            new = self._reached_together(rest) if rest else set()
            if not new:
                return reached
            reached |= new

    def _reached_together(self, levels: Mapping[int, int]) -> set[int]:
        solver = self._model()
        for cell, level in levels.items():  # a helper below both the cell and its level; their sum is raised
            helper = solver.getNumCol()
            solver.addVar(-highspy.kHighsInf, float(level))
            solver.changeColCost(helper, 1.0)
            pair = np.array([self.suppressed[cell], helper], dtype=np.int32)
            solver.addRow(0.0, highspy.kHighsInf, 2, pair, np.array([1.0, -1.0]))
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        if not _is_bounded(solver):
            raise AuditUnfinished
        values = solver.getSolution().col_value
        return {cell for cell, level in levels.items() if values[self.suppressed[cell]] >= level - TOLERANCE}

    def _model(self) -> highspy.Highs:
        # The solver itself: its Python wrapper prints a banner before anybody can silence it.
        solver: highspy.Highs = highspy._Highs()  # type: ignore[attr-defined]  # the stubs leave it out
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        count = len(self.suppressed)
        solver.addVars(count, self._lowest, np.full(count, highspy.kHighsInf))
        for columns, signs, right in self._rows:
            solver.addRow(right, right, len(columns), np.array(columns, dtype=np.int32), np.array(signs))
        return solver


def _is_bounded(solver: highspy.Highs) -> bool:
    """Runs the solver. Raises AuditUnfinished where it says neither what is optimal nor that nothing is."""
    for _attempt in range(2):
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        if status in ENDLESS:
            return False
        solver.clearSolver()  # begun at the last answer it sometimes ends without one
    raise AuditUnfinished
