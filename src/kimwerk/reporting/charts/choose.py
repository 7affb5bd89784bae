"""Which chart suits which question. One rule for page, report and paper."""

from __future__ import annotations

from enum import StrEnum

from kimwerk.kernel.figures import MISSING, Axis, Counted, MemberKind, Unit

LONG_SERIES = 31
"""Slices of time beyond which columns become hairlines and a line is read more easily."""

MOST_PARTS = 12
"""Parts of a stack beyond which colours and patterns run out; "not recorded" does not count."""

RATES = frozenset({
    Unit.ACTIVITIES_PER_FTE_AND_WEEK, Unit.PARTICIPANTS_PER_ACTIVITY, Unit.PER_THOUSAND_INHABITANTS,
    Unit.PER_THOUSAND_FOREIGN_NATIONALS, Unit.DAYS,
})  # fmt: skip
"""Units whose values must not be stacked on each other: a sum of rates is no rate."""


class ChartKind(StrEnum):
    """The ways to draw a figure."""

    BARS = "bars"
    COLUMNS = "columns"
    LINE = "line"
    STACKED = "stacked"
    MULTIPLES = "multiples"
    MATRIX = "matrix"


def is_drawable(counted: Counted) -> bool:
    """Whether there is anything to draw: a chart of nothing but zeros and hidden numbers is empty paper."""
    return any(counted.cells.values())


def choose_chart(unit: Unit, axes: tuple[Axis, ...]) -> ChartKind | None:
    """The chart for a figure of `unit` broken down along `axes`; None if a number says it all.

    Bars for categories, columns over time, stacks for time by category where the parts add up,
    small multiples where they do not or are too many, a matrix for category by category.
    """
    if not axes or len(axes) > 2 or not all(axis.members for axis in axes):
        return None
    times = [axis for axis in axes if axis.dimension.kind is MemberKind.TIME]
    others = [axis for axis in axes if axis.dimension.kind is not MemberKind.TIME]
    if len(axes) == 1:
        return _over_time(times[0]) if times else ChartKind.BARS
    if len(times) == 1:
        return _parts_over_time(unit, times[0], others[0])
    return ChartKind.MATRIX


def _over_time(time: Axis) -> ChartKind:
    return ChartKind.LINE if len(time.members) > LONG_SERIES else ChartKind.COLUMNS


def _parts_over_time(unit: Unit, time: Axis, parts: Axis) -> ChartKind:
    adds_up = unit not in RATES and not parts.dimension.is_multiple
    named = sum(1 for member in parts.members if member.key != MISSING)
    is_readable = named <= MOST_PARTS and len(time.members) <= LONG_SERIES
    return ChartKind.STACKED if adds_up and is_readable else ChartKind.MULTIPLES
