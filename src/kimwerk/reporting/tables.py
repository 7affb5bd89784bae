"""A figure's answer laid out as a table: the same on the page, on paper, in files and on the command line."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import MISSING, Axis, FigureTable, Member, Value
from kimwerk.reporting.wording import incomplete_label, share_label, unit_label, value_label

NO_KEY: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with its text, and the combination of members it belongs to (none for sums)."""

    text: str
    value: Value = None
    key: tuple[str, ...] = NO_KEY
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its heading, a remark beneath it, and its cells. `is_sum` for sums among the rows."""

    heading: str
    cells: tuple[Cell, ...]
    remark: str = ""
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of numbers. `stub` heads the first column, `columns` the others; `total` is the last line."""

    stub: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None


def lay_out(table: FigureTable[Actor]) -> Layout:
    """The table of a figure with none, one or two dimensions. The longer axis runs down the page."""
    axes = table.counted.axes
    if not axes:
        total = Line(str(table.figure.title), (_cell(table, table.counted.total, NO_KEY),))
        return Layout(_("Figure"), (unit_label(table.figure.unit),), (total,), None)
    return _list(table, axes[0]) if len(axes) == 1 else _cross(table, axes[0], axes[1])


def _list(table: FigureTable[Actor], axis: Axis) -> Layout:
    counted, is_additive = table.counted, table.figure.is_additive

    def cells(value: Value, key: tuple[str, ...]) -> tuple[Cell, ...]:
        number = _cell(table, value, key)
        share = Cell(share_label(value, counted.total), is_share=True)
        return (number, share) if is_additive else (number,)

    lines = tuple(
        Line(member.label, cells(_value(table, (member.key,)), (member.key,)), incomplete_label(member), member.is_sum)
        for member in ordered(axis)
    )
    columns = (unit_label(table.figure.unit), _("share")) if is_additive else (unit_label(table.figure.unit),)
    foot = _("Total") if is_additive else _("Whole window")
    return Layout(str(axis.dimension.title), columns, lines, Line(foot, cells(counted.total, NO_KEY)))


def _cross(table: FigureTable[Actor], first: Axis, second: Axis) -> Layout:
    is_turned = len(second.members) > len(first.members)
    down, across = (second, first) if is_turned else (first, second)
    is_summed = table.figure.is_additive and not across.dimension.is_multiple
    columns = ordered(across)

    def key(row: Member, column: Member) -> tuple[str, ...]:
        return (column.key, row.key) if is_turned else (row.key, column.key)

    lines = []
    for row in ordered(down):
        values = [_cell(table, _value(table, key(row, column)), key(row, column)) for column in columns]
        if is_summed:
            values.append(_cell(table, _sum(values), NO_KEY))
        lines.append(Line(row.label, tuple(values), incomplete_label(row), row.is_sum))
    headings = [_heading(column) for column in columns]
    return Layout(
        f"{down.dimension.title} / {across.dimension.title}",
        tuple([*headings, _("total")] if is_summed else headings),
        tuple(lines),
        _foot(table, down, lines, len(columns), is_summed=is_summed),
    )


def _foot(table: FigureTable[Actor], down: Axis, lines: list[Line], columns: int, *, is_summed: bool) -> Line | None:
    if not table.figure.is_additive or down.dimension.is_multiple:
        return None
    sums = [_cell(table, _sum([line.cells[column] for line in lines]), NO_KEY) for column in range(columns)]
    total = [_cell(table, table.counted.total, NO_KEY)] if is_summed else []
    return Line(_("Total"), (*sums, *total))


def ordered(axis: Axis) -> tuple[Member, ...]:
    """The members in their order, "not recorded" last."""
    return tuple(sorted(axis.members, key=lambda member: member.key == MISSING))


def _heading(member: Member) -> str:
    covered = incomplete_label(member)
    return f"{member.label} ({covered})" if covered else member.label


def _value(table: FigureTable[Actor], key: tuple[str, ...]) -> Value:
    return table.counted.cells.get(key, 0)


def _cell(table: FigureTable[Actor], value: Value, key: tuple[str, ...]) -> Cell:
    return Cell(value_label(table.figure, value), value, key)


def _sum(cells: list[Cell]) -> Value:
    return sum(cell.value for cell in cells if cell.value is not None)
