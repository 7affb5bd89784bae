"""A report with its numbers, as it is frozen: everything that is printed, in plain values.

From the content alone both papers can be made again, without a look at any table of the diary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kimwerk.kernel.figures import Axis, Counted, Unit
from kimwerk.kernel.periods import Period
from kimwerk.reporting.types import ChartChoice, FigureProblem


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A dimension and the members to which a figure is narrowed, in words."""

    dimension: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure with its definition and its answer.

    `counted` is None where the question could not be answered; `problem` then says why and
    `problem_subject` names what it is about.
    """

    key: str
    title: str
    counts: str
    population: str
    unit: Unit
    source: str
    window: Period
    counted_on: date
    counted: Counted | None
    places: int = 0
    is_additive: bool = True
    chart: ChartChoice = ChartChoice.AUTOMATIC
    narrowed: tuple[Narrowing, ...] = ()
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    problem: FigureProblem | None = None
    problem_subject: str = ""

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes of its answer; none without one."""
        return self.counted.axes if self.counted else ()


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
