"""A line for long series over time. It joins values; it never smooths, projects or sums them up."""

from __future__ import annotations

from kimwerk.kernel.figures import Counted, Value
from kimwerk.reporting.charts.choose import ChartKind
from kimwerk.reporting.charts.columns import FIELD, HEAD, axis_name
from kimwerk.reporting.charts.drawing import SMALL, Anchor, Bar, Drawing, Label, Role, Trace
from kimwerk.reporting.charts.palette import PLAIN, Paint
from kimwerk.reporting.charts.plot import Plot, gutter, time_axis, value_axis
from kimwerk.reporting.charts.scale import nice_scale
from kimwerk.reporting.charts.series import Line, as_line
from kimwerk.reporting.charts.wording import Wording


def draw_line(counted: Counted, wording: Wording, width: float) -> Drawing:
    """A line over time from a zero axis, with the largest value written at its peak."""
    line = as_line(counted)
    scale = nice_scale(line.values, places=wording.places)
    left = gutter(scale, wording)
    plot = Plot(left, HEAD, width - left - 4, FIELD, scale, len(line.members))
    rules, ticks = value_axis(plot, wording)
    names, below = time_axis(plot, line.members, wording, (0, width))
    labels = (*axis_name(wording), *ticks, *names, *peak(plot, line.values, wording, width))
    return Drawing(
        ChartKind.LINE,
        width,
        plot.bottom + below + 4,
        (),
        labels,
        rules,
        traces=traces(plot, line),
        bands=bands(plot, line),
    )


def traces(plot: Plot, line: Line, paint: Paint = PLAIN) -> tuple[Trace, ...]:
    """The line in pieces: it breaks where a value cannot be told, and is broken to incomplete slices."""
    points = [
        (plot.middle(index), plot.y(value)) if value is not None else None for index, value in enumerate(line.values)
    ]
    pieces: list[tuple[list[tuple[float, float]], bool]] = []
    for index, point in enumerate(points):
        before = points[index - 1] if index else None
        if point is None:
            continue
        is_soft = line.members[index].is_incomplete or (index > 0 and line.members[index - 1].is_incomplete)
        if before is None:
            pieces.append(([point], line.members[index].is_incomplete))
        elif pieces[-1][1] == is_soft:
            pieces[-1][0].append(point)
        else:
            pieces.append(([before, point], is_soft))
    return tuple(Trace(tuple(piece), paint, is_soft) for piece, is_soft in pieces)


def bands(plot: Plot, line: Line) -> tuple[Bar, ...]:
    """A hatched band behind each slice that is covered only in part."""
    return tuple(
        Bar(plot.left + index * plot.pitch, plot.top, plot.pitch, plot.height, PLAIN, is_incomplete=True)
        for index, member in enumerate(line.members)
        if member.is_incomplete
    )


def peak(plot: Plot, values: tuple[Value, ...], wording: Wording, right: float) -> tuple[Label, ...]:
    """The largest value, written over the first slice that has it."""
    known = [value for value in values if value is not None]
    if not known:
        return ()
    index = values.index(max(known))
    label = Label(
        plot.middle(index),
        plot.y(values[index]) - 8,
        wording.number(values[index]),
        Role.VALUE,
        Anchor.MIDDLE,
        SMALL,
    )
    half = label.width / 2
    x = min(max(label.x, plot.left + half), right - half)
    return (Label(x, label.y, label.text, Role.VALUE, Anchor.MIDDLE, SMALL),)
