"""A report with its numbers, as it is frozen: everything that is printed, in plain values.

From the content alone both papers can be made again, without a look at any table of the diary.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Axis, FigureTable, Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.types import ChartChoice, FigureProblem


class NotCountedError(ValueError):
    """The figure has no numbers that could be shown."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A dimension and the members to which a figure is narrowed, in words."""

    dimension: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure with its definition and its answer, under the title it has in the report.

    `table` is None where the question could not be answered; `problem` then says why and
    `problem_subject` names what it is about.
    """

    key: str
    title: str
    window: Period
    counted_on: date
    table: FigureTable[Actor] | None
    chart: ChartChoice = ChartChoice.AUTOMATIC
    narrowed: tuple[Narrowing, ...] = ()
    problem: FigureProblem | None = None
    problem_subject: str = ""

    @property
    def answer(self) -> FigureTable[Actor]:
        """The answer; NotCountedError if there is none."""
        if self.table is None:
            raise NotCountedError(self.key)
        return self.table

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes of its answer; none without one."""
        return self.table.counted.axes if self.table else ()

    @property
    def total(self) -> Value:
        """The number over the whole window; None without an answer."""
        return self.table.counted.total if self.table else None


@dataclass(frozen=True, slots=True)
class FrozenSection:
    """A heading with its text and its figures. `level` never skips a step going down."""

    heading: str
    level: int
    text: str
    figures: tuple[FrozenFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A whole report."""

    title: str
    organisation: str
    window: Period
    counted_on: date
    sections: tuple[FrozenSection, ...]

    @property
    def figures(self) -> tuple[FrozenFigure, ...]:
        """All its figures in the order of the paper."""
        return tuple(figure for section in self.sections for figure in section.figures)
