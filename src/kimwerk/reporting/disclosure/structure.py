"""A publication as the engine sees it: counts, and relations that say which of them add up to which.

Shapes do not matter here. A table with margins, a hierarchy, linked tables and successive editions are all
the same thing: cells, and relations between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StructureProblem(StrEnum):
    """Why counts and relations are no publication."""

    NEGATIVE = "negative"  # a count below 0
    NOT_ADDITIVE = "not_additive"  # the parts do not add up to their total
    UNKNOWN_CELL = "unknown_cell"  # a relation names a cell that is not there
    NO_PARTS = "no_parts"  # a total of nothing
    REPEATED = "repeated"  # a cell stands twice in one relation


class StructureError(ValueError):
    """Counts and relations are no publication; `problem` says why and `cell` where."""

    def __init__(self, problem: StructureProblem, cell: int) -> None:
        super().__init__(f"{problem.value} at cell {cell}")
        self.problem = problem
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Relation:
    """One total and the parts that add up to it, as positions of cells."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Counts and all relations between them. Raises StructureError where they do not agree."""

    values: tuple[int, ...]
    relations: tuple[Relation, ...]

    def __post_init__(self) -> None:
        for cell, value in enumerate(self.values):
            if value < 0:
                raise StructureError(StructureProblem.NEGATIVE, cell)
        for relation in self.relations:
            self._judge(relation)

    def _judge(self, relation: Relation) -> None:
        cells = (relation.total, *relation.parts)
        if not relation.parts:
            raise StructureError(StructureProblem.NO_PARTS, relation.total)
        for cell in cells:
            if not 0 <= cell < len(self.values):
                raise StructureError(StructureProblem.UNKNOWN_CELL, cell)
        if len(set(cells)) < len(cells):
            raise StructureError(StructureProblem.REPEATED, relation.total)
        if sum(self.values[part] for part in relation.parts) != self.values[relation.total]:
            raise StructureError(StructureProblem.NOT_ADDITIVE, relation.total)
