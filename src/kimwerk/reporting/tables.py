"""A figure's answer laid out as a table: the same on the page, on paper, in files and on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import overload

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import ALL, MISSING, Axis, FigureTable, Member, Value
from kimwerk.reporting.wording import incomplete_label, share_label, unit_label, value_label

NO_KEY: tuple[str, ...] = ()
EVERY = Member(ALL, "")


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


class Lines(Sequence[Line]):
    """Rows that are laid out when they are looked at: of a hundred thousand numbers a page shows the first."""

    def __init__(self, rows: Sequence[tuple[Member, ...]], lay: Callable[[tuple[Member, ...]], Line]) -> None:
        self._rows = rows
        self._lay = lay

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, place: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(place, slice):
            return tuple(map(self._lay, self._rows[place]))
        return self._lay(self._rows[place])

    def __iter__(self) -> Iterator[Line]:
        return map(self._lay, self._rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of numbers. `stub` heads the first column, `columns` the others; `total` is the last line."""

    stub: str
    columns: tuple[str, ...]
    lines: Sequence[Line]
    total: Line | None


def lay_out(table: FigureTable[Actor]) -> Layout:
    """The table of a figure with up to three dimensions. Of two, the longer one runs down the page."""
    axes = table.counted.axes
    if not axes:
        total = Line(str(table.figure.title), (_cell(table, table.counted.total, NO_KEY),))
        return Layout(_("Figure"), (unit_label(table.figure.unit),), (total,), None)
    if len(axes) == 1:
        return _list(table, axes[0])
    return _cross(table, axes[0], axes[1]) if len(axes) == 2 else _deep(table, *axes)


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

    def line(rows: tuple[Member, ...]) -> Line:
        (row,) = rows
        values = [_cell(table, _value(table, key(row, column)), key(row, column)) for column in columns]
        if is_summed:
            values.append(_cell(table, _margin(table, key(row, EVERY), values), NO_KEY))
        return Line(row.label, tuple(values), incomplete_label(row), row.is_sum)

    headings = [_heading(column) for column in columns]
    return Layout(
        f"{down.dimension.title} / {across.dimension.title}",
        tuple([*headings, _("total")] if is_summed else headings),
        Lines([(row,) for row in ordered(down)], line),
        _foot(table, down, [key(EVERY, column) for column in columns], is_summed=is_summed),
    )


def _deep(table: FigureTable[Actor], outer: Axis, inner: Axis, across: Axis) -> Layout:
    """Two dimensions down the page, where something was counted, and one across."""
    is_summed = table.figure.is_additive and not across.dimension.is_multiple
    columns = ordered(across)
    met = {key[:2] for key, value in table.counted.cells.items() if value != 0}

    def line(rows: tuple[Member, ...]) -> Line:
        first, second = rows
        keys = [(first.key, second.key, column.key) for column in columns]
        values = [_cell(table, _value(table, key), key) for key in keys]
        if is_summed:
            values.append(_cell(table, _margin(table, (first.key, second.key, ALL), values), NO_KEY))
        remark = ", ".join(filter(None, map(incomplete_label, (first, second))))
        return Line(f"{first.label}: {second.label}", tuple(values), remark, first.is_sum or second.is_sum)

    headings = [_heading(column) for column in columns]
    stub = f"{outer.dimension.title}: {inner.dimension.title} / {across.dimension.title}"
    pairs = product(ordered(outer), ordered(inner))
    lines = Lines([(first, second) for first, second in pairs if (first.key, second.key) in met], line)
    foot = None
    if not (outer.dimension.is_multiple or inner.dimension.is_multiple):
        foot = _foot(table, outer, [(ALL, ALL, column.key) for column in columns], is_summed=is_summed)
    return Layout(stub, tuple([*headings, _("total")] if is_summed else headings), lines, foot)


def _foot(table: FigureTable[Actor], down: Axis, columns: list[tuple[str, ...]], *, is_summed: bool) -> Line | None:
    """The last line; the keys of its columns have `ALL` where they sum up."""
    if not table.figure.is_additive or down.dimension.is_multiple:
        return None
    margins = table.counted.margins or _sums(table, columns)
    sums = [_cell(table, margins.get(key), NO_KEY) for key in columns]
    total = [_cell(table, table.counted.total, NO_KEY)] if is_summed else []
    return Line(_("Total"), (*sums, *total))


def _sums(table: FigureTable[Actor], columns: list[tuple[str, ...]]) -> Mapping[tuple[str, ...], Value]:
    """The sum of every column, or nothing where a part of it cannot be told."""
    sums: dict[tuple[str, ...], Value] = dict.fromkeys(columns, 0)
    (at,) = {place for key in columns for place, member in enumerate(key) if member != ALL} or {0}
    every = [ALL] * len(table.counted.axes)
    for key, value in table.counted.cells.items():
        column = (*every[:at], key[at], *every[at + 1 :])
        so_far = sums.get(column)
        if column in sums and so_far is not None:
            sums[column] = None if value is None else so_far + value
    return sums


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


def _margin(table: FigureTable[Actor], key: tuple[str, ...], cells: list[Cell]) -> Value:
    """A sum as it was counted where cells are hidden, else the sum of the cells."""
    return table.counted.margins.get(key) if table.counted.margins else _sum(cells)


def _sum(cells: list[Cell]) -> Value:
    """The sum, or nothing where a part cannot be told: a sum of the others would look like the whole."""
    values = [cell.value for cell in cells]
    return None if None in values else sum(value for value in values if value is not None)
