"""A matrix for category by category: the number in each cell, its size as depth of one colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kimwerk.kernel.figures import Counted, Value
from kimwerk.reporting.charts.bars import ROOMY
from kimwerk.reporting.charts.choose import ChartKind
from kimwerk.reporting.charts.drawing import (
    SMALL,
    TEXT,
    Anchor,
    Bar,
    Drawing,
    Label,
    Role,
    height_of,
    on_mark,
    paragraph,
)
from kimwerk.reporting.charts.palette import HEAT, Paint
from kimwerk.reporting.charts.series import Grid, as_grid
from kimwerk.reporting.charts.text import width_of, wrap
from kimwerk.reporting.charts.wording import Wording

_CELL = 30.0
_LEAST_CELL = 30.0
_SQUEEZED = 84.0
_BETWEEN = 24.0
_LABEL_PART = 0.34
_TURNED_MOST = 150.0
_WIDEST_CELL = 110.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where cells stand."""

    label_width: float
    left: float
    cell: float
    head: float
    is_roomy: bool


def draw_matrix(counted: Counted, wording: Wording, width: float) -> Drawing:
    """One cell per pair of members. Depth runs in equal fifths from zero to the largest value.

    The longer axis runs down; columns that would become too narrow continue in a further block.
    """
    grid = _upright_grid(as_grid(counted))
    largest = max((Decimal(value) for row in grid.values for value in row if value is not None), default=Decimal(0))
    drawing = Drawing(ChartKind.MATRIX, width, 0)
    for part in _parts(grid, width, _least_cell(grid, wording)):
        drawing = _block(drawing, part, largest, wording)
    return replace(drawing, labels=drawing.labels + _numbers(drawing.bars, wording))


def _upright_grid(grid: Grid) -> Grid:
    if len(grid.rows) >= len(grid.columns):
        return grid
    return Grid(grid.columns, grid.rows, tuple(zip(*grid.values, strict=True)), grid.total)


def _least_cell(grid: Grid, wording: Wording) -> float:
    """The width that holds every number."""
    numbers = (width_of(wording.number(value), SMALL) for row in grid.values for value in row)
    return max([_LEAST_CELL, *(number + 5 for number in numbers)])


def _parts(grid: Grid, width: float, least: float) -> list[Grid]:
    """The grid in as few blocks of about equally many columns as cells need to be readable."""
    room = width * (1 - _LABEL_PART) - 14 if width >= ROOMY else width
    blocks = max(1, -(-len(grid.columns) // max(int(room // least), 1)))
    size = max(1, -(-len(grid.columns) // blocks))
    return [
        replace(
            grid,
            columns=grid.columns[start : start + size],
            values=tuple(row[start : start + size] for row in grid.values),
        )
        for start in range(0, len(grid.columns), size)
    ]


def _block(drawing: Drawing, grid: Grid, largest: Decimal, wording: Wording) -> Drawing:
    """Add a block of columns below what is drawn already."""
    frame, names = _frame(grid, drawing.width)
    start = drawing.height + (_BETWEEN if drawing.height else 0)
    labels = [replace(name, y=name.y + start) for name in names]
    bars: list[Bar] = []
    top = start + frame.head
    for row, values in zip(grid.rows, grid.values, strict=True):
        lines = wrap(row.label, frame.label_width, TEXT)
        height, cell_top, text_top = _row(len(lines), top, is_roomy=frame.is_roomy)
        labels.extend(paragraph(lines, 0, text_top))
        for index, (column, value) in enumerate(zip(grid.columns, values, strict=True)):
            cell = _cell(frame, index, cell_top, depth(value, largest), value)
            tip = f"{row.label}, {column.label}: {wording.number(value)}"
            bars.append(replace(cell, is_incomplete=row.is_incomplete or column.is_incomplete, tip=tip))
        top += height
    return replace(drawing, height=top, bars=(*drawing.bars, *bars), labels=(*drawing.labels, *labels))


def depth(value: Value, largest: Decimal) -> Paint:
    """The step of colour for a value between zero and `largest`; nothing and the untold stay blank."""
    if value is None or value <= 0 or largest <= 0:
        return HEAT[0]
    steps = len(HEAT) - 1
    return HEAT[min(steps, int(Decimal(value) * steps / largest) + 1)]


def _frame(grid: Grid, width: float) -> tuple[_Frame, tuple[Label, ...]]:
    is_roomy = width >= ROOMY
    asked = max((width_of(row.label, TEXT) for row in grid.rows), default=0.0)
    label_width = min(asked + 2, width * _LABEL_PART) if is_roomy else width
    left = label_width + 14 if is_roomy else 0.0
    cell = min((width - left) / max(len(grid.columns), 1), _WIDEST_CELL if is_roomy else width)
    words = [word for column in grid.columns for word in column.label.split()]
    is_turned = cell < _SQUEEZED and any(width_of(word, SMALL) > cell - 6 for word in words)
    names, head = _turned(grid, left, cell) if is_turned else _upright(grid, left, cell)
    return _Frame(label_width, left, cell, head, is_roomy), names


def _upright(grid: Grid, left: float, cell: float) -> tuple[tuple[Label, ...], float]:
    """Headings over their columns, standing on the first row."""
    wrapped = [wrap(column.label, cell - 6, SMALL) for column in grid.columns]
    head = height_of(max((len(lines) for lines in wrapped), default=0), SMALL) + 8
    labels = [
        label
        for index, lines in enumerate(wrapped)
        for label in paragraph(
            lines,
            left + (index + 0.5) * cell,
            head - 8 - height_of(len(lines), SMALL),
            role=Role.AXIS,
            anchor=Anchor.MIDDLE,
            size=SMALL,
        )
    ]
    return tuple(labels), head


def _turned(grid: Grid, left: float, cell: float) -> tuple[tuple[Label, ...], float]:
    """Headings turned to the left, in up to as many lines as the column is wide."""
    most_lines = max(1, int((cell - 4) // (SMALL * 1.3)))
    longest = max((width_of(column.label, SMALL) for column in grid.columns), default=0.0)
    room = max(_TURNED_MOST, longest / most_lines)
    wrapped = [wrap(column.label, room, SMALL) for column in grid.columns]
    while any(len(lines) > most_lines for lines in wrapped):
        room *= 1.15
        wrapped = [wrap(column.label, room, SMALL) for column in grid.columns]
    head = max((width_of(line, SMALL) for lines in wrapped for line in lines), default=0.0) + 8
    labels = []
    for index, lines in enumerate(wrapped):
        first = left + (index + 0.5) * cell - height_of(len(lines) - 1, SMALL) / 2 + SMALL * 0.3
        labels += [
            Label(first + height_of(number, SMALL), head - 8, line, Role.AXIS, size=SMALL, is_turned=True)
            for number, line in enumerate(lines)
        ]
    return tuple(labels), head


def _row(lines: int, top: float, *, is_roomy: bool) -> tuple[float, float, float]:
    """The height of a row, and the tops of its cells and its label."""
    text = height_of(lines)
    if not is_roomy:
        return text + _CELL + 14, top + text + 4, top
    height = max(text + 8, _CELL)
    return height, top, top + (height - text) / 2


def _cell(frame: _Frame, index: int, top: float, paint: Paint, value: Value) -> Bar:
    return Bar(frame.left + index * frame.cell + 1, top + 1, frame.cell - 2, _CELL - 2, paint, value)


def _numbers(bars: tuple[Bar, ...], wording: Wording) -> tuple[Label, ...]:
    return tuple(on_mark(bar, wording.number(bar.value)) for bar in bars)
