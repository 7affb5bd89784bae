"""Columns over time, one number each."""

from __future__ import annotations

from kimwerk.kernel.figures import Counted, Value
from kimwerk.reporting.charts.choose import ChartKind
from kimwerk.reporting.charts.drawing import SMALL, Anchor, Bar, Drawing, Label, Role, paragraph
from kimwerk.reporting.charts.palette import Paint, paint_of
from kimwerk.reporting.charts.plot import Plot, gutter, time_axis, value_axis
from kimwerk.reporting.charts.scale import nice_scale
from kimwerk.reporting.charts.series import Line, as_line
from kimwerk.reporting.charts.wording import Wording

HEAD = 44.0
"""Room above the field: the name of the value axis, and the number over the highest column."""

FIELD = 220.0
"""The usual height of the field."""


def draw_columns(counted: Counted, wording: Wording, width: float) -> Drawing:
    """One column per slice of time, from zero, with its number where the numbers find room."""
    line = as_line(counted)
    scale = nice_scale(line.values, places=wording.places)
    left = gutter(scale, wording)
    plot = Plot(left, HEAD, width - left, FIELD, scale, len(line.members))
    rules, ticks = value_axis(plot, wording)
    names, below = time_axis(plot, line.members, wording, (0, width))
    labels = (*axis_name(wording), *ticks, *names, *numbers(plot, line.values, wording))
    return Drawing(ChartKind.COLUMNS, width, plot.bottom + below + 4, columns(plot, line, wording), labels, rules)


def columns(plot: Plot, line: Line, wording: Wording, paint: Paint | None = None) -> tuple[Bar, ...]:
    """The columns of a series; in the look of the members unless another is given."""
    bars = []
    for index, (member, value) in enumerate(zip(line.members, line.values, strict=True)):
        x, width = plot.column(index)
        zero, end = plot.y(0), plot.y(value)
        tip = f"{member.label}: {wording.number(value)}"
        bars.append(
            Bar(
                x,
                min(zero, end),
                width,
                abs(end - zero),
                paint or paint_of(member),
                value,
                is_upright=True,
                is_incomplete=member.is_incomplete,
                tip=tip,
            )
        )
    return tuple(bars)


def numbers(plot: Plot, values: tuple[Value, ...], wording: Wording, size: float = SMALL) -> tuple[Label, ...]:
    """The number over each column, or none at all where one would not fit beside its neighbour."""
    labels = tuple(
        Label(
            plot.middle(index),
            min(plot.y(value), plot.y(0)) - 5,
            wording.number(value),
            Role.VALUE,
            Anchor.MIDDLE,
            size,
        )
        for index, value in enumerate(values)
    )
    return labels if all(label.width <= plot.pitch - 2 for label in labels) else ()


def axis_name(wording: Wording, top: float = 0.0) -> tuple[Label, ...]:
    """The name of the value axis, at the upper left."""
    return paragraph((wording.values,), 0, top, role=Role.AXIS, size=SMALL)
