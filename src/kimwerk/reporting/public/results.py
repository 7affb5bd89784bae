"""Published tables as they are kept: every cell with its margins, and no word of which hidden cell is small."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import TypedDict

from kimwerk.kernel.figures import ALL, Axis, Value
from kimwerk.reporting.content import FrozenFigure
from kimwerk.reporting.disclosure.publication import ProtectedTable
from kimwerk.reporting.freezing_parts import WindowJson, frozen_number, window_json
from kimwerk.reporting.public.tables import ROOT, Candidate, node_of
from kimwerk.reporting.report_wording import source_label
from kimwerk.reporting.tables import ordered
from kimwerk.reporting.wording import incomplete_label, unit_label


class PublicMember(TypedDict):
    """A row or column: its node, and what it is called."""

    key: str
    label: str


class PublicDimension(TypedDict):
    """A dimension; the member "*" is the whole and comes last."""

    key: str
    title: str
    is_multiple: bool
    members: list[PublicMember]


class PublicCell(TypedDict):
    """A cell; without a value it is not printed."""

    members: list[str]
    value: int | str | None


class PublicTableJson(TypedDict):
    """A table in public."""

    title: str
    figure: str
    counts: str
    population: str
    unit: str
    window: WindowJson
    counted_on: str
    source: str
    narrowed: list[str]
    is_protected: bool
    dimensions: list[PublicDimension]
    cells: list[PublicCell]
    suppressed: int


def public_table(candidate: Candidate, protected: Sequence[ProtectedTable], total_label: str) -> PublicTableJson:
    """What is kept of a figure, with what the engine lets be printed of it."""
    figure = candidate.figure
    declared = figure.answer.figure
    values = _printed(candidate, protected) if candidate.is_protected else _plain(candidate)
    has_whole = any(ROOT in key for key in values)
    dimensions = [_dimension(axis, total_label if has_whole else "") for axis in figure.axes]
    cells = list(_cells(dimensions, values))
    return {
        "title": figure.title,
        "figure": figure.key,
        "counts": str(declared.counts),
        "population": str(declared.population),
        "unit": unit_label(declared.unit),
        "window": window_json(figure.days),
        "counted_on": figure.counted_on.isoformat(),
        "source": source_label(declared.room),
        "narrowed": list(narrowed_to(figure)),
        "is_protected": candidate.is_protected,
        "dimensions": dimensions,
        "cells": cells,
        "suppressed": sum(cell["value"] is None for cell in cells),
    }


def narrowed_to(figure: FrozenFigure) -> tuple[str, ...]:
    """What the figure is narrowed to, a line each."""
    return tuple(f"{each.dimension}: {', '.join(each.members)}" for each in figure.narrowed)


def _dimension(axis: Axis, total_label: str) -> PublicDimension:
    members: list[PublicMember] = [
        {"key": node_of(member.key), "label": _label(member.label, incomplete_label(member))}
        for member in ordered(axis)
    ]
    if total_label:
        members.append({"key": ROOT, "label": total_label})
    return {
        "key": axis.dimension.key,
        "title": str(axis.dimension.title),
        "is_multiple": axis.dimension.is_multiple,
        "members": members,
    }


def as_public_table(stored: object) -> PublicTableJson:
    """What the database keeps, as the table it is."""
    table: PublicTableJson = json.loads(json.dumps(stored))
    return table


def _cells(dimensions: Sequence[PublicDimension], values: Mapping[tuple[str, ...], Value]) -> Iterator[PublicCell]:
    """Every cell that the table has, in the order of rows and columns; what is absent is not part of it."""
    keys = product(*([member["key"] for member in dimension["members"]] for dimension in dimensions))
    for key in keys:
        if key in values:
            yield {"members": list(key), "value": frozen_number(values[key])}


def _printed(candidate: Candidate, protected: Sequence[ProtectedTable]) -> dict[tuple[str, ...], Value]:
    """Values by nodes; hidden ones are None."""
    axes = candidate.figure.axes
    multiple = next((place for place, axis in enumerate(axes) if axis.dimension.is_multiple), None)
    if multiple is None:
        return {cell.key: cell.value for cell in protected[0].cells}
    values: dict[tuple[str, ...], Value] = {}
    whole = protected[0].cells[0]
    values[(ROOT,) * len(axes)] = whole.value
    for table, member in zip(protected[1:], axes[multiple].members, strict=True):
        for cell in table.cells:
            key = (*cell.key[:multiple], node_of(member.key), *cell.key[multiple:])
            values[key] = cell.value
    return values


def _plain(candidate: Candidate) -> dict[tuple[str, ...], Value]:
    """The numbers as they are: they tell of nobody. Amounts that would are not printed."""
    figure = candidate.figure
    counted = figure.answer.counted
    values: dict[tuple[str, ...], Value] = {
        tuple(node_of(part) for part in key): value for key, value in counted.cells.items()
    }
    if figure.axes:
        for key in product(*([node_of(member.key) for member in axis.members] for axis in figure.axes)):
            values.setdefault(key, 0)
    else:
        values[()] = counted.total
    if len(figure.axes) == 1 and not figure.axes[0].dimension.is_multiple and not _has_sums(candidate):
        values[(ROOT,)] = counted.total
    telling = {tuple(ROOT if part == ALL else node_of(part) for part in key) for key in counted.telling or ()}
    return {key: None if key in telling else value for key, value in values.items()}


def _has_sums(candidate: Candidate) -> bool:
    return any(member.is_sum for axis in candidate.figure.axes for member in axis.members)


def _label(label: str, covered: str) -> str:
    return f"{label} ({covered})" if covered else label


def value_of(table: PublicTableJson, *members: str) -> Decimal | None:
    """A printed number; None if it is hidden or there is none such."""
    wanted = list(members)
    found = next((cell["value"] for cell in table["cells"] if cell["members"] == wanted), None)
    return None if found is None else Decimal(found)
