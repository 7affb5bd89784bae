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
_LEAST_WIDTH_OF_MANY = 150.0
_BETWEEN = 28.0
_BETWEEN_MANY = 18.0
_FIELD = 84.0
_FIELD_OF_MANY = 52.0
_MANY = 9
_HEAD = 20.0
_BELOW = 22.0
_SWATCH = 12.0


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the fields are laid out: so many side by side, so far apart, so high."""

    across: int
    between: float
    field: float


def _layout(number: int, width: float) -> _Layout:
    """Many fields are smaller, so that a chart of all of them stands on one sheet with its words."""
    least, between, field = (
        (_LEAST_WIDTH_OF_MANY, _BETWEEN_MANY, _FIELD_OF_MANY) if number > _MANY else (_LEAST_WIDTH, _BETWEEN, _FIELD)
    )
    return _Layout(max(1, int((width + between) // (least + between))), between, field)


@dataclass(frozen=True, slots=True)
class _Panel:
    """One category's field: where it stands, what it shows."""

    left: float
    top: float
    width: float
    field: float
    heading: tuple[str, ...]
    paint: Paint
    line: Line


def draw_multiples(counted: Counted, wording: Wording, width: float) -> Drawing:
    """One field per category, from left to right and down, on one common axis from zero."""
    grid = as_grid(counted)
    scale = nice_scale((value for row in grid.values for value in row), places=wording.places, most=2)
    drawing = Drawing(ChartKind.MULTIPLES, width, height_of(1, SMALL) + 8, labels=axis_name(wording))
    layout = _layout(len(grid.rows), width)
    for start in range(0, len(grid.rows), layout.across):
        end = start + layout.across
        part = replace(grid, rows=grid.rows[start:end], values=grid.values[start:end])
        paints = tuple(paint_of(row, start + index) for index, row in enumerate(part.rows))
        drawing = _row(drawing, _panels(part, paints, layout, drawing), scale, wording)
    return drawing


def _panels(grid: Grid, paints: tuple[Paint, ...], layout: _Layout, drawing: Drawing) -> tuple[_Panel, ...]:
    """The fields that stand side by side, below what is drawn already."""
    width = (drawing.width - layout.between * (layout.across - 1)) / layout.across
    return tuple(
        _Panel(
            index * (width + layout.between),
            drawing.height,
            width,
            layout.field,
            wrap(row.label, width - _SWATCH - 8, SMALL, is_bold=True),
            paint,
            Line(grid.columns, values, None),
        )
        for index, (row, paint, values) in enumerate(zip(grid.rows, paints, grid.values, strict=True))
    )


def _row(drawing: Drawing, panels: tuple[_Panel, ...], scale: Scale, wording: Wording) -> Drawing:
    """Add fields side by side, their headings of equal height."""
    head = height_of(max(len(panel.heading) for panel in panels), SMALL)
    bottom = drawing.height
    for panel in panels:
        drawing = _add(drawing, panel, head, scale, wording)
        bottom = max(bottom, drawing.height)
    return replace(drawing, height=bottom + _BELOW)


def _add(drawing: Drawing, panel: _Panel, head: float, scale: Scale, wording: Wording) -> Drawing:
    axis = gutter(scale, wording)
    plot = Plot(
        panel.left + axis,
        panel.top + head + _HEAD,
        panel.width - axis,
        panel.field,
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
    shown = numbers(plot, panel.line.values, wording)
    return tuple(label for label, value in zip(shown, panel.line.values, strict=False) if value)
