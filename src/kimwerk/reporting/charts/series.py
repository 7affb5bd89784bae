"""The numbers behind a chart, put in the order in which they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from kimwerk.kernel.figures import MISSING, Axis, Counted, Member, MemberKind, Value


@dataclass(frozen=True, slots=True)
class Line:
    """Numbers along one axis."""

    members: tuple[Member, ...]
    values: tuple[Value, ...]
    total: Value


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers along two axes. `values[row][column]`."""

    rows: tuple[Member, ...]
    columns: tuple[Member, ...]
    values: tuple[tuple[Value, ...], ...]
    total: Value


def as_line(counted: Counted) -> Line:
    """The numbers of a figure with one axis; "not recorded" comes last."""
    (axis,) = counted.axes
    members = _ordered(axis)
    return Line(members, tuple(counted.cells.get((member.key,), 0) for member in members), counted.total)


def as_grid(counted: Counted) -> Grid:
    """The numbers of a figure with two axes, time across if there is a time axis."""
    first, second = counted.axes
    is_swapped = first.dimension.kind is MemberKind.TIME and second.dimension.kind is not MemberKind.TIME
    rows, columns = (_ordered(second), _ordered(first)) if is_swapped else (_ordered(first), _ordered(second))

    def value(row: Member, column: Member) -> Value:
        key = (column.key, row.key) if is_swapped else (row.key, column.key)
        return counted.cells.get(key, 0)

    values = tuple(tuple(value(row, column) for column in columns) for row in rows)
    return Grid(rows, columns, values, counted.total)


def _ordered(axis: Axis) -> tuple[Member, ...]:
    return tuple(sorted(axis.members, key=lambda member: member.key == MISSING))
