"""Small multiples: one little field per category, all on the same axis, so that they can be compared."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kimwerk.kernel.figures import Counted
from kimwerk.reporting.charts.choose import LONG_SERIES, ChartKind
from kimwerk.reporting.charts.columns import axis_name, columns, numbers
from kimwerk.reporting.charts.drawing import SMALL, Bar, Drawing, Label, Role, height_of, paragraph
from kimwerk.reporting.charts.line import bands, peak, traces
from kimwerk.reporting.charts.palette import Paint, paint_of
from kimwerk.reporting.charts.plot import Plot, gutter, time_axis, value_axis
from kimwerk.reporting.charts.scale import Scale, nice_scale
from kimwerk.reporting.charts.series import Grid, Line, as_grid
from kimwerk.reporting.charts.text import wrap
from kimwerk.reporting.charts.wording import Wording

_LEAST_WIDTH = 210.0
_BETWEEN = 28.0
_FIELD = 84.0
_HEAD = 20.0
_BELOW = 22.0
_SWATCH = 12.0


@dataclass(frozen=True, slots=True)
class _Panel:
    """One category's field: where it stands, what it shows."""

    left: float
    top: float
    width: float
    heading: tuple[str, ...]
    paint: Paint
    line: Line


def draw_multiples(counted: Counted, wording: Wording, width: float) -> Drawing:
    """One field per category, from left to right and down, on one common axis from zero."""
    grid = as_grid(counted)
    scale = nice_scale((value for row in grid.values for value in row), places=wording.places, most=2)
    drawing = Drawing(ChartKind.MULTIPLES, width, height_of(1, SMALL) + 8, labels=axis_name(wording))
    across = max(1, int((width + _BETWEEN) // (_LEAST_WIDTH + _BETWEEN)))
    for start in range(0, len(grid.rows), across):
        drawing = _row(
            drawing, grid, range(start, min(start + across, len(grid.rows))), across, scale, wording
        )
    return drawing


def _row(drawing: Drawing, grid: Grid, rows: range, across: int, scale: Scale, wording: Wording) -> Drawing:
    """Fields side by side, their headings of equal height."""
    width = (drawing.width - _BETWEEN * (across - 1)) / across
    headings = [wrap(grid.rows[row].label, width - _SWATCH - 8, SMALL, is_bold=True) for row in rows]
    head = height_of(max(len(heading) for heading in headings), SMALL)
    top, bottom = drawing.height, drawing.height
    for position, (row, heading) in enumerate(zip(rows, headings, strict=True)):
        panel = _Panel(
            position * (width + _BETWEEN),
            top,
            width,
            heading,
            paint_of(grid.rows[row], row),
            Line(grid.columns, grid.values[row], None),
        )
        drawing = _add(drawing, panel, head, scale, wording)
        bottom = max(bottom, drawing.height)
        drawing = replace(drawing, height=top)
    return replace(drawing, height=bottom + _BELOW)


def _add(drawing: Drawing, panel: _Panel, head: float, scale: Scale, wording: Wording) -> Drawing:
    axis = gutter(scale, wording)
    plot = Plot(
        panel.left + axis,
        panel.top + head + _HEAD,
        panel.width - axis,
        _FIELD,
        scale,
        len(panel.line.members),
    )
    rules, ticks = value_axis(plot, wording)
    names, below = time_axis(plot, panel.line.members, wording, (panel.left, panel.left + panel.width))
    heading = paragraph(panel.heading, panel.left + _SWATCH + 8, panel.top, role=Role.HEADING, size=SMALL)
    swatch = Bar(panel.left + 1, panel.top + 3, _SWATCH, _SWATCH, panel.paint)
    is_long = len(panel.line.members) > LONG_SERIES
    return replace(
        drawing,
        height=plot.bottom + below,
        bars=(*drawing.bars, *(() if is_long else columns(plot, panel.line, wording, panel.paint))),
        traces=(*drawing.traces, *(traces(plot, panel.line, panel.paint) if is_long else ())),
        bands=(*drawing.bands, *(bands(plot, panel.line) if is_long else ())),
        labels=(*drawing.labels, *heading, *ticks, *names, *_numbers(plot, panel, wording, is_long=is_long)),
        rules=(*drawing.rules, *rules),
        swatches=(*drawing.swatches, swatch),
    )


def _numbers(plot: Plot, panel: _Panel, wording: Wording, *, is_long: bool) -> tuple[Label, ...]:
    if is_long:
        return peak(plot, panel.line.values, wording, panel.left + panel.width)
    return numbers(plot, panel.line.values, wording)
