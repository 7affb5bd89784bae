"""The programme plan as a drawing: a row an entry, years across, planned bars outlined, actual ones filled.

Lengths are units of the drawing; the table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kimwerk.steering.models import PlanEntry
from kimwerk.steering.types import PlanKind

WIDTH, LEFT, ROW, TOP = 960, 300, 30, 28
LONGEST_LABEL = 40
HALF = 7
"""Half of a milestone's diamond."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year with the line where it begins."""

    label: str
    x: float
    label_x: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as drawn; a milestone has points instead of bars. `strand` stands where a new one begins."""

    label: str
    strand: str
    y: float
    text_y: float
    planned: Bar | None
    actual: Bar | None
    diamond: str = ""
    is_reached: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing (`_timeline.html`)."""

    width: int
    height: float
    left: int
    years: tuple[Year, ...]
    lines: tuple[Line, ...]
    today_x: float | None
    description: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day lies: from the first of January of the first year to the end of the last."""

    first: date
    end: date

    def x(self, day: date) -> float:
        """The place of a day's beginning."""
        share = (day - self.first).days / (self.end - self.first).days
        return round(LEFT + share * (WIDTH - LEFT), 1)

    def bar(self, first: date, last: date) -> Bar:
        """From the beginning of the first to the end of the last day; never too thin to be seen."""
        start = self.x(first)
        return Bar(start, max(round(self.x(date.fromordinal(last.toordinal() + 1)) - start, 1), 2))


def timeline_of(entries: Sequence[PlanEntry], today: date, description: str) -> Timeline | None:
    """Draw the entries in their order; None where there are none."""
    if not entries:
        return None
    days = [
        day for each in entries for day in (each.planned_from, each.planned_until, each.begun_on, each.ended_on) if day
    ]
    scale = Scale(date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1))
    years = tuple(_year(scale, year) for year in range(scale.first.year, scale.end.year))
    lines, strand, y = [], "", float(TOP)
    for entry in entries:
        if entry.strand != strand:
            y += ROW
        lines.append(_line(scale, entry, y, "" if entry.strand == strand else entry.strand, today))
        strand, y = entry.strand, y + ROW
    inside = scale.first <= today < scale.end
    return Timeline(WIDTH, y + 10, LEFT, years, tuple(lines), scale.x(today) if inside else None, description)


def _year(scale: Scale, year: int) -> Year:
    start, end = scale.x(date(year, 1, 1)), scale.x(date(year + 1, 1, 1))
    return Year(str(year), start, round((start + end) / 2, 1))


def _line(scale: Scale, entry: PlanEntry, y: float, strand: str, today: date) -> Line:
    label = entry.title if len(entry.title) <= LONGEST_LABEL else f"{entry.title[: LONGEST_LABEL - 1]}…"
    middle = y + ROW / 2
    if entry.kind == PlanKind.MILESTONE:
        x = scale.x(entry.ended_on or entry.planned_from)
        points = f"{x},{middle - HALF} {x + HALF},{middle} {x},{middle + HALF} {x - HALF},{middle}"
        return Line(label, strand, y, middle + 5, None, None, points, entry.ended_on is not None)
    planned = scale.bar(entry.planned_from, entry.planned_until)
    until = entry.ended_on or max(today, entry.begun_on or today)
    last = min(until, date.fromordinal(scale.end.toordinal() - 1))
    actual = scale.bar(entry.begun_on, last) if entry.begun_on and entry.begun_on <= last else None
    return Line(label, strand, y, middle + 5, planned, actual)
