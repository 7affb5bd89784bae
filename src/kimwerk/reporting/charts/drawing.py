"""A chart as geometry: what the templates write down as SVG, and the tests measure.

All lengths are in units of the drawing, whose origin is the upper left corner; at natural size one
unit is one CSS pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kimwerk.kernel.figures import Value
from kimwerk.reporting.charts.choose import ChartKind
from kimwerk.reporting.charts.palette import Paint, Pattern
from kimwerk.reporting.charts.text import width_of

TEXT = 14.0
SMALL = 13.0
LINE_HEIGHT = 1.3
_ASCENT = 0.8
_DESCENT = 0.22


class Anchor(StrEnum):
    """Which end of a text stands at its position."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Role(StrEnum):
    """What a text or a line is for; decides its look."""

    LABEL = "label"
    VALUE = "value"
    AXIS = "axis"
    NOTE = "note"
    HEADING = "heading"
    ON_MARK = "on"
    ZERO = "zero"
    GRID = "grid"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def overlaps(self, other: Box, slack: float = 0.5) -> bool:
        """Whether two rectangles share more than `slack` in both directions."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text at a baseline. `extra` follows in a quieter tone (the share after the count).

    `is_turned` turns it by a quarter to the left around its position. `paint` is the look of the mark
    it stands on; `has_plate` clears the pattern of that mark behind it.
    """

    x: float
    y: float
    text: str
    role: Role = Role.LABEL
    anchor: Anchor = Anchor.START
    size: float = TEXT
    extra: str = ""
    paint: Paint | None = None
    is_turned: bool = False
    has_plate: bool = False

    @property
    def is_bold(self) -> bool:
        """Whether the text is printed bold."""
        return self.role in (Role.VALUE, Role.HEADING)

    @property
    def width(self) -> float:
        """An upper bound for the length of the text."""
        extra = width_of("  " + self.extra, self.size) if self.extra else 0.0
        return width_of(self.text, self.size, is_bold=self.is_bold) + extra

    @property
    def box(self) -> Box:
        """The rectangle that the text may cover."""
        ascent, descent = self.size * _ASCENT, self.size * _DESCENT
        before = {Anchor.START: 0.0, Anchor.MIDDLE: self.width / 2, Anchor.END: self.width}[self.anchor]
        if self.is_turned:
            bottom = self.y + before
            return Box(self.x - ascent, bottom - self.width, self.x + descent, bottom)
        left = self.x - before
        return Box(left, self.y - ascent, left + self.width, self.y + descent)


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle whose length along `is_upright` (else across) is in proportion to `value`."""

    x: float
    y: float
    width: float
    height: float
    paint: Paint
    value: Value = None
    is_upright: bool = False
    is_incomplete: bool = False
    tip: str = ""

    @property
    def box(self) -> Box:
        """The rectangle itself."""
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line through two or more points."""

    points: tuple[tuple[float, float], ...]
    role: Role

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return _path(self.points)


@dataclass(frozen=True, slots=True)
class Trace:
    """The course of values over time. A broken line leads over slices that are incomplete."""

    points: tuple[tuple[float, float], ...]
    paint: Paint
    is_incomplete: bool = False

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return _path(self.points)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, laid out. `swatches` explain colours; `marks` carry values; `bands` lie behind."""

    kind: ChartKind
    width: float
    height: float
    bars: tuple[Bar, ...] = ()
    labels: tuple[Label, ...] = ()
    rules: tuple[Rule, ...] = ()
    traces: tuple[Trace, ...] = ()
    swatches: tuple[Bar, ...] = ()
    bands: tuple[Bar, ...] = ()

    @property
    def patterned(self) -> tuple[Paint, ...]:
        """The looks in use that need a pattern, each once."""
        paints = {mark.paint.name: mark.paint for mark in (*self.bars, *self.swatches)}
        return tuple(paint for paint in paints.values() if paint.pattern is not Pattern.SOLID)

    @property
    def has_incomplete(self) -> bool:
        """Whether anything in it is hatched as incomplete."""
        return any(mark.is_incomplete for mark in (*self.bars, *self.bands))


def paragraph(
    lines: tuple[str, ...],
    x: float,
    top: float,
    *,
    role: Role = Role.LABEL,
    anchor: Anchor = Anchor.START,
    size: float = TEXT,
) -> tuple[Label, ...]:
    """Lines of text below each other, the first one's top at `top`."""
    return tuple(
        Label(x, top + size * (_ASCENT + 0.1) + index * size * LINE_HEIGHT, line, role, anchor, size)
        for index, line in enumerate(lines)
    )


def height_of(lines: int, size: float = TEXT) -> float:
    """The height of so many lines of text."""
    return lines * size * LINE_HEIGHT


def _path(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def on_mark(bar: Bar, text: str) -> Label:
    """A text in the middle of a mark."""
    has_plate = bar.is_incomplete or bar.paint.pattern is not Pattern.SOLID
    y = bar.y + bar.height / 2 + SMALL * 0.36
    return Label(
        bar.x + bar.width / 2,
        y,
        text,
        Role.ON_MARK,
        Anchor.MIDDLE,
        SMALL,
        paint=bar.paint,
        has_plate=has_plate,
    )
