"""Columns over time that are made of categories, named at the last column or in a key on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kimwerk.kernel.figures import Counted
from kimwerk.reporting.charts.bars import ROOMY
from kimwerk.reporting.charts.choose import ChartKind
from kimwerk.reporting.charts.columns import FIELD, HEAD, axis_name
from kimwerk.reporting.charts.drawing import (
    SMALL,
    Anchor,
    Bar,
    Drawing,
    Label,
    Role,
    Rule,
    height_of,
    on_mark,
    paragraph,
)
from kimwerk.reporting.charts.palette import Paint, paint_of
from kimwerk.reporting.charts.plot import Plot, gutter, time_axis, value_axis
from kimwerk.reporting.charts.scale import Scale, nice_scale
from kimwerk.reporting.charts.series import Grid, as_grid
from kimwerk.reporting.charts.text import width_of, wrap
from kimwerk.reporting.charts.wording import Wording

_SWATCH = 12.0
_NAME_PART = 0.32
_BETWEEN = 5.0


@dataclass(frozen=True, slots=True)
class _Name:
    """A part's name in the margin: its lines, its look, and the height at which it would like to stand."""

    lines: tuple[str, ...]
    paint: Paint
    wish: float
    is_present: bool

    @property
    def height(self) -> float:
        return height_of(len(self.lines), SMALL) + _BETWEEN


@dataclass(frozen=True, slots=True)
class _Key:
    """What tells the parts apart: swatches, names, and the lines that tie them to the segments."""

    swatches: tuple[Bar, ...]
    labels: tuple[Label, ...]
    leaders: tuple[Rule, ...] = ()


def draw_stacked(counted: Counted, wording: Wording, width: float) -> Drawing:
    """One stack per slice of time, the first category at the bottom, the sum on top."""
    grid = as_grid(counted)
    return _with_names(grid, wording, width) if width >= ROOMY else _with_key(grid, wording, width)


def _with_names(grid: Grid, wording: Wording, width: float) -> Drawing:
    """The roomy form: names stand beside the last column, tied to its segments."""
    asked = max((width_of(row.label, SMALL) for row in grid.rows), default=0.0)
    name_width = min(asked, width * _NAME_PART - _SWATCH - 8) + 2
    margin = name_width + _SWATCH + 8 + 28
    needed = sum(height_of(len(wrap(row.label, name_width, SMALL)), SMALL) + _BETWEEN for row in grid.rows)
    scale = _scale(grid, wording)
    left = gutter(scale, wording)
    plot = Plot(left, HEAD, width - left - margin, max(FIELD, needed), scale, len(grid.columns))
    names = _margin(grid, segments(plot, grid, wording), name_width)
    placed = spread([(name.wish, name.height) for name in names], plot.top, plot.bottom)
    return _assemble(plot, grid, wording, _place(plot, names, placed), width)


def _with_key(grid: Grid, wording: Wording, width: float) -> Drawing:
    """The narrow form: the key stands on top, one line each, in the order of the stack from the top."""
    swatches: list[Bar] = []
    labels: list[Label] = []
    top = 0.0
    for row, paint in reversed(list(zip(grid.rows, _paints(grid), strict=True))):
        lines = wrap(row.label, width - _SWATCH - 9, SMALL)
        swatches.append(Bar(1, top + 3, _SWATCH, _SWATCH, paint))
        labels.extend(paragraph(lines, _SWATCH + 9, top, size=SMALL))
        top += height_of(len(lines), SMALL) + 3
    scale = _scale(grid, wording)
    left = gutter(scale, wording)
    plot = Plot(left, top + 12 + HEAD, width - left, FIELD, scale, len(grid.columns))
    return _assemble(plot, grid, wording, _Key(tuple(swatches), tuple(labels)), width)


def _assemble(plot: Plot, grid: Grid, wording: Wording, key: _Key, width: float) -> Drawing:
    bars = segments(plot, grid, wording)
    rules, ticks = value_axis(plot, wording)
    times, below = time_axis(plot, grid.columns, wording, (0, min(width, plot.left + plot.width + 8)))
    title = axis_name(wording, plot.top - HEAD)
    labels = (*key.labels, *title, *ticks, *times, *_sums(plot, grid, wording), *_inside(bars, wording))
    return Drawing(
        ChartKind.STACKED, width, plot.bottom + below + 4, bars, labels, rules + key.leaders, swatches=key.swatches
    )


def segments(plot: Plot, grid: Grid, wording: Wording) -> tuple[Bar, ...]:
    """The parts of all stacks; what is positive grows up from zero, what is negative down."""
    bars = []
    paints = _paints(grid)
    for index, column in enumerate(grid.columns):
        x, width = plot.column(index, 0.7, 88)
        up, down = plot.y(0), plot.y(0)
        for row, paint, values in zip(grid.rows, paints, grid.values, strict=True):
            value = values[index]
            length = plot.y(0) - plot.y(value)
            y = up - length if length >= 0 else down
            up, down = (y, down) if length >= 0 else (up, down - length)
            tip = f"{column.label}, {row.label}: {wording.number(value)}"
            bars.append(
                Bar(
                    x,
                    y,
                    width,
                    abs(length),
                    paint,
                    value,
                    is_upright=True,
                    is_incomplete=column.is_incomplete,
                    tip=tip,
                )
            )
    return tuple(bars)


def spread(wishes: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Tops for blocks of (wished middle, height), in the given order from the top, without overlap.

    Blocks that would collide move apart by as little as possible in the sum of squares (pool
    adjacent violators); all stay between `top` and `bottom` if they fit in at all.
    """
    pools: list[tuple[float, float, int]] = []
    offset = 0.0
    for middle, height in wishes:
        pools.append((middle - height / 2 - offset, 1.0, 1))
        offset += height
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, weight, count), (other, more, others) = pools[-2:]
            mean = (one * weight + other * more) / (weight + more)
            pools[-2:] = [(mean, weight + more, count + others)]
    tops = [max(top, min(start, bottom - offset)) for start, _, count in pools for _ in range(count)]
    before = 0.0
    for index, (_, height) in enumerate(wishes):
        tops[index] += before
        before += height
    return tops


def _paints(grid: Grid) -> tuple[Paint, ...]:
    return tuple(paint_of(row, position) for position, row in enumerate(grid.rows))


def _scale(grid: Grid, wording: Wording) -> Scale:
    ups = [sum(max(value or 0, 0) for value in column) for column in zip(*grid.values, strict=True)]
    downs = [sum(min(value or 0, 0) for value in column) for column in zip(*grid.values, strict=True)]
    return nice_scale([*ups, *downs], places=wording.places)


def _margin(grid: Grid, bars: tuple[Bar, ...], name_width: float) -> list[_Name]:
    """The names from top to bottom; a part that the last column lacks stands where it would be."""
    last = bars[-len(grid.rows) :] if grid.columns else ()
    names = [
        _Name(wrap(row.label, name_width, SMALL), bar.paint, bar.y + bar.height / 2, bar.height > 0)
        for row, bar in zip(grid.rows, last, strict=bool(grid.columns))
    ]
    return sorted(names, key=lambda name: name.wish) if _is_negative(grid) else names[::-1]


def _is_negative(grid: Grid) -> bool:
    return any((value or 0) < 0 for row in grid.values for value in row)


def _place(plot: Plot, names: list[_Name], tops: list[float]) -> _Key:
    swatches: list[Bar] = []
    labels: list[Label] = []
    leaders: list[Rule] = []
    x, column_width = plot.column(plot.count - 1, 0.7, 88)
    start, end = x + column_width + 3, plot.left + plot.width + 24
    for name, top in zip(names, tops, strict=True):
        middle = top + height_of(1, SMALL) / 2
        swatches.append(Bar(end + 4, middle - _SWATCH / 2, _SWATCH, _SWATCH, name.paint))
        labels.extend(paragraph(name.lines, end + _SWATCH + 12, top, size=SMALL))
        if name.is_present:
            leaders.append(
                Rule(
                    ((start, name.wish), (end - 14, name.wish), (end - 4, middle), (end + 2, middle)),
                    Role.LEADER,
                )
            )
    return _Key(tuple(swatches), tuple(labels), tuple(leaders))


def _sums(plot: Plot, grid: Grid, wording: Wording) -> tuple[Label, ...]:
    labels = []
    for index, column in enumerate(zip(*grid.values, strict=True)):
        total = sum(value or 0 for value in column)
        top = plot.y(sum(max(value or 0, 0) for value in column))
        labels.append(Label(plot.middle(index), top - 5, wording.number(total), Role.VALUE, Anchor.MIDDLE, SMALL))
    return tuple(labels) if all(label.width <= plot.pitch - 2 for label in labels) else ()


def _inside(bars: tuple[Bar, ...], wording: Wording) -> tuple[Label, ...]:
    """The number within each segment that is large enough to hold it."""
    labels = (on_mark(bar, wording.number(bar.value)) for bar in bars if bar.height >= SMALL * 1.35)
    return tuple(label for label in labels if label.width <= _room(bars))


def _room(bars: tuple[Bar, ...]) -> float:
    return min((bar.width for bar in bars), default=0.0) - 6
