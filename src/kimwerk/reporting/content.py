"""A report with its numbers, as it is frozen: everything that is printed, in plain values.

From the content alone both papers can be made again, without a look at any table of the diary.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Axis, FigureTable, Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.types import ChangeKind, ChartChoice, Competence, FigureProblem
from kimwerk.reporting.windows import counted_days


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
    def days(self) -> Period:
        """The days it speaks of: its window, or the reference date at its end."""
        return counted_days(self.table.figure, self.window) if self.table else self.window

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
    """A heading with its text and its figures. `level` never skips a step going down.

    `key` names the section of the template that it came from.
    """

    heading: str
    level: int
    text: str
    figures: tuple[FrozenFigure, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The head of a council paper: for which committee, when, to what end, and what is attached."""

    committee: str = ""
    session_on: date | None = None
    competence: Competence | None = None
    attachments: tuple[str, ...] = ()


NO_COVER = Cover()
"""A report that is no council paper."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The edition that a report carries on."""

    number: int
    title: str
    window: Period
    released_on: date
    content_hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """A number of the earlier edition beside that of this one.

    `what` names the cell, empty for the total; `before_days` and `after_days` are the lengths of the windows.
    """

    kind: ChangeKind
    figure: str
    unit: str
    what: str = ""
    before: Value = None
    after: Value = None
    places: int = 0
    is_additive: bool = True
    before_days: int = 0
    after_days: int = 0

    @property
    def is_per_day(self) -> bool:
        """Whether the windows differ in length and the numbers grow with it."""
        return self.is_additive and self.before_days != self.after_days


@dataclass(frozen=True, slots=True)
class Content:
    """A whole report. `continues` and `changes` say of which edition it is the next one, and what differs.

    `expected` are the keys of the sections that a report of its template must have.
    """

    title: str
    organisation: str
    window: Period
    counted_on: date
    sections: tuple[FrozenSection, ...]
    cover: Cover = NO_COVER
    expected: tuple[str, ...] = ()
    continues: Earlier | None = None
    changes: tuple[Change, ...] = ()

    @property
    def figures(self) -> tuple[FrozenFigure, ...]:
        """All its figures in the order of the paper."""
        return tuple(figure for section in self.sections for figure in section.figures)
